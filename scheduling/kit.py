"""What an interviewer has open during a booking: who, how to reach them, what to ask, their own card beside it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.pipeline import stages
from hiring.pipeline.models import Application
from hiring.pipeline.stages import Material
from hiring.rubrics import items, scorecards, visibility
from hiring.rubrics.items import Item
from hiring.rubrics.models import Question, QuestionSetVersion, ReviewAssignment, Scorecard
from scheduling.models import Booking

MEETS = (Booking.State.CONFIRMED, Booking.State.COMPLETED)
HELLO, THEIRS, CLOSE = 3, 10, 2  # minutes: the candidate's questions have theirs, whatever the length


@dataclass(frozen=True)
class Part:
    """One core question: the same for everybody who is met in this round."""

    number: int
    question: Question
    items: tuple[Item, ...]

    @property
    def note_field(self) -> str:
        return f"note-{self.question.pk}"


@dataclass(frozen=True)
class Kit:
    """The page of ``booking`` for ``user``, who may see it."""

    booking: Booking
    user: User
    sight: visibility.Sight
    oversees: bool
    card: Scorecard | None
    draft: scorecards.Draft
    version: QuestionSetVersion | None
    parts: tuple[Part, ...]
    cards: tuple[Scorecard, ...]
    now: datetime
    materials: tuple[Material, ...] = ()

    @property
    def may_score(self) -> bool:
        """Whether ``user`` is to score, and still can."""
        return self.sight is visibility.Sight.OWN_FIRST and self.booking.state in MEETS

    @property
    def styles(self) -> list[str]:
        """What the materials look like, each once."""
        return list(dict.fromkeys(material.styles for material in self.materials))

    @property
    def has_begun(self) -> bool:
        return self.now >= self.booking.start_at

    @property
    def card_version(self) -> int:
        return self.card.version if self.card else 0

    @cached_property
    def items(self) -> list[Item]:
        return [item for part in self.parts for item in part.items]

    @property
    def scored(self) -> int:
        return sum(item.pair in self.draft.scores for item in self.items)

    @property
    def is_complete(self) -> bool:
        return bool(self.items) and self.scored == len(self.items)

    def note_on(self, part: Part) -> str:
        """What the own card says about ``part``."""
        return "\n".join(note.text for note in self.draft.notes if note.question == part.question.pk)

    @property
    def agenda(self) -> list[tuple[int, str]]:
        """The minutes of the conversation, in order; the candidate's own are reserved."""
        whole = int((self.booking.end_at - self.booking.start_at).total_seconds()) // 60
        asking = max(whole - HELLO - THEIRS - CLOSE, 0)
        return [
            (HELLO, _("Hello: who you are, and how the time is divided")),
            (asking, _("The questions below, with their probes")),
            (min(THEIRS, whole), _("Their questions; ask for them, and take the time")),
            (CLOSE, _("What happens next, and when they hear from us")),
        ]

    @property
    def said(self) -> list[tuple[Part, list[tuple[Item, list[tuple[User, int | None, bool]]]], list[tuple[User, str]]]]:
        """Everybody's cards, question by question, for whoever may read them now: scores, then notes."""
        return [
            (
                part,
                [(item, [(card.reviewer, *_score(card, item)) for card in self.cards]) for item in part.items],
                [
                    (card.reviewer, note.text)
                    for card in self.cards
                    for note in card.notes.all()
                    if note.question_id == part.question.pk
                ],
            )
            for part in self.parts
        ]


def blind_to(user: User) -> QuerySet[Any, Any]:
    """The applications whose recorded answers ``user`` is still to score, which they do without a name."""
    owed = ReviewAssignment.objects.standing().filter(reviewer=user, assessment__interview__isnull=False)
    cards = Scorecard.objects.submitted().of(user)
    return owed.exclude(assessment__scorecards__in=cards).order_by().values("assessment__interview__application")


def of(booking: Booking, user: User, *, now: datetime) -> Kit:
    """The kit of ``booking``, found through ``for_reviewer``, in a constant number of queries."""
    oversees = Application.objects.for_reviewer(user).filter(pk=booking.offer.application_id).exists()
    application = booking.offer.application
    may_read = oversees or stages.met_by(user).filter(pk=application.pk).exists()
    is_blind = blind_to(user).filter(assessment__interview__application=application).exists()
    told = tuple(stages.materials(application)) if may_read and not is_blind else ()
    assessment = booking.assessment
    if assessment is None:
        return Kit(booking, user, visibility.Sight.NONE, oversees, None, scorecards.Draft(), None, (), (), now, told)
    sight = visibility.sight(user, assessment, oversees=oversees)
    card = scorecards.own(assessment, user) if sight.is_assigned else None
    readable = visibility.cards_for(user, assessment, oversees=oversees)
    asked = assessment.version.questions.prefetch_related(items.prefetched())
    return Kit(
        booking,
        user,
        sight,
        oversees,
        card,
        scorecards.read(card),
        assessment.version,
        tuple(Part(number, question, items.of(question)) for number, question in enumerate(asked, start=1)),
        tuple(readable.select_related("reviewer").prefetch_related("scores", "notes")),
        now,
        told,
    )


def _score(card: Scorecard, item: Item) -> tuple[int | None, bool]:
    """The value, and whether there is one at all."""
    found = next((score for score in card.scores.all() if score.pair_id == item.pair), None)
    return (found.value, True) if found else (None, False)
