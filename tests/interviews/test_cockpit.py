from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import QuestionSetVersion, Scorecard, ScoreSighting
from interviews import queries, reviewing
from interviews.models import Interview, MediaAccess, Take
from tests import factories
from tests.interviews.test_blindness import everything
from tests.review_cast import SECRETS, full, hand_in

Sign = Callable[[User], Client]


def url(interview: Interview, name: str = "cockpit", *args: object) -> str:
    return reverse(f"reviewer:interviews:{name}", args=[interview.pk, *args])


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def asked(handed_in: Interview, grace: User, alan: User) -> Interview:
    """Alan is asked to score and has not begun."""
    reviewing.assign(handed_in, alan, by=grace)
    return handed_in


@pytest.fixture
def browser(asked: Interview, alan: User, signed_in: Sign) -> Client:
    return signed_in(alan)


@pytest.mark.parametrize("name", ["cockpit", "scorecard", "submission", "recommendation", "note-removal"])
def test_strangers_sign_in_first(client: Client, handed_in: Interview, name: str) -> None:
    method = client.get if name == "cockpit" else client.post

    assert method(url(handed_in, name)).headers["Location"].startswith("/accounts/login/")


def test_for_staff_without_part_in_it_there_is_nothing(
    handed_in: Interview, alans_card: Scorecard, outsider: User, signed_in: Sign
) -> None:
    browser = signed_in(outsider)
    answer = handed_in.answers.get(question__position=1)
    gets = [url(handed_in), url(handed_in, "media", answer.pk)]
    posts = [url(handed_in, name) for name in ("scorecard", "submission", "recommendation", "note-removal")]
    posts += [url(handed_in, "scores"), url(handed_in, "assignments"), url(handed_in, "release", outsider.pk)]

    found = {path: browser.get(path).status_code for path in gets}
    found |= {path: browser.post(path).status_code for path in posts}

    assert set(found.values()) == {404}


def test_an_interviewer_not_asked_finds_nothing(handed_in: Interview, alan: User, signed_in: Sign) -> None:
    assert signed_in(alan).get(url(handed_in)).status_code == 404


def test_a_released_interviewer_is_out_at_once(asked: Interview, alan: User, grace: User, browser: Client) -> None:
    assert browser.get(url(asked)).status_code == 200

    reviewing.release(asked, alan, by=grace)

    assert browser.get(url(asked)).status_code == 404


@pytest.mark.parametrize("name", ["scores", "assignments"])
def test_an_interviewer_does_not_assign_or_ask_to_see(asked: Interview, browser: Client, name: str) -> None:
    assert browser.post(url(asked, name)).status_code == 404


def test_what_nobody_found_evidence_for_is_named(
    handed_in: Interview, alans_card: Scorecard, alan: User, signed_in: Sign
) -> None:
    page = text(signed_in(alan).get(url(handed_in) + "?question=overall"))

    assert "Without evidence, so not counted: Explains clearly" in page
    assert "<b>3.50</b>" in page


def test_where_only_one_can_score_one_card_is_enough_and_said_so(
    handed_in: Interview, alans_card: Scorecard, job: Job, alan: User, signed_in: Sign
) -> None:
    job.members.exclude(user=alan).delete()
    User.objects.update(is_admin=False)

    page = text(signed_in(alan).get(url(handed_in) + "?question=overall"))

    assert "1 of 1 cards" in page
    assert (
        "One card is enough here, because only one person can score. With more reviewers on the job it takes 2." in page
    )


def test_still_to_score_is_named_to_who_may_see(
    handed_in: Interview, alans_card: Scorecard, alan: User, katherine: User, grace: User, signed_in: Sign
) -> None:
    reviewing.assign(handed_in, katherine, by=grace)

    page = text(signed_in(alan).get(url(handed_in) + "?question=overall"))

    assert "1 of 2 cards" in page
    assert "still to score" in page


