"""Reminders that come by the clock, for the interviews as they are when it asks."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.celery import app
from hiring.mail.models import Message
from hiring.pipeline import decisions, links
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Candidate, Decision, Job
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations, periodic, reminding, waiting
from interviews.models import Interview
from tests import factories

PARIS = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=PARIS)  # the day of the invitation; the end is the Monday after, 23:59:59
OPENED_TO_NOBODY = MONDAY + timedelta(hours=48)
ENDING = datetime(2026, 11, 29, 8, tzinfo=PARIS)  # two days before the end is midnight; in the morning it is sent
LAST_DAY = datetime(2026, 11, 30, 8, tzinfo=PARIS)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def interview(
    clock: time_machine.Traveller, application: Application, version: QuestionSetVersion, grace: User
) -> Interview:
    """Joan's, with the usual seven days."""
    return operations.invite(application, by=grace)


@pytest.fixture
def reminded(clock: time_machine.Traveller) -> Callable[[datetime], list[str]]:
    """Which reminders the clock writes at a moment."""

    def ask(at: datetime) -> list[str]:
        clock.move_to(at)
        before = set(Message.objects.values_list("pk", flat=True))
        periodic.sweep_reminders()
        written = Message.objects.filter(kind="reminder").exclude(pk__in=before)
        return [message.dedupe_key.split(":")[2] for message in written]

    return ask


Reminded = Callable[[datetime], list[str]]


def opened(interview: Interview) -> None:
    links.enter(interview.link, label="Firefox on Android")


def begun(interview: Interview) -> None:
    opened(interview)
    Interview.objects.update(status=Interview.Status.STARTED)


def test_it_is_on_the_clock() -> None:
    app.loader.import_default_modules()

    entry = app.conf.beat_schedule["interviews.sweep_reminders"]
    assert (entry["task"], entry["schedule"]) == ("interviews.periodic.sweep_reminders", 60)


def test_whoever_has_not_opened_the_invitation_is_reminded_after_two_days(
    interview: Interview, reminded: Reminded
) -> None:
    assert reminded(OPENED_TO_NOBODY - timedelta(seconds=1)) == []
    assert reminded(OPENED_TO_NOBODY) == ["unopened"]

    mail = Message.objects.get(kind="reminder")
    assert mail.subject == "Still open: your one-way interview for Support lead at Northwind"
    assert "until Monday 30 November 2026, 23:59" in mail.text
    assert (mail.link, mail.reply_to) == (interview.link_id, "people@northwind.test")


def test_whoever_opened_it_is_not(interview: Interview, reminded: Reminded) -> None:
    opened(interview)

    assert reminded(OPENED_TO_NOBODY) == []


def test_everybody_hears_once_that_the_time_runs_out(interview: Interview, reminded: Reminded) -> None:
    opened(interview)

    assert reminded(ENDING - timedelta(seconds=1)) == []
    assert reminded(ENDING) == ["ending"]
    assert reminded(ENDING + timedelta(minutes=1)) == []
    assert reminded(LAST_DAY) == []


def test_whoever_stopped_halfway_hears_it_on_the_last_day_too(interview: Interview, reminded: Reminded) -> None:
    begun(interview)

    assert [reminded(at) for at in (OPENED_TO_NOBODY, ENDING, LAST_DAY)] == [[], ["ending"], ["begun"]]
    assert reminded(LAST_DAY + timedelta(hours=1)) == []


@pytest.mark.parametrize(("hours", "kinds"), [(24, []), (9, ["begun"]), (5, [])])
def test_late_it_is_said_as_long_as_it_helps(
    interview: Interview, reminded: Reminded, hours: int, kinds: list[str]
) -> None:
    begun(interview)

    assert reminded(interview.deadline_at - timedelta(hours=hours)) == kinds


def test_the_history_tells_of_it_once(
    interview: Interview, reminded: Reminded, grace: User, signed_in: Callable[[User], Client]
) -> None:
    reminded(OPENED_TO_NOBODY)
    reminded(OPENED_TO_NOBODY)

    assert interview.application.events.filter(verb="candidate_reminded", actor_kind="system").count() == 1
    page = signed_in(grace).get(f"/review/applications/{interview.application_id}/").content.decode()
    assert "Reminded" in page
    assert "Still open: your one-way interview for Support lead at Northwind" in page


def test_it_is_said_by_day_where_the_candidate_is(interview: Interview, reminded: Reminded) -> None:
    Candidate.objects.update(zone="America/Los_Angeles")

    assert reminded(datetime(2026, 11, 25, 15, 59, tzinfo=UTC)) == []  # 07:59
    assert reminded(datetime(2026, 11, 25, 16, 0, tzinfo=UTC)) == ["unopened"]


