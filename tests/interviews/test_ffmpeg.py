import json
import subprocess
from pathlib import Path

import pytest

from hiring.lib import untrusted
from interviews import ffmpeg
from interviews.ffmpeg import Container, Streams
from tests.clips import Clips, pieces

AT_MOST = 60.0


def rendition(data: bytes, folder: Path) -> Path:
    """Make the recording playable the way the worker does, from blocks that arrive in order."""
    streams = ffmpeg.identify(data, cwd=folder)
    if ffmpeg.is_h264(streams):
        target = folder / "video.mp4"
        ffmpeg.copy_to_mp4(iter(pieces(data)), target, streams, at_most=AT_MOST)
    else:
        target = folder / "video.webm"
        ffmpeg.copy_to_webm(iter(pieces(data)), target, streams, at_most=AT_MOST)
    return target


def ffprobe(path: Path, *arguments: str) -> dict[str, object]:
    said = subprocess.run(["ffprobe", "-v", "error", "-of", "json", *arguments, path], capture_output=True, check=True)
    found: dict[str, object] = json.loads(said.stdout)
    return found


def codecs(path: Path) -> list[str]:
    streams = ffprobe(path, "-show_entries", "stream=codec_name")["streams"]
    assert isinstance(streams, list)
    return [stream["codec_name"] for stream in streams]


@pytest.mark.parametrize(
    ("name", "streams"),
    [
        ("chromium.mp4", Streams(Container.MP4, "h264", "opus")),
        ("safari.mp4", Streams(Container.MP4, "h264", "aac")),
        ("vp8.webm", Streams(Container.MATROSKA, "vp8", "opus")),
        ("vp9.webm", Streams(Container.MATROSKA, "vp9", "opus")),
        ("h264.webm", Streams(Container.MATROSKA, "h264", "opus")),
        ("mute.mp4", Streams(Container.MP4, "h264", None)),
        ("voice.mp4", Streams(Container.MP4, None, "opus")),
    ],
)
def test_a_recording_is_told_by_its_first_bytes(clips: Clips, tmp_path: Path, name: str, streams: Streams) -> None:
    assert ffmpeg.identify(clips.bytes(name)[:40_000], cwd=tmp_path) == streams


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chromium.mp4", ["h264", "aac"]),
        ("safari.mp4", ["h264", "aac"]),
        ("h264.webm", ["h264", "aac"]),
        ("mute.mp4", ["h264"]),
        ("voice.mp4", ["aac"]),
        ("vp8.webm", ["vp8", "opus"]),
        ("vp9.webm", ["vp9", "opus"]),
        ("vp9.mp4", ["vp9", "opus"]),
        ("vorbis.webm", ["vp8", "vorbis"]),
        ("variable.webm", ["vp8", "opus"]),
        ("late.webm", ["vp8", "opus"]),
    ],
)
def test_what_browsers_send_becomes_playable(clips: Clips, tmp_path: Path, name: str, expected: list[str]) -> None:
    target = rendition(clips.bytes(name), tmp_path)

    found = ffmpeg.packets(target, cwd=tmp_path)
    assert codecs(target) == expected
    assert found.seconds == pytest.approx(6, abs=0.2)
    assert ffmpeg.analyse(target, seconds=found.seconds, cwd=tmp_path).errors == 0


def test_pictures_are_copied_not_encoded(clips: Clips, tmp_path: Path) -> None:
    target = rendition(clips.bytes("chromium.mp4"), tmp_path)

    def fingerprints(path: Path) -> list[object]:
        shown = ffprobe(path, "-select_streams", "v", "-show_data_hash", "md5", "-show_entries", "packet=data_hash")
        assert isinstance(shown["packets"], list)
        return shown["packets"]

    assert fingerprints(target) == fingerprints(clips.path("chromium.mp4"))


