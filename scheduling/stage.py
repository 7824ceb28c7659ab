"""What the pipeline asks of a live round."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring.accounts.models import User
from hiring.lib.actors import Actor
from hiring.pipeline.models import Application, JobStage
from hiring.pipeline.stages import Material, Step
from hiring.pipeline.transitions import Move
from scheduling import gate, kit, operations, times
from scheduling.kit import MEETS
from scheduling.models import LIVE, Assignment, Booking, LiveRound, Offer


class LiveStage:
    kind = LIVE
    is_scored = True
    name = gettext_lazy("Live round")

    def open(self, application: Application, *, by: Actor, note: str = "") -> None:
        """Let the candidate choose a time; ``note`` is the personal word that goes with the link, and has to be there.

        Raises ``NoteNeeded`` and ``RoundNotReady``: whoever cannot be met is not asked in.
        """
        operations.offer(application, by=by, note=note)

    def check(self, application: Application) -> None:
        """Raises ``GateClosed`` until the conversation is over and the scorecards about it are in."""
        gate.check(application, timezone.now())

    def close(self, application: Application, step: Move, *, by: Actor) -> None:
        """Free what is held, call off what is booked and still ahead."""
        operations.close(application, by=by)

    def promise(self, stage: JobStage) -> str:
        live = LiveRound.objects.filter(stage=stage).first()
        if live is None:
            return _("A conversation with the team, at a time you choose")
        return ngettext(
            "A conversation with the team, %(minutes)d minute, at a time you choose",
            "A conversation with the team, %(minutes)d minutes, at a time you choose",
            live.minutes,
        ) % {"minutes": live.minutes}

    def next_step(self, application: Application) -> Step | None:
        """What waits for the candidate: to choose a time, to come to it, or nothing but our answer."""
        made = Offer.objects.for_candidate(application).filter(stage=application.stage_id).first()
        if made is None or application.outcome is not None:
            return None
        agreed = (Booking.State.CONFIRMED, Booking.State.COMPLETED)
        booking = made.bookings.filter(state__in=agreed).select_related("round").first()
        if booking is None:
            return _to_choose(made)
        if timezone.now() >= booking.end_at:
            return Step(
                title=_("Thank you for talking with us"),
                text=_("There is nothing you need to do now. We write to you when we know how it goes on."),
            )
        return Step(
            title=_("You meet us on %(when)s") % {"when": times.when(booking.start_at, booking.end_at)},
            text=_("The link, the phone number and everything else you need are on one page."),
            url=reverse("candidate:scheduling:booking", args=[booking.pk]),
            action=_("See, move or cancel it"),
        )

    def met_by(self, user: User) -> QuerySet[Application]:
        """Those of the bookings ``user`` sits in, unless they are still to score the answers without a name."""
        sits = Assignment.objects.filter(interviewer__user=user, occupies=True, booking__state__in=MEETS)
        met = Application.objects.filter(outcome=None, pk__in=sits.order_by().values("booking__offer__application"))
        return met.exclude(pk__in=kit.blind_to(user))

    def materials(self, application: Application) -> list[Material]:
        """Nothing: what was said is on the scorecards."""
        return []


def _to_choose(made: Offer) -> Step | None:
    if made.closed_at is not None:
        return None
    if timezone.now() >= made.expires_at:
        return Step(
            title=_("The time to choose has passed"),
            text=_("You would still like to meet us? Write to us, and we find a time together."),
        )
    return Step(
        title=_("Choose a time to meet the team"),
        text=_("Take the one that suits you best. You can move it later."),
        url=reverse("candidate:scheduling:choose", args=[made.pk]),
        action=_("Choose a time"),
        due_at=made.expires_at,
    )
