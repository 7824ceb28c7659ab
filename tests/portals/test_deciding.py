"""Moving one application on, deciding about it, taking that back: read first, then done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import decisions, operations
from hiring.pipeline.models import Application, Decision, Job, JobStage, RejectReason
from hiring.portals.timeline import timeline
from hiring.rubrics.models import QuestionSetVersion
from interviews.models import Interview, InterviewSettings
from tests import factories

NOTE = "You took the angry customer seriously before you took the blame. I would like to hear more."


@pytest.fixture
def second(job: Job, version: QuestionSetVersion) -> JobStage:
    """Another one-way interview after the first, for those who have done well."""
    stage = factories.stage(job, "interview", "Second interview")
    InterviewSettings.objects.create(stage=stage, question_set=version.question_set)
    return stage


@pytest.fixture
def scored(application: Application, version: QuestionSetVersion, katherine: User, alan: User) -> Interview:
    """Joan's, handed in, with the two cards the job asks for."""
    made = factories.submitted(application, version)
    factories.card(made, katherine)
    factories.card(made, alan)
    return made


@pytest.fixture
def reason(db: None) -> RejectReason:
    return factories.reason()


@pytest.fixture
def browser(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


def url(name: str, application: Application) -> str:
    return reverse(f"reviewer:application-{name}" if name else "reviewer:application", args=[application.pk])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def read_then_send(browser: Client, to: str, data: dict[str, Any]) -> Any:
    """As a person does: read what goes out, then send just that."""
    page = browser.post(to, {**data, "check": ""})
    read = page.context["form"].data["read"]
    return browser.post(to, {**data, "read": read, "send": ""}, follow=True)


def test_moving_on_is_read_first_and_sends_just_that(
    application: Application, scored: Interview, second: JobStage, browser: Client
) -> None:
    seen = {"stage": application.stage_id, "note": NOTE}

    page = browser.post(url("promotion", application), {**seen, "check": ""})

    assert NOTE in words(page)
    assert Message.objects.count() == 0
    assert Application.objects.get().stage_id == scored.stage_id

    done = read_then_send(browser, url("promotion", application), seen)

    assert "Joan Clarke is in “Second interview” now." in words(done)
    assert NOTE in Message.objects.get().text
    assert Application.objects.get().stage == second


def test_the_recruiters_hear_whom_somebody_else_moved_on(
    application: Application,
    scored: Interview,
    second: JobStage,
    katherine: User,
    browser: Client,
    signed_in: Callable[[User], Client],
) -> None:
    read_then_send(signed_in(katherine), url("promotion", application), {"stage": application.stage_id, "note": NOTE})

    told = Message.objects.get(kind="moved_on")
    assert (told.to_email, told.subject) == ("grace@northwind.test", "Katherine moved Joan Clarke on: Support lead")
    assert url("", application) in told.text
    assert told.subject in words(browser.get(reverse("reviewer:message", args=[told.pk])))


def test_other_words_than_those_read_are_not_sent(
    application: Application, scored: Interview, second: JobStage, browser: Client
) -> None:
    seen = {"stage": application.stage_id, "note": NOTE}
    read = browser.post(url("promotion", application), {**seen, "check": ""}).context["form"].data["read"]

    page = browser.post(url("promotion", application), {**seen, "note": "Come!", "read": read, "send": ""})

    assert "The message is another one than you read." in words(page)
    assert "Come!" in words(page)
    assert Message.objects.count() == 0


def test_the_gate_is_passed_with_a_reason_only(
    application: Application, second: JobStage, version: QuestionSetVersion, browser: Client
) -> None:
    factories.submitted(application, version)
    seen = {"stage": application.stage_id}

    without = browser.post(url("promotion", application), {**seen, "send": ""})
    page = read_then_send(browser, url("promotion", application), {**seen, "reason": "We know her from last year"})

    assert "Joan Clarke has 0 of the 2 scorecards this job asks for." in words(without)
    assert "Say why it cannot wait." in words(without)
    assert "Joan Clarke is in “Second interview” now." in words(page)
    assert "Moved on to “Second interview” although something was missing" in words(page)
    assert "We know her from last year" in words(page)


def test_whoever_owes_a_card_learns_nothing_of_others_cards(
    application: Application,
    second: JobStage,
    version: QuestionSetVersion,
    katherine: User,
    alan: User,
    signed_in: Callable[[User], Client],
) -> None:
    interview = factories.submitted(application, version)
    factories.card(interview, alan)
    factories.assignment(interview, katherine)
    browser = signed_in(katherine)

    pages = words(browser.get(url("", application))) + words(browser.get(url("promotion", application)))

    assert "your own scorecard comes first" in pages
    assert "1 of the 2" not in pages


def test_a_live_round_needs_a_personal_word(
    application: Application, scored: Interview, job: Job, browser: Client
) -> None:
    factories.stage(job, "live", "Live round")

    page = browser.post(url("promotion", application), {"stage": application.stage_id, "note": "  ", "send": ""})

    assert "Say in your own words why you would like to meet." in words(page)
    assert Application.objects.get().stage_id == scored.stage_id


def test_somebody_who_moved_meanwhile_is_told_and_stays(
    application: Application, scored: Interview, second: JobStage, grace: User, browser: Client
) -> None:
    factories.stage(second.job, "interview", "Third interview")
    operations.advance(application, by=grace)

    page = browser.post(url("promotion", application), {"stage": scored.stage_id, "reason": "x", "check": ""})

    assert "Joan Clarke stands in “Second interview” now" in words(page)
    assert Application.objects.get().stage == second


def test_in_the_last_stage_there_is_nowhere_to_move_on_to(application: Application, browser: Client) -> None:
    page = browser.get(url("promotion", application), follow=True)

    assert "is the last stage of “Support lead”" in words(page)
    assert page.redirect_chain == [(url("", application), 302)]


def test_a_decision_is_read_told_later_and_undone(
    application: Application, reason: RejectReason, browser: Client
) -> None:
    data = {
        "stage": application.stage_id,
        "outcome": "rejected",
        "reason": reason.pk,
        "note": "Too little of it",
        "words": "Dear {name}, do try again.",
        "when": "soon",
    }

    page = browser.post(url("decision", application), {**data, "check": ""})
    assert "Dear Joan Clarke, do try again." in words(page)
    assert "Others were closer." in words(page)
    assert Decision.objects.count() == 0

    page = read_then_send(browser, url("decision", application), data)
    assert "Decided: not moving forward" in words(page)
    assert "Too little of it" in words(page)
    assert Message.objects.count() == 0

    page = browser.post(url("decision-removal", application), follow=True)
    assert "Undone, as if nobody had decided." in words(page)
    assert Decision.objects.pending().count() == 0


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"reason": ""}, "Choose the reason they do not move forward."),
        ({"when": "chosen"}, "Choose the day."),
        ({"when": "chosen", "day": "2020-01-01"}, "That time is over where Joan Clarke is."),
        ({"when": "chosen", "day": "2999-01-01"}, "Tell them within 30 days"),
        ({"when": "never"}, "never is not one of the available choices."),
    ],
)
def test_what_is_missing_is_said(
    application: Application, reason: RejectReason, browser: Client, missing: dict[str, str], sentence: str
) -> None:
    data = {"stage": application.stage_id, "outcome": "rejected", "reason": reason.pk, "when": "soon", "hour": "09:00"}

    page = browser.post(url("decision", application), {**data, **missing, "send": ""})

    assert sentence in words(page)
    assert Decision.objects.count() == 0