def test_an_mp4_can_play_while_it_downloads(clips: Clips, tmp_path: Path) -> None:
    data = rendition(clips.bytes("chromium.mp4"), tmp_path).read_bytes()

    assert data.index(b"moov") < data.index(b"mdat")


def test_a_webm_gains_length_and_index(clips: Clips, tmp_path: Path) -> None:
    assert ffprobe(clips.path("vp8.webm"), "-show_entries", "format=duration")["format"] == {}

    target = rendition(clips.bytes("vp8.webm"), tmp_path)

    said = ffprobe(target, "-show_entries", "format=duration")["format"]
    assert isinstance(said, dict)
    assert float(said["duration"]) == pytest.approx(6, abs=0.2)
    assert b"\x1c\x53\xbb\x6b" in target.read_bytes()[:4096]  # Cues, before the pictures


def test_a_recording_whose_index_stands_at_the_end_is_copied_from_its_file(clips: Clips, tmp_path: Path) -> None:
    streams = ffmpeg.identify(clips.bytes("whole.mp4"), cwd=tmp_path)

    ffmpeg.copy_to_mp4(clips.path("whole.mp4"), tmp_path / "video.mp4", streams, at_most=AT_MOST)

    assert ffmpeg.packets(tmp_path / "video.mp4", cwd=tmp_path).seconds == pytest.approx(6, abs=0.2)


def test_only_the_first_part_of_what_is_too_long_is_kept(clips: Clips, tmp_path: Path) -> None:
    data = clips.bytes("chromium.mp4")
    streams = ffmpeg.identify(data, cwd=tmp_path)

    ffmpeg.copy_to_mp4(pieces(data), tmp_path / "video.mp4", streams, at_most=2.0)

    assert ffmpeg.packets(tmp_path / "video.mp4", cwd=tmp_path).seconds == pytest.approx(2, abs=0.5)


def test_what_the_phone_wrote_about_the_place_is_dropped(clips: Clips, tmp_path: Path) -> None:
    target = rendition(clips.bytes("located.webm"), tmp_path)

    assert b"+48.8577" in clips.bytes("located.webm")
    assert b"+48.8577" not in target.read_bytes()


