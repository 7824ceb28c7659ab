"""What a set of scorecards comes to: computed, never typed (SCORING SI6).

Pure and exact: fractions in, fractions out. Every reviewer has one voice and every competency one weight, however many
questions touch it. No evidence counts for nothing, which is not the same as a low score, and is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Marks = Mapping[str, Sequence[int | None]]
"""One reviewer's marks: competency → the scores of its questions, ``None`` for no evidence."""


@dataclass(frozen=True)
class Voice:
    """What one reviewer's card says: the mean of each competency, and of those the overall one."""

    competencies: Mapping[str, Fraction]
    overall: Fraction | None


@dataclass(frozen=True)
class Line:
    """One competency over all cards. ``mean``, ``low`` and ``high`` are ``None`` when nobody found evidence."""

    competency: str
    mean: Fraction | None
    low: Fraction | None
    high: Fraction | None
    voices: int

    @property
    def spread(self) -> Fraction:
        return Fraction(0) if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True)
class Composite:
    """All cards together; ``without_evidence`` names the competencies that ``overall`` could not count."""

    overall: Fraction | None
    low: Fraction | None
    high: Fraction | None
    lines: tuple[Line, ...]
    without_evidence: tuple[str, ...]
    cards: int

    @property
    def spread(self) -> Fraction:
        return Fraction(0) if self.low is None or self.high is None else self.high - self.low


def voice(marks: Marks) -> Voice:
    """What one card says. A competency whose every mark is no evidence is left out."""
    means = {name: mean(value for value in values if value is not None) for name, values in marks.items()}
    known = {name: value for name, value in means.items() if value is not None}
    return Voice(known, mean(known.values()))


def combine(cards: Sequence[Marks]) -> Composite:
    """All ``cards`` together: per competency the mean of the reviewers' means, overall the mean of those."""
    voices = [voice(marks) for marks in cards]
    names = list(dict.fromkeys(name for marks in cards for name in marks))
    lines = tuple(_line(name, [heard.competencies.get(name) for heard in voices]) for name in names)
    overalls = [heard.overall for heard in voices if heard.overall is not None]
    return Composite(
        overall=mean(line.mean for line in lines if line.mean is not None),
        low=min(overalls, default=None),
        high=max(overalls, default=None),
        lines=lines,
        without_evidence=tuple(line.competency for line in lines if line.mean is None),
        cards=len(cards),
    )


def mean(values: Iterable[Fraction | int]) -> Fraction | None:
    """The exact mean, or ``None`` of nothing."""
    known = [Fraction(value) for value in values]
    return sum(known, Fraction(0)) / len(known) if known else None


def _line(name: str, means: Iterable[Fraction | None]) -> Line:
    known = [value for value in means if value is not None]
    return Line(name, mean(known), min(known, default=None), max(known, default=None), len(known))
