"""What an installation begins with: processes to open a job from, and reasons why somebody does not move forward."""

from django.db import transaction
from django.utils.translation import gettext as _

from hiring.pipeline.models import ProcessTemplate, ProcessTemplateStage, RejectReason


@transaction.atomic
def ensure() -> None:
    """Write the starters where there are none yet; what a company changed or added stays as it is."""
    if not ProcessTemplate.objects.exists():
        for position, (name, when, stages) in enumerate(_processes()):
            template = ProcessTemplate.objects.create(name=name, description=when, position=position)
            ProcessTemplateStage.objects.bulk_create(
                ProcessTemplateStage(template=template, position=place, kind=kind, name=called)
                for place, (kind, called) in enumerate(stages, start=1)
            )
    if not RejectReason.objects.exists():
        RejectReason.objects.bulk_create(
            RejectReason(name=name, words=words, position=position) for position, (name, words) in enumerate(_reasons())
        )


def _processes() -> list[tuple[str, str, list[tuple[str, str]]]]:
    screening = ("screening", _("Résumé review"))
    interview = ("interview", _("One-way interview"))
    live = ("live", _("Live round"))
    return [
        (
            _("Record first, meet later"),
            _("Most roles: read, let people answer on their own time, meet the shortlist."),
            [screening, interview, live],
        ),
        (
            _("Meet right away"),
            _("Senior or rare roles, or fewer than a dozen applications: read, then meet."),
            [screening, live, ("live", _("Meet the team"))],
        ),
        (
            _("Many seats at once"),
            _("Seasonal and shift work: everybody answers, nobody is sorted out by a résumé."),
            [interview, live],
        ),
        (_("One-way interview only"), _("When you meet people elsewhere."), [interview]),
    ]


def _reasons() -> list[tuple[str, str]]:
    return [
        (_("A must-have is missing"), _("The role needs something we did not find in your application this time.")),
        (_("Others fit the role more closely"), _("Others were closer to what this role needs right now.")),
        (_("The position is filled"), _("The position has been filled.")),
        (_("The position is no longer open"), _("We are not filling this position any more.")),
        (_("Working hours or place do not match"), _("The working hours or the place did not match.")),
        (_("Could not be reached"), ""),
        (_("Other"), ""),
    ]
