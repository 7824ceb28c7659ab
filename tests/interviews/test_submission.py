"""Choosing takes, handing them in once, and the receipt anybody may check."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from hiring.accounts.models import Company, User
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Job, Obligation
from interviews import locks, notice, operations, receipts, recording, reviewing
from interviews.models import Consent, Interview, Take
from tests import factories


@pytest.fixture
def recorded(interview: Interview) -> Interview:
    """Every question answered, nothing sent."""
    for answer in interview.answers.all():
        factories.playable(answer, claimed_seconds=61.2, seconds=61.0)
    return interview


def submit(interview: Interview, **options: bool) -> Interview:
    return operations.submit(interview, by=interview.application.candidate, **options)


def test_handing_in_tells_the_candidate_and_the_recruiters(recorded: Interview, grace: User) -> None:
    done = submit(recorded)

    assert (done.status, done.receipt) == ("submitted", receipts.code_of(recorded))
    assert [event.verb for event in done.application.events.all()] == ["interview_submitted"]
    mails = {message.kind: message for message in Message.objects.all()}
    assert set(mails) == {"submission", "new_submission"}
    assert (mails["submission"].to_email, mails["submission"].reply_to) == (
        "joan.clarke@example.test",
        "grace@northwind.test",
    )
    assert done.receipt in mails["submission"].text
    assert f"/verify/{done.receipt}/" in mails["submission"].html
    assert mails["new_submission"].to_email == "grace@northwind.test"
    assert "Joan Clarke has sent the answers" in mails["new_submission"].text


def test_a_recruiter_who_is_to_score_is_asked_and_not_told_twice(recorded: Interview, grace: User) -> None:
    reviewing.assign(recorded, grace, by=grace)

    submit(recorded)

    assert [message.kind for message in Message.objects.filter(to_email=grace.email)] == ["review_wanted"]


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (
            datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
            datetime(2026, 11, 27, 23, 59, 59, tzinfo=ZoneInfo("Europe/Paris")),
        ),
        (
            datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
            datetime(2026, 12, 1, 23, 59, 59, tzinfo=ZoneInfo("Europe/Paris")),
        ),
    ],
)
def test_a_decision_is_promised_in_the_companys_days(recorded: Interview, sent: datetime, due: datetime) -> None:
    Company.objects.update(holidays=["2026-11-24"] if sent.day == 22 else [])
    with time_machine.travel(sent):
        submit(recorded)

    promised = Obligation.objects.get()
    assert promised.due_at == due
    assert f"You hear from us by {due:%A} {due.day} {due:%B} 2026" in Message.objects.get(kind="submission").text


def test_handing_in_twice_is_once(recorded: Interview) -> None:
    first, second = submit(recorded), submit(recorded)

    assert first.receipt == second.receipt
    assert first.submitted_at == second.submitted_at
    assert (Message.objects.count(), Obligation.objects.count(), first.application.events.count()) == (2, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_are_one(recorded: Interview) -> None:
    def press(_number: int) -> str:
        try:
            return submit(Interview.objects.get(pk=recorded.pk)).receipt
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        codes = set(pool.map(press, range(50)))

    assert len(codes) == 1
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["new_submission", "submission"]
    assert (Obligation.objects.count(), recorded.application.events.count()) == (1, 1)


def test_a_missing_answer_is_named(interview: Interview) -> None:
    first, _second = interview.answers.all()
    factories.playable(first)

    with pytest.raises(operations.AnswersMissing, match=r"^Question 2 still needs a recording") as refused:
        submit(interview)

    assert refused.value.detail == {"questions": [2]}
    assert Message.objects.count() == 0


def test_missing_answers_are_counted_in_words(interview: Interview) -> None:
    with pytest.raises(operations.AnswersMissing, match=r"^Questions 1 and 2 still need"):
        submit(interview)


def test_a_take_that_nobody_chose_is_not_sent_silently(interview: Interview) -> None:
    for answer in interview.answers.all():
        factories.playable(answer, chosen=False)

    with pytest.raises(operations.AnswersMissing, match="that you have chosen"):
        submit(interview)


def test_an_optional_question_may_stay_empty(job: Job, ada: User) -> None:
    version = factories.drafted("Short", ("Why us?", "Motivation"), ("Anything else?", "Motivation"))
    version.questions.filter(position=2).update(required=False)
    version.published_at, version.published_by = timezone.now(), ada
    version.save()
    interview = factories.interview(factories.application(job, "Mary Cartwright"), version)
    factories.playable(interview.answers.all()[0], seconds=61.0)

    assert receipts.of(submit(interview)).seconds == (61.0,)


@pytest.mark.parametrize("state", [Take.State.PLAYABLE, Take.State.ABANDONED, Take.State.RECORDING])
def test_what_was_recorded_of_an_optional_question_is_asked_about(job: Job, ada: User, state: Take.State) -> None:
    version = factories.drafted("Short", ("Why us?", "Motivation"), ("Anything else?", "Motivation"))
    version.questions.filter(position=2).update(required=False)
    version.published_at, version.published_by = timezone.now(), ada
    version.save()
    interview = factories.interview(factories.application(job, "Mary Cartwright"), version)
    first, second = interview.answers.all()
    factories.playable(first)
    if state == Take.State.PLAYABLE:
        factories.playable(second, chosen=False)
    else:
        factories.take(second, state=state)

    with pytest.raises(operations.TakesPending, match="question 2"):
        submit(interview)

    assert len(receipts.of(submit(interview, without_unfinished=True)).seconds) == 1


@pytest.mark.parametrize("state", [Take.State.RECORDING, Take.State.ABANDONED])
def test_an_answer_that_has_not_arrived_is_missing(interview: Interview, state: Take.State) -> None:
    first, second = interview.answers.all()
    factories.playable(first)
    factories.take(second, state=state)

    with pytest.raises(operations.AnswersMissing, match=r"^Question 2"):
        submit(interview, without_unfinished=True)


def test_a_retake_still_on_its_way_is_asked_about(recorded: Interview) -> None:
    factories.take(recorded.answers.all()[0])

    with pytest.raises(operations.TakesPending, match=r"^A recording of question 1 is not chosen, or still on its way"):
        submit(recorded)

    assert submit(recorded, without_unfinished=True).status == "submitted"


def test_a_take_received_a_moment_ago_is_enough(interview: Interview) -> None:
    for answer in interview.answers.all():
        take = factories.take(answer, state=Take.State.RECEIVED, received_at=timezone.now(), claimed_seconds=9.5)
        operations.choose(answer, take, by=interview.application.candidate)

    assert receipts.of(submit(interview)).seconds == (9.5, 9.5)


def test_the_day_after_the_deadline_still_counts(recorded: Interview) -> None:
    with time_machine.travel(recorded.deadline_at + timedelta(hours=23)):
        assert submit(recorded).status == "submitted"


def test_what_is_over_is_refused_with_somebody_to_write_to(recorded: Interview) -> None:
    with time_machine.travel(recorded.deadline_at + timedelta(hours=25)), pytest.raises(locks.NotAnswerable) as no:
        submit(recorded)

    assert "people@northwind.test" in str(no.value)


def test_a_closed_application_takes_nothing(recorded: Interview) -> None:
    Application.objects.update(outcome="withdrawn", closed_at=timezone.now())

    with pytest.raises(locks.NotAnswerable, match="the application is closed"):
        submit(recorded)


def test_choosing_changes_what_is_seen_until_it_is_sent(recorded: Interview) -> None:
    answer = recorded.answers.all()[0]
    other = factories.playable(answer, chosen=False)
    candidate = recorded.application.candidate

    operations.choose(answer, other, by=candidate)
    answer.refresh_from_db()
    assert answer.chosen_take == other
    submit(recorded)

    with pytest.raises(locks.NotAnswerable, match="The answers were sent on"):
        operations.choose(answer, answer.takes.all()[0], by=candidate)


def test_only_an_arrived_take_of_the_same_question_can_be_chosen(recorded: Interview) -> None:
    first, second = recorded.answers.all()
    candidate = recorded.application.candidate

    with pytest.raises(operations.NotYourTake, match="another question"):
        operations.choose(first, second.takes.get(), by=candidate)
    with pytest.raises(operations.NotYourTake, match="not fully arrived"):
        operations.choose(first, factories.take(first), by=candidate)


def test_a_receipt_is_forgiving_to_type_and_shows_lengths(recorded: Interview) -> None:
    code = submit(recorded).receipt

    receipt = receipts.check(f"  {code.lower().replace('-', ' ')} ")

    assert receipt is not None
    assert len(code.replace("-", "")) * 5 >= 100
    assert receipt.lines == ["Answer 1: 1:01", "Answer 2: 1:01", "2 answers, 2:02 in all, 0.0 MB"]


@pytest.mark.parametrize(
    "code", ["", "ABCD", "AAAA-AAAA-AAAA-AAAA-AAAA", "x" * 1_000_000, "\x00", "' OR 1=1 --", "ＡＢ"]
)
def test_a_wrong_code_is_no_receipt(recorded: Interview, code: str) -> None:
    submit(recorded)

    assert receipts.check(code) is None


def test_a_recording_that_changed_is_not_genuine_any_more(recorded: Interview) -> None:
    code = submit(recorded).receipt
    Take.objects.update(manifest=[{"epoch": 1, "pieces": [{"size": 3, "sha256": "1" * 64}]}])

    assert receipts.check(code) is None


def test_consent_keeps_version_digest_days_and_language(interview: Interview) -> None:
    shown = notice.for_interview(interview)
    candidate = interview.application.candidate

    given = operations.consent(interview, by=candidate, locale="en", seen=shown.sha256)
    again = operations.consent(interview, by=candidate, locale="en", seen=shown.sha256)

    assert given.pk == again.pk
    assert (given.notice_version, given.text_sha256, given.retention_days, given.locale) == (
        notice.VERSION,
        shown.sha256,
        180,
        "en",
    )
    assert notice.is_agreed(interview)
    assert [event.verb for event in interview.application.events.all()] == ["consent_given"]


def test_a_notice_that_changed_meanwhile_is_asked_about_again(interview: Interview) -> None:
    seen = notice.for_interview(interview).sha256
    Company.objects.update(retention_days=365)

    with pytest.raises(operations.NoticeChanged):
        operations.consent(interview, by=interview.application.candidate, locale="en", seen=seen)

    assert Consent.objects.count() == 0


def test_keeping_recordings_longer_asks_again_and_shorter_does_not(interview: Interview) -> None:
    operations.consent(interview, by=interview.application.candidate, locale="en")

    Company.objects.update(retention_days=90)
    assert notice.is_agreed(interview)
    Company.objects.update(retention_days=181)
    assert not notice.is_agreed(interview)


def test_what_was_agreed_to_for_a_shorter_time_opens_no_camera(interview: Interview) -> None:
    candidate = interview.application.candidate
    operations.consent(interview, by=candidate, locale="en")
    Company.objects.update(retention_days=181)

    with pytest.raises(recording.ConsentMissing):
        recording.begin_take(interview.answers.all()[0], by=candidate)


def test_the_notice_says_what_the_law_and_decency_ask(interview: Interview) -> None:
    text = notice.for_interview(interview).text

    for words in ("Northwind", "Support lead", "180 days", "privacy@northwind.test", "No AI", "face", "voice"):
        assert words in text


def test_after_handing_in_there_is_nothing_to_agree_to(recorded: Interview) -> None:
    submit(recorded)

    with pytest.raises(locks.NotAnswerable):
        operations.consent(recorded, by=recorded.application.candidate, locale="en")


def test_a_receipt_adds_up() -> None:
    told = receipts.Receipt("AAAA", submitted_at=timezone.now(), seconds=(6.9, 7.8, 9.7), megabytes=1.0)

    assert told.lines[-1].startswith("3 answers, 0:22 in all")
