from typing import Any

import pytest
from django.test import Client

from hiring.rubrics import questions
from hiring.rubrics.models import Anchor, Competency, Question, QuestionSetVersion
from tests import factories
from tests.rubrics.browsing import MEGABYTE, opened, said, typed, url


def test_a_question_is_written_then_anchored(admin: Client, draft: QuestionSetVersion) -> None:
    response = admin.post(
        url("question-new", draft.question_set_id), typed(new_competency="Learns", think_seconds="unlimited")
    )

    made = draft.questions.get(position=3)
    assert response["Location"] == url("anchors", made.pk)
    assert (made.think_seconds, made.answer_seconds, made.retakes, made.required) == (None, 120, 2, True)
    learns = Competency.objects.get(name="Learns")

    admin.post(
        response["Location"],
        {"revision": "0", f"{learns.pk}-1": "Waits.", f"{learns.pk}-3": "Asks.", f"{learns.pk}-5": "Tries and asks."},
    )

    assert [anchor.text for anchor in Anchor.objects.filter(pair__question=made)] == [
        "Tries and asks.",
        "Asks.",
        "Waits.",
    ]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("text", "", "This field is required."),
        ("text", "Why\x00us?", "There is a character in here that cannot be shown. Please type the text again."),
        ("text", MEGABYTE, "Please shorten this: 600 characters fit here, and this is 1000000."),
        ("think_seconds", "301", "Choose a thinking time from none to five minutes, or no limit."),
        ("think_seconds", "-1", "Choose a thinking time from none to five minutes, or no limit."),
        ("think_seconds", "6\x000", "Choose a thinking time from none to five minutes, or no limit."),
        ("think_seconds", "9" * 5000, "Choose a thinking time from none to five minutes, or no limit."),
        ("answer_seconds", "29", "Choose a longest answer from 30 seconds to ten minutes."),
        ("answer_seconds", "601", "Choose a longest answer from 30 seconds to ten minutes."),
        ("answer_seconds", "unlimited", "Choose a longest answer from 30 seconds to ten minutes."),
        ("retakes", "11", "Choose from no to ten retakes, or no limit."),
        ("competencies", ["6f9d9bb1-8a8f-4e0c-9d0f-6f3f6d1a2b11"], "One of these competencies is not there any more."),
        ("competencies", ["nonsense"], "“nonsense” is not a valid UUID."),
        ("new_competency", "handles CONFLICT", "“handles CONFLICT” is on the list above: tick it there."),
        ("new_competency", MEGABYTE, "Please shorten this: 80 characters fit here, and this is 1000000."),
    ],
)
def test_a_question_that_cannot_be_is_explained_and_kept_on_the_page(
    admin: Client, draft: QuestionSetVersion, field: str, value: Any, error: str
) -> None:
    response = admin.post(url("question-new", draft.question_set_id), typed(**{field: value}))

    assert response.status_code == 422
    assert error in [message for messages in response.context["form"].errors.values() for message in messages]
    assert draft.questions.count() == 2


def test_recording_cannot_start_by_itself_after_unlimited_time(admin: Client, draft: QuestionSetVersion) -> None:
    response = admin.post(url("question-new", draft.question_set_id), typed(think_seconds="unlimited", auto_start="on"))

    assert response.context["form"].errors["auto_start"] == [
        "Recording can only start by itself when thinking time has a limit."
    ]


def test_a_fourth_competency_is_refused_on_the_page(admin: Client, draft: QuestionSetVersion) -> None:
    four = [str(factories.competency(name).pk) for name in ("Learns", "Leads", "Listens", "Lasts")]

    response = admin.post(url("question-new", draft.question_set_id), typed(competencies=four))

    assert response.context["form"].errors["competencies"] == [
        "Three at most: nobody can listen for more in one answer."
    ]


def test_a_new_competency_is_not_kept_without_its_question(admin: Client, draft: QuestionSetVersion) -> None:
    for number in range(3, 11):
        factories.question(draft, f"Question {number}?", "Learns")

    response = admin.post(url("question-new", draft.question_set_id), typed(new_competency="Leads"))

    assert said(response).startswith("A question set holds at most 10 questions")
    assert not Competency.objects.filter(name="Leads").exists()


def test_an_unusual_limit_is_offered_and_kept(admin: Client, draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)
    Question.objects.filter(pk=question.pk).update(answer_seconds=75)

    page = admin.get(url("question", question.pk)).content.decode()
    admin.post(url("question", question.pk), typed(question, answer_seconds="75"))

    assert '<option value="75" selected>1 min 15 s</option>' in page
    question.refresh_from_db()
    assert question.answer_seconds == 75


def test_the_second_editor_sees_both_and_loses_nothing(admin: Client, draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)
    second = typed(question, text="What the second one wrote?")
    questions.edit(
        question,
        questions.Content("What the first one wrote?", [factories.competency("Learns")], think_seconds=30),
        revision=0,
    )

    response = admin.post(url("question", question.pk), second)

    assert response.status_code == 409
    form = response.context["form"]
    assert form.theirs == {
        "text": "What the first one wrote?",
        "think_seconds": "30 s",
        "competencies": "Learns",
    }
    page = response.content.decode()
    assert "What the second one wrote?</textarea>" in page
    assert "What the first one wrote?" in page
    assert Question.objects.get(pk=question.pk).text == "What the first one wrote?"

    again = admin.post(url("question", question.pk), second | {"revision": form["revision"].value()})

    assert again.status_code == 302
    assert Question.objects.get(pk=question.pk).text == "What the second one wrote?"


