"""The card as plain forms: everything works without a script."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.rubrics import scorecards
from hiring.rubrics.models import Scorecard
from hiring.rubrics.scorecards import Draft, Note
from interviews import reviewing
from interviews.models import Interview


@pytest.fixture
def asked(handed_in: Interview, grace: User, alan: User) -> Interview:
    reviewing.assign(handed_in, alan, by=grace)
    return handed_in


@pytest.fixture
def browser(asked: Interview, alan: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(alan)


@pytest.fixture
def stored(asked: Interview, alan: User) -> Callable[[], Draft]:
    return lambda: scorecards.read(scorecards.own(asked.assessment, alan))


def url(interview: Interview, name: str = "cockpit") -> str:
    return reverse(f"reviewer:interviews:{name}", args=[interview.pk])


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def part(pairs: list[UUID], *values: str, version: int = 0, question: int = 1, **more: str) -> dict[str, object]:
    """One question's form: its marks in order."""
    asked = pairs[:2] if question == 1 else pairs[2:]
    marks = {f"score-{pair}": value for pair, value in zip(asked, values, strict=False)}
    return {"version": version, "question": question, **marks, **more}


def test_a_whole_card_by_forms_alone(
    asked: Interview, pairs: list[UUID], browser: Client, stored: Callable[[], Draft]
) -> None:
    first = browser.post(url(asked, "scorecard"), part(pairs, "4", "none", note="Called back.", note_at="1:34", go="2"))
    second = browser.post(url(asked, "scorecard"), part(pairs, "2", version=1, question=2, go="overall"))
    done = browser.post(
        url(asked, "submission"), {"version": 2, "recommendation": "hold", "reason": "One more answer."}, follow=True
    )

    assert [answer.headers["Location"] for answer in (first, second)] == [
        f"{url(asked)}?question=2",
        f"{url(asked)}?question=overall",
    ]
    assert "Your card is in." in text(done)
    draft = stored()
    assert draft.scores == {pairs[0]: 4, pairs[1]: None, pairs[2]: 2}
    assert [(note.at_seconds, note.text) for note in draft.notes] == [(94.0, "Called back.")]
    assert Scorecard.objects.get().submitted_at is not None


def test_one_question_leaves_the_others_alone(
    asked: Interview, pairs: list[UUID], browser: Client, stored: Callable[[], Draft]
) -> None:
    browser.post(url(asked, "scorecard"), part(pairs, "4", "3"))

    browser.post(url(asked, "scorecard"), part(pairs, "2", version=0, question=2))  # an old tab, another question

    assert stored().scores == {pairs[0]: 4, pairs[1]: 3, pairs[2]: 2}


def test_two_tabs_on_one_question_show_both_values(
    asked: Interview, pairs: list[UUID], browser: Client, stored: Callable[[], Draft]
) -> None:
    browser.post(url(asked, "scorecard"), part(pairs, "4", "3"))

    answer = browser.post(url(asked, "scorecard"), part(pairs, "1", "3", note="Typed here."))

    page = text(answer)
    assert answer.status_code == 409
    assert "Handles conflict: saved there as 4" in page
    assert "Explains clearly: saved there" not in page
    assert f'<input type="radio" name="score-{pairs[0]}" value="1" checked>' in page
    assert "Typed here.</textarea>" in page
    assert stored().scores[pairs[0]] == 4

    again = browser.post(url(asked, "scorecard"), part(pairs, "1", "3", version=1, note="Typed here."))

    assert again.status_code == 302
    assert stored().scores[pairs[0]] == 1
    assert [note.text for note in stored().notes] == ["Typed here."]


def test_two_tabs_on_the_recommendation_show_both(
    asked: Interview, pairs: list[UUID], browser: Client, stored: Callable[[], Draft], alan: User
) -> None:
    whole = Draft(dict.fromkeys(pairs, 3), (), "no", "Not enough.")
    reviewing.save_draft(asked, whole, version=0, by=alan)

    answer = browser.post(url(asked, "submission"), {"version": 0, "recommendation": "pass", "reason": "Fine."})

    assert answer.status_code == 409
    assert "saved there as “Do not move forward”" in text(answer)
    assert "Fine.</textarea>" in text(answer)
    assert (stored().recommendation, Scorecard.objects.get().submitted_at) == ("no", None)


HOSTILE = [
    ("note", "a\x00b", "Null characters are not allowed."),
    ("note", "a" * 1024 * 1024, "at most 1000 characters (it has 1048576)"),
    ("note_at", "late", "Write the moment as minutes and seconds, like 1:34."),
    ("note_at", "1:75", "Write the moment as minutes and seconds, like 1:34."),
    ("note_at", "\x00", "Null characters are not allowed."),
    ("note_at", "9" * 1024 * 1024, "at most 6 characters"),
]


