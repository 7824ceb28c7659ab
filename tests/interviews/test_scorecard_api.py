from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from hiring.accounts.models import User
from hiring.api.models import ApiToken
from hiring.lib import tokens
from hiring.rubrics.models import Scorecard
from interviews import reviewing
from interviews.models import Interview
from tests.review_cast import SECRETS

URL = "/api/v1/interviews/{}/scorecard/"
NOBODYS = "6f9d9bb1-8a8f-4e0c-9d0f-6f3f6d1a2b11"  # fixed: every worker must collect the same tests


@pytest.fixture
def url(handed_in: Interview, grace: User, alan: User) -> str:
    """Alan's card, asked for and not begun."""
    reviewing.assign(handed_in, alan, by=grace)
    return URL.format(handed_in.pk)


@pytest.fixture
def browser(url: str, alan: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(alan)


@pytest.fixture
def body(handed_in: Interview, pairs: list[UUID]) -> dict[str, Any]:
    """A complete card as a script sends it."""
    return {
        "version": 0,
        "scores": [
            {"pair": str(pairs[0]), "value": 4, "no_evidence": False},
            {"pair": str(pairs[1]), "value": None, "no_evidence": True},
            {"pair": str(pairs[2]), "value": 2, "no_evidence": False},
        ],
        "notes": [
            {
                "question": str(handed_in.version.questions.get(position=1).pk),
                "at_seconds": 12.3,
                "text": "Called her back.",
            }
        ],
        "recommendation": "hold",
        "reason": "One answer more.",
    }


def put(client: Client, url: str, body: object) -> Any:
    return client.put(url, body, content_type="application/json")


def test_an_empty_card_reads_as_version_0(browser: Client, url: str) -> None:
    assert browser.get(url).json() == {
        "version": 0,
        "saved_at": None,
        "submitted_at": None,
        "scores": [],
        "notes": [],
        "recommendation": "",
        "reason": "",
    }


def test_saving_and_reading_again(browser: Client, url: str, body: dict[str, Any]) -> None:
    answer = put(browser, url, body)

    assert answer.status_code == 200
    read = browser.get(url).json()
    assert read["version"] == 1
    assert sorted(read["scores"], key=str) == sorted(body["scores"], key=str)
    assert {name: read[name] for name in ("notes", "recommendation", "reason")} == {
        name: body[name] for name in ("notes", "recommendation", "reason")
    }


def test_of_two_tabs_the_second_gets_both_values(browser: Client, url: str, body: dict[str, Any]) -> None:
    put(browser, url, body)
    other = {**body, "reason": "Another tab's reason."}

    answer = put(browser, url, other)

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["code"], problem["version"]) == ("version_conflict", 1)
    assert (problem["stored"]["reason"], problem["yours"]["reason"]) == ("One answer more.", "Another tab's reason.")
    assert browser.get(url).json()["reason"] == "One answer more."


def test_an_answer_that_got_lost_can_be_asked_for_again(browser: Client, url: str, body: dict[str, Any]) -> None:
    put(browser, url, body)

    assert put(browser, url, body).json()["version"] == 1


def test_handing_in_once(browser: Client, url: str, body: dict[str, Any]) -> None:
    version = put(browser, url, body).json()["version"]

    first = browser.post(f"{url}submission/", {"version": version}, content_type="application/json")
    again = browser.post(f"{url}submission/", {"version": version}, content_type="application/json")
    late = put(browser, url, {**body, "version": version, "reason": "Changed my mind."})

    assert (first.status_code, first.json()["submitted_at"] is not None) == (200, True)
    assert [answer.json()["code"] for answer in (again, late)] == ["already_submitted", "already_submitted"]
    assert Scorecard.objects.get().reason == "One answer more."