def test_a_truncated_recording_keeps_what_arrived(clips: Clips, tmp_path: Path) -> None:
    data = clips.bytes("chromium.mp4")

    target = rendition(data[: len(data) * 2 // 3], tmp_path)

    assert 2.5 < ffmpeg.packets(target, cwd=tmp_path).seconds < 5


def test_a_recording_without_any_picture_or_sound_is_unreadable(clips: Clips, tmp_path: Path) -> None:
    with pytest.raises(ffmpeg.UnreadableError, match="no readable beginning"):
        ffmpeg.identify(clips.bytes("empty.webm"), cwd=tmp_path)


def test_one_picture_is_a_recording(clips: Clips, tmp_path: Path) -> None:
    target = rendition(clips.bytes("one-picture.mp4"), tmp_path)

    assert ffmpeg.packets(target, cwd=tmp_path).video == 1
    assert ffmpeg.poster(target, tmp_path / "poster.jpg", at=1)


@pytest.mark.parametrize("name", ["vp8.webm", "vp9.mp4", "variable.webm", "portrait.webm", "odd.webm"])
def test_encoding_gives_h264_at_a_fixed_rate(clips: Clips, tmp_path: Path, name: str) -> None:
    source = clips.path(name)
    streams = ffmpeg.identify(source.read_bytes(), cwd=tmp_path)
    before = ffmpeg.packets(source, cwd=tmp_path)

    ffmpeg.encode_h264(source, tmp_path / "video.mp4", streams, at_most=AT_MOST)

    after = ffmpeg.packets(tmp_path / "video.mp4", cwd=tmp_path)
    assert codecs(tmp_path / "video.mp4")[0] == "h264"
    assert after.seconds == pytest.approx(before.seconds, abs=0.5)
    assert after.video == pytest.approx(before.seconds * 30, abs=15)


def test_words_and_pauses_are_found(clips: Clips, tmp_path: Path) -> None:
    found = ffmpeg.analyse(clips.path("chromium.mp4"), seconds=6.0, cwd=tmp_path)

    assert found.speech == [pytest.approx((0, 2), abs=0.1), pytest.approx((3, 5), abs=0.1)]
    assert (found.silent, found.black, found.errors) == (False, False, 0)
    assert found.loudness == pytest.approx(-21, abs=4)


def test_the_waveform_shows_words_and_pauses(clips: Clips, tmp_path: Path) -> None:
    found = ffmpeg.analyse(clips.path("chromium.mp4"), seconds=6.0, cwd=tmp_path)

    assert found.peaks_per_second == 10
    assert len(found.peaks) == pytest.approx(60, abs=2)
    assert max(found.peaks[21:29]) < 0.02
    assert 0.1 < min(found.peaks[2:18]) < 1


def test_a_long_waveform_stays_small() -> None:
    peaks, rate = ffmpeg._peaks(b"\x00\x40" * 8000 * 600, 600.0)

    assert (len(peaks), rate) == (2400, 4.0)
    assert set(peaks) == {0.5}


def test_a_silent_recording_is_flagged(clips: Clips, tmp_path: Path) -> None:
    found = ffmpeg.analyse(clips.path("silent.mp4"), seconds=6.0, cwd=tmp_path)

    assert (found.silent, found.black, found.speech) == (True, False, [])


def test_a_recording_without_sound_is_silent(clips: Clips, tmp_path: Path) -> None:
    found = ffmpeg.analyse(clips.path("mute.mp4"), seconds=6.0, cwd=tmp_path)

    assert (found.silent, found.loudness, found.peaks) == (True, None, [])


def test_a_black_recording_is_flagged(clips: Clips, tmp_path: Path) -> None:
    found = ffmpeg.analyse(clips.path("black.mp4"), seconds=6.0, cwd=tmp_path)

    assert (found.silent, found.black) == (False, True)


def test_a_voice_without_pictures_is_neither_silent_nor_black(clips: Clips, tmp_path: Path) -> None:
    found = ffmpeg.analyse(clips.path("voice.mp4"), seconds=6.0, cwd=tmp_path)

    assert (found.silent, found.black) == (False, False)
    assert not ffmpeg.poster(clips.path("voice.mp4"), tmp_path / "poster.jpg", at=1)


def test_a_poster_is_a_small_jpeg(clips: Clips, tmp_path: Path) -> None:
    assert ffmpeg.poster(clips.path("vp8.webm"), tmp_path / "poster.jpg", at=1)

    assert (tmp_path / "poster.jpg").read_bytes().startswith(b"\xff\xd8")


def test_damage_in_the_middle_is_counted(clips: Clips, tmp_path: Path) -> None:
    data = bytearray(rendition(clips.bytes("chromium.mp4"), tmp_path).read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 60_000, 20):
        data[at] ^= 0xFF
    (tmp_path / "damaged.mp4").write_bytes(data)

    assert ffmpeg.analyse(tmp_path / "damaged.mp4", seconds=6.0, cwd=tmp_path).errors > 0


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"streams": 3}', b'{"streams": [7, null]}', b"\xff\xfe", b"null"])
def test_odd_words_of_ffprobe_mean_nothing_was_found(said: bytes) -> None:
    assert ffmpeg._first(said, "video") is None


def test_a_pixel_bomb_is_never_decoded(clips: Clips, tmp_path: Path) -> None:
    bomb = clips.path("bomb.webm")

    assert not ffmpeg.poster(bomb, tmp_path / "poster.jpg", at=0)
    with pytest.raises(untrusted.Failed):
        ffmpeg.encode_h264(bomb, tmp_path / "video.mp4", Streams(Container.MATROSKA, "vp8", None), at_most=AT_MOST)
