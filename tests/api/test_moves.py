"""Moving, deciding and reading the history, by program."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hiring.accounts.models import User
from hiring.api import operations
from hiring.mail.models import Message
from hiring.pipeline import events
from hiring.pipeline.models import Application, Decision, Job, JobStage, RejectReason
from hiring.rubrics.models import QuestionSetVersion
from interviews import reviewing, setup
from interviews.models import Interview
from tests import factories


@pytest.fixture
def second(job: Job, version: QuestionSetVersion) -> JobStage:
    stage = factories.stage(job, "interview", "Second interview")
    setup.ask(stage, version.question_set, days_to_answer=3)
    return stage


@pytest.fixture
def reason(db: None) -> RejectReason:
    return factories.reason()


def test_a_job_tells_its_process(api: Callable[..., Any], job: Job, second: JobStage, grace: User) -> None:
    stages = api(grace, "GET", f"jobs/{job.pk}/").json()["stages"]

    assert [(stage["position"], stage["kind"], stage["name"]) for stage in stages] == [
        (1, "interview", "One-way interview"),
        (2, "interview", "Second interview"),
    ]


def test_a_gate_is_a_409_and_a_reason_goes_past_it(
    api: Callable[..., Any], interview: Interview, second: JobStage, grace: User
) -> None:
    path = f"applications/{interview.application_id}/advancement/"

    refused = api(grace, "POST", path, {"note": "Hello"})
    moved = api(grace, "POST", path, {"reason": "We met her at the fair."})

    assert (refused.status_code, refused.json()["code"]) == (409, "gate_closed")
    assert moved.status_code == 200
    assert moved.json()["stage"]["id"] == str(second.pk)
    assert moved.json()["interview"]["status"] == "invited"


def test_the_recruiters_hear_whom_a_program_of_somebody_else_moved_on(
    api: Callable[..., Any], interview: Interview, second: JobStage, grace: User, katherine: User
) -> None:
    path = f"applications/{interview.application_id}/advancement/"

    assert api(katherine, "POST", path, {"reason": "We met her at the fair."}).status_code == 200

    assert Message.objects.get(kind="moved_on").to_email == "grace@northwind.test"


def test_whoever_owes_a_card_learns_nothing_of_others_by_trying(
    api: Callable[..., Any], application: Application, version: QuestionSetVersion, grace: User, katherine: User
) -> None:
    interview = factories.submitted(application, version)
    factories.card(interview, katherine)
    reviewing.assign(interview, grace, by=grace)

    refused = api(grace, "POST", f"applications/{interview.application_id}/decision/", {"outcome": "hired"}).json()

    assert refused["code"] == "gate_closed"
    assert refused["detail"] == "You are asked to score this one: your own scorecard comes first."
    assert "cards" not in refused


def test_nor_by_reading_what_was_decided(
    api: Callable[..., Any], interview: Interview, grace: User, katherine: User, reason: RejectReason
) -> None:
    reviewing.assign(interview, katherine, by=grace)
    said = {"outcome": "rejected", "reason": str(reason.pk), "note": "Weak on the phone"}
    assert api(grace, "POST", f"applications/{interview.application_id}/decision/", said).status_code == 201

    blind = api(katherine, "GET", f"applications/{interview.application_id}/").json()["decision"]
    (listed,) = api(katherine, "GET", f"jobs/{interview.application.job_id}/applications/").json()["results"]
    interview.assessment.scorecards.create(reviewer=katherine, submitted_at=timezone.now())
    after = api(katherine, "GET", f"applications/{interview.application_id}/").json()["decision"]

    assert (blind["outcome"], blind["reason"], blind["note"]) == ("rejected", None, "")
    assert listed["decision"] == blind
    assert (after["reason"], after["note"]) == (str(reason), "Weak on the phone")


def test_the_same_key_moves_once(
    api: Callable[..., Any], interview: Interview, second: JobStage, grace: User, client: Any
) -> None:

    key = operations.create_token(grace, name="test")
    headers = {"authorization": f"Bearer {key.secret}", "idempotency-key": "once"}
    path = f"/api/v1/applications/{interview.application_id}/advancement/"

    answers = [client.post(path, {"reason": "Met her"}, content_type="application/json", headers=headers) for _ in "ab"]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert interview.application.events.filter(verb="stage_skipped").count() == 1


def test_decided_undone_decided_told(
    api: Callable[..., Any], application: Application, reason: RejectReason, grace: User
) -> None:
    path = f"applications/{application.pk}/decision/"
    said = {"outcome": "rejected", "reason": str(reason.pk), "words": "Thank you for the drawing."}

    made = api(grace, "POST", path, said)
    standing = api(grace, "GET", f"applications/{application.pk}/").json()["decision"]
    undone = api(grace, "DELETE", path)
    again = api(grace, "POST", path, said)
    told = api(grace, "POST", f"{path}telling/")

    assert [answer.status_code for answer in (made, undone, again, told)] == [201, 204, 201, 200]
    assert standing == made.json()
    assert told.json()["released_at"] is not None
    assert Application.objects.get().outcome == "rejected"
    assert "Thank you for the drawing." in Message.objects.get().text


def test_the_second_to_decide_is_a_409(
    api: Callable[..., Any], application: Application, grace: User, katherine: User
) -> None:
    path = f"applications/{application.pk}/decision/"
    api(katherine, "POST", path, {"outcome": "hired", "anyway": "We know her work"})

    answer = api(grace, "POST", path, {"outcome": "hired", "anyway": "We know her work"})

    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("Katherine has decided about Joan Clarke already")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "outcome"),
        ({"outcome": "withdrawn"}, "outcome"),
        ({"outcome": "rejected", "reason": "x"}, "reason"),
        ({"outcome": "rejected", "reason": "00000000-0000-4000-8000-000000000000"}, "reason"),
        ({"outcome": "hired", "note": "a\0b"}, "note"),
        ({"outcome": "hired", "release_at": "soon"}, "release_at"),
        ({"outcome": "hired", "decided_by": "me"}, "decided_by"),
    ],
)
def test_a_bad_field_is_named(
    api: Callable[..., Any], application: Application, grace: User, said: Any, field: str
) -> None:
    answer = api(grace, "POST", f"applications/{application.pk}/decision/", said)

    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_nothing_to_undo_is_a_404(api: Callable[..., Any], application: Application, grace: User) -> None:
    assert api(grace, "DELETE", f"applications/{application.pk}/decision/").status_code == 404
    assert api(grace, "POST", f"applications/{application.pk}/decision/telling/").status_code == 404


def test_too_far_off_is_a_409(api: Callable[..., Any], application: Application, grace: User) -> None:
    later = (timezone.now() + timedelta(days=40)).isoformat()

    said = {"outcome": "hired", "anyway": "We know her work", "release_at": later}
    answer = api(grace, "POST", f"applications/{application.pk}/decision/", said)

    assert (answer.status_code, answer.json()["code"]) == (409, "too_far_off")


def test_reopening_says_why(api: Callable[..., Any], application: Application, grace: User) -> None:
    api(grace, "POST", f"applications/{application.pk}/decision/", {"outcome": "hired", "anyway": "We know her work"})
    api(grace, "POST", f"applications/{application.pk}/decision/telling/")

    without = api(grace, "POST", f"applications/{application.pk}/reopening/", {})
    reopened = api(grace, "POST", f"applications/{application.pk}/reopening/", {"reason": "They said no."})

    assert (without.status_code, reopened.status_code) == (400, 200)
    assert reopened.json()["outcome"] is None


def test_lists_are_filtered(api: Callable[..., Any], job: Job, second: JobStage, grace: User) -> None:
    ada, bob = factories.application(job, "Ada Byron"), factories.placed(factories.candidate("Bob Fisher"), second)
    path = f"jobs/{job.pk}/applications/"

    def found(query: str) -> list[str]:
        return [row["id"] for row in api(grace, "GET", f"{path}?{query}").json()["results"]]

    assert found(f"stage={second.pk}") == [str(bob.pk)]
    assert found("q=byron") == [str(ada.pk)]
    assert found("outcome=hired") == []
    assert sorted(found("outcome=open")) == sorted([str(ada.pk), str(bob.pk)])
    assert api(grace, "GET", f"{path}?stage=x").status_code == 400


def test_who_owes_a_card_reads_of_nobody_elses(
    api: Callable[..., Any],
    application: Application,
    version: QuestionSetVersion,
    katherine: User,
    alan: User,
    job: Job,
) -> None:
    interview = factories.submitted(application, version)
    factories.assignment(interview, katherine)
    factories.card(interview, alan)

    events.record(application, "scorecard_submitted", by=alan)
    path = f"applications/{application.pk}/events/"

    before = [row["verb"] for row in api(katherine, "GET", path).json()["results"]]
    interview.assessment.assignments.filter(reviewer=katherine).delete()
    after = [row["verb"] for row in api(katherine, "GET", path).json()["results"]]

    assert (before, after) == ([], ["scorecard_submitted"])


def test_reasons_are_those_in_use(api: Callable[..., Any], reason: RejectReason, grace: User) -> None:
    RejectReason.objects.create(name="Old", archived_at=timezone.now())

    assert [row["name"] for row in api(grace, "GET", "reject-reasons/").json()] == [reason.name]


def test_an_interviewer_moves_and_decides_nothing(
    api: Callable[..., Any], application: Application, alan: User
) -> None:
    for place in ("advancement", "decision", "reopening"):
        assert api(alan, "POST", f"applications/{application.pk}/{place}/", {"reason": "x"}).status_code == 404
    assert not Decision.objects.exists()
