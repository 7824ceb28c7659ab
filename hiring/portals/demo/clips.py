"""Short real recordings of people who do not exist: a drawn face that speaks, as a browser would have recorded it.

Speech comes from ``espeak-ng`` where it is installed, else a murmur of tones stands in for it.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from hiring.lib import untrusted

LIMITS = untrusted.Limits(seconds=120)
WIDTH, HEIGHT, FRAMES = 960, 540, 15
WORDS_A_SECOND = 2.6  # of the stand-in; espeak-ng speaks at its own pace


@dataclass(frozen=True)
class Person:
    """How somebody looks and sounds: colours as 0xRRGGBB, a voice of espeak-ng."""

    voice: str
    wall: str
    coat: str
    hair: str
    face: str


PEOPLE = (
    Person("en-gb+f2", "0x49545f", "0x2f5d62", "0x3b2a24", "0xc98f70"),
    Person("en-us+m3", "0x5a5148", "0x3c4a6b", "0x1d1a1a", "0x8d5a3c"),
    Person("en-gb+m7", "0x3f5148", "0x6b3c3c", "0x8a8178", "0xe3b594"),
)


def record(words: str, person: Person, target: Path) -> float:
    """Write ``words`` spoken by ``person`` to ``target`` and return its length in seconds.

    The file is what Chromium's recorder makes: fragmented MP4, H.264 with a keyframe each half second, Opus.
    Raises ``untrusted.UntrustedError`` when ffmpeg cannot.
    """
    folder = target.parent
    sound, seconds = _speech(words, person, folder)
    untrusted.run(
        [
            *("ffmpeg", "-y", "-v", "error", "-nostdin"),
            *sound,
            *("-filter_complex", _portrait(person), "-map", "[v]", "-map", "0:a", "-t", f"{seconds:.3f}"),
            *("-c:v", "libx264", "-preset", "veryfast", "-g", str(FRAMES // 2), "-b:v", "700k"),
            *("-c:a", "libopus", "-b:a", "64k", "-ar", "48000"),
            *("-movflags", "frag_keyframe+empty_moov+default_base_moof", str(target)),
        ],
        limits=LIMITS,
        cwd=folder,
    )
    return seconds


def _speech(words: str, person: Person, folder: Path) -> tuple[list[str], float]:
    """The arguments that bring the sound in as ffmpeg's first input, and how long it lasts."""
    if shutil.which("espeak-ng") is None:
        seconds = len(words.split()) / WORDS_A_SECOND
        murmur = f"sine=frequency=150:duration={seconds:.2f},tremolo=f=4:d=0.9,volume=0.5"
        return ["-f", "lavfi", "-i", murmur], seconds
    spoken = folder / "spoken.wav"
    untrusted.run(["espeak-ng", "-v", person.voice, "-s", "155", "-w", str(spoken), words], limits=LIMITS, cwd=folder)
    length = untrusted.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(spoken)],
        limits=LIMITS,
        cwd=folder,
    )
    return ["-i", str(spoken)], float(length.stdout)


def _portrait(person: Person) -> str:
    """A filter graph that draws ``person`` before a wall: the head sways, the eyes blink, the mouth moves."""
    sway, nod = "4*sin(t*1.1)", "5*sin(t*1.9)"
    blink, speak = "gt(mod(t,3.7),0.15)", "gt(sin(t*17)+sin(t*7.3),0.2)"
    parts = (
        ("coat", person.coat, 680, 560, "140", "375", ""),
        ("hair", person.hair, 300, 330, f"330+{sway}", f"80+{nod}", ""),
        ("face", person.face, 250, 300, f"355+{sway}", f"125+{nod}", ""),
        ("left", "0x2a1d18", 20, 24, f"424+{sway}", f"245+{nod}", blink),
        ("right", "0x2a1d18", 20, 24, f"516+{sway}", f"245+{nod}", blink),
        ("closed", "0x7d3b35", 64, 8, f"448+{sway}", f"348+{nod}", ""),
        ("open", "0x7d3b35", 68, 30, f"446+{sway}", f"337+{nod}", speak),
    )
    drawn = [f"gradients=s={WIDTH}x{HEIGHT}:r={FRAMES}:c0={person.wall}:c1=0x20262d:speed=0.004:n=2[below0]"]
    for layer, (name, colour, width, height, x, y, when) in enumerate(parts):
        enable = f":enable='{when}'" if when else ""
        drawn.append(f"{_disc(colour, width, height)}[{name}]")
        drawn.append(f"[below{layer}][{name}]overlay=x='{x}':y='{y}'{enable}[below{layer + 1}]")
    return ";".join([*drawn, f"[below{len(parts)}]format=yuv420p[v]"])


def _disc(colour: str, width: int, height: int) -> str:
    """A filled ellipse with a soft edge, drawn once and repeated."""
    inside = "clip((1-pow((X-W/2)/(W/2),2)-pow((Y-H/2)/(H/2),2))*W/6,0,1)"
    return (
        f"color=c={colour}:s={width}x{height}:r={FRAMES},format=rgba,"
        f"geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*{inside}',"
        f"trim=end_frame=1,loop=-1:1,setpts=N/{FRAMES}/TB"
    )
