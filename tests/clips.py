"""Recordings for tests, made by ffmpeg once a run: what browsers send, and what nobody should."""

import subprocess
from pathlib import Path

import pytest

FRAGMENTS = ["-movflags", "+frag_keyframe+empty_moov+default_base_moof"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-profile:v", "high", "-pix_fmt", "yuv420p", "-g", "15"]
OPUS = ["-c:a", "libopus", "-b:a", "64k"]
VP8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"]
VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"]
# Words with pauses: two seconds of tone, one of silence.
WORDS = "sine=f=300:r=48000,volume='if(lt(mod(t,3),2),1,0)':eval=frame"


def picture(seconds: float, size: str = "320x180", *, source: str = "testsrc2") -> list[str]:
    return ["-f", "lavfi", "-t", str(seconds), "-i", f"{source}{':' if '=' in source else '='}s={size}:r=30"]


def sound(seconds: float, source: str = WORDS) -> list[str]:
    return ["-f", "lavfi", "-t", str(seconds), "-i", source]


RECIPES: dict[str, list[str]] = {
    # What Chromium makes of `video/mp4;codecs=avc1.64001f,opus`.
    "chromium.mp4": [*picture(6), *sound(6), *H264, *OPUS, *FRAGMENTS],
    "safari.mp4": [*picture(6), *sound(6), *H264, "-c:a", "aac", *FRAGMENTS],
    "whole.mp4": [*picture(6), *sound(6), *H264, "-c:a", "aac"],  # its index stands at the end
    "h264.webm": [*picture(6), *sound(6), *H264, *OPUS, "-f", "matroska"],
    "vp8.webm": [*picture(6), *sound(6), *VP8, *OPUS, "-live", "1"],
    "vp9.webm": [*picture(6), *sound(6), *VP9, *OPUS, "-live", "1"],
    "vorbis.webm": [*picture(6), *sound(6), *VP8, "-c:a", "libvorbis", "-live", "1"],
    "vp9.mp4": [*picture(6), *sound(6), *VP9, *OPUS, *FRAGMENTS],
    "variable.webm": [*picture(6), *sound(6), "-vf", "select='not(mod(n,7))+lt(t,2)'", "-vsync", "vfr", *VP8, *OPUS],
    "silent.mp4": [*picture(6), *sound(6, "anullsrc=r=48000:cl=mono"), *H264, *OPUS, *FRAGMENTS],
    "black.mp4": [*picture(6, source="color=c=black"), *sound(6), *H264, *OPUS, *FRAGMENTS],
    "mute.mp4": [*picture(6), *H264, *FRAGMENTS],
    "voice.mp4": [*sound(6), *OPUS, *FRAGMENTS],
    "one-picture.mp4": [*picture(0.04), *H264, *FRAGMENTS],
    "empty.webm": [*picture(6), "-frames:v", "0", *VP8],
    "portrait.webm": [*picture(3, "180x320"), *sound(3), *VP8, *OPUS],
    "odd.webm": [*picture(2, "321x181"), *VP8],
    "late.webm": [*picture(6), *sound(6), *VP8, *OPUS, "-output_ts_offset", "500"],
    # For a browser's fake camera and microphone.
    "black.y4m": [*picture(1, "160x90", source="color=c=black"), "-pix_fmt", "yuv420p"],
    # A word, six seconds of a quiet room, again and again.
    "pause.wav": [*sound(7, "aevalsrc='if(lt(t,1),0.5*sin(2*PI*300*t),0.004*(random(0)-0.5))':s=48000")],
    "silence.wav": [*sound(2, "anullsrc=r=48000:cl=mono")],
    # Small pictures, much sound to encode: long enough to be caught at work.
    "long.mp4": [*picture(130, "160x90"), *sound(130), *H264, *OPUS, *FRAGMENTS],
    "bomb.webm": [*picture(0.1, "12000x12000", source="color=c=black"), "-c:v", "libvpx", "-deadline", "realtime"],
    "poster.jpg": [*picture(1), "-frames:v", "1", "-update", "1"],
    "located.webm": [*picture(2), *VP8, "-metadata", "location=+48.8577+002.295/", "-metadata", "title=me"],
}


class Clips:
    """Clips by name, each made at its first use. Deleting or changing one is not allowed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        path = self.folder / name
        if not path.exists():
            made = self.folder / f"making-{name}"
            subprocess.run(
                ["ffmpeg", "-nostdin", "-v", "error", "-y", *RECIPES[name], str(made)], check=True, cwd=self.folder
            )
            made.rename(path)
        return path

    def bytes(self, name: str) -> bytes:
        return self.path(name).read_bytes()


def pieces(data: bytes, size: int = 60_000) -> list[bytes]:
    """The recording cut as a browser might."""
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    return Clips(tmp_path_factory.mktemp("clips"))
