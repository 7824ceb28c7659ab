"""One reviewer's scores of one assessment: saved as a draft while they watch, handed in once, then never changed.

Every writer takes the assessment's row first, so that saving, handing in, assigning and releasing stand in one line.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.rubrics.assignments import NotAssigned
from hiring.rubrics.models import Assessment, EvidenceNote, ReviewAssignment, Score, Scorecard

NOTE_LENGTH = 1000
REASON_LENGTH = 2000
MOST_NOTES = 200
NEEDS_REASON = (Scorecard.Recommendation.HOLD, Scorecard.Recommendation.NO)


class VersionConflict(Refusal):
    code = "version_conflict"


class AlreadySubmitted(Refusal):
    code = "already_submitted"


class NotScoreable(Refusal):
    code = "not_scoreable"


class ScoresFirst(Refusal):
    code = "scores_first"


class ScoresMissing(Refusal):
    code = "scores_missing"


class TooManyNotes(Refusal):
    code = "too_many_notes"


class RecommendationMissing(Refusal):
    code = "recommendation_missing"


class ReasonMissing(Refusal):
    code = "reason_missing"


@dataclass(frozen=True, order=True)
class Note:
    """What was said or done, at which second of the answer; ``-1`` when it belongs to no moment."""

    question: UUID
    at_seconds: float
    text: str

    NO_MOMENT = -1.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))
        object.__setattr__(self, "at_seconds", round(self.at_seconds, 1))


@dataclass(frozen=True)
class Draft:
    """All a card says. ``scores`` maps a (question, competency) pair to 1–5, or to ``None`` for no evidence."""

    scores: Mapping[UUID, int | None] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    recommendation: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "notes", tuple(sorted(set(self.notes))))
        object.__setattr__(self, "reason", plain(self.reason))

    def as_json(self) -> dict[str, object]:
        """Plain values, as the API and the page's own script speak of a card."""
        return {
            "scores": [
                {"pair": str(pair), "value": value, "no_evidence": value is None}
                for pair, value in sorted(self.scores.items())
            ],
            "notes": [
                {
                    "question": str(note.question),
                    "at_seconds": None if note.at_seconds == Note.NO_MOMENT else note.at_seconds,
                    "text": note.text,
                }
                for note in self.notes
            ],
            "recommendation": self.recommendation,
            "reason": self.reason,
        }


def plain(text: str) -> str:
    """``text`` as both a form and JSON would send it: one kind of line end, no space around."""
    return text.replace("\r\n", "\n").strip()


def own(assessment: Assessment, reviewer: User) -> Scorecard | None:
    """The card of ``reviewer``, draft or handed in, or ``None`` before their first save."""
    return (
        Scorecard.objects.of(reviewer)
        .filter(assessment=assessment)
        .select_related("reviewer")
        .prefetch_related("scores", "notes")
        .first()
    )


def read(card: Scorecard | None) -> Draft:
    """What ``card`` says now; an empty draft for no card."""
    if card is None:
        return Draft()
    return Draft(
        scores={score.pair_id: score.value for score in card.scores.all()},
        notes=tuple(_note_of(row) for row in card.notes.all()),
        recommendation=card.recommendation,
        reason=card.reason,
    )


@transaction.atomic
def save(assessment: Assessment, draft: Draft, *, version: int, pairs: Collection[UUID], by: User) -> Scorecard:
    """Keep ``draft`` as the whole of the card of ``by``, opening it on the first save.

    ``version`` is the card's when the draft was begun (0 for none), ``pairs`` those that have an answer. The same draft
    sent twice is one save. Raises ``VersionConflict`` (with both values) when somebody saved in between,
    ``AlreadySubmitted``, ``NotAssigned``, ``NotScoreable`` for a pair without an answer, and ``ScoresFirst`` for a
    recommendation before every pair has its score.
    """
    card = _take(assessment, by)
    stored = read(card)
    if stored == draft:
        return card
    if card.version != version:
        raise conflict(card, yours=draft)
    _check(draft, pairs, assessment)
    _write(card, stored, draft)
    return card


