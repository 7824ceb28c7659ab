"""While we wait for answers: reminders, more time, and what neither of them does."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import links
from hiring.pipeline.models import Application, Candidate, Job
from hiring.rubrics.models import QuestionSetVersion
from interviews import locks, operations, waiting
from interviews.models import Interview
from tests import factories

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def interview(application: Application, version: QuestionSetVersion, grace: User) -> Interview:
    """Joan's, invited as people are: until the end of a day."""
    return operations.invite(application, by=grace)


def of(interview: Interview) -> Candidate:
    return interview.application.candidate


def days_left(interview: Interview) -> float:
    return (Interview.objects.get(pk=interview.pk).deadline_at - timezone.now()) / timedelta(days=1)


def last_day(interview: Interview, days: int) -> date:
    return (interview.deadline_at + timedelta(days=days)).astimezone(PARIS).date()


def test_a_reminder_says_until_when_and_how_far(interview: Interview, grace: User) -> None:
    message = waiting.remind(interview, by=grace)

    assert message.subject == "Still open: your one-way interview for Support lead at Northwind"
    assert "until" in message.text
    assert "It takes about 12 minutes." in message.text
    assert (message.link, message.reply_to) == (interview.link_id, "grace@northwind.test")
    assert interview.application.events.filter(verb="candidate_reminded").count() == 1


def test_somebody_halfway_is_told_that_it_is_kept(interview: Interview, grace: User) -> None:
    factories.playable(interview.answers.all()[0])

    assert "1 of 2 answers are recorded, and kept." in waiting.remind(interview, by=grace).text


def test_one_reminder_a_day_is_enough(interview: Interview, grace: User) -> None:
    waiting.remind(interview, by=grace)

    with pytest.raises(waiting.RemindedAlready, match="Joan Clarke was reminded within the last day"):
        waiting.remind(interview, by=grace)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        waiting.remind(interview, by=grace)
    assert Message.objects.filter(kind="reminder").count() == 2


def test_nobody_is_reminded_of_what_they_sent(job: Job, version: QuestionSetVersion, grace: User) -> None:
    application = factories.application(job, "Mary Shelley")

    with pytest.raises(locks.NotAnswerable, match="The answers were sent on"):
        waiting.remind(factories.submitted(application, version), by=grace)


def test_nobody_is_reminded_of_what_does_not_open(interview: Interview, grace: User) -> None:
    links.revoke(interview.link, by=grace)

    with pytest.raises(locks.NotAnswerable, match="Send a new link instead"):
        waiting.remind(interview, by=grace)


@pytest.mark.parametrize("hours", [1, 30])
def test_nobody_is_reminded_of_what_is_over(interview: Interview, grace: User, hours: int) -> None:
    with (
        time_machine.travel(interview.deadline_at + timedelta(hours=hours)),
        pytest.raises(locks.NotAnswerable, match="Give them more time instead"),
    ):
        waiting.remind(interview, by=grace)


def test_a_reminder_that_came_back_does_not_count(interview: Interview, grace: User) -> None:
    waiting.remind(interview, by=grace)
    Message.objects.filter(kind="reminder").update(state=Message.State.BOUNCED)

    waiting.remind(interview, by=grace)

    assert Message.objects.filter(kind="reminder").count() == 2


def test_more_time_moves_the_deadline_to_the_end_of_that_day_there(interview: Interview, grace: User) -> None:
    message = waiting.extend(interview, until=last_day(interview, 3), by=grace)

    moved = Interview.objects.select_related("link").get()
    assert moved.deadline_at - interview.deadline_at == timedelta(days=3)
    assert moved.link.expires_at == moved.deadline_at + timedelta(days=30)
    assert moved.link_id == interview.link_id == message.link
    assert message.subject == "You have more time: Support lead at Northwind"
    assert interview.application.events.filter(verb="deadline_extended").count() == 1