def test_overseers_ask_before_they_see(
    handed_in: Interview, alans_card: Scorecard, grace: User, signed_in: Sign
) -> None:
    browser = signed_in(grace)
    before = everything_shown(browser, handed_in)

    answer = browser.post(url(handed_in, "scores"), follow=True)

    after = everything_shown(browser, handed_in)
    assert answer.status_code == 200
    assert [secret for secret in SECRETS if secret in before] == []
    assert [secret for secret in SECRETS if secret not in after] == []
    assert ScoreSighting.objects.get().user == grace
    assert "Joan Clarke" in before


def everything_shown(browser: Client, interview: Interview) -> str:
    return "".join(text(browser.get(url(interview) + place)) for place in ("?question=1", "?question=overall"))


def test_looking_at_the_page_alone_is_no_sighting(
    handed_in: Interview, alans_card: Scorecard, grace: User, signed_in: Sign
) -> None:
    everything_shown(signed_in(grace), handed_in)

    assert not ScoreSighting.objects.exists()


def test_who_saw_is_not_offered_and_not_accepted(
    handed_in: Interview, alans_card: Scorecard, grace: User, katherine: User, signed_in: Sign
) -> None:
    reviewing.show_scores(handed_in, by=katherine)
    browser = signed_in(grace)

    page = text(browser.get(url(handed_in)))
    answer = browser.post(
        url(handed_in, "assignments"),
        {"reviewer": katherine.pk},
        follow=True,
        headers={"Referer": f"http://testserver{url(handed_in)}"},
    )

    assert f'<option value="{katherine.pk}">' not in page
    assert "Katherine has seen scores of this interview already" in text(answer)


def test_asking_and_releasing(handed_in: Interview, alan: User, grace: User, signed_in: Sign) -> None:
    browser = signed_in(grace)

    asked = browser.post(url(handed_in, "assignments"), {"reviewer": alan.pk}, follow=True)
    released = browser.post(url(handed_in, "release", alan.pk), follow=True)

    assert "Alan is asked to score this interview." in text(asked)
    assert "Alan is no longer asked to score this interview." in text(released)


@pytest.mark.parametrize("reviewer", ["", "nobody", "\x00", "a" * 1024 * 1024])
def test_asking_nobody_is_said_so(handed_in: Interview, grace: User, signed_in: Sign, reviewer: str) -> None:
    answer = signed_in(grace).post(url(handed_in, "assignments"), {"reviewer": reviewer}, follow=True)

    assert "Choose somebody from the list." in text(answer)


@pytest.mark.parametrize(
    ("fields", "words", "polls"),
    [
        ({}, "<video", False),
        ({"state": "received"}, "Ready in a moment", True),
        ({"state": "abandoned"}, "Ready in a moment", True),
        (
            {"state": "failed", "failure": "input", "failure_flaw": "damaged", "failure_text": "Failed: exit code 1"},
            "What arrived is damaged.",
            False,
        ),
        ({"seconds": 94.0, "claimed_seconds": 120.0}, "0:00–1:34 of about 2:00", False),
        ({"silent": True}, "No sound was found in this recording.", False),
    ],
)
def test_the_states_of_an_answer(
    asked: Interview, browser: Client, fields: dict[str, Any], words: str, polls: bool
) -> None:
    Take.objects.filter(chosen_for__question__position=1).update(**fields)

    page = text(browser.get(url(asked) + "?question=1"))

    assert words in page
    assert ("hx-trigger" in page) is polls


def test_polling_swaps_the_theatre_alone(asked: Interview, browser: Client) -> None:
    Take.objects.filter(chosen_for__question__position=1).update(state="received")

    fragment = text(browser.get(url(asked) + "?question=1", headers={"HX-Request": "true"}))

    assert fragment.startswith('<section class="theatre" id="theatre"')
    assert fragment.endswith("</section>")


