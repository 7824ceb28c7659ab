"""What a reviewer has in front of them: the questions, the answers as far as they can be watched, their own card."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib import tokens
from hiring.pipeline.models import Application, Obligation
from hiring.rubrics import items, scorecards, visibility
from hiring.rubrics.items import Item
from hiring.rubrics.models import Assessment, Question, QuestionCompetency, Score, Scorecard
from interviews.models import Answer, Interview, InterviewQuerySet, Take

ON_THE_WAY = (Take.State.RECORDING, Take.State.ABANDONED, Take.State.RECEIVED)
SHORT_SECONDS = 5
CUT_SECONDS = 2  # that much missing is worth saying; less is the recorder's rounding
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, no O
TO_DO_SHOWN = 100
DONE_SHOWN = 20


@dataclass(frozen=True)
class Part:
    """One question of the interview: what was asked, what came, what it is scored on."""

    number: int
    question: Question
    answer: Answer | None
    is_in: bool
    items: tuple[Item, ...]

    @property
    def take(self) -> Take | None:
        """What the candidate sent; nobody sees anything before they did."""
        return self.answer.chosen_take if self.is_in and self.answer else None

    @property
    def state(self) -> str:
        """``waiting`` (not handed in), ``skipped``, ``preparing``, ``playable`` or ``failed``."""
        if not self.is_in:
            return "waiting"
        if self.take is None:
            return "skipped"
        return "preparing" if self.take.state in ON_THE_WAY else self.take.state

    @property
    def is_scoreable(self) -> bool:
        return self.take is not None

    @property
    def cut(self) -> str:
        """“0:00–1:34 of about 2:00” when the recording broke off, else nothing."""
        take = self.take
        if take is None or take.seconds is None:
            return ""
        if take.claimed_seconds and take.claimed_seconds - take.seconds > CUT_SECONDS:
            words = _("0:00–%(end)s of about %(whole)s")
            return words % {"end": clock(take.seconds), "whole": clock(take.claimed_seconds)}
        return _("0:00–%(end)s, then it broke off") % {"end": clock(take.seconds)} if take.interrupted else ""

    @property
    def remarks(self) -> list[str]:
        """What to know before judging: technical findings, in words that blame nobody."""
        take = self.take
        if take is None or take.state != Take.State.PLAYABLE:
            return []
        found = [
            (take.silent, _("No sound was found in this recording.")),
            (take.black, _("The picture is dark; the sound is what there is.")),
            ((take.seconds or 0) < SHORT_SECONDS, _("A very short recording.")),
        ]
        return [words for is_so, words in found if is_so]

    @property
    def speech(self) -> str:
        """“1:12 of speech in 2:00”, once the sound was looked at."""
        take = self.take
        if take is None or take.seconds is None or take.analysed_at is None:
            return ""
        spoken = sum(end - start for start, end in take.speech)
        return _("%(spoken)s of speech in %(whole)s") % {"spoken": clock(spoken), "whole": clock(take.seconds)}

    @property
    def speech_json(self) -> str:
        """The stretches of speech for the page's script."""
        return json.dumps(self.take.speech if self.take else [])

    @property
    def speech_bars(self) -> list[tuple[str, str]]:
        """Where there is speech, as (start, width) in thousandths of the recording: attributes of an SVG."""
        take = self.take
        if take is None or not take.seconds:
            return []
        scale = 1000 / take.seconds
        return [(f"{start * scale:.1f}", f"{max((end - start) * scale, 1):.1f}") for start, end in take.speech]