def test_more_time_opens_again_what_was_over(interview: Interview, grace: User) -> None:
    with time_machine.travel(interview.deadline_at + timedelta(days=90)):
        assert not links.is_open(interview.link)
        message = waiting.extend(interview, until=(timezone.now() + timedelta(days=2)).date(), by=grace)
        moved = Interview.objects.select_related("link").get()

        assert links.is_open(moved.link)
        assert message.link == moved.link_id == interview.link_id
        locks.refuse_over(moved)


def test_more_time_comes_with_a_new_link_where_the_old_was_revoked(interview: Interview, grace: User) -> None:
    links.revoke(interview.link, by=grace)

    message = waiting.extend(interview, until=last_day(interview, 3), by=grace)

    moved = Interview.objects.select_related("link").get()
    assert links.is_open(moved.link)
    assert message.link == moved.link_id != interview.link_id


@pytest.mark.parametrize("days", [0, -1, -3650])
def test_a_deadline_never_moves_earlier(interview: Interview, grace: User, days: int) -> None:
    with pytest.raises(waiting.NotLater, match="a deadline only moves later"):
        waiting.extend(interview, until=last_day(interview, days), by=grace)

    assert Interview.objects.get().deadline_at == interview.deadline_at


def test_the_sentence_names_the_candidates_day(application: Application, grace: User) -> None:
    Candidate.objects.update(zone="Pacific/Honolulu")
    interview = operations.invite(Application.objects.get(), by=grace)
    there = interview.deadline_at.astimezone(ZoneInfo("Pacific/Honolulu")).date()

    with pytest.raises(waiting.NotLater, match=f"after [A-Z][a-z]+ {there.day} "):
        waiting.extend(interview, until=there, by=grace)

    waiting.extend(interview, until=there + timedelta(days=1), by=grace)


def test_the_sixtieth_day_is_the_last(interview: Interview, grace: User) -> None:
    today = timezone.now().astimezone(PARIS).date()

    with pytest.raises(waiting.NotLater, match="within the next 60 days"):
        waiting.extend(interview, until=today + timedelta(days=61), by=grace)
    waiting.extend(interview, until=today + timedelta(days=60), by=grace)


@pytest.mark.parametrize("until", [date(2999, 1, 1), date.max])
def test_a_deadline_does_not_move_out_of_sight(interview: Interview, grace: User, until: date) -> None:
    with pytest.raises(waiting.NotLater, match="within the next 60 days"):
        waiting.extend(interview, until=until, by=grace)


def test_what_is_handed_in_needs_no_more_time(job: Job, version: QuestionSetVersion, grace: User) -> None:
    application = factories.application(job, "Mary Shelley")
    interview = factories.submitted(application, version)

    with pytest.raises(locks.NotAnswerable):
        waiting.extend(interview, until=last_day(interview, 3), by=grace)
    with pytest.raises(locks.NotAnswerable):
        waiting.take_more_time(interview, by=of(interview))


def test_a_closed_application_gets_no_more_time(interview: Interview, grace: User) -> None:
    Application.objects.update(outcome="withdrawn", closed_at=timezone.now())

    with pytest.raises(locks.ApplicationClosed):
        waiting.extend(interview, until=last_day(interview, 3), by=grace)
    with pytest.raises(locks.ApplicationClosed):
        waiting.take_more_time(interview, by=of(interview))


def test_a_candidate_takes_three_more_days_once(interview: Interview) -> None:
    with time_machine.travel(interview.deadline_at - timedelta(hours=1)):
        assert waiting.may_take_more_time(interview)
        message = waiting.take_more_time(interview, by=of(interview))
        assert 3 < days_left(interview) < 3.1
        assert "a person reads it" in message.text

    with time_machine.travel(interview.deadline_at + timedelta(days=3, hours=-1)):
        assert not waiting.may_take_more_time(Interview.objects.get())
        with pytest.raises(waiting.NotLater, match="once"):
            waiting.take_more_time(interview, by=of(interview))


