"""The processes a new job can begin with, as a company shapes them. Changing one touches no open job."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hiring.pipeline import stages
from hiring.pipeline.models import ProcessTemplate, ProcessTemplateStage
from hiring.pipeline.process import MOST_STAGES, TooManyStages


def add(*, name: str, description: str) -> ProcessTemplate:
    """A process without a stage yet; nobody can choose it before it has one."""
    last = ProcessTemplate.objects.order_by("position").last()
    return ProcessTemplate.objects.create(name=name, description=description, position=last.position + 1 if last else 0)


def change(template: ProcessTemplate, *, name: str, description: str) -> ProcessTemplate:
    template.name, template.description = name, description
    template.save(update_fields=["name", "description"])
    return template


def remove(template: ProcessTemplate) -> None:
    template.delete()


@transaction.atomic
def add_stage(template: ProcessTemplate, kind: str, *, name: str = "") -> ProcessTemplateStage:
    """Another stage at the end. Raises ``TooManyStages`` beyond ten."""
    standing = _locked_stages(template)
    if len(standing) >= MOST_STAGES:
        raise TooManyStages(_("A process has at most %(n)d stages.") % {"n": MOST_STAGES})
    return ProcessTemplateStage.objects.create(
        template=template,
        position=standing[-1].position + 1 if standing else 1,
        kind=kind,
        name=name.strip() or str(stages.all_kinds()[kind].name),
    )


@transaction.atomic
def order_stages(template: ProcessTemplate, order: Sequence[UUID]) -> None:
    """Put the stages into ``order``; those it does not name come last, as they were."""
    standing = _locked_stages(template)
    places = {pk: place for place, pk in enumerate(order)}
    wanted = sorted(standing, key=lambda stage: (places.get(stage.pk, len(places)), stage.position))
    beyond = max((stage.position for stage in standing), default=0)
    for shift in (beyond, 0):  # two passes: no two stages may share a position even for a moment
        for position, stage in enumerate(wanted, start=1 + shift):
            ProcessTemplateStage.objects.filter(pk=stage.pk).update(position=position)


def _locked_stages(template: ProcessTemplate) -> list[ProcessTemplateStage]:
    ProcessTemplate.objects.select_for_update().get(pk=template.pk)
    return list(ProcessTemplateStage.objects.filter(template=template))
