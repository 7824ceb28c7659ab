"""ffmpeg and ffprobe as a few functions. Knows files and seconds; knows nothing of Django.

Every input is hostile: its container is told by its own first bytes and forced, both whitelists stand before ``-i``,
the tool never sees an address, and it runs through `hiring.lib.untrusted`. Paths are ours, never a person's.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import ffmpeg

from hiring.lib import untrusted
from hiring.lib.untrusted import MIB, Limits

FORMATS = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2"
PROTOCOLS = "file,pipe"
MAX_PIXELS = 4096 * 2304
GUARDS = {"protocol_whitelist": PROTOCOLS, "format_whitelist": FORMATS, "max_pixels": MAX_PIXELS}
MAX_ALLOC = 256 * MIB  # the largest single block; a 4K picture takes 12 MiB
HEAD = ["-nostdin", "-hide_banner", "-max_alloc", str(MAX_ALLOC)]
BARE = {"dn": None, "sn": None, "map_metadata": -1, "map_chapters": -1}

QUICK = Limits(seconds=30)
COPY = Limits(seconds=120)
DECODE = Limits(seconds=600)
ENCODE = Limits(seconds=1500)

PEAKS_PER_SECOND = 10
PEAKS_AT_MOST = 2400
SILENCE_DB = -45
SILENCE_SECONDS = 0.5
SPEECH_SECONDS = 0.1  # a shorter sound is a click
BLACK_PERCENT = 98  # of a sampled picture's pixels
ENCODE_FPS = 30
TOLERANCE = 0.5  # seconds


class Container(StrEnum):
    MP4 = "mp4"
    MATROSKA = "matroska"


FLAWS = {
    "format": "it is neither WebM nor MP4",
    "beginning": "it has no readable beginning",
    "empty": "it holds neither picture nor sound",
}


class UnreadableError(Exception):
    """These bytes are no recording we can read; ``flaw``, a key of ``FLAWS``, says what is wrong with them."""

    def __init__(self, flaw: str) -> None:
        super().__init__(FLAWS[flaw])
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Streams:
    """What a recording is made of; ``None`` where it has no such stream."""

    container: Container
    video: str | None
    audio: str | None


@dataclass(frozen=True, slots=True)
class Packets:
    """What is really in a file, counted packet by packet. Headers may lie."""

    seconds: float
    video: int
    audio: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one decode of the whole recording found."""

    peaks: list[float]  # loudest sample of each bucket, 0 to 1
    peaks_per_second: float
    speech: list[tuple[float, float]]  # seconds, from and to
    loudness: float | None  # LUFS; None without sound
    silent: bool
    black: bool
    errors: int  # places the decoder could not read


def sniff(head: bytes) -> Container:
    """The container by its magic bytes, whatever anybody calls it. Raises ``UnreadableError``."""
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return Container.MATROSKA
    if head[4:8] == b"ftyp":
        return Container.MP4
    raise UnreadableError("format")


def identify(source: bytes | Path, *, cwd: Path) -> Streams:
    """What a recording is made of, told by its file or its first bytes.

    Raises ``UnreadableError`` and ``UntrustedError``.
    """
    container = _forced(source) if isinstance(source, Path) else sniff(source)
    address = str(source) if isinstance(source, Path) else "pipe:0"
    argv = [*_ffprobe(), "-f", container, "-show_entries", "stream=codec_type,codec_name", "-of", "json", address]
    try:
        done = untrusted.run(argv, limits=QUICK, cwd=cwd, stdin=None if isinstance(source, Path) else [source])
    except untrusted.Failed as error:
        raise UnreadableError("beginning") from error
    streams = Streams(container, _first(done.stdout, "video"), _first(done.stdout, "audio"))
    if streams.video is None and streams.audio is None:
        raise UnreadableError("empty")
    return streams


def packets(path: Path, *, cwd: Path) -> Packets:
    """Count what is in the file at ``path`` and how long it plays, without decoding. Raises ``UntrustedError``."""
    entries = "packet=codec_type,pts_time,duration_time"
    argv = [*_ffprobe(), "-f", _forced(path), "-show_entries", entries, "-of", "csv=p=0", str(path)]
    done = untrusted.run(argv, limits=QUICK, cwd=cwd, stdout_limit=16 * MIB)
    count = {"video": 0, "audio": 0}
    start, end = math.inf, -math.inf
    for line in done.stdout.decode(errors="replace").splitlines():
        kind, at, lasts = [*line.split(","), "", ""][:3]
        seconds = _number(at)
        if kind not in count or seconds is None:
            continue
        count[kind] += 1
        start = min(start, seconds)
        end = max(end, seconds + (_number(lasts) or 0.0))
    return Packets(max(0.0, end - start) if count["video"] + count["audio"] else 0.0, count["video"], count["audio"])


