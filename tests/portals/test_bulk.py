"""One thing done to many: everybody's message is read first, done is just that, and decisions can be taken back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import decisions, operations, process
from hiring.pipeline.models import Application, Batch, Decision, Job, JobStage, RejectReason
from hiring.portals import bulk
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations as interviewing
from interviews.models import Interview, InterviewSettings
from tests import factories


@pytest.fixture
def three(job: Job) -> list[Application]:
    return [factories.application(job, name) for name in ("Ana Prado", "Bo Lind", "Cem Ak")]


@pytest.fixture
def second(job: Job, version: QuestionSetVersion) -> JobStage:
    stage = factories.stage(job, "interview", "Second interview")
    InterviewSettings.objects.create(stage=stage, question_set=version.question_set)
    return stage


@pytest.fixture
def reason(db: None) -> RejectReason:
    return factories.reason()


@pytest.fixture
def browser(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def where(job: Job) -> str:
    return reverse("reviewer:job-selection", args=[job.pk])


def ticked(action: str, applications: list[Application], **more: Any) -> dict[str, Any]:
    return {"action": action, "application": [str(row.pk) for row in applications], **more}


def confirmed(page: Any, **typed: Any) -> dict[str, Any]:
    """What the form of ``page`` would send when its last button is pressed."""
    attempt = page.context["attempt"]
    return {
        "action": attempt.action,
        "batch": str(attempt.batch),
        "chosen": attempt.selection.tokens,
        "going": attempt.going_tokens,
        "read": page.context["form"]["read"].value(),
        "send": "",
        **typed,
    }


def scored(application: Application, version: QuestionSetVersion, *reviewers: User) -> Interview:
    made = factories.submitted(application, version)
    for reviewer in reviewers:
        factories.card(made, reviewer)
    return made


def test_everybodys_invitation_is_read_before_any_is_sent(job: Job, three: list[Application], browser: Client) -> None:
    page = browser.post(where(job), ticked("invite", three))

    assert "Invite 3 people" in words(page)
    assert "3 messages go out" in words(page)
    assert [words(page).count(f"Hello {row.candidate.name}") for row in three] == [1, 1, 1]
    assert Message.objects.count() == 0

    page = browser.post(where(job), confirmed(page), follow=True)

    assert "3 candidates invited." in words(page)
    assert Message.objects.filter(kind="invitation").count() == 3


def test_pressing_twice_is_done_once(job: Job, three: list[Application], browser: Client) -> None:
    sent = confirmed(browser.post(where(job), ticked("invite", three)))

    browser.post(where(job), sent)
    page = browser.post(where(job), sent, follow=True)

    assert "3 candidates invited." in words(page)
    assert Message.objects.filter(kind="invitation").count() == 3
    assert Batch.objects.count() == 1


def test_who_is_skipped_is_told_with_the_reason(
    job: Job, three: list[Application], grace: User, browser: Client
) -> None:
    interviewing.invite(three[1], by=grace)

    page = browser.post(where(job), ticked("invite", three))

    assert "2 messages go out" in words(page)
    assert "Bo Lind is invited already." in words(page)


def test_somebody_left_out_of_the_reading_gets_nothing(
    job: Job, three: list[Application], grace: User, browser: Client
) -> None:
    operations.withdraw(three[2], by=three[2].candidate)
    page = browser.post(where(job), ticked("invite", three))
    operations.reopen(three[2], by=grace, reason="Came back")

    browser.post(where(job), confirmed(page))

    assert set(Interview.objects.values_list("application__candidate__name", flat=True)) == {"Ana Prado", "Bo Lind"}


def test_who_changed_meanwhile_is_told_apart(
    job: Job, three: list[Application], second: JobStage, grace: User, browser: Client, reason: RejectReason
) -> None:
    typed = {"outcome": "rejected", "reason": reason.pk, "when": "soon"}
    page = browser.post(where(job), ticked("reject", three, check="", **typed))
    operations.skip(three[0], by=grace, reason="Known")

    page = browser.post(where(job), confirmed(page, **typed), follow=True)

    assert "Decided for 2 candidates: not moving forward." in words(page)
    assert "Ana Prado stands in “Second interview” now" in words(page)


def test_other_words_than_those_read_are_not_sent(
    job: Job, three: list[Application], browser: Client, reason: RejectReason
) -> None:
    typed = {"outcome": "rejected", "reason": reason.pk, "when": "soon", "words": "Thank you, {name}."}
    page = browser.post(where(job), ticked("reject", three, check="", **typed))

    assert "Thank you, Bo Lind." in words(page)
    page = browser.post(where(job), confirmed(page, **{**typed, "words": "Bye."}))

    assert "These are other words than you read." in words(page)
    assert Decision.objects.count() == 0


def test_a_reason_is_asked_for_before_anything_is_read(
    job: Job, three: list[Application], browser: Client, reason: RejectReason
) -> None:
    first = browser.post(where(job), ticked("reject", three))
    without = browser.post(where(job), ticked("reject", three, check="", outcome="rejected", when="soon"))

    assert "Whom you chose" in words(first)
    assert "Choose the reason they do not move forward." in words(without)


def test_a_whole_batch_is_undone_until_told(
    job: Job, three: list[Application], browser: Client, reason: RejectReason
) -> None:
    typed = {"outcome": "rejected", "reason": reason.pk, "when": "tomorrow"}
    page = browser.post(where(job), ticked("reject", three, check="", **typed))
    page = browser.post(where(job), confirmed(page, **typed), follow=True)
    assert "Undo all 3" in words(page)
    decisions.release(Decision.objects.get(application=three[0]))

    page = browser.post(page.redirect_chain[-1][0] + "removal/", follow=True)

    assert "2 decisions undone." in words(page)
    assert "Ana Prado was told on" in words(page)
    assert [row.outcome for row in Application.objects.order_by("candidate__name")] == ["rejected", None, None]


def test_promoting_asks_for_what_the_gate_misses_and_goes_on_with_a_reason(
    job: Job,
    three: list[Application],
    second: JobStage,
    version: QuestionSetVersion,
    katherine: User,
    alan: User,
    browser: Client,
) -> None:
    scored(three[0], version, katherine, alan)
    scored(three[1], version, alan)

    page = browser.post(where(job), ticked("promote", three))
    assert "One message goes out" in words(page)
    assert "Bo Lind has 1 of the 2 scorecards this job asks for." in words(page)
    assert "Move on anyway, because" in words(page)

    typed = {"reason": "The team met them at the fair"}
    page = browser.post(where(job), {**confirmed(page, **typed), "check": ""})
    assert "3 messages go out" in words(page)
    page = browser.post(where(job), confirmed(page, **typed), follow=True)

    assert "3 candidates moved on." in words(page)
    verbs = [
        event.verb for row in three for event in row.events.filter(verb__in=["application_advanced", "stage_skipped"])
    ]
    assert verbs == ["application_advanced", "stage_skipped", "stage_skipped"]


def test_the_recruiters_hear_once_whom_somebody_else_moved_on(
    job: Job,
    three: list[Application],
    second: JobStage,
    version: QuestionSetVersion,
    katherine: User,
    alan: User,
    signed_in: Callable[[User], Client],
) -> None:
    for row in three[:2]:
        scored(row, version, katherine, alan)
    hers = signed_in(katherine)

    sent = confirmed(hers.post(where(job), ticked("promote", three)))
    hers.post(where(job), sent)
    hers.post(where(job), sent)

    told = Message.objects.get(kind="moved_on")
    assert told.to_email == "grace@northwind.test"
    assert told.subject == f"Katherine moved candidates on: {job}"
    assert reverse("reviewer:job", args=[job.pk]) in told.text


def test_those_read_and_passed_on_are_no_news(
    job: Job, second: JobStage, katherine: User, signed_in: Callable[[User], Client]
) -> None:
    reading = factories.stage(job, "screening", "Résumé review")
    process.order_stages(job, [reading.pk, *job.stages.exclude(pk=reading.pk).values_list("pk", flat=True)])
    dee = factories.application(job, "Dee Ray")
    hers = signed_in(katherine)

    page = hers.post(where(job), confirmed(hers.post(where(job), ticked("promote", [dee]))), follow=True)

    assert "1 candidate moved on." in words(page)
    assert not Message.objects.filter(kind="moved_on").exists()


def test_one_note_is_everybodys_own(
    job: Job,
    three: list[Application],
    second: JobStage,
    version: QuestionSetVersion,
    katherine: User,
    alan: User,
    browser: Client,
) -> None:
    for row in three:
        scored(row, version, katherine, alan)
    typed = {"note": "{name}, we kept coming back to your second answer."}
    page = browser.post(where(job), ticked("promote", three, check="", **typed))
    browser.post(where(job), confirmed(page, **typed))

    texts = [message.text for message in Message.objects.order_by("to_name")]
    assert [f"{row.candidate.name}, we kept coming back" in text for row, text in zip(three, texts, strict=True)] == [
        True,
        True,
        True,
    ]


def test_whoever_owes_a_card_reads_nothing_of_others_cards(
    job: Job,
    three: list[Application],
    second: JobStage,
    version: QuestionSetVersion,
    katherine: User,
    alan: User,
    signed_in: Callable[[User], Client],
) -> None:
    factories.assignment(scored(three[0], version, alan), katherine)

    page = signed_in(katherine).post(where(job), ticked("promote", three[:1]))

    assert "your own scorecard comes first" in words(page)
    assert "1 of the 2" not in words(page)


@pytest.mark.parametrize("action", ["invite", "remind"])
def test_writing_to_candidates_is_the_recruiters(
    job: Job, three: list[Application], katherine: User, signed_in: Callable[[User], Client], action: str
) -> None:
    assert signed_in(katherine).post(where(job), ticked(action, three)).status_code == 404


def test_a_reminder_needs_no_words(job: Job, three: list[Application], grace: User, browser: Client) -> None:
    for row in three[:2]:
        interviewing.invite(row, by=grace)
    page = browser.post(where(job), ticked("remind", three))
    assert "Cem Ak has not been invited yet." in words(page)

    page = browser.post(where(job), confirmed(page), follow=True)

    assert "2 candidates reminded." in words(page)
    assert Message.objects.filter(kind="reminder").count() == 2


def test_those_of_another_job_are_not_touched_and_said(
    job: Job, three: list[Application], version: QuestionSetVersion, browser: Client
) -> None:
    stranger = factories.application(factories.job("Other", question_set=version.question_set), "Dora")

    page = browser.post(where(job), ticked("invite", [*three, stranger], chosen=""))

    assert "One of those ticked is not in this job any more" in words(page)
    assert "Dora" not in words(page)


@pytest.mark.parametrize("given", [[], ["nonsense"], [str(uuid4())]])
def test_nobody_ticked_is_said(job: Job, browser: Client, given: list[str]) -> None:
    page = browser.post(where(job), {"action": "invite", "application": given}, follow=True)

    assert "Tick at least one candidate first." in words(page)


def everybody(action: str, **asked: Any) -> dict[str, Any]:
    return {"action": action, "everybody": "on", "matching": urlencode(asked)}


def test_everybody_who_matches_is_chosen_whatever_page_they_are_on(
    job: Job, three: list[Application], browser: Client
) -> None:
    for number in range(60):
        factories.application(job, f"Candidate {number:02}")
    operations.withdraw(three[0], by=three[0].candidate)

    listed = words(browser.get(reverse("reviewer:job", args=[job.pk])))
    page = browser.post(where(job), everybody("invite"))

    assert "Everybody open in this job, on all pages" in listed
    assert "Invite 62 people" in words(page)
    assert "62 messages go out" in words(page)
    assert not Message.objects.filter(kind="invitation").exists()

    page = browser.post(where(job), confirmed(page), follow=True)

    assert "62 candidates invited." in words(page)


def test_only_those_who_match(job: Job, three: list[Application], grace: User, browser: Client) -> None:
    interviewing.invite(three[0], by=grace)
    stage = three[0].stage_id

    page = browser.post(where(job), everybody("invite", stage=stage, status="to_invite", q="o"))

    assert [row.application.candidate.name for row in page.context["attempt"].selection.rows] == ["Bo Lind"]


def test_a_list_on_one_page_offers_no_more_than_its_ticks(job: Job, three: list[Application], browser: Client) -> None:
    assert "on all pages" not in words(browser.get(reverse("reviewer:job", args=[job.pk])))


def test_more_who_match_than_can_be_read_is_refused_with_their_number(
    job: Job, three: list[Application], browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)

    page = browser.post(where(job), everybody("invite"), follow=True)

    assert "3 people match. Do it for at most 2 at a time" in words(page)
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("asked", [{"stage": uuid4()}, {"status": "nonsense"}, {"stage": "x"}])
def test_a_filter_that_asks_for_what_is_gone_never_means_everybody(
    job: Job, three: list[Application], browser: Client, asked: dict[str, Any]
) -> None:
    page = browser.post(where(job), everybody("invite", **asked), follow=True)

    assert "This list has changed since you opened it." in words(page)


def test_nobody_who_matches_is_nobody_chosen(job: Job, three: list[Application], browser: Client) -> None:
    page = browser.post(where(job), everybody("invite", q="nobody of that name"), follow=True)

    assert "Tick at least one candidate first." in words(page)


def test_everybody_is_never_those_of_others(
    job: Job, three: list[Application], outsider: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(outsider).post(where(job), everybody("reject")).status_code == 404


def test_an_action_nobody_knows(job: Job, three: list[Application], browser: Client) -> None:
    assert browser.post(where(job), ticked("hire", three)).status_code == 404
