"""What all reviewers of an interview said, for whoever may see it now; for everybody else there is nothing here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from hiring.accounts.models import User
from hiring.rubrics import composite, visibility
from hiring.rubrics.composite import Composite
from hiring.rubrics.items import Item
from hiring.rubrics.models import EvidenceNote, ReviewAssignment, Scorecard
from interviews import reviewing
from interviews.queries import Desk, Part

WIDTH = 400  # of the drawn scale from 1 to 5, in SVG units
WIDE = 2  # points between reviewers that call for a talk, or a third view


@dataclass(frozen=True)
class Cell:
    value: int | None
    no_evidence: bool


@dataclass(frozen=True)
class Row:
    """One competency of one question across the cards."""

    part: Part
    item: Item
    reviewers: tuple[User, ...]
    cells: tuple[Cell, ...]

    @property
    def given(self) -> list[tuple[User, Cell]]:
        return list(zip(self.reviewers, self.cells, strict=True))

    @property
    def is_wide(self) -> bool:
        values = [cell.value for cell in self.cells if cell.value is not None]
        return bool(values) and max(values) - min(values) >= WIDE


@dataclass(frozen=True)
class Drawn:
    """A mean and a range as numbers for people and as attributes for an SVG from 0 to ``WIDTH``."""

    label: str
    mean: float | None
    low: float | None
    high: float | None
    voices: int
    is_wide: bool

    @property
    def x(self) -> float:
        return place(self.mean)

    @property
    def start(self) -> float:
        return place(self.low)

    @property
    def length(self) -> float:
        return place(self.high) - place(self.low)


@dataclass(frozen=True)
class Seat:
    """Somebody asked to score. ``handed_in_at`` is told to those who may see scores, and only to them."""

    reviewer: User
    handed_in_at: datetime | None


@dataclass(frozen=True)
class Team:
    cards: tuple[Scorecard, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[Part, tuple[EvidenceNote, ...]], ...]
    result: Composite
    overall: Drawn
    lines: tuple[Drawn, ...]
    still: tuple[User, ...]
    needed: int
    asked_for: int

    def on(self, part: Part) -> list[tuple[Item, list[tuple[User, Cell]]]]:
        """Who gave what at ``part``."""
        return [(row.item, row.given) for row in self.rows if row.part == part]

    def notes_on(self, part: Part) -> tuple[EvidenceNote, ...]:
        return next((notes for noted, notes in self.notes if noted == part), ())

    @property
    def is_alone(self) -> bool:
        return len(self.cards) == 1

    @property
    def missing(self) -> int:
        """Cards still needed for a decision."""
        return max(0, self.needed - len(self.cards))


def of(desk: Desk) -> Team | None:
    """Everybody's cards and what they come to, or ``None`` while they do not exist for this person."""
    if not desk.sight.is_open:
        return None
    interview = desk.interview
    readable = visibility.cards_for(desk.user, interview.assessment, oversees=desk.oversees)
    cards = tuple(readable.select_related("reviewer").prefetch_related("scores", "notes"))
    result = composite.combine([_marks(card, desk.parts) for card in cards])
    handed_in = {card.reviewer_id for card in cards}
    return Team(
        cards=cards,
        rows=tuple(_row(part, item, cards) for part in desk.parts if part.is_scoreable for item in part.items),
        notes=tuple((part, found) for part in desk.parts if (found := _notes(part, cards))),
        result=result,
        overall=_drawn("", result.overall, result.low, result.high, len(cards)),
        lines=tuple(_drawn(line.competency, line.mean, line.low, line.high, line.voices) for line in result.lines),
        still=tuple(seat.reviewer for seat in seats(desk) if seat.reviewer.pk not in handed_in),
        needed=reviewing.cards_needed(interview.application.job),
        asked_for=interview.application.job.cards_needed,
    )


def seats(desk: Desk) -> list[Seat]:
    """Who is asked to score; whether they have, only for who may see scores."""
    standing = ReviewAssignment.objects.standing().filter(assessment=desk.interview.assessment)
    known = desk.sight.is_open or desk.sight is visibility.Sight.ON_REQUEST
    cards = (
        Scorecard.objects.submitted().filter(assessment=desk.interview.assessment)
        if known
        else Scorecard.objects.none()
    )
    times = dict(cards.values_list("reviewer", "submitted_at"))
    return [Seat(row.reviewer, times.get(row.reviewer_id)) for row in standing.select_related("reviewer")]


def assignable(desk: Desk) -> list[User]:
    """Who can still be asked: on the job, not asked already, and without knowledge of the scores."""
    assessment = desk.interview.assessment
    taken = set(ReviewAssignment.objects.standing().filter(assessment=assessment).values_list("reviewer", flat=True))
    taken |= set(assessment.sightings.values_list("user", flat=True))
    return [user for user in reviewing.possible_reviewers(desk.interview.application.job) if user.pk not in taken]


def place(value: float | None) -> float:
    """Where ``value`` of 1 to 5 lies on the drawn scale."""
    return 0.0 if value is None else round((value - 1) / 4 * WIDTH, 1)


def _drawn(label: str, mean: Fraction | None, low: Fraction | None, high: Fraction | None, voices: int) -> Drawn:
    is_wide = low is not None and high is not None and high - low >= WIDE
    return Drawn(label, _float(mean), _float(low), _float(high), voices, is_wide)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _marks(card: Scorecard, parts: Sequence[Part]) -> dict[str, list[int | None]]:
    """The card by competency. One whose every question went unanswered is there too, with nothing."""
    given = {score.pair_id: score.value for score in card.scores.all()}
    marks: dict[str, list[int | None]] = {}
    for part in parts:
        for item in part.items:
            marks.setdefault(item.competency, []).extend([given[item.pair]] if item.pair in given else [])
    return marks


def _row(part: Part, item: Item, cards: Sequence[Scorecard]) -> Row:
    return Row(part, item, tuple(card.reviewer for card in cards), tuple(_cell(card, item.pair) for card in cards))


def _cell(card: Scorecard, pair: UUID) -> Cell:
    score = next((score for score in card.scores.all() if score.pair_id == pair), None)
    return Cell(score.value, score.no_evidence) if score else Cell(None, no_evidence=False)


def _notes(part: Part, cards: Sequence[Scorecard]) -> tuple[EvidenceNote, ...]:
    found = [note for card in cards for note in card.notes.all() if note.question_id == part.question.pk]
    return tuple(sorted(found, key=lambda note: note.at_seconds or 0))
