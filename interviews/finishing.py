"""What a playable take gets while people may watch it already.

A poster, a waveform, what one full decode finds, H.264 for what was recorded otherwise, and in the end one ``source``
object in place of the pieces. Every step may be repeated by another worker: same names, same content.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from hiring.lib import storage
from interviews import ffmpeg, rules
from interviews.leases import Claim
from interviews.models import Take

TYPES = {
    "video.mp4": "video/mp4",
    "video.webm": "video/webm",
    "poster.jpg": "image/jpeg",
    "peaks.json": "application/json",
    "source": storage.OCTETS,
}
POSTER_AT = 1.0  # seconds; the very first picture is often still dark


def finish(held: Claim, folder: Path) -> None:
    """Do all of it; afterwards nothing is due. Raises ``Superseded`` and what a failed attempt raises."""
    take = held.take
    video = _fetched(take, take.video, folder)
    damaged = _examine(held, video, folder)
    source = _source(take, folder)
    if take.video != "video.mp4" or damaged:
        _encode(held, source, folder)
    _store(take, source)
    storage.delete(
        item.key
        for prefix in (rules.take_prefix(take.pk), rules.media_prefix(take.pk))
        for item in storage.listing(prefix)
        if not item.key.startswith(rules.media_prefix(take.pk, take.revision))
    )
    held.write(lease_until=None, next_attempt_at=None)


def _examine(held: Claim, video: Path, folder: Path) -> bool:
    """Poster, waveform, findings. True when a decoder stumbles over what we published."""
    take = held.take
    seconds = take.seconds or 0.0
    found = ffmpeg.analyse(video, seconds=seconds, cwd=folder)
    poster = folder / "poster.jpg"
    if ffmpeg.poster(video, poster, at=min(POSTER_AT, seconds / 2)):
        _store(take, poster)
    peaks = folder / "peaks.json"
    peaks.write_text(json.dumps({"per_second": round(found.peaks_per_second, 3), "peaks": found.peaks}))
    _store(take, peaks)
    held.write(
        analysed_at=timezone.now(),
        silent=found.silent,
        black=found.black,
        loudness=found.loudness,
        speech=found.speech,
    )
    return found.errors > 0


def _encode(held: Claim, source: Path, folder: Path) -> None:
    take = held.take
    ceiling = float(rules.Bounds(take.answer.question.answer_seconds).ceiling)
    target = folder / "encoded" / "video.mp4"
    target.parent.mkdir(exist_ok=True)
    streams = ffmpeg.identify(source, cwd=folder)
    ffmpeg.encode_h264(source, target, streams, at_most=ceiling)
    found = ffmpeg.packets(target, cwd=folder)
    if abs(found.seconds - (take.seconds or 0.0)) > ffmpeg.TOLERANCE:
        return  # the copy stays what people watch
    _store(take, target)
    held.write(video=target.name, bytes=target.stat().st_size, seconds=round(found.seconds, 3))


def _store(take: Take, path: Path) -> None:
    key = rules.media_prefix(take.pk, take.revision) + path.name
    storage.put_file(key, path, content_type=TYPES[path.name])


def _fetched(take: Take, name: str, folder: Path) -> Path:
    """The file of the published revision, from here or from the store."""
    path = folder / name
    if not path.exists():
        partial = folder / "partial"
        _write(partial, storage.iterate(rules.media_prefix(take.pk, take.revision) + name))
        partial.rename(path)
    return path


def _source(take: Take, folder: Path) -> Path:
    """The recording as it was sent: still here, or compacted already, or in pieces."""
    try:
        return _fetched(take, "source", folder)
    except storage.ObjectMissing:
        path = folder / "source"
        _write(path, storage.read_in_order(rules.manifest_keys(take.pk, take.manifest)))
        return path


def _write(path: Path, blocks: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(blocks)