def test_an_archived_reason_is_no_reason(application: Application, reason: RejectReason, browser: Client) -> None:
    RejectReason.objects.update(archived_at=timezone.now())

    page = browser.post(
        url("decision", application),
        {"stage": application.stage_id, "outcome": "rejected", "reason": reason.pk, "when": "soon", "send": ""},
    )

    assert Decision.objects.count() == 0
    assert "Select a valid choice" in words(page)


def test_tomorrow_is_nine_where_they_are(application: Application, reason: RejectReason, browser: Client) -> None:
    application.candidate.zone = "Asia/Tokyo"
    application.candidate.save()
    data = {"stage": application.stage_id, "outcome": "rejected", "reason": reason.pk, "when": "tomorrow"}

    read_then_send(browser, url("decision", application), data)

    told = timezone.localtime(Decision.objects.get().release_at, ZoneInfo("Asia/Tokyo"))
    today = timezone.localtime(timezone.now(), ZoneInfo("Asia/Tokyo")).date()
    assert (told.hour, told.minute, told.date()) == (9, 0, today + timedelta(days=1))


def test_of_two_people_deciding_the_second_reads_what_the_first_decided(
    application: Application, reason: RejectReason, katherine: User, browser: Client
) -> None:
    decisions.decide(application, Decision.Outcome.HIRED, by=katherine, anyway="We know her work")
    data = {"stage": application.stage_id, "outcome": "rejected", "reason": reason.pk, "when": "soon"}

    page = browser.post(url("decision", application), {**data, "send": ""}, follow=True)

    assert "Katherine has decided about Joan Clarke already: Hire. Undo that first." in words(page)
    assert Decision.objects.get().outcome == "hired"