def test_an_edit_that_does_not_say_where_it_started_overwrites_nothing(
    admin: Client, draft: QuestionSetVersion
) -> None:
    question = draft.questions.get(position=1)
    sent = typed(question, text="From nowhere?")
    questions.edit(question, questions.Content("What the first one wrote?"), revision=0)

    response = admin.post(url("question", question.pk), sent | {"revision": ""})

    assert response.status_code == 409
    assert Question.objects.get(pk=question.pk).text == "What the first one wrote?"


def test_what_only_the_first_editor_changed_is_taken_over(admin: Client, draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)
    second = opened(admin.get(url("question", question.pk))) | {"text": ["What the second one wrote?"]}
    learns = factories.competency("Learns")
    questions.edit(
        question,
        questions.Content(question.text, [learns], think_seconds=None, answer_seconds=90, required=False),
        revision=0,
    )

    conflict = admin.post(url("question", question.pk), second)
    assert conflict.context["form"].theirs == {}

    again = admin.post(url("question", question.pk), opened(conflict))

    assert again.status_code == 302
    assert questions.content_of(Question.objects.get(pk=question.pk)) == questions.Content(
        "What the second one wrote?", [learns], think_seconds=None, answer_seconds=90, required=False
    )


def test_anchors_that_only_the_first_wrote_are_taken_over(admin: Client, draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=2)
    competency = question.competencies.get().competency_id
    second = opened(admin.get(url("anchors", question.pk))) | {f"{competency}-5": ["The second one’s."]}
    questions.describe_levels(question, {(competency, 1): "The first one’s."}, revision=0)

    conflict = admin.post(url("anchors", question.pk), second)
    admin.post(url("anchors", question.pk), opened(conflict))

    assert [anchor.text for anchor in Anchor.objects.filter(pair__question=question)] == [
        "The second one’s.",
        "Improves things at 3",
        "The first one’s.",
    ]


def test_the_second_to_write_anchors_sees_both(admin: Client, draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=2)
    competency = question.competencies.get().competency
    questions.describe_levels(question, {(competency.pk, 1): "The first one’s."}, revision=0)

    response = admin.post(
        url("anchors", question.pk),
        {
            "revision": "0",
            f"{competency.pk}-1": "The second one’s.",
            f"{competency.pk}-3": "Improves things at 3",
            f"{competency.pk}-5": "Improves things at 5",
        },
    )

    assert response.status_code == 409
    assert response.context["form"].theirs == {f"{competency.pk}-1": "The first one’s."}
    assert "The second one’s." in response.content.decode()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("\x00", "There is a character in here that cannot be shown. Please type the text again."),
        (MEGABYTE, "Please shorten this: 400 characters fit here, and this is 1000000."),
    ],
    ids=["nul", "megabyte"],
)
def test_an_anchor_that_cannot_be_is_explained(
    admin: Client, draft: QuestionSetVersion, words: str, error: str
) -> None:
    question = draft.questions.get(position=2)
    field = f"{question.competencies.get().competency_id}-3"

    response = admin.post(url("anchors", question.pk), {"revision": "0", field: words})

    assert response.status_code == 422
    assert response.context["form"].errors[field] == [error]
    assert Anchor.objects.filter(pair__question=question).count() == 3


def test_line_ends_of_browsers_are_counted_once(admin: Client, draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=2)
    competency = question.competencies.get().competency_id
    text = "a\r\n" * 199 + "ab"  # 400 characters as people count

    admin.post(url("anchors", question.pk), {"revision": "0", f"{competency}-1": text})

    assert Anchor.objects.get(pair__question=question).text == text.replace("\r\n", "\n")


@pytest.mark.parametrize("name", ["question", "anchors"])
def test_a_published_question_is_not_opened_for_editing(admin: Client, version: QuestionSetVersion, name: str) -> None:
    question = version.questions.get(position=1)

    response = admin.get(url(name, question.pk))

    assert response["Location"] == url("set", version.question_set_id)
    assert said(response) == "This set has no draft. Start a new draft to change something."


def test_questions_change_places_with_plain_buttons(admin: Client, draft: QuestionSetVersion) -> None:
    first, second = draft.questions.all()

    response = admin.post(url("position", second.pk), {"to": "up"})

    assert response["Location"] == url("set", draft.question_set_id)
    assert list(draft.questions.all()) == [second, first]


def test_a_place_that_does_not_exist_is_not_found(admin: Client, draft: QuestionSetVersion) -> None:
    assert admin.post(url("position", draft.questions.get(position=1).pk), {"to": "left"}).status_code == 404


def test_htmx_gets_the_versions_alone(admin: Client, draft: QuestionSetVersion) -> None:
    response = admin.get(url("set", draft.question_set_id), headers={"HX-Request": "true"})

    page = response.content.decode()
    assert page.strip().startswith('<div class="versions" id="versions"')
    assert "<html" not in page


def test_the_estimate_follows_the_limits_being_chosen(admin: Client, draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)

    response = admin.get(
        url("estimate", draft.question_set_id),
        {"question": str(question.pk), "think_seconds": "unlimited", "answer_seconds": "600"},
    )

    assert "candidate 19 min · reviewer 10 min each" in response.content.decode()


def test_an_estimate_of_nonsense_changes_nothing(admin: Client, draft: QuestionSetVersion) -> None:
    assert admin.get(url("estimate", draft.question_set_id), {"think_seconds": "\x00"}).status_code == 204
