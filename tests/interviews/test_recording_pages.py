"""The pages around the recorder, and what it asks with the candidate's cookie."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import Question, QuestionSetVersion
from interviews import notice, operations, record_page
from interviews.models import Answer, Interview, Take
from interviews.rules import Pass
from tests import factories

JSON = {"accept": "application/json"}


@pytest.fixture
def interview(application: Application, version: QuestionSetVersion) -> Interview:
    """Joan's, invited and agreed to."""
    made = factories.interview(application, version)
    seen = notice.for_interview(made).sha256
    operations.consent(made, by=application.candidate, locale="en", seen=seen)
    return made


@pytest.fixture
def answer(interview: Interview) -> Answer:
    return interview.answers.order_by("question__position")[0]


@pytest.fixture
def base(interview: Interview) -> str:
    return f"/c/interviews/{interview.pk}/"


@pytest.fixture
def record_url(base: str, answer: Answer) -> str:
    return f"{base}questions/{answer.question_id}/"


def config(client: Client, url: str) -> dict[str, Any]:
    """What the page at ``url`` hands its recorder."""
    page = client.get(url)
    assert page.status_code == 200, page.headers
    return dict(page.context["recorder"])


@pytest.mark.parametrize("path", ["check/", "practice/", "record"])
def test_the_camera_is_allowed_where_it_is_needed(joan: Client, base: str, record_url: str, path: str) -> None:
    page = joan.get(record_url if path == "record" else base + path)

    assert page.status_code == 200
    assert page["Permissions-Policy"].startswith("camera=(self), microphone=(self)")


def test_the_camera_stays_shut_elsewhere(joan: Client, base: str) -> None:
    assert joan.get(base)["Permissions-Policy"].startswith("camera=(), microphone=()")


@pytest.mark.parametrize("path", ["check/", "practice/", "record"])
def test_consent_comes_before_any_camera(
    joan: Client, interview: Interview, base: str, record_url: str, path: str
) -> None:
    interview.consents.all().delete()

    page = joan.get(record_url if path == "record" else base + path)

    assert (page.status_code, page["Location"]) == (302, f"{base}consent/")


def test_after_the_deadline_the_camera_stays_shut(
    joan: Client, interview: Interview, base: str, record_url: str
) -> None:
    Interview.objects.filter(pk=interview.pk).update(deadline_at=timezone.now() - timedelta(minutes=1))

    assert joan.get(record_url)["Location"] == base


def test_the_page_says_who_watches_and_where_one_is(joan: Client, record_url: str, answer: Answer) -> None:
    text = html.unescape(joan.get(record_url).content.decode())

    for words in (answer.question.text, "Question 1 of 2", "Next question", "Katherine (hiring manager)"):
        assert words in text


def test_the_last_question_leads_to_the_overview(joan: Client, interview: Interview, base: str) -> None:
    last = interview.answers.order_by("question__position").last()
    assert last

    text = html.unescape(joan.get(f"{base}questions/{last.question_id}/").content.decode())

    assert f'href="{base}review/"' in text
    assert "Look over my answers" in text


def test_the_recorder_is_told_its_limits_and_addresses(joan: Client, record_url: str, base: str) -> None:
    told = config(joan, record_url)

    assert told["limits"] == {
        "think_seconds": 60,
        "auto_start": False,
        "seconds": 120,
        "grace": 15,
        "retakes_left": 2,
    }
    assert told["urls"] == {
        "takes": f"{record_url}takes/",
        "choice": f"{record_url}choice/",
        "token": f"{base}takes/{{take}}/token/",
        "api": "/api/v1/takes/{take}/",
    }
    assert (told["takes"], told["interrupted"], told["practice"], told["preview"]) == ([], None, False, False)


def test_takes_are_listed_with_what_they_cost(joan: Client, record_url: str, base: str, answer: Answer) -> None:
    kept = factories.playable(answer)
    quiet = factories.playable(answer, chosen=False, silent=True)
    broken = factories.take(answer)

    told = config(joan, record_url)

    assert [(take["id"], take["chosen"], take["counted"], take["finding"]) for take in told["takes"]] == [
        (str(kept.pk), True, True, ""),
        (str(quiet.pk), False, False, "silent"),
        (str(broken.pk), False, False, ""),
    ]
    assert told["takes"][0]["mediaUrl"] == f"{base}takes/{kept.pk}/media/"
    assert told["interrupted"] == {"take": str(broken.pk), "epoch": 1}
    assert told["limits"]["retakes_left"] == 2


def test_practice_and_preview_know_no_address() -> None:
    for told in (record_page.for_practice(), record_page.for_preview(Question(text="What?"))):
        assert set(told["urls"].values()) == {""}
        assert told["csrf"] == ""