@transaction.atomic
def submit(assessment: Assessment, *, version: int, pairs: Collection[UUID], by: User) -> Scorecard:
    """Hand the card of ``by`` in. From now on it never changes, and they see the others'.

    Raises ``AlreadySubmitted``, ``VersionConflict`` when the card is no longer the one they saw, ``ScoresMissing``,
    ``RecommendationMissing`` and ``ReasonMissing``.
    """
    card = _take(assessment, by)
    if card.version != version:
        raise conflict(card, yours=None)
    stored = read(card)
    missing = sorted(set(pairs) - set(stored.scores))
    if missing:
        raise ScoresMissing(
            _("Every competency of every answer needs a score or “no evidence” first."),
            missing=[str(pair) for pair in missing],
        )
    if not stored.recommendation:
        raise RecommendationMissing(_("Say how you would go on: move forward, hold, or do not move forward."))
    if stored.recommendation in NEEDS_REASON and not stored.reason.strip():
        raise ReasonMissing(_("Add a reason, in a sentence the team can stand behind."))
    card.submitted_at = timezone.now()
    card.save(update_fields=["submitted_at"])
    return card


def conflict(card: Scorecard, *, yours: Draft | None) -> VersionConflict:
    """The refusal that shows both: what is stored now, and what was sent."""
    return VersionConflict(
        _("This card was saved somewhere else meanwhile. Both are here; choose, nothing is lost."),
        version=card.version,
        stored=read(card).as_json(),
        yours=None if yours is None else yours.as_json(),
    )


def _take(assessment: Assessment, reviewer: User) -> Scorecard:
    """The reviewer's card for writing, opened when it is their first; refused for who is not asked."""
    Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    if not ReviewAssignment.objects.standing().filter(assessment=assessment, reviewer=reviewer).exists():
        raise NotAssigned(_("You are not asked to score this one."))
    card = Scorecard.objects.get_or_create(assessment=assessment, reviewer=reviewer)[0]
    if card.submitted_at is not None:
        raise AlreadySubmitted(_("Your card is in already, and stays as you handed it in."))
    return card


def _check(draft: Draft, pairs: Collection[UUID], assessment: Assessment) -> None:
    if set(draft.scores) - set(pairs):
        raise NotScoreable(_("One of these scores is for a question that has no answer here."))
    asked = set(assessment.version.questions.values_list("pk", flat=True)) if draft.notes else set()
    if {note.question for note in draft.notes} - asked:
        raise NotScoreable(_("One of these notes is for a question that was not asked here."))
    if len(draft.notes) > MOST_NOTES:
        raise TooManyNotes(_("A card holds %(most)d notes; this one has more.") % {"most": MOST_NOTES})
    if draft.recommendation and set(pairs) - set(draft.scores):
        raise ScoresFirst(_("The recommendation comes last: score every answer first."))


def _note_of(row: EvidenceNote) -> Note:
    return Note(row.question_id, Note.NO_MOMENT if row.at_seconds is None else row.at_seconds, row.text)


def _write(card: Scorecard, stored: Draft, draft: Draft) -> None:
    """Change only the rows that differ; times of the others stay."""
    card.scores.filter(pair__in=stored.scores.keys() - draft.scores.keys()).delete()
    Score.objects.bulk_create(
        (
            Score(scorecard=card, pair_id=pair, value=value, no_evidence=value is None)
            for pair, value in draft.scores.items()
        ),
        update_conflicts=True,
        unique_fields=["scorecard", "pair"],
        update_fields=["value", "no_evidence"],
    )
    gone = set(stored.notes) - set(draft.notes)
    doomed = [row.pk for row in card.notes.all() if _note_of(row) in gone]
    card.notes.filter(pk__in=doomed).delete()
    EvidenceNote.objects.bulk_create(
        EvidenceNote(
            scorecard=card,
            question_id=note.question,
            at_seconds=None if note.at_seconds == Note.NO_MOMENT else note.at_seconds,
            text=note.text,
        )
        for note in draft.notes
        if note not in stored.notes
    )
    card.recommendation, card.reason = draft.recommendation, draft.reason
    card.version += 1
    card.saved_at = timezone.now()
    card.save(update_fields=["recommendation", "reason", "version", "saved_at"])
