"""What moving on from a one-way interview rests on: the answers, and enough people who watched them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.pipeline.models import Application
from hiring.pipeline.stages import GateClosed, NotYet
from hiring.rubrics.models import Scorecard
from interviews import reviewing
from interviews.models import Interview


def check(application: Application, interview: Interview | None) -> None:
    """Raise ``GateClosed`` unless the answers are in and as many scorecards as the job asks for are handed in."""
    name = application.candidate
    if interview is None or interview.status != Interview.Status.SUBMITTED:
        raise NotYet(_("%(name)s has not handed in their answers yet.") % {"name": name}, cards=0)
    needed = reviewing.cards_needed(application.job)
    cards = Scorecard.objects.submitted().filter(assessment=interview.assessment_id).count()
    if cards < needed:
        raise GateClosed(
            ngettext(
                "%(name)s has %(cards)d of the %(needed)d scorecard this job asks for.",
                "%(name)s has %(cards)d of the %(needed)d scorecards this job asks for.",
                needed,
            )
            % {"name": name, "cards": cards, "needed": needed},
            cards=cards,
            needed=needed,
        )
