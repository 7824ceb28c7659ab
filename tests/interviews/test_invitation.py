"""A recruiter asks a candidate in; the mail says what they will meet, and the link lets them in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from hiring.accounts.models import User
from hiring.lib.actors import SYSTEM
from hiring.mail import outbox
from hiring.mail.models import Message
from hiring.pipeline import links
from hiring.pipeline.models import Application, Candidate, Job
from hiring.rubrics.models import Question, QuestionSetVersion
from interviews import briefing, locks, operations, reviewing, waiting
from interviews.models import Interview, InterviewSettings
from tests import factories

PARIS_AFTERNOON = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.fixture
def friday() -> Iterator[None]:
    with time_machine.travel(PARIS_AFTERNOON, tick=False):
        yield


def verbs(application: Application) -> list[str]:
    return [event.verb for event in application.events.all()]


def test_inviting_freezes_the_newest_published_version(
    application: Application, version: QuestionSetVersion, grace: User
) -> None:
    QuestionSetVersion.objects.create(question_set=version.question_set, number=2)

    interview = operations.invite(application, by=grace)

    assert interview.version == version
    assert [answer.question for answer in interview.answers.all()] == list(version.questions.all())
    assert (interview.status, interview.stage) == ("invited", application.stage)
    assert verbs(application) == ["interview_invited"]
    assert links.is_open(interview.link)


@pytest.mark.usefixtures("friday")
def test_the_deadline_is_the_end_of_the_seventh_day_where_the_candidate_is(job: Job, grace: User) -> None:
    here = operations.invite(factories.application(job, "Joan Clarke"), by=grace)
    there = operations.invite(factories.application(job, "Kiri Te", zone="Pacific/Auckland"), by=grace)

    assert here.deadline_at == datetime(2026, 11, 27, 23, 59, 59, tzinfo=ZoneInfo("Europe/Paris"))
    assert there.deadline_at == datetime(2026, 11, 28, 23, 59, 59, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert here.link.expires_at - here.deadline_at == timedelta(days=30)


@pytest.mark.usefixtures("friday")
def test_the_invitation_says_everything_a_candidate_should_know_first(
    application: Application, version: QuestionSetVersion, grace: User
) -> None:
    operations.invite(application, by=grace)

    message = Message.objects.get()
    for part in (message.text, re.sub(r"\s+", " ", message.html)):
        assert "2 questions, one at a time." in part
        assert "Up to 2 minutes each." in part
        assert "1 minute with each question before you record." in part
        assert "2 more times" in part
        assert "About 12 minutes" in part
        assert "Friday 27 November 2026, 23:59 (Paris time)" in part
        assert "A phone, tablet or computer with a camera, a microphone and a current browser" in part
        assert "Katherine (hiring manager) and Grace (recruiter)" in part
        assert "Within 5 business days" in part
        assert "Friday 27 November 2026." in part  # when they hear back
        assert "Nothing is scored by a machine" in part
        assert "the same questions" in part
        assert Message.LINK in part
    assert (message.reply_to, message.to_email) == ("grace@northwind.test", "joan.clarke@example.test")
    assert "Grace reads it" in message.text


@pytest.mark.parametrize("fact", ["questions", "answers", "thinking", "retakes", "minutes", "equipment", "watchers"])
@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"think_seconds": None, "retakes": None, "answer_seconds": 90},
        {"think_seconds": 0, "retakes": 0},
        {"retakes": 1, "think_seconds": 30, "required": False},
    ],
)
def test_every_set_gets_every_fact(job: Job, limits: dict[str, object], fact: str) -> None:
    questions = tuple(Question(text="?", **{"answer_seconds": 120, **limits}) for _ in range(3))
    facts = briefing.Briefing(questions, (), 5, timezone.now(), timezone.now(), "Northwind").facts

    assert [bool(line.text) and "%" not in line.text for line in facts if line.name == fact] == [True]


def test_limits_that_differ_are_told_as_a_range() -> None:
    questions = (Question(answer_seconds=60, think_seconds=30, retakes=1), Question(answer_seconds=180))

    facts = {
        fact.name: fact.text
        for fact in briefing.Briefing(questions, (), 1, timezone.now(), timezone.now(), "Northwind").facts
    }

    assert facts["answers"].startswith("Between 1 minute and 3 minutes at most")
    assert facts["thinking"] == "Some with each question before you record; it is shown there."
    assert facts["decision"].startswith("Within 1 business day of")
    assert facts["watchers"] == "The people at Northwind who hire for this job."


@pytest.mark.usefixtures("friday")
def test_the_draft_is_what_will_be_sent_and_keeps_nothing(application: Application, grace: User) -> None:
    draft = operations.draft_invitation(application, by=grace)
    assert (Interview.objects.count(), Message.objects.count(), application.links.count()) == (0, 0, 0)

    operations.invite(application, by=grace)

    message = Message.objects.get()
    assert (draft.subject, draft.text) == (message.subject, message.text)
    assert "2 questions, one at a time." in draft.body


def test_what_cannot_be_invited_has_no_draft(application: Application, grace: User) -> None:
    InterviewSettings.objects.all().delete()

    with pytest.raises(operations.NothingToAsk):
        operations.draft_invitation(application, by=grace)


def test_inviting_twice_is_refused_in_words(application: Application, grace: User) -> None:
    operations.invite(application, by=grace)

    with pytest.raises(operations.AlreadyInvited, match="Joan Clarke is invited already"):
        operations.invite(application, by=grace)

    assert (Interview.objects.count(), Message.objects.count(), verbs(application)) == (1, 1, ["interview_invited"])


def test_a_set_without_a_published_version_asks_nothing(job: Job, version: QuestionSetVersion, grace: User) -> None:
    draft = factories.drafted("Unfinished", ("Why?", "Curiosity"))
    InterviewSettings.objects.update(question_set=draft.question_set)

    with pytest.raises(operations.NothingToAsk, match="“Unfinished” has no published version"):
        operations.invite(factories.application(job, "Joan Clarke"), by=grace)


def test_a_stage_without_a_set_asks_nothing(application: Application, grace: User) -> None:
    InterviewSettings.objects.all().delete()

    with pytest.raises(operations.NothingToAsk, match="has no question set yet"):
        operations.invite(application, by=grace)


def test_nobody_is_invited_into_what_is_closed(application: Application, grace: User) -> None:
    application.outcome, application.closed_at = Application.Outcome.REJECTED, timezone.now()
    application.save()

    with pytest.raises(locks.ApplicationClosed, match="is closed"):
        operations.invite(application, by=grace)


def test_nobody_is_invited_to_an_archived_job(application: Application, grace: User) -> None:
    Job.objects.update(archived_at=timezone.now())

    with pytest.raises(locks.ApplicationClosed, match="“Support lead” is closed"):
        operations.invite(Application.objects.get(), by=grace)

    assert Message.objects.count() == 0


def test_sending_the_invitation_again_keeps_the_link(application: Application, grace: User, ada: User) -> None:
    interview = operations.invite(application, by=grace)

    message = operations.resend_invitation(interview, by=ada)

    assert message.link == interview.link_id
    assert message.reply_to == "ada@northwind.test"
    assert Message.objects.count() == 2
    assert verbs(application) == ["interview_invited", "invitation_resent"]


def test_the_invitation_sent_again_names_who_was_asked_to_score_since(
    application: Application, grace: User, alan: User
) -> None:
    interview = operations.invite(application, by=grace)
    reviewing.assign(interview, alan, by=grace)

    first, again = Message.objects.get(), operations.resend_invitation(interview, by=grace)

    assert ("Alan" in first.text, "Alan" in again.text) == (False, True)


def test_the_invitation_is_not_sent_again_once_time_is_over(application: Application, grace: User) -> None:
    interview = operations.invite(application, by=grace)

    with (
        time_machine.travel(interview.deadline_at + timedelta(minutes=1)),
        pytest.raises(locks.NotAnswerable, match="Give them more time instead"),
    ):
        operations.resend_invitation(interview, by=grace)


def test_the_invitation_is_not_sent_again_while_the_last_is_on_its_way(
    application: Application, grace: User, settings: Settings
) -> None:
    settings.EMAIL_URL = "smtp://"
    interview = operations.invite(application, by=grace)

    with pytest.raises(outbox.StillOnItsWay):
        operations.resend_invitation(interview, by=grace)


def test_a_new_link_ends_the_old_one_and_calls_its_mail_off(
    application: Application, grace: User, settings: Settings
) -> None:
    settings.EMAIL_URL = "smtp://"
    interview = operations.invite(application, by=grace)
    old = interview.link
    device = links.enter(old, label="Firefox")

    message = waiting.renew_link(interview, by=grace)

    interview.refresh_from_db()
    old.refresh_from_db()
    assert (links.is_open(old), links.is_open(interview.link)) == (False, True)
    assert links.device_of(device.secret) is None
    assert message.link == interview.link_id != old.pk
    assert list(Message.objects.filter(link=old.pk).values_list("state", flat=True)) == ["failed"]
    assert verbs(application) == ["interview_invited", "link_entered", "link_revoked", "link_renewed"]


def test_a_candidate_who_asks_twice_gets_one_new_link(application: Application, grace: User) -> None:
    interview = operations.invite(application, by=grace)
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        first = waiting.renew_link(interview, by=application.candidate)
        second = waiting.renew_link(interview, by=application.candidate)

    assert first.pk == second.pk
    assert application.links.count() == 2


def test_the_system_invites_in_the_name_of_the_company(application: Application) -> None:
    operations.invite(application, by=SYSTEM)

    message = Message.objects.get()
    assert message.reply_to == "people@northwind.test"
    assert "a person reads it" in message.text


@pytest.mark.usefixtures("friday")
@pytest.mark.parametrize(
    ("zone", "deadline"),
    [
        ("Pacific/Pago_Pago", datetime(2026, 11, 27, 23, 59, 59, tzinfo=ZoneInfo("Pacific/Pago_Pago"))),
        ("Asia/Tokyo", datetime(2026, 11, 28, 23, 59, 59, tzinfo=ZoneInfo("Asia/Tokyo"))),
    ],
)
def test_a_browsers_zone_moves_the_deadline_only_later(
    application: Application, grace: User, zone: str, deadline: datetime
) -> None:
    interview = operations.invite(application, by=grace)
    before = interview.deadline_at

    waiting.learn_zone(application, zone)

    interview.refresh_from_db()
    assert interview.deadline_at == max(before, deadline)
    assert interview.link.expires_at == interview.deadline_at + timedelta(days=30)
    application.candidate.refresh_from_db()
    assert application.candidate.zone == zone


def test_a_day_somebody_was_given_is_theirs_in_their_own_zone(application: Application, grace: User) -> None:
    interview = operations.invite(application, by=grace)
    until = (interview.deadline_at + timedelta(days=5)).date()
    waiting.extend(interview, until=until, by=grace)

    waiting.learn_zone(application, "America/Los_Angeles")

    there = Interview.objects.get().deadline_at.astimezone(ZoneInfo("America/Los_Angeles"))
    assert (there.date(), there.hour, there.minute) == (until, 23, 59)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "Europe/Paris\x00", "x" * 1_000_000])
def test_an_unknown_zone_changes_nothing(application: Application, grace: User, zone: str) -> None:
    interview = operations.invite(application, by=grace)

    waiting.learn_zone(application, zone)

    application.candidate.refresh_from_db()
    assert application.candidate.zone == ""
    assert Interview.objects.get().deadline_at == interview.deadline_at


def test_a_hostile_name_and_title_are_only_words(job: Job, grace: User) -> None:
    Job.objects.update(title="Lead\r\nBcc: eve@evil.test")
    factories.application(job, "<script>\r\nBcc: x")
    Candidate.objects.update(email="joan@example.test")

    operations.invite(Application.objects.select_related("job").get(), by=grace)

    message = Message.objects.get()
    assert "\n" not in message.subject + message.to_name
    assert "<script>" not in message.html
