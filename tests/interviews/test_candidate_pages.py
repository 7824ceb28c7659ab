"""What a candidate sees before and after recording."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import Company, User
from hiring.pipeline import links
from hiring.pipeline.models import Job
from interviews import notice, operations
from interviews.models import Consent, Interview
from tests import factories


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.fixture
def base(interview: Interview) -> str:
    return f"/c/interviews/{interview.pk}/"


@pytest.fixture
def recorded(interview: Interview) -> Interview:
    for answer in interview.answers.all():
        factories.playable(answer, claimed_seconds=61.2, seconds=61.0)
    return interview


def test_what_to_expect_is_there_before_anything_else(joan: Client, base: str) -> None:
    text = page(joan, base)

    for words in (
        "2 questions, one at a time.",
        "Up to 2 minutes each.",
        "2 more times",
        "About 12 minutes",
        "(Paris time)",
        "A phone, tablet or computer",
        "Katherine (hiring manager) and Grace (recruiter)",
        "Within 5 business days",
        "Why one-way",
        f"{base}consent/",
    ):
        assert words in text


@pytest.mark.parametrize("path", ["", "consent/", "review/", "receipt/"])
def test_a_stranger_and_the_staff_see_nothing(base: str, client: Client, grace: User, path: str) -> None:
    assert client.get(base + path).status_code == 401
    client.force_login(grace)
    assert client.get(base + path).status_code == 401


@pytest.mark.parametrize("path", ["", "consent/", "review/", "receipt/"])
def test_anothers_interview_is_not_there(joan: Client, job: Job, path: str) -> None:
    other = factories.application(job, "Mary Cartwright")
    theirs = factories.interview(other, job.stages.get().interview_settings.question_set.versions.get())

    assert joan.get(f"/c/interviews/{theirs.pk}/{path}").status_code == 404


def test_submitting_anothers_interview_is_not_possible(joan: Client, job: Job) -> None:
    other = factories.application(job, "Mary Cartwright")
    theirs = factories.submitted(other, job.stages.get().interview_settings.question_set.versions.get())

    assert joan.post(f"/c/interviews/{theirs.pk}/submission/").status_code == 404


def test_the_notice_is_shown_word_for_word(joan: Client, base: str, interview: Interview) -> None:
    text = page(joan, f"{base}consent/")

    shown = notice.for_interview(interview)
    for heading, paragraph in shown.paragraphs:
        assert heading in text
        assert paragraph in text
    assert f'value="{shown.sha256}"' in text


def test_agreeing_is_kept_and_goes_on(joan: Client, base: str, interview: Interview) -> None:
    seen = notice.for_interview(interview).sha256

    answer = joan.post(f"{base}consent/", {"agree": "on", "seen": seen})

    assert answer.status_code == 302
    assert Consent.objects.get().text_sha256 == seen
    assert f"{base}consent/" not in page(joan, base)


def test_without_the_tick_nothing_is_kept(joan: Client, base: str) -> None:
    answer = joan.post(f"{base}consent/", {})

    assert "We may only record you if you agree" in answer.content.decode()
    assert Consent.objects.count() == 0


@pytest.mark.parametrize("seen", ["0" * 64, "\x00", "x" * 1_000_000])
def test_another_text_than_the_one_shown_is_not_agreed_to(joan: Client, base: str, seen: str) -> None:
    answer = joan.post(f"{base}consent/", {"agree": "on", "seen": seen})

    assert answer.status_code in {200, 409}
    assert Consent.objects.count() == 0


def test_the_overview_says_how_far_each_answer_is(joan: Client, base: str, interview: Interview) -> None:
    first, second = interview.answers.all()
    factories.playable(first, seconds=61.0)
    factories.take(second)

    text = page(joan, f"{base}review/")

    assert "1 of 2 answers are ready." in text
    assert "Take 1, 1:01" in text
    assert "Not fully arrived" in text
    assert "Send my answers" not in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("received", "Choose a recording"),
        ("failed", "Could not be prepared"),
        ("abandoned", "Not fully arrived"),
        ("", "Not recorded yet"),
    ],
)
def test_every_standing_has_its_words(joan: Client, base: str, interview: Interview, state: str, words: str) -> None:
    if state:
        reason = {"failure": "input", "failure_text": "no picture"} if state == "failed" else {}
        factories.take(interview.answers.all()[0], state=state, **reason)

    assert words in page(joan, f"{base}review/")


def test_a_recording_can_be_chosen_from_the_overview(joan: Client, base: str, interview: Interview) -> None:
    first = interview.answers.all()[0]
    take = factories.playable(first, chosen=False)
    text = page(joan, f"{base}review/")
    assert f'name="take" value="{take.pk}"' in text

    answer = joan.post(
        f"{base}questions/{first.question_id}/choice/", {"take": str(take.pk)}, headers={"accept": "text/html"}
    )

    assert answer["Location"] == f"{base}review/"
    first.refresh_from_db()
    assert first.chosen_take == take


def test_sending_leads_to_the_receipt(joan: Client, base: str, recorded: Interview) -> None:
    assert "Send my answers" in page(joan, f"{base}review/")

    answer = joan.post(f"{base}submission/", follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain == [(f"{base}receipt/", 302)]
    assert "Thank you. Your answers arrived." in text
    assert "You hear from us by" in text
    assert "2 answers, 2:02 in all" in text
    recorded.refresh_from_db()
    assert f"/verify/{recorded.receipt}/" in text


def test_sending_from_a_second_tab_shows_the_same_receipt(joan: Client, base: str, recorded: Interview) -> None:
    first = joan.post(f"{base}submission/", follow=True).content
    second = joan.post(f"{base}submission/", follow=True).content

    recorded.refresh_from_db()
    assert recorded.receipt.split("-")[0].encode() in first
    assert recorded.receipt.split("-")[0].encode() in second
    assert joan.get(base)["Location"] == f"{base}receipt/"
    assert joan.get(f"{base}review/")["Location"] == f"{base}receipt/"


def test_sending_too_early_says_what_is_missing(joan: Client, base: str) -> None:
    answer = joan.post(f"{base}submission/")

    assert answer.status_code == 409
    assert "Questions 1 and 2 still need a recording" in answer.content.decode()


def test_sending_while_a_retake_is_on_its_way_asks_first(joan: Client, base: str, recorded: Interview) -> None:
    factories.take(recorded.answers.all()[0])

    asked = joan.post(f"{base}submission/")
    assert asked.status_code == 409
    assert 'name="without_unfinished"' in asked.content.decode()

    joan.post(f"{base}submission/", {"without_unfinished": "on"})
    recorded.refresh_from_db()
    assert recorded.status == "submitted"


def test_there_is_no_receipt_before_sending(joan: Client, base: str) -> None:
    assert joan.get(f"{base}receipt/")["Location"] == f"{base}review/"


def test_anybody_can_check_a_receipt_and_learns_no_name(recorded: Interview, client: Client) -> None:
    code = operations.submit(recorded, by=recorded.application.candidate).receipt

    text = page(client, f"/verify/{code}/")

    assert "This receipt is genuine" in text
    assert "2 answers, 2:02 in all" in text
    for private in ("Joan", "Clarke", "Support lead", "joan.clarke"):
        assert private not in text


def test_a_typed_code_leads_to_its_page(recorded: Interview, client: Client) -> None:
    code = operations.submit(recorded, by=recorded.application.candidate).receipt

    assert client.get("/verify/", {"code": code.lower().replace("-", "")})["Location"] == f"/verify/{code}/"


@pytest.mark.parametrize("code", ["ABCD", "\x00", "x" * 4000, "AAAA-AAAA-AAAA-AAAA-AAAA", "<script>"])
def test_a_wrong_code_is_told_neutrally(company: Company, client: Client, code: str) -> None:
    text = client.get("/verify/", {"code": code}).content.decode()

    assert "No receipt of ours has this code" in text
    assert "<script>" not in text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("number", [1, 20])
def test_the_overview_costs_the_same_for_many_questions(
    job: Job, ada: User, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    questions = [(f"Question {place}?", "Motivation") for place in range(number)]
    version = factories.published(f"Set of {number}", *questions, by=ada)
    interview = factories.interview(factories.application(job, "Mary Cartwright"), version)
    for answer in interview.answers.all():
        factories.playable(answer)
    mary = Client()
    mary.cookies[settings.CANDIDATE_COOKIE] = links.enter(interview.link, label="Firefox").secret

    with django_assert_max_num_queries(7):
        assert page(mary, f"/c/interviews/{interview.pk}/review/").count("Take 1, 0:12") == number


def test_when_the_time_is_over_no_page_leads_to_a_camera(joan: Client, base: str, interview: Interview) -> None:
    factories.playable(interview.answers.all()[0])
    Interview.objects.update(deadline_at=timezone.now() - timedelta(hours=1), status="started")

    for path in ("", "review/"):
        text = page(joan, base + path)
        assert "The time to record ended" in text
        assert "people@northwind.test" in text
        assert "Go on with question" not in text
        assert "/consent/" not in text


def test_what_was_recorded_in_time_can_still_be_sent(joan: Client, base: str, recorded: Interview) -> None:
    Interview.objects.update(deadline_at=timezone.now() - timedelta(hours=1), status="started")

    assert "Send my answers" in page(joan, f"{base}review/")
    assert joan.post(f"{base}submission/").status_code == 302