def test_it_waits_for_the_morning(interview: Interview, reminded: Reminded) -> None:
    Interview.objects.update(invited_at=MONDAY + timedelta(hours=11))

    assert reminded(OPENED_TO_NOBODY + timedelta(hours=11)) == []  # 21:00
    assert reminded(datetime(2026, 11, 26, 8, tzinfo=PARIS)) == ["unopened"]


def test_more_time_moves_the_reminders(interview: Interview, reminded: Reminded, grace: User) -> None:
    begun(interview)
    waiting.extend(interview, until=date(2026, 12, 2), by=grace)

    assert [reminded(at) for at in (ENDING, LAST_DAY)] == [[], []]
    assert reminded(ENDING + timedelta(days=2)) == ["ending"]
    assert reminded(LAST_DAY + timedelta(days=2)) == ["begun"]


def test_more_time_is_followed_by_reminders_of_its_own(
    interview: Interview, reminded: Reminded, clock: time_machine.Traveller
) -> None:
    begun(interview)
    assert [reminded(ENDING), reminded(LAST_DAY)] == [["ending"], ["begun"]]

    clock.move_to(LAST_DAY + timedelta(hours=4))
    waiting.take_more_time(interview, by=interview.application.candidate)

    assert reminded(LAST_DAY + timedelta(hours=5)) == []
    assert reminded(ENDING + timedelta(days=3)) == ["ending"]
    assert reminded(LAST_DAY + timedelta(days=3)) == ["begun"]


def test_a_recruiters_reminder_is_enough_for_the_day(
    interview: Interview, reminded: Reminded, grace: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(OPENED_TO_NOBODY - timedelta(hours=1))
    waiting.remind(interview, by=grace)

    assert reminded(OPENED_TO_NOBODY) == []
    with pytest.raises(waiting.RemindedAlready):
        waiting.remind(interview, by=grace)


def test_the_clocks_reminder_counts_for_a_recruiter(interview: Interview, reminded: Reminded, grace: User) -> None:
    reminded(OPENED_TO_NOBODY)

    with pytest.raises(waiting.RemindedAlready, match="within the last day"):
        waiting.remind(interview, by=grace)


def test_whoever_was_asked_just_now_is_not_reminded_at_once(interview: Interview, reminded: Reminded) -> None:
    Interview.objects.update(deadline_at=MONDAY + timedelta(hours=38))

    assert reminded(MONDAY + timedelta(minutes=5)) == []
    assert reminded(MONDAY + timedelta(hours=13, minutes=59)) == []


def test_nobody_is_reminded_of_what_they_sent(
    clock: time_machine.Traveller, job: Job, version: QuestionSetVersion, reminded: Reminded
) -> None:
    factories.submitted(factories.application(job, "Mary Shelley"), version)

    assert [reminded(at) for at in (OPENED_TO_NOBODY, ENDING, LAST_DAY)] == [[], [], []]


def withdrawn(interview: Interview, by: User) -> None:
    pipeline.withdraw(interview.application, by=interview.application.candidate)


def decided(interview: Interview, by: User) -> None:
    decisions.decide(
        interview.application,
        Decision.Outcome.REJECTED,
        by=by,
        reason=factories.reason(),
        release_at=LAST_DAY + timedelta(days=3),
    )
    assert Decision.objects.pending().exists()


def job_closed(interview: Interview, by: User) -> None:
    Job.objects.update(archived_at=MONDAY)


def skipped(interview: Interview, by: User) -> None:
    operations.call_off(interview)


def moved_elsewhere(interview: Interview, by: User) -> None:
    Application.objects.update(stage=factories.stage(interview.application.job, "screening"))


def link_ended(interview: Interview, by: User) -> None:
    links.revoke(interview.link, by=by)


@pytest.mark.parametrize("ended", [withdrawn, decided, job_closed, skipped, moved_elsewhere, link_ended])
def test_nobody_is_reminded_of_what_no_longer_stands(
    interview: Interview, reminded: Reminded, grace: User, ended: Callable[[Interview, User], None]
) -> None:
    begun(interview)
    ended(interview, grace)

    assert [reminded(at) for at in (OPENED_TO_NOBODY, ENDING, LAST_DAY)] == [[], [], []]


def test_run_twice_it_is_said_once(interview: Interview, clock: time_machine.Traveller) -> None:
    clock.move_to(OPENED_TO_NOBODY)

    assert [reminding.remind_due(OPENED_TO_NOBODY) for _worker in range(2)] == [1, 0]


def test_a_crowd_asks_no_more_questions(
    clock: time_machine.Traveller,
    job: Job,
    version: QuestionSetVersion,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        factories.interview(factories.application(job, f"Candidate {number}"), version)
    Interview.objects.update(invited_at=MONDAY)

    with django_assert_max_num_queries(4):  # at night: found, and left until the morning
        assert reminding.remind_due(MONDAY + timedelta(hours=61)) == 0