def test_handing_in_says_which_scores_are_missing(
    browser: Client, url: str, body: dict[str, Any], pairs: list[UUID]
) -> None:
    part = {**body, "scores": body["scores"][:2], "recommendation": "", "reason": ""}
    version = put(browser, url, part).json()["version"]

    answer = browser.post(f"{url}submission/", {"version": version}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (409, "scores_missing")
    assert answer.json()["missing"] == [str(pairs[2])]


def test_the_recommendation_waits_for_the_scores(browser: Client, url: str, body: dict[str, Any]) -> None:
    answer = put(browser, url, {**body, "scores": []})

    assert (answer.status_code, answer.json()["code"]) == (409, "scores_first")


MEGABYTE = "a" * 1024 * 1024
NUL = "a\x00b"


@pytest.mark.parametrize("words", [MEGABYTE, NUL], ids=["1 MB", "NUL"])
@pytest.mark.parametrize("field", ["reason", "note", "recommendation", "pair", "question"])
def test_hostile_text_is_named_and_changes_nothing(
    browser: Client, url: str, body: dict[str, Any], field: str, words: str
) -> None:
    put(browser, url, body)
    bad = {**body, "version": 1}
    if field == "note":
        bad["notes"] = [{**body["notes"][0], "text": words}]
    elif field == "question":
        bad["notes"] = [{**body["notes"][0], "question": words}]
    elif field == "pair":
        bad["scores"] = [{**body["scores"][0], "pair": words}]
    else:
        bad[field] = words

    answer = put(browser, url, bad)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    place = {"note": "notes", "question": "notes", "pair": "scores"}.get(field, field)
    assert list(answer.json()["errors"]) == [place]
    assert browser.get(url).json()["version"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"version": -1},
        {"version": None},
        {"scores": [{"pair": NOBODYS, "value": 6, "no_evidence": False}]},
        {"scores": [{"pair": NOBODYS, "value": 0, "no_evidence": False}]},
        {"scores": [{"pair": NOBODYS, "value": 3, "no_evidence": True}]},
        {"scores": [{"pair": NOBODYS, "value": None, "no_evidence": False}]},
        {"scores": {}},
        {"scores": [3]},
        {"recommendation": "maybe"},
        {"notes": [{"question": NOBODYS, "at_seconds": -1, "text": "x"}]},
        {"notes": [{"question": NOBODYS, "at_seconds": 1e9, "text": "x"}]},
        {"notes": [{"question": NOBODYS, "at_seconds": 1, "text": ""}]},
        {"reviewer": NOBODYS},
        {"submitted_at": "2026-01-01T00:00:00Z"},
        {"scores": [{"pair": NOBODYS, "value": 3, "scorecard": NOBODYS}]},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(
    browser: Client, url: str, body: dict[str, Any], change: dict[str, Any]
) -> None:
    answer = put(browser, url, {**body, **change})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["errors"]) == list(change)
    assert not Scorecard.objects.exists()


def test_one_pair_scored_twice_is_refused(browser: Client, url: str, body: dict[str, Any]) -> None:
    answer = put(browser, url, {**body, "scores": [*body["scores"], body["scores"][0]]})

    assert answer.json()["errors"] == {"scores": ["One pair has two scores."]}


@pytest.mark.parametrize("raw", ["", "{", "[]", '"x"', "null", '{"version": NaN}'])
def test_what_is_no_card_at_all_is_refused(browser: Client, url: str, raw: str) -> None:
    answer = browser.put(url, raw, content_type="application/json")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_pair_of_another_interview_is_refused(browser: Client, url: str, body: dict[str, Any]) -> None:
    answer = put(browser, url, {**body, "scores": [{"pair": str(uuid4()), "value": 3}], "recommendation": ""})

    assert (answer.status_code, answer.json()["code"]) == (409, "not_scoreable")


def test_a_token_may_do_what_its_owner_may(client: Client, url: str, alan: User, body: dict[str, Any]) -> None:
    ApiToken.objects.create(user=alan, name="script", fingerprint=tokens.fingerprint("secret"))

    answer = client.put(url, body, content_type="application/json", headers={"Authorization": "Bearer secret"})

    assert answer.status_code == 200


def test_strangers_are_told_to_sign_in(client: Client, url: str) -> None:
    answer = client.get(url)

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_the_page_needs_its_csrf_token(url: str, alan: User, body: dict[str, Any]) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(alan)

    assert put(careful, url, body).status_code == 403


@pytest.mark.parametrize("method", ["get", "put", "post"])
def test_for_outsiders_there_is_nothing(
    handed_in: Interview, outsider: User, alan: User, signed_in: Callable[[User], Client], method: str
) -> None:
    path = URL.format(handed_in.pk) + ("submission/" if method == "post" else "")
    for stranger in (outsider, alan):
        answer = getattr(signed_in(stranger), method)(path, {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_who_oversees_without_being_asked_has_no_card(
    handed_in: Interview, alans_card: Scorecard, grace: User, signed_in: Callable[[User], Client], body: dict[str, Any]
) -> None:
    browser = signed_in(grace)

    read = browser.get(URL.format(handed_in.pk))
    written = put(browser, URL.format(handed_in.pk), body)

    assert (read.json()["version"], read.json()["scores"]) == (0, [])
    assert [secret for secret in SECRETS if secret in read.content.decode()] == []
    assert (written.status_code, written.json()["code"]) == (409, "not_assigned")
