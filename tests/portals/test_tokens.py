"""The colours: written three times, so kept in step here, and readable in both schemes."""

import re
from pathlib import Path

import pytest

TOKENS = Path("static/css/tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6});")
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")

PLAIN, _, REST = TOKENS.partition("@media screen and (prefers-color-scheme: dark)")
DARK, _, _ = REST.partition("@supports")
LIGHT = dict(COLOUR.findall(PLAIN))
DARK_PLAIN = dict(COLOUR.findall(DARK))
BOTH = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}
SCHEMES = {"light": LIGHT, "dark": LIGHT | DARK_PLAIN}
PHYSICAL = re.compile(r"(?:margin|padding|border)-(?:left|right|top|bottom)|[{; ](?:left|right|top|bottom):")

READ = 4.5  # WCAG 2.2, 1.4.3: words
SEEN = 3.0  # 1.4.11: the edges of controls, marks that carry meaning
PAIRS = [
    *[(ink, ground, READ) for ink in ("ink", "ink-2", "accent") for ground in ("paper", "card", "sunk")],
    *[("ink", wash, READ) for wash in ("accent-wash", "warn-wash", "alert-wash")],
    *[("score-ink", f"score-{step}", READ) for step in range(1, 5)],
    ("accent-strong", "card", READ),
    ("accent", "accent-wash", READ),
    ("warn", "warn-wash", READ),
    ("alert", "alert-wash", READ),
    ("alert", "card", READ),
    ("accent-ink", "accent", READ),
    ("accent-ink", "accent-strong", READ),
    ("live-ink", "live", READ),
    ("live-ink", "live-strong", READ),
    ("stage-ink", "stage", READ),
    ("stage-ink-2", "stage-2", READ),
    ("voice", "stage", READ),
    ("mark", "stage", SEEN),
    ("stage-line", "stage", SEEN),
    *[("edge", ground, SEEN) for ground in ("paper", "card", "sunk")],
]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1, as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio between two colours, 1 to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def test_the_fallbacks_say_what_light_dark_says() -> None:
    assert {name: (LIGHT[name], SCHEMES["dark"][name]) for name in BOTH} == BOTH
    assert set(DARK_PLAIN) == set(BOTH)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_can_be_told_apart(scheme: str, ink: str, ground: str, least: float) -> None:
    colours = SCHEMES[scheme]

    assert contrast(colours[ink], colours[ground]) >= least


@pytest.mark.parametrize("path", sorted(Path("static/css").rglob("*.css")), ids=str)
def test_sheets_use_tokens_and_logical_sides(path: Path) -> None:
    if path.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert PHYSICAL.findall(text) == []
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= set(re.findall(r"--([\w-]+):", TOKENS))