def test_before_it_is_handed_in_there_is_no_video(
    interview: Interview, alan: User, grace: User, signed_in: Sign
) -> None:
    factories.playable(interview.answers.get(question__position=1))
    reviewing.assign(interview, alan, by=grace)
    browser = signed_in(alan)

    page = text(browser.get(url(interview)))
    media = browser.get(url(interview, "media", interview.answers.get(question__position=1).pk))

    assert "Not handed in yet" in page
    assert "<video" not in page
    assert media.status_code == 404


def test_withdrawn_says_so(interview: Interview, alan: User, grace: User, signed_in: Sign) -> None:
    reviewing.assign(interview, alan, by=grace)
    Interview.objects.update(status=Interview.Status.WITHDRAWN)

    assert "The candidate has withdrawn." in text(signed_in(alan).get(url(interview)))


def test_a_take_not_chosen_is_never_shown(asked: Interview, browser: Client) -> None:
    other = factories.playable(asked.answers.get(question__position=1), chosen=False)

    assert str(other.pk) not in everything(browser, asked)


def test_each_address_given_leaves_a_row(asked: Interview, alan: User, browser: Client) -> None:
    answer = asked.answers.get(question__position=1)

    browser.get(url(asked) + "?question=1")
    renewed = browser.get(url(asked, "media", answer.pk)).json()

    assert [access.user for access in MediaAccess.objects.all()] == [alan, alan]
    assert f"media/{answer.chosen_take_id}/0/video.mp4" in renewed["video"]
    assert sorted(renewed) == ["good_for", "peaks", "poster", "type", "video"]


def test_the_page_opens_at_what_is_left_to_score(
    asked: Interview, pairs: list[UUID], alan: User, browser: Client
) -> None:
    two = full(asked, pairs[:2], values=(1, 2), recommendation="", reason="")
    reviewing.save_draft(asked, two, version=0, by=alan)

    assert "Question 2 of 2" in text(browser.get(url(asked)))


@pytest.mark.parametrize("place", ["0", "9", "-1", "x", "\x00", "1" * 5000, "²"])
def test_a_place_that_does_not_exist_is_no_error(asked: Interview, browser: Client, place: str) -> None:
    assert browser.get(url(asked), {"question": place}).status_code == 200


@pytest.mark.parametrize("questions", [1, 5])
def test_the_page_costs_the_same_however_many_cards(
    handed_in: Interview,
    job: Job,
    pairs: list[UUID],
    ada: User,
    signed_in: Sign,
    questions: int,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for place in range(questions):
        reviewer = factories.user(f"Reviewer{place}", is_admin=True)
        reviewing.assign(handed_in, reviewer, by=ada)
        hand_in(handed_in, reviewer, full(handed_in, pairs, values=(3, 3, 3)))
    reviewing.show_scores(handed_in, by=ada)
    browser = signed_in(ada)

    with django_assert_max_num_queries(29):
        browser.get(url(handed_in) + "?question=overall")


def test_the_list_is_empty_at_first(alan: User, signed_in: Sign) -> None:
    assert "Nothing is waiting for you" in text(signed_in(alan).get(reverse("reviewer:interviews:mine")))


def test_the_list_hides_the_name_until_the_card_is_in(asked: Interview, browser: Client) -> None:
    page = text(browser.get(reverse("reviewer:interviews:mine")))

    assert queries.pseudonym(asked.assessment) in page
    assert "0 of 3" in page
    assert "Joan" not in page


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_however_long(
    job: Job,
    version: QuestionSetVersion,
    alan: User,
    signed_in: Sign,
    rows: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for place in range(rows):
        interview = factories.submitted(factories.application(job, f"Candidate {place}"), version)
        factories.assignment(interview, alan)
    browser = signed_in(alan)

    with django_assert_num_queries(6):
        browser.get(reverse("reviewer:interviews:mine"))


def test_what_was_due_says_so(asked: Interview, application: Application, browser: Client) -> None:
    application.obligations.create(kind="decision", due_at=timezone.now() - timedelta(days=1))

    assert "was due" in text(browser.get(reverse("reviewer:interviews:mine")))