@dataclass(frozen=True)
class Desk:
    """All a reviewer's page of one interview shows, as far as they may see it."""

    interview: Interview
    user: User
    sight: visibility.Sight
    oversees: bool
    card: Scorecard | None
    draft: scorecards.Draft
    parts: tuple[Part, ...]

    @property
    def is_open(self) -> bool:
        """Whether the reviewer is to score, and still can."""
        return self.sight is visibility.Sight.OWN_FIRST

    @property
    def version(self) -> int:
        return self.card.version if self.card else 0

    @property
    def is_in(self) -> bool:
        return self.interview.status == Interview.Status.SUBMITTED

    @property
    def name(self) -> str:
        """Whom they see: a pseudonym until their own card is in."""
        return pseudonym(self.interview.assessment) if self.is_open else self.interview.application.candidate.name

    @cached_property
    def items(self) -> list[Item]:
        return [item for part in self.parts if part.is_scoreable for item in part.items]

    @property
    def scored(self) -> int:
        return sum(item.pair in self.draft.scores for item in self.items)

    @property
    def is_complete(self) -> bool:
        return bool(self.items) and self.scored == len(self.items)

    def is_scored(self, part: Part) -> bool:
        return part.is_scoreable and all(item.pair in self.draft.scores for item in part.items)

    def notes_on(self, part: Part) -> list[tuple[int, scorecards.Note]]:
        """The notes at ``part``, each with its place among all of the card."""
        return [(place, note) for place, note in enumerate(self.draft.notes) if note.question == part.question.pk]

    @property
    def own(self) -> list[tuple[Part, list[tuple[Item, int | None, bool]]]]:
        """The reviewer's own scores: per answer, each competency with its value and whether it has one."""
        given = self.draft.scores
        return [
            (part, [(item, given.get(item.pair), item.pair in given) for item in part.items])
            for part in self.parts
            if part.is_scoreable
        ]

    def at(self, place: str) -> Part | None:
        """The part called ``place`` ("1", "2", …), or the one that comes next; ``None`` is the page over all."""
        if place == "overall" or not self.parts:
            return None
        if place.isascii() and place.isdigit() and 1 <= int(place[:4]) <= len(self.parts):
            return self.parts[int(place[:4]) - 1]
        if not self.is_open:
            return self.parts[0]
        return next((part for part in self.parts if part.is_scoreable and not self.is_scored(part)), self._last_resort)

    @property
    def _last_resort(self) -> Part | None:
        return None if self.is_complete else self.parts[0]

    def after(self, part: Part) -> str:
        """Where “next” leads from ``part``."""
        return str(part.number + 1) if part.number < len(self.parts) else "overall"

    def before(self, part: Part | None) -> str:
        number = len(self.parts) if part is None else part.number - 1
        return str(number) if number else ""


def watchable(user: User) -> InterviewQuerySet:
    """The interviews ``user`` may watch, with what their page needs of each."""
    related = ("application__job", "application__candidate", "assessment__version")
    return Interview.objects.for_reviewer(user).select_related(*related)


def playable_takes(user: User) -> QuerySet[Take]:
    """The recordings ``user`` may watch now: chosen, handed in, and ready."""
    return Take.objects.filter(
        chosen_for__interview__in=Interview.objects.for_reviewer(user),
        chosen_for__interview__status=Interview.Status.SUBMITTED,
        state=Take.State.PLAYABLE,
    )


def retryable_takes(user: User) -> QuerySet[Take]:
    """The recordings ``user`` may ask to be prepared again: what they are to watch, and all of whom they oversee."""
    handed_in = Q(
        chosen_for__interview__in=Interview.objects.for_reviewer(user),
        chosen_for__interview__status=Interview.Status.SUBMITTED,
    )
    return Take.objects.filter(handed_in | Q(answer__interview__in=Interview.objects.overseen_by(user)))


def failed_takes(interview: Interview) -> QuerySet[Take]:
    """The recordings of ``interview`` that could not be prepared and that somebody waits for, by question.

    One is waited for while it is the answer, or while nothing else is and the interview is still open.
    """
    wanted = Q(chosen_for__isnull=False)
    if interview.status != Interview.Status.SUBMITTED:
        wanted |= Q(answer__chosen_take__isnull=True)
    failed = Take.objects.filter(wanted, answer__interview=interview, state=Take.State.FAILED).exclude(manifest=[])
    return failed.select_related("answer__question").order_by("answer__question__position", "number")


def stuck(user: User) -> QuerySet[Interview]:
    """The open interviews ``user`` oversees in which a recording waits for somebody to try it again: the answer that
    was handed in, or one the candidate sees fail for no fault of the recording."""
    failed = Take.objects.filter(answer__interview=OuterRef("pk"), state=Take.State.FAILED).exclude(manifest=[])
    handed_in = Q(answer__interview__status=Interview.Status.SUBMITTED, chosen_for__isnull=False)
    on_our_side = Q(answer__chosen_take__isnull=True, failure__in=[Take.Failure.TRANSIENT, Take.Failure.BUG])
    being_answered = Q(answer__interview__status=Interview.Status.STARTED)
    wanted = failed.filter(handed_in | on_our_side & being_answered)
    open_ones = Interview.objects.overseen_by(user).filter(application__outcome__isnull=True)
    return open_ones.filter(Exists(wanted)).select_related("application__candidate", "application__job")


