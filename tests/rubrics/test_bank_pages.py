from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hiring.rubrics import questions
from hiring.rubrics.models import Anchor, Competency, Question, QuestionSetVersion
from tests import factories
from tests.rubrics.browsing import MEGABYTE, typed, url


@pytest.mark.parametrize("count", [1, 50])
def test_the_bank_asks_the_same_number_of_queries(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        factories.question(None, f"Question {number}?", "Learns", "Leads")

    with django_assert_num_queries(10):
        admin.get(url("bank"))


def test_questions_of_the_bank_are_copied_into_a_draft(admin: Client, draft: QuestionSetVersion) -> None:
    saved = factories.question(None, "From the bank?", "Learns")

    admin.post(url("set-bank", draft.question_set_id), {"questions": [str(saved.pk)]})

    copied = draft.questions.get(position=3)
    assert (copied.text, copied.origin) == ("From the bank?", saved)
    assert Anchor.objects.filter(pair__question=copied).count() == 3


@pytest.mark.parametrize("field", ["published", "unknown"])
def test_only_questions_of_the_bank_are_copied(
    admin: Client, draft: QuestionSetVersion, version: QuestionSetVersion, field: str
) -> None:
    asked = {"published": str(version.questions.get(position=1).pk), "unknown": str(uuid4())}[field]

    response = admin.post(url("set-bank", draft.question_set_id), {"questions": [asked]})

    assert response.context["form"].errors["questions"] == ["One of these questions is not in the bank any more."]
    assert draft.questions.count() == 2


def test_archived_questions_are_not_offered_for_a_draft(admin: Client, draft: QuestionSetVersion) -> None:
    questions.archive(factories.question(None, "Forgotten?", "Leads"))

    response = admin.get(url("set-bank", draft.question_set_id), {"status": "archived"})

    assert response.context["rows"] == []
    assert "status" not in response.context["filters"].fields


def test_ticking_nothing_is_said(admin: Client, draft: QuestionSetVersion) -> None:
    response = admin.post(url("set-bank", draft.question_set_id), {})

    assert response.context["form"].errors["questions"] == ["Tick at least one question."]


def test_a_question_is_saved_to_the_bank(admin: Client, draft: QuestionSetVersion) -> None:
    response = admin.post(url("question-to-bank", draft.questions.get(position=1).pk))

    saved = Question.objects.get(version=None)
    assert response["Location"] == url("question", saved.pk)


def test_the_bank_is_filtered(admin: Client) -> None:
    french = factories.question(None, "Et ensuite ?", "Learns", role_family="Sales", language="fr")
    old = factories.question(None, "Forgotten?", "Leads")
    questions.archive(old)
    english = factories.question(None, "And then?", "Leads", role_family="Support")

    def found(**filters: str) -> list[Question]:
        return [question for question, _pairs in admin.get(url("bank"), filters).context["rows"]]

    assert found() == [english, french]
    assert found(q="ENSUITE") == [french]
    assert found(competency=str(factories.competency("Leads").pk)) == [english]
    assert found(role_family="Sales") == [french]
    assert found(language="fr") == [french]
    assert found(status="archived") == [old]
    assert found(q="nobody asked this") == []


@pytest.mark.parametrize("field", ["q", "competency", "role_family", "language", "status", "page"])
@pytest.mark.parametrize("value", ["\x00", "a" * 5000, "-1"])
def test_a_filter_that_cannot_be_read_shows_the_bank(admin: Client, field: str, value: str) -> None:
    factories.question(None, "And then?", "Leads")

    assert admin.get(url("bank"), {field: value}).status_code == 200


def test_a_question_of_the_bank_says_for_whom_it_is(admin: Client) -> None:
    question = factories.question(None, "And then?", "Leads")

    admin.post(url("question", question.pk), typed(question, role_family="Support", language="de"))

    question.refresh_from_db()
    assert (question.role_family, question.language) == ("Support", "de")


def test_a_draft_question_keeps_what_the_bank_said(admin: Client, draft: QuestionSetVersion) -> None:
    saved = factories.question(None, "Et ensuite ?", "Learns", role_family="Sales", language="fr")
    copied = questions.copy(saved, to=draft)

    admin.post(url("question", copied.pk), typed(copied, retakes="0"))

    copied.refresh_from_db()
    assert (copied.role_family, copied.language, copied.retakes) == ("Sales", "fr", 0)


def test_archiving_a_question_of_the_bank_and_back(admin: Client) -> None:
    question = factories.question(None, "And then?", "Leads")

    admin.post(url("question-archive", question.pk))
    question.refresh_from_db()
    assert question.archived_at is not None

    admin.post(url("question-archive", question.pk), {"archived": "no"})
    question.refresh_from_db()
    assert question.archived_at is None


def test_competencies_are_added_reworded_and_removed(admin: Client) -> None:
    admin.post(url("competency-new"), {"name": "Learns", "description": "Asks, tries, asks again."})
    competency = Competency.objects.get()

    admin.post(url("competency", competency.pk), {"name": "Learns fast", "description": ""})
    assert Competency.objects.get().name == "Learns fast"

    admin.post(url("competency-removal", competency.pk))
    assert not Competency.objects.exists()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "This field is required."),
        ("HANDLES conflict", "There is a competency called “HANDLES conflict” already."),
        ("Learns\x00", "There is a character in here that cannot be shown. Please type the text again."),
        (MEGABYTE, "Please shorten this: 80 characters fit here, and this is 1000000."),
    ],
    ids=["empty", "taken", "nul", "megabyte"],
)
def test_a_competency_that_cannot_be_is_explained(
    admin: Client, version: QuestionSetVersion, name: str, error: str
) -> None:
    response = admin.post(url("competency-new"), {"name": name})

    assert response.context["form"].errors["name"] == [error]


def test_a_published_competency_keeps_its_name(admin: Client, version: QuestionSetVersion) -> None:
    competency = Competency.objects.get(name="Improves things")

    response = admin.post(url("competency", competency.pk), {"name": "Tidies up"})

    assert "so its name stays" in response.context["form"].errors["name"][0]
