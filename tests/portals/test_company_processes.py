"""The processes a new job can begin with, and the reasons why somebody does not move forward."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hiring.pipeline.models import Job, ProcessTemplate, RejectReason
from hiring.pipeline.process import MOST_STAGES
from tests import factories


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def names(template: ProcessTemplate) -> list[str]:
    return list(template.stages.values_list("name", flat=True))


def test_a_process_is_added_and_its_stages_are_chosen(admin: Client) -> None:
    made = admin.post(reverse("reviewer:processes"), {"name": "Evenings", "description": "Night shifts"})
    template = ProcessTemplate.objects.get(name="Evenings")
    assert made.headers["Location"] == reverse("reviewer:process", args=[template.pk])

    for kind, name in (("interview", ""), ("live", "Meet"), ("screening", "")):
        admin.post(reverse("reviewer:process-stages", args=[template.pk]), {"kind": kind, "name": name})
    last = template.stages.last()
    assert last is not None
    admin.post(reverse("reviewer:process-position", args=[template.pk, last.pk]), {"direction": "up"})
    admin.post(reverse("reviewer:process-position", args=[template.pk, last.pk]), {"direction": "up"})
    assert names(template) == ["Résumé review", "One-way interview", "Meet"]

    admin.post(reverse("reviewer:process-position", args=[template.pk, last.pk]), {"direction": "down"})
    admin.post(reverse("reviewer:process-stage-removal", args=[template.pk, last.pk]))
    assert names(template) == ["One-way interview", "Meet"]


def test_changing_or_removing_a_process_touches_no_open_job(admin: Client, job: Job) -> None:
    template = factories.process_stage("interview").template

    admin.post(reverse("reviewer:process", args=[template.pk]), {"name": "Otherwise", "description": ""})
    template.refresh_from_db()
    assert (template.name, template.description) == ("Otherwise", "")

    admin.post(reverse("reviewer:process-removal", args=[template.pk]))
    assert not ProcessTemplate.objects.exists()
    assert job.stages.count() == 1


@pytest.mark.parametrize(("name", "said"), [("", "This field is required."), ("RECORD first", "of this name already")])
def test_a_process_needs_a_name_of_its_own(admin: Client, name: str, said: str) -> None:
    standing = factories.process_stage("interview", template="Record first").template
    other = factories.process_stage("live", template="Other").template

    for url in (reverse("reviewer:processes"), reverse("reviewer:process", args=[other.pk])):
        page = admin.post(url, {"name": name, "description": "Kept"})
        assert said in str(page.context["form"].errors["name"])
        assert "Kept" in page.content.decode()
    assert admin.post(reverse("reviewer:process", args=[standing.pk]), {"name": "Record first"}).status_code == 302


@pytest.mark.parametrize("sent", [{}, {"kind": "seance"}])
def test_a_stage_nobody_knows_is_not_added(admin: Client, sent: dict[str, str]) -> None:
    template = factories.process_stage("interview").template

    page = admin.post(reverse("reviewer:process-stages", args=[template.pk]), sent, follow=True)

    assert told(page) == ["Choose what kind of stage to add; its name has at most 80 letters."]
    assert names(template) == ["Interview"]


def test_a_process_has_an_end(admin: Client) -> None:
    for _ in range(MOST_STAGES):
        template = factories.process_stage("live").template

    page = admin.post(reverse("reviewer:process-stages", args=[template.pk]), {"kind": "live"}, follow=True)

    assert told(page) == ["A process has at most 10 stages."]


def test_a_reason_is_added_changed_archived_and_brought_back(admin: Client) -> None:
    admin.post(reverse("reviewer:reasons"), {"name": "Too far", "words": "The way would be too long."})
    reason = RejectReason.objects.get(name="Too far")

    admin.post(reverse("reviewer:reason", args=[reason.pk]), {"name": "Too far away", "words": ""})
    reason.refresh_from_db()
    assert (reason.name, reason.words) == ("Too far away", "")

    admin.post(reverse("reviewer:reason-archive", args=[reason.pk]))
    reason.refresh_from_db()
    assert reason.archived_at is not None
    assert "archived" in admin.get(reverse("reviewer:reasons")).content.decode()

    admin.post(reverse("reviewer:reason-restoration", args=[reason.pk]))
    reason.refresh_from_db()
    assert reason.archived_at is None


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"name": ""}, "name"),
        ({"name": "others FIT the role more closely"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "New", "words": "x" * 401}, "words"),
    ],
)
def test_a_reason_nobody_can_use_is_said_beside_its_field(admin: Client, sent: dict[str, str], where: str) -> None:
    factories.reason()
    other = factories.reason("Another")

    for url in (reverse("reviewer:reasons"), reverse("reviewer:reason", args=[other.pk])):
        page = admin.post(url, sent)
        assert list(page.context["form"].errors) == [where]
    assert RejectReason.objects.count() == 2
