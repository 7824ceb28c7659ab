"""How far a candidate is: what is recorded of each question, and what still stands between them and sending it."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from interviews.models import Answer, Interview, Take

ARRIVED = frozenset({Take.State.RECEIVED, Take.State.PLAYABLE})
UNFINISHED = frozenset({Take.State.RECORDING, Take.State.ABANDONED})


class Standing(Enum):
    """Of one answer: ready to be sent, recorded without a choice, on its way to us, unreadable, or not there yet."""

    READY = "ready"
    UNCHOSEN = "unchosen"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the overview."""

    number: int
    answer: Answer
    takes: tuple[Take, ...]

    @property
    def standing(self) -> Standing:
        if self.chosen is not None and self.chosen.state in ARRIVED:
            return Standing.READY
        states = {take.state for take in self.takes}
        if states & ARRIVED:
            return Standing.UNCHOSEN
        if states & UNFINISHED:
            return Standing.UNFINISHED
        return Standing.UNREADABLE if states else Standing.EMPTY

    @property
    def chosen(self) -> Take | None:
        return self.answer.chosen_take

    @property
    def arrived(self) -> list[Take]:
        return [take for take in self.takes if take.state in ARRIVED]

    @property
    def remark(self) -> str:
        """What the candidate should know of the chosen take before sending it."""
        if self.chosen is None or not (self.chosen.silent or self.chosen.black):
            return ""
        if self.chosen.silent and self.chosen.black:
            return _("Neither sound nor picture")
        return _("No sound") if self.chosen.silent else _("Black picture")

    @property
    def failed(self) -> Take | None:
        """The recording they would have sent, had we been able to prepare it: the chosen one, or the newest."""
        failed = [take for take in self.takes if take.state == Take.State.FAILED]
        return next((take for take in failed if take == self.chosen), failed[-1] if failed else None)

    @property
    def may_try_again(self) -> bool:
        """Whether the candidate may ask for it themselves (`recording.try_own_again`)."""
        return self.failed is not None and self.failed.is_our_fault and self.failed.retried_at is None

    @property
    def seconds(self) -> float | None:
        """The length of the chosen take, as measured or as the recorder counted it."""
        return None if self.chosen is None else self.chosen.seconds or self.chosen.claimed_seconds

    @property
    def is_recording(self) -> bool:
        """Whether a take is being recorded, or still sent, as far as we know."""
        return any(take.state == Take.State.RECORDING for take in self.takes)

    @property
    def key(self) -> str:
        """The standing, for templates."""
        return self.standing.value


@dataclass(frozen=True, slots=True)
class Progress:
    lines: tuple[Line, ...]

    @property
    def ready(self) -> list[Line]:
        return [line for line in self.lines if line.standing is Standing.READY]

    @property
    def missing(self) -> list[Line]:
        """What must be answered before anything can be sent, and is not."""
        return [line for line in self.lines if line.answer.question.required and line.standing is not Standing.READY]

    @property
    def loose(self) -> list[Line]:
        """What has a recording that would stay behind: still on its way, or of an optional question and not chosen."""
        optional = [line for line in self.lines if not line.answer.question.required]
        left = [line for line in optional if line.standing in {Standing.UNCHOSEN, Standing.UNFINISHED}]
        return [line for line in self.lines if line.is_recording or line in left]

    @property
    def next(self) -> Line | None:
        """The first question that wants something, for the button that goes on."""
        waiting = self.missing or [line for line in self.lines if line.standing is not Standing.READY]
        return waiting[0] if waiting else None

    @property
    def is_begun(self) -> bool:
        return any(line.takes for line in self.lines)


def of(interview: Interview) -> Progress:
    """The progress of ``interview``, in two queries."""
    answers = (
        interview.answers.select_related("question", "chosen_take")
        .prefetch_related(Prefetch("takes", Take.objects.order_by("number")))
        .order_by("question__position")
    )
    return Progress(
        tuple(Line(number, answer, tuple(answer.takes.all())) for number, answer in enumerate(answers, start=1))
    )