def test_told_at_once_when_asked(application: Application, katherine: User, browser: Client) -> None:
    decisions.decide(application, Decision.Outcome.HIRED, by=katherine, anyway="We know her work")

    page = browser.post(url("decision-telling", application), follow=True)

    assert "Joan Clarke is told." in words(page)
    assert Message.objects.get().kind == "decision_hired"
    assert "Katherine," in words(page)


def test_undoing_after_they_were_told_is_refused_in_words(
    application: Application, katherine: User, browser: Client
) -> None:
    decisions.release(decisions.decide(application, Decision.Outcome.HIRED, by=katherine, anyway="We know her work"))

    page = browser.post(url("decision-removal", application), follow=True)

    assert "Joan Clarke was told on" in words(page)
    assert Application.objects.get().outcome == "hired"


@pytest.mark.parametrize("name", ["decision-removal", "decision-telling"])
def test_where_nobody_decided_there_is_nothing_to_undo_or_tell(
    application: Application, browser: Client, name: str
) -> None:
    page = browser.post(url(name, application), follow=True)

    assert "Nobody has decided about Joan Clarke." in words(page)


def test_hiring_before_the_last_stage_is_refused(application: Application, second: JobStage, browser: Client) -> None:
    page = browser.get(url("decision", application) + "?outcome=hired", follow=True)

    assert "“Second interview” is still ahead of Joan Clarke." in words(page)


def test_the_offer_can_be_read_at_once(application: Application, scored: Interview, browser: Client) -> None:
    page = browser.get(url("decision", application) + "?outcome=hired")

    assert "we would like you to join Northwind" in words(page)


def test_opened_again_with_a_reason(application: Application, katherine: User, browser: Client) -> None:
    decisions.release(decisions.decide(application, Decision.Outcome.HIRED, by=katherine, anyway="We know her work"))

    without = browser.post(url("reopening", application), {"reason": " "})
    page = browser.post(url("reopening", application), {"reason": "She said no, then yes"}, follow=True)

    assert "This field is required." in words(without)
    assert "Open again, in “One-way interview”." in words(page)
    assert "She said no, then yes" in words(page)
    assert Application.objects.get().outcome is None


def test_an_open_application_is_not_opened_again(application: Application, browser: Client) -> None:
    page = browser.get(url("reopening", application), follow=True)

    assert "The application of Joan Clarke is open." in words(page)


def test_a_withdrawal_is_said_as_theirs(application: Application, browser: Client) -> None:
    operations.withdraw(application, by=application.candidate, reason="Found something nearer")

    page = words(browser.get(url("", application)))

    assert "Joan Clarke took the application back" in page
    assert "Found something nearer" in page


def test_the_timeline_names_stages_and_decisions(
    application: Application, scored: Interview, second: JobStage, reason: RejectReason, grace: User
) -> None:
    operations.advance(application, by=grace)
    decisions.undo(decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=reason), by=grace)

    said = [str(moment.text) for moment in timeline(application, hide_cards_from=None)]

    assert said == [
        "Decision undone: Not moving forward (Others fit the role more closely)",
        "Decided: Not moving forward (Others fit the role more closely)",
        "Invited to the one-way interview",
        "Moved on to “Second interview”",
    ]