def desk(interview: Interview, user: User) -> Desk:
    """The page of ``interview`` for ``user``, who was let in by ``for_reviewer``. A constant number of queries."""
    oversees = Application.objects.for_reviewer(user).filter(pk=interview.application_id).exists()
    sight = visibility.sight(user, interview.assessment, oversees=oversees)
    card = scorecards.own(interview.assessment, user) if sight.is_assigned else None
    return Desk(interview, user, sight, oversees, card, scorecards.read(card), parts(interview))


def parts(interview: Interview) -> tuple[Part, ...]:
    """The questions of the interview's version in order, each with its answer."""
    answers = {row.question_id: row for row in interview.answers.select_related("chosen_take")}
    is_in = interview.status == Interview.Status.SUBMITTED
    asked = interview.version.questions.prefetch_related(items.prefetched())
    return tuple(
        Part(
            number,
            question,
            answers.get(question.pk),
            is_in,
            items.of(question),
        )
        for number, question in enumerate(asked, start=1)
    )


@dataclass(frozen=True)
class Review:
    """One line of a reviewer's own list."""

    interview: Interview
    name: str
    scored: int
    total: int
    due_at: datetime | None
    card_in_at: datetime | None

    @property
    def state(self) -> str:
        """``in`` (own card handed in), ``waiting`` (for the candidate) or ``due`` (to score)."""
        if self.card_in_at:
            return "in"
        return "due" if self.interview.status == Interview.Status.SUBMITTED else "waiting"

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < timezone.now()


def my_reviews(user: User) -> list[Review]:
    """The interviews ``user`` is to score: what can be scored now, due first; then what waits for the candidate; then
    the last few handed in. Three queries."""
    cards = Scorecard.objects.of(user).filter(assessment=OuterRef("assessment"))
    promised = Obligation.objects.owed().filter(application=OuterRef("application")).order_by("due_at")
    rows = (
        Interview.objects.filter(assessment__assignments__reviewer=user, assessment__assignments__released_at=None)
        .select_related("application__job", "application__candidate", "assessment")
        .annotate(
            due_at=Subquery(promised.values("due_at")[:1]),
            card_in_at=Subquery(cards.values("submitted_at")[:1]),
            scored=_count(Score.objects.filter(scorecard__reviewer=user, scorecard__assessment=OuterRef("assessment"))),
            total=_count(
                QuestionCompetency.objects.filter(
                    question__in=Answer.objects.filter(
                        interview=OuterRef(OuterRef("pk")), chosen_take__isnull=False
                    ).values("question")
                )
            ),
        )
    )
    open_rows = rows.filter(card_in_at=None).exclude(status=Interview.Status.WITHDRAWN)
    in_hand = open_rows.filter(status=Interview.Status.SUBMITTED).order_by(
        F("due_at").asc(nulls_last=True), "submitted_at"
    )
    waiting = open_rows.exclude(status=Interview.Status.SUBMITTED).order_by("deadline_at")
    done = rows.exclude(card_in_at=None).order_by("-card_in_at")
    return [_review(row) for row in (*in_hand[:TO_DO_SHOWN], *waiting[:TO_DO_SHOWN], *done[:DONE_SHOWN])]


def scoreable_pairs(interview: Interview) -> set[UUID]:
    """The (question, competency) pairs that have an answer to judge."""
    answered = interview.answers.filter(chosen_take__isnull=False).values("question")
    return set(QuestionCompetency.objects.filter(question__in=answered).values_list("pk", flat=True))


def pseudonym(assessment: Assessment) -> str:
    """“Candidate K47”: the same for every reviewer of the same interview, and nothing one could look up."""
    seed = tokens.fingerprint(tokens.derive("pseudonym", assessment.pk))
    return _("Candidate %(code)s") % {
        "code": f"{LETTERS[int(seed[:8], 16) % len(LETTERS)]}{int(seed[8:16], 16) % 90 + 10}"
    }


def clock(seconds: float) -> str:
    """``94.2`` as ``1:34``."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def _review(row: Interview) -> Review:
    known = vars(row)  # what the query annotated
    name = row.application.candidate.name if known["card_in_at"] else pseudonym(row.assessment)
    return Review(row, name, known["scored"], known["total"], known["due_at"], known["card_in_at"])


def _count(rows: QuerySet[Score] | QuerySet[QuestionCompetency]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted), 0)
