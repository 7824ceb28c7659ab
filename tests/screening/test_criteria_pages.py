"""Setting up what a résumé review looks for, and what everybody is asked."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.pipeline.models import Application, JobStage
from screening import criteria, queries
from screening.models import Criterion, KnockoutQuestion


@pytest.fixture
def recruiter(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


def address(review: JobStage, name: str = "criteria", *rows: object) -> str:
    return reverse(f"reviewer:screening:{name}", args=[review.pk, *rows])


def test_a_criterion_is_added_with_its_words_once_each(recruiter: Client, review: JobStage) -> None:
    typed = {"text": "Writes clearly", "need": "should", "terms": "writing,  writes , writing\nclear"}

    recruiter.post(address(review), typed)

    criterion = Criterion.objects.get(text="Writes clearly")
    assert (criterion.terms, criterion.term_list) == ("writing, writes, clear", ["writing", "writes", "clear"])


def test_a_criterion_is_changed_and_taken_out(recruiter: Client, review: JobStage) -> None:
    criterion = review.criteria.all()[0]

    recruiter.post(address(review, "criterion", criterion.pk), {"text": "Has led five", "need": "must", "terms": ""})
    criterion.refresh_from_db()
    assert criterion.text == "Has led five"

    recruiter.post(address(review, "criterion-removal", criterion.pk))
    assert criterion not in queries.criteria(review)


def test_twenty_criteria_are_enough(review: JobStage) -> None:
    for number in range(criteria.MOST - 3):
        criteria.add_criterion(review, text=f"Number {number}", need="must", terms="")

    with pytest.raises(criteria.Enough, match="Twenty criteria"):
        criteria.add_criterion(review, text="One more", need="must", terms="")


def test_a_question_of_choices_knows_which_raise_a_flag(recruiter: Client, review: JobStage) -> None:
    typed = {"text": "Which shifts?", "kind": "choice", "choices": "Days\n! Nights\n\nBoth", "flagged": "no"}

    recruiter.post(address(review, "question-new"), typed)

    question = KnockoutQuestion.objects.get(text="Which shifts?")
    assert (question.choices, question.flags_when) == (["Days", "Nights", "Both"], ["Nights"])


def test_one_choice_is_none(recruiter: Client, review: JobStage) -> None:
    answer = recruiter.post(address(review, "question-new"), {"text": "Which?", "kind": "choice", "choices": "Days"})

    assert "Give at least two answers to choose from" in answer.content.decode()


def test_a_question_somebody_answered_is_replaced(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    asked = review.knockout_questions.get()

    recruiter.post(
        address(review, "question", asked.pk), {"text": "May you work in the EU?", "kind": "yes_no", "flagged": "no"}
    )

    assert [(row.text, row.archived_at is None) for row in review.knockout_questions.order_by("archived_at")] == [
        ("May you work in France without a new permit?", False),
        ("May you work in the EU?", True),
    ]
    assert lovelace.knockout_answers.get().asked == "May you work in France without a new permit?"


def test_a_question_nobody_answered_is_changed(recruiter: Client, review: JobStage) -> None:
    asked = review.knockout_questions.get()

    recruiter.post(address(review, "question", asked.pk), {"text": "Other", "kind": "yes_no", "flagged": ""})

    asked.refresh_from_db()
    assert (asked.text, asked.flags_when) == ("Other", [])


def test_a_question_taken_out_is_asked_no_more(recruiter: Client, review: JobStage) -> None:
    asked = review.knockout_questions.get()

    recruiter.post(address(review, "question-removal", asked.pk))

    assert "Nothing is asked yet" in recruiter.get(address(review)).content.decode()