@pytest.mark.parametrize(("field", "value", "words"), HOSTILE, ids=lambda value: value[:12])
def test_what_cannot_be_saved_is_named_and_nothing_is_lost(
    asked: Interview, pairs: list[UUID], browser: Client, field: str, value: str, words: str
) -> None:
    answer = browser.post(url(asked, "scorecard"), {**part(pairs, "4", "none", note="x"), field: value})

    page = text(answer)
    assert answer.status_code == 422
    assert words in page
    assert f'name="score-{pairs[0]}" value="4" checked' in page
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize("value", ["6", "0", "-1", "four", "\x00", "4" * 1024 * 1024])
def test_a_score_off_the_scale_is_refused(asked: Interview, pairs: list[UUID], browser: Client, value: str) -> None:
    answer = browser.post(url(asked, "scorecard"), part(pairs, value, "3"))

    assert answer.status_code == 422
    assert "Select a valid choice." in text(answer)
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize(
    ("value", "words"), [("a\x00b", "Null characters"), ("a" * 1024 * 1024, "at most 2000 characters")]
)
def test_a_reason_that_cannot_be_saved(
    asked: Interview, pairs: list[UUID], alan: User, browser: Client, value: str, words: str
) -> None:
    reviewing.save_draft(asked, Draft(dict.fromkeys(pairs, 3)), version=0, by=alan)

    answer = browser.post(url(asked, "submission"), {"version": 1, "recommendation": "no", "reason": value})

    assert answer.status_code == 422
    assert words in text(answer)
    assert Scorecard.objects.get().submitted_at is None


@pytest.mark.parametrize("known", ["", "x", "-1", "9" * 30])
def test_a_form_without_its_version_is_refused(
    asked: Interview, pairs: list[UUID], browser: Client, known: str
) -> None:
    answer = browser.post(url(asked, "scorecard"), {**part(pairs, "3", "3"), "version": known})

    assert answer.status_code == 422
    assert not Scorecard.objects.exists()


@pytest.mark.parametrize(
    ("recommendation", "reason", "words"),
    [
        ("", "", "Say how you would go on"),
        ("no", "", "Add a reason"),
        ("hold", "  ", "Add a reason"),
    ],
)
def test_a_card_not_ready_is_refused_and_kept(
    asked: Interview, pairs: list[UUID], alan: User, browser: Client, recommendation: str, reason: str, words: str
) -> None:
    reviewing.save_draft(asked, Draft(dict.fromkeys(pairs, 3)), version=0, by=alan)

    answer = browser.post(
        url(asked, "submission"),
        {"version": 1, "recommendation": recommendation, "reason": reason},
        follow=True,
        headers={"Referer": f"http://testserver{url(asked)}?question=overall"},
    )

    assert words in text(answer)
    card = Scorecard.objects.get()
    assert (card.submitted_at, card.recommendation) == (None, recommendation)


def test_the_recommendation_is_closed_until_every_score_is_in(
    asked: Interview, pairs: list[UUID], alan: User, browser: Client
) -> None:
    reviewing.save_draft(asked, Draft({pairs[0]: 3}), version=0, by=alan)
    before = text(browser.get(url(asked) + "?question=overall"))
    refused = browser.post(
        url(asked, "submission"),
        {"version": 1, "recommendation": "pass"},
        follow=True,
        headers={"Referer": f"http://testserver{url(asked)}?question=overall"},
    )
    reviewing.save_draft(asked, Draft(dict.fromkeys(pairs, 3)), version=1, by=alan)
    after = text(browser.get(url(asked) + "?question=overall"))

    assert '<fieldset class="field" disabled>' in before
    assert "The recommendation comes last: score every answer first." in text(refused)
    assert '<fieldset class="field">' in after


def test_a_note_can_be_taken_off(asked: Interview, alan: User, browser: Client, stored: Callable[[], Draft]) -> None:
    question = asked.version.questions.get(position=1)
    notes = (Note(question.pk, 1, "first"), Note(question.pk, 5, "second\nline"))
    reviewing.save_draft(asked, Draft({}, notes), version=0, by=alan)

    browser.post(url(asked, "note-removal"), {"version": 1, "note": 1, "question": 1})

    assert [note.text for note in stored().notes] == ["first"]


def test_taking_off_a_note_of_an_old_page_takes_nothing_off(
    asked: Interview, alan: User, browser: Client, stored: Callable[[], Draft]
) -> None:
    question = asked.version.questions.get(position=1)
    reviewing.save_draft(asked, Draft({}, (Note(question.pk, 5, "only"),)), version=0, by=alan)
    reviewing.save_draft(
        asked, Draft({}, (Note(question.pk, 1, "new"), Note(question.pk, 5, "only"))), version=1, by=alan
    )

    browser.post(url(asked, "note-removal"), {"version": 1, "note": 0, "question": 1})

    assert [note.text for note in stored().notes] == ["new", "only"]


def test_a_card_that_is_in_takes_nothing_more(asked: Interview, pairs: list[UUID], alan: User, browser: Client) -> None:
    card = reviewing.save_draft(asked, Draft(dict.fromkeys(pairs, 3), (), "pass"), version=0, by=alan)
    reviewing.submit(asked, version=card.version, by=alan)

    answer = browser.post(
        url(asked, "scorecard"),
        part(pairs, "5", "5", version=1),
        follow=True,
        headers={"Referer": f"http://testserver{url(asked)}"},
    )

    assert "Your card is in already" in text(answer)
    assert {score.value for score in card.scores.all()} == {3}