def test_pressing_twice_says_that_it_is_done(interview: Interview) -> None:
    with time_machine.travel(interview.deadline_at - timedelta(hours=1)):
        waiting.take_more_time(interview, by=of(interview))
        with pytest.raises(waiting.NotLater, match="You have given yourself more time once"):
            waiting.take_more_time(interview, by=of(interview))


def test_an_archived_job_offers_nobody_more_time(interview: Interview) -> None:
    Job.objects.update(archived_at=timezone.now())

    with time_machine.travel(interview.deadline_at):
        assert not waiting.may_take_more_time(Interview.objects.get())


def test_what_a_recruiter_gave_does_not_use_up_their_own(interview: Interview, grace: User) -> None:
    waiting.extend(interview, until=last_day(interview, 3), by=grace)

    with time_machine.travel(Interview.objects.get().deadline_at - timedelta(hours=1)):
        assert waiting.may_take_more_time(Interview.objects.get())


def test_a_week_before_the_end_nobody_needs_more_time(interview: Interview) -> None:
    assert not waiting.may_take_more_time(interview)
    with pytest.raises(waiting.NotLater, match="There is time left"):
        waiting.take_more_time(interview, by=of(interview))


def test_a_day_after_the_end_it_opens_again(interview: Interview, joan: Client) -> None:
    with time_machine.travel(interview.deadline_at + timedelta(hours=30)):
        home = joan.get("/c/").content.decode()
        assert "Give me three more days" in home

        after = joan.post(f"/c/interviews/{interview.pk}/extension/", follow=True).content.decode()

        assert "Done. You have until" in after
        assert "Give me three more days" not in after
        assert 3 < days_left(interview) < 4


def test_a_recruiter_reminds_and_extends_from_the_page(
    interview: Interview, grace: User, signed_in: Callable[[User], Client]
) -> None:
    page, client = f"/review/applications/{interview.application_id}/", signed_in(grace)
    usual = last_day(interview, 3).isoformat()
    assert f'value="{usual}"' in client.get(page).content.decode()

    reminded = client.post(f"{page}reminder/", follow=True).content.decode()
    again = client.post(f"{page}reminder/", follow=True, headers={"Referer": f"http://testserver{page}"})
    extended = client.post(f"{page}extension/", {"until": usual}, follow=True).content.decode()

    assert "A reminder goes to Joan Clarke." in reminded
    assert "was reminded within the last day" in again.content.decode()
    assert "Joan Clarke has more time, and a mail says so." in extended
    assert set(Message.objects.values_list("kind", flat=True)) >= {"reminder", "extension"}


@pytest.mark.parametrize("until", ["", "tomorrow", "2026-13-40", "0000-00-00", "9999-12-31", "2\0", "x" * 1_000_000])
def test_an_odd_last_day_changes_nothing(
    interview: Interview, grace: User, signed_in: Callable[[User], Client], until: str
) -> None:
    page = f"/review/applications/{interview.application_id}/"

    answer = signed_in(grace).post(
        f"{page}extension/", {"until": until}, follow=True, headers={"Referer": f"http://testserver{page}"}
    )

    said = answer.content.decode()
    assert "Choose the last day, like" in said or "Choose a day within the next 60 days." in said
    assert Interview.objects.get().deadline_at == interview.deadline_at


def test_the_day_is_the_candidates(application: Application, grace: User) -> None:
    Candidate.objects.update(zone="Pacific/Auckland")
    interview = operations.invite(Application.objects.get(), by=grace)
    until = (interview.deadline_at + timedelta(days=2)).astimezone(ZoneInfo("Pacific/Auckland")).date()

    waiting.extend(interview, until=until, by=grace)

    end = datetime(until.year, until.month, until.day, 23, 59, 59, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert Interview.objects.get().deadline_at == end.astimezone(UTC)