def test_a_take_is_begun(joan: Client, record_url: str, answer: Answer) -> None:
    begun = joan.post(f"{record_url}takes/", headers=JSON)

    take = answer.takes.get()
    assert begun.status_code == 201
    told = begun.json()
    assert (told["take"], told["number"], told["epoch"]) == (str(take.pk), 1, 1)
    assert Pass.read(told["token"]).take == take.pk
    assert told["limits"]["seconds"] == 120


def test_a_take_needs_consent_and_says_so_to_a_script(joan: Client, interview: Interview, record_url: str) -> None:
    interview.consents.all().delete()

    refused = joan.post(f"{record_url}takes/", headers=JSON)

    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert refused.json()["code"] == "consent_missing"


def test_a_used_up_question_takes_no_more(joan: Client, record_url: str, answer: Answer) -> None:
    for _ in range(3):
        factories.playable(answer, chosen=False)

    assert joan.post(f"{record_url}takes/", headers=JSON).json()["code"] == "retakes_used_up"


def test_the_cookie_gives_a_new_token(joan: Client, base: str, answer: Answer) -> None:
    take = factories.take(answer)

    told = joan.post(f"{base}takes/{take.pk}/token/", headers=JSON).json()

    assert (Pass.read(told["token"]).take, told["epoch"]) == (take.pk, 1)


def test_a_complete_take_gets_no_token(joan: Client, base: str, answer: Answer) -> None:
    take = factories.playable(answer)

    refused = joan.post(f"{base}takes/{take.pk}/token/", headers=JSON)

    assert (refused.status_code, refused.json()["code"]) == (409, "already_complete")


def test_choosing_works_with_a_form_and_with_a_script(joan: Client, record_url: str, base: str, answer: Answer) -> None:
    first, second = factories.playable(answer, chosen=False), factories.playable(answer, chosen=False)

    by_form = joan.post(f"{record_url}choice/", {"take": first.pk})
    answer.refresh_from_db()
    assert (by_form["Location"], answer.chosen_take) == (f"{base}review/", first)
    by_script = joan.post(f"{record_url}choice/", {"take": second.pk}, headers=JSON)

    answer.refresh_from_db()
    assert (by_script.json(), answer.chosen_take) == ({"chosen": str(second.pk)}, second)


@pytest.mark.parametrize("chosen", ["", "x", "\0", "1" * 1000, "6f9d9bb1-8a8f-4e0c-9d0f-6f3f6d1a2b11"])
def test_choosing_nonsense_finds_nothing(joan: Client, record_url: str, chosen: str) -> None:
    assert joan.post(f"{record_url}choice/", {"take": chosen}, headers=JSON).status_code == 404


def test_a_take_of_another_question_is_refused(joan: Client, record_url: str, interview: Interview) -> None:
    other = interview.answers.order_by("question__position")[1]
    take = factories.playable(other)

    refused = joan.post(f"{record_url}choice/", {"take": take.pk}, headers=JSON)

    assert (refused.status_code, refused.json()["code"]) == (409, "not_your_take")


def test_ones_own_take_is_played_from_the_store(joan: Client, base: str, answer: Answer) -> None:
    take = factories.playable(answer, revision=1)

    sent_to = joan.get(f"{base}takes/{take.pk}/media/")["Location"]

    assert f"/media/{take.pk}/1/video.mp4?" in sent_to
    assert "video%2Fmp4" in sent_to


def test_a_take_that_is_not_ready_is_not_played(joan: Client, base: str, answer: Answer) -> None:
    take = factories.take(answer, state=Take.State.RECEIVED, received_at=timezone.now())

    assert joan.get(f"{base}takes/{take.pk}/media/").status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "check/"),
        ("get", "practice/"),
        ("get", "questions/{question}/"),
        ("post", "questions/{question}/takes/"),
        ("post", "questions/{question}/choice/"),
        ("post", "takes/{take}/token/"),
        ("get", "takes/{take}/media/"),
    ],
)
def test_only_the_candidate_gets_in(
    joan: Client, client: Client, grace: User, job: Job, answer: Answer, method: str, path: str
) -> None:
    take = factories.playable(answer)
    other = factories.interview(factories.application(job, "Mary"), answer.interview.version, consented=True)
    theirs = f"/c/interviews/{answer.interview_id}/" + path.format(question=answer.question_id, take=take.pk)
    anothers = f"/c/interviews/{other.pk}/" + path.format(question=answer.question_id, take=take.pk)

    client.force_login(grace)

    assert getattr(client, method)(theirs).status_code == 401
    assert getattr(joan, method)(anothers).status_code == 404