def copy_to_mp4(
    source: Iterable[bytes] | Path, target: Path, streams: Streams, *, at_most: float, limits: Limits = COPY
) -> None:
    """Write ``target`` with the pictures of ``source`` untouched and AAC sound, playable while it downloads.

    ``source`` is a file or its blocks in order; no more than ``at_most`` seconds are kept. Raises ``UntrustedError``.
    """
    sound = "copy" if streams.audio == "aac" else "aac"
    _convert(source, target, streams, limits, vcodec="copy", acodec=sound, **_aac(sound), **_mp4(), t=at_most)


def copy_to_webm(
    source: Iterable[bytes] | Path, target: Path, streams: Streams, *, at_most: float, limits: Limits = COPY
) -> None:
    """Write ``target`` with both streams untouched and an index, so that one can seek. Raises ``UntrustedError``."""
    sound = "copy" if streams.audio in {"opus", "vorbis"} else "libopus"
    _convert(source, target, streams, limits, vcodec="copy", acodec=sound, f="webm", cues_to_front=1, t=at_most)


def encode_h264(source: Path, target: Path, streams: Streams, *, at_most: float, limits: Limits = ENCODE) -> None:
    """Write ``target`` as H.264 and AAC at a fixed rate of pictures. Dear: about real time / 4 on one core."""
    _convert(
        source,
        target,
        streams,
        limits,
        vcodec="libx264",
        preset="veryfast",
        crf=23,
        pix_fmt="yuv420p",
        # A variable rate makes x264 slow; 1280 on the long side is what we ask cameras for.
        vf=f"fps={ENCODE_FPS},scale='if(gte(iw,ih),min(1280,iw),-2)':'if(gte(iw,ih),-2,min(1280,ih))'",
        g=ENCODE_FPS * 2,
        threads=2,
        acodec="aac",
        **_aac("aac"),
        **_mp4(),
        t=at_most,
    )


def is_h264(streams: Streams) -> bool:
    """Whether copying gives an MP4 that plays everywhere."""
    return streams.video in {"h264", None}


def fits_webm(streams: Streams) -> bool:
    return streams.video in {"vp8", "vp9", "av1"}


def poster(source: Path, target: Path, *, at: float) -> bool:
    """Write the picture ``at`` seconds (or the first) as a JPEG no wider than 640. False when there is none."""
    for second in (at, 0.0):
        picture = ffmpeg.input(str(source), f=_forced(source), ss=second, **GUARDS)
        output = ffmpeg.output(
            picture["v:0?"], str(target), f="mjpeg", **{"frames:v": 1, "q:v": 4}, vf="scale='min(640,iw)':-2", **BARE
        )
        try:
            untrusted.run(_argv(output, "error"), limits=QUICK, cwd=target.parent)
        except untrusted.Failed:
            continue
        if target.exists() and target.stat().st_size:
            return True
    return False


def analyse(source: Path, *, seconds: float, cwd: Path) -> Analysis:
    """Decode all of ``source`` once: waveform, speech, loudness, silence, blackness. Raises ``UntrustedError``."""
    streams = identify(source, cwd=cwd)
    media = ffmpeg.input(str(source), f=_forced(source), **GUARDS)
    outputs = []
    if streams.audio:
        outputs.append(
            ffmpeg.output(
                media["a:0"],
                "pipe:1",
                f="s16le",
                ac=1,
                ar=_RATE,
                af=f"ebur128=framelog=verbose,aresample={_RATE},pan=mono|c0=c0,"
                f"silencedetect=noise={SILENCE_DB}dB:d={SILENCE_SECONDS},ametadata=print:file=silence.txt",
            )
        )
    if streams.video:
        outputs.append(
            ffmpeg.output(
                media["v:0"],
                "-",
                f="null",
                vf="fps=1,scale=64:36,blackframe=amount=0:threshold=32,"
                "metadata=print:key=lavfi.blackframe.pblack:file=black.txt",
            )
        )
    argv = _argv(ffmpeg.merge_outputs(*outputs), "level+info")
    done = untrusted.run(argv, limits=DECODE, cwd=cwd, stdout_limit=int(_RATE * 2 * (seconds + 30)))
    speech = _speech(_written(cwd / "silence.txt"), seconds) if streams.audio else []
    peaks, rate = _peaks(done.stdout, seconds)
    return Analysis(
        peaks=peaks,
        peaks_per_second=rate,
        speech=speech,
        loudness=_loudness(done.stderr),
        silent=sum(to - since for since, to in speech) < SILENCE_SECONDS / 2,
        black=bool(streams.video) and _is_black(_written(cwd / "black.txt")),
        errors=len(re.findall(r"\[(?:error|fatal)\]", done.stderr)),
    )


