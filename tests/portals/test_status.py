"""Where a candidate sees that they stand, what they were told, and how they take their application back."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import decisions, operations
from hiring.pipeline.models import Application, Decision, Event, Job, Remark, Stay
from hiring.portals import road
from interviews.models import Interview
from tests import factories


def page(joan: Client, path: str = "/c/") -> str:
    return joan.get(path).content.decode()


def test_the_way_shows_what_is_done_where_they_are_and_what_comes(interview: Interview, job: Job, grace: User) -> None:
    application = interview.application
    second, third = factories.stage(job, "screening", "Second look"), factories.stage(job, "live", "Meet the team")
    Stay.objects.filter(application=application).update(left_at=timezone.now())
    Stay.objects.create(application=application, stage=third)
    Application.objects.filter(pk=application.pk).update(stage=third)
    application.refresh_from_db()

    stops = road.stops(application)

    assert [(stop.name, stop.state) for stop in stops] == [
        ("One-way interview", "done"),
        (second.name, "skipped"),
        (third.name, "now"),
    ]
    assert stops[0].until is not None
    assert stops[2].promise == "A conversation with the team, at a time you choose"


@pytest.mark.parametrize("outcome", list(Decision.Outcome))
def test_a_decision_shows_only_once_it_is_told(
    interview: Interview, joan: Client, grace: User, outcome: Decision.Outcome
) -> None:
    before = page(joan)
    reason = factories.reason() if outcome == Decision.Outcome.REJECTED else None
    decision = decisions.decide(
        interview.application,
        outcome,
        by=grace,
        reason=reason,
        note="not for Joan's eyes",
        anyway="We know her work; not for Joan's eyes",
    )

    assert page(joan) == before

    decisions.release(decision)
    told = page(joan)
    assert ("We would like to work with you" in told) == (outcome == Decision.Outcome.HIRED)
    assert ("We are not going on with your application" in told) == (outcome == Decision.Outcome.REJECTED)
    assert "not for Joan" not in told
    assert "Withdraw your application" not in told


def test_what_was_written_can_be_read_again_without_any_secret(
    application: Application, grace: User, joan: Client
) -> None:
    message = Message.objects.create(
        kind="invitation",
        dedupe_key="one",
        about=application.pk,
        link=joan_link(application),
        to_email=application.candidate.email.upper(),
        subject="Your interview",
        text=f"Hello Joan,\n\nopen {Message.LINK} <b>now</b>",
        state=Message.State.SENT,
    )

    assert "Your interview" in page(joan)
    assert "Your interview" in page(joan, "/c/messages/")
    read = page(joan, f"/c/messages/{message.pk}/")

    assert "/c/</a> &lt;b&gt;now&lt;/b&gt;" in read
    assert Message.LINK not in read


def joan_link(application: Application) -> UUID:
    return application.links.latest("created_at").pk


@pytest.mark.parametrize(
    "change",
    [
        {"state": Message.State.QUEUED},
        {"state": Message.State.BOUNCED},
        {"to_email": "grace@northwind.test"},
        {"due_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_never_reached_them_or_is_anothers_is_not_theirs_to_read(
    application: Application, grace: User, joan: Client, change: dict[str, object]
) -> None:
    theirs = {"to_email": application.candidate.email, "state": Message.State.SENT, **change}
    message = Message.objects.create(
        kind="new_submission", dedupe_key="two", about=application.pk, subject="For colleagues", text="x", **theirs
    )

    assert "For colleagues" not in page(joan, "/c/messages/")
    assert joan.get(f"/c/messages/{message.pk}/").status_code == 404


def test_anothers_message_is_not_there(job: Job, joan: Client) -> None:
    other = factories.application(job, "Mary Shelley")
    message = Message.objects.create(
        kind="invitation",
        dedupe_key="three",
        about=other.pk,
        to_email=other.candidate.email,
        subject="Hers",
        text="x",
        state=Message.State.SENT,
    )

    assert joan.get(f"/c/messages/{message.pk}/").status_code == 404


def test_withdrawing_takes_one_press_and_no_reason(interview: Interview, joan: Client) -> None:
    assert "Withdraw your application?" in page(joan, "/c/withdrawal/")

    answer = joan.post("/c/withdrawal/", {"reason": ""}, follow=True)

    application = Application.objects.get(pk=interview.application_id)
    assert application.outcome == Application.Outcome.WITHDRAWN
    assert "You have withdrawn your application" in answer.content.decode()
    assert not Stay.objects.filter(application=application, left_at=None).exists()
    told = Message.objects.get(kind="candidate_withdrew")
    assert (told.to_email, told.subject) == ("grace@northwind.test", "Joan Clarke withdrew from Support lead")
    assert "Their words" not in told.text


def test_the_reason_somebody_gives_is_kept_and_told_to_the_recruiter(interview: Interview, joan: Client) -> None:
    joan.post("/c/withdrawal/", {"reason": "I found something nearer home."})

    assert Remark.objects.get(event__verb="application_withdrawn").text == "I found something nearer home."
    assert "I found something nearer home." in Message.objects.get(kind="candidate_withdrew").text


def test_withdrawing_twice_or_with_too_many_words_changes_nothing(interview: Interview, joan: Client) -> None:
    too_long = joan.post("/c/withdrawal/", {"reason": "x" * 2001})
    assert too_long.status_code == 200
    assert not Event.objects.filter(verb="application_withdrawn").exists()

    joan.post("/c/withdrawal/", {"reason": ""})
    again = joan.post("/c/withdrawal/", {"reason": ""})

    assert again.headers["Location"] == "/c/"
    assert Event.objects.filter(verb="application_withdrawn").count() == 1


def test_withdrawing_undoes_a_decision_that_waits(interview: Interview, joan: Client, grace: User) -> None:
    decision = decisions.decide(interview.application, Decision.Outcome.HIRED, by=grace, anyway="We know her work")

    joan.post("/c/withdrawal/", {"reason": ""})

    decision.refresh_from_db()
    assert decision.undone_at is not None
    assert not Message.objects.filter(kind="decision_hired").exists()


def test_whoever_withdrew_and_came_back_can_withdraw_again(interview: Interview, grace: User) -> None:
    application = interview.application
    operations.withdraw(application, by=application.candidate)
    operations.reopen(application, by=grace, reason="They changed their mind.")

    operations.withdraw(application, by=application.candidate)

    assert Message.objects.filter(kind="candidate_withdrew").count() == 2
