"""While somebody is asked to score and has not, others' scores do not exist: on no page, in no answer."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.rubrics.models import Scorecard, ScoreSighting
from interviews import reviewing
from interviews.models import Interview
from tests.review_cast import SECRETS, full, hand_in

Sign = Callable[[User], Client]


def url(interview: Interview, name: str = "cockpit", *args: object) -> str:
    return reverse(f"reviewer:interviews:{name}", args=[interview.pk, *args])


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def elsewhere(interview: Interview) -> list[str]:
    """Other slices' pages and endpoints that tell of an interview. They know names; scores they must not."""
    application, job = interview.application_id, interview.application.job_id
    return [
        reverse("reviewer:interviews:mine"),
        reverse("reviewer:home"),
        reverse("reviewer:application", args=[application]),
        reverse("reviewer:job", args=[job]),
        reverse("api:application", args=[application]),
        reverse("api:applications", args=[job]),
    ]


def everything(browser: Client, interview: Interview) -> str:
    """Every byte a reviewer can get about an interview: pages, fragments, JSON, refusals."""
    answers = list(interview.answers.all())
    places = ["", "?question=1", "?question=2", "?question=overall"]
    got = [browser.get(url(interview) + place) for place in places]
    got += [browser.get(url(interview) + place, headers={"HX-Request": "true"}) for place in places[:3]]
    got += [browser.get(url(interview, "media", answer.pk)) for answer in answers]
    got += [browser.get(path) for path in elsewhere(interview)]
    got += [browser.get(f"/api/v1/interviews/{interview.pk}/scorecard/")]
    got += [browser.put(f"/api/v1/interviews/{interview.pk}/scorecard/", {}, content_type="application/json")]
    got += [browser.post(f"/api/v1/interviews/{interview.pk}/scorecard/submission/", {"version": 0})]
    got += [browser.post(url(interview, name), follow=True) for name in ("scores", "submission")]
    return "\n".join(answer.content.decode() for answer in got)


@pytest.mark.parametrize("who", ["grace", "katherine", "ada"])
def test_while_asked_the_others_do_not_exist(
    handed_in: Interview, alans_card: Scorecard, who: str, grace: User, request: pytest.FixtureRequest, signed_in: Sign
) -> None:
    reviewer = request.getfixturevalue(who)
    reviewing.assign(handed_in, reviewer, by=grace)

    browser = signed_in(reviewer)
    seen = everything(browser, handed_in)

    assert [secret for secret in SECRETS if secret in seen] == []
    assert str(alans_card.pk) not in seen
    assert "3.50" not in seen  # what Alan's 2 and 5 come to
    own = "".join(text(browser.get(url(handed_in) + place)) for place in ("?question=1", "?question=overall"))
    assert "Joan" not in own
    assert not ScoreSighting.objects.exists()


def test_what_is_seen_while_asked_is_the_same_whatever_the_other_said(
    handed_in: Interview, pairs: list[UUID], alan: User, grace: User, signed_in: Sign
) -> None:
    reviewing.assign(handed_in, alan, by=grace)
    reviewing.assign(handed_in, grace, by=grace)
    browser = signed_in(grace)
    before = text(browser.get(url(handed_in) + "?question=overall"))

    hand_in(handed_in, alan, full(handed_in, pairs, values=(1, 1, 1)))

    after = text(browser.get(url(handed_in) + "?question=overall"))
    assert without_tokens(before) == without_tokens(after)


def without_tokens(page: str) -> str:
    """The page without its form tokens, which change with every answer."""
    return re.sub(r"[A-Za-z0-9]{64}", "", page)


def test_after_the_own_card_everything_is_there(
    handed_in: Interview, alans_card: Scorecard, pairs: list[UUID], grace: User, signed_in: Sign
) -> None:
    reviewing.assign(handed_in, grace, by=grace)
    hand_in(handed_in, grace, full(handed_in, pairs, values=(4, 3, 3), notes=(), recommendation="pass", reason=""))

    page = text(signed_in(grace).get(url(handed_in) + "?question=overall"))

    # Conflict (2+4)/2 = 3, clarity only 3, improving (5+3)/2 = 4 → (3+3+4)/3 = 3.33; cards 3.5 and 10/3.
    assert "<b>3.33</b>" in page
    assert "from 3.33 to 3.5" in page
    assert [secret for secret in SECRETS if secret not in page] == []
    assert "two points or more apart" in page
    assert "Joan Clarke" in page