def _ffprobe() -> list[str]:
    guards = [word for name, value in GUARDS.items() for word in (f"-{name}", str(value))]
    return ["ffprobe", "-hide_banner", "-loglevel", "error", "-max_alloc", str(MAX_ALLOC), *guards]


def _argv(output: object, loglevel: str) -> list[str]:
    command = ["ffmpeg", *HEAD, "-nostats", "-loglevel", loglevel]
    argv: list[str] = ffmpeg.compile(output, cmd=command, overwrite_output=True)
    return argv


def _convert(source: Iterable[bytes] | Path, target: Path, streams: Streams, limits: Limits, **options: object) -> None:
    address = str(source) if isinstance(source, Path) else "pipe:0"
    media = ffmpeg.input(address, f=streams.container, **GUARDS)
    output = ffmpeg.output(media["v:0?"], media["a:0?"], str(target), **options, **BARE)
    fed = None if isinstance(source, Path) else source
    untrusted.run(_argv(output, "error"), limits=limits, cwd=target.parent, stdin=fed)


def _aac(codec: str) -> dict[str, object]:
    return {"audio_bitrate": "96k"} if codec == "aac" else {}


def _mp4() -> dict[str, object]:
    return {"f": "mp4", "movflags": "+faststart"}


def _forced(path: Path) -> Container:
    with path.open("rb") as file:
        return sniff(file.read(16))


def _first(said: bytes, kind: str) -> str | None:
    """The codec of the first stream of ``kind`` in what ffprobe said; ffprobe repeats what a hostile file claims."""
    try:
        streams = json.loads(said.decode(errors="replace"))["streams"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(streams, list):
        return None
    for stream in streams:
        if isinstance(stream, dict) and stream.get("codec_type") == kind:
            return str(stream.get("codec_name", "unknown"))[:40]
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:  # N/A
        return None
    return number if math.isfinite(number) else None


def _written(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""


_RATE = 8000  # samples per second of the waveform's sound


def _peaks(samples: bytes, seconds: float) -> tuple[list[float], float]:
    rate = min(float(PEAKS_PER_SECOND), PEAKS_AT_MOST / max(seconds, 1.0))
    sound = memoryview(samples[: len(samples) // 2 * 2]).cast("h")
    width = max(1, round(_RATE / rate))
    buckets = (sound[start : start + width] for start in range(0, len(sound), width))
    return [round(max(map(abs, bucket)) / 32768, 3) for bucket in buckets], _RATE / width


def _speech(said: str, seconds: float) -> list[tuple[float, float]]:
    """The spans between the silences, from what silencedetect wrote."""
    spans: list[tuple[float, float]] = []
    since: float | None = 0.0
    for what, text in re.findall(r"lavfi\.silence_(start|end)=([-\d.e]+)", said):
        at = min(max(_number(text) or 0.0, 0.0), seconds)
        if what == "end":
            since = at
        elif since is not None:
            spans.append((round(since, 2), round(at, 2)))
            since = None
    if since is not None:
        spans.append((round(since, 2), round(seconds, 2)))
    return [(since, to) for since, to in spans if to - since >= SPEECH_SECONDS]


def _loudness(said: str) -> float | None:
    found = re.findall(r"\bI:\s+(-?[\d.]+) LUFS", said)
    return _number(found[-1]) if found else None


def _is_black(said: str) -> bool:
    shares: Sequence[str] = re.findall(r"lavfi\.blackframe\.pblack=(\d+)", said)
    return bool(shares) and all(int(share) >= BLACK_PERCENT for share in shares)
