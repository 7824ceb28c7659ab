import pytest

from hiring.rubrics import changes, queries, questions, sets
from hiring.rubrics.models import QuestionSetVersion
from tests import factories


def differences(version: QuestionSetVersion) -> list[str]:
    """What the draft that follows ``version`` changes."""
    new, old = queries.loaded().filter(question_set=version.question_set).order_by("-number")
    return changes.differences(new, old)


@pytest.fixture
def next_draft(version: QuestionSetVersion) -> QuestionSetVersion:
    return sets.draft(version.question_set)


def test_a_fresh_draft_differs_in_nothing(version: QuestionSetVersion, next_draft: QuestionSetVersion) -> None:
    assert differences(version) == []


def test_the_first_version_says_how_much_it_asks(version: QuestionSetVersion) -> None:
    assert changes.differences(queries.loaded().get(pk=version.pk), None) == ["2 questions"]


def test_every_kind_of_change_is_named(version: QuestionSetVersion, next_draft: QuestionSetVersion) -> None:
    first, second = next_draft.questions.all()
    kept = [pair.competency for pair in first.competencies.all()]
    questions.edit(first, questions.Content("Rewritten?", kept, retakes=0), revision=0)
    questions.describe_levels(first, {(kept[0].pk, 5): "Better."}, revision=1)
    questions.edit(second, questions.Content(second.text, [factories.competency("Learns")]), revision=0)
    questions.move(second, steps=-1)
    questions.add(questions.Content("One more?"), to=next_draft)
    sets.describe(next_draft.question_set, name="Support lead", intro="Welcome.", seen="")

    assert differences(version) == [
        "1 question added",
        "1 reworded",
        "limits of 1 changed",
        "competencies of 1 changed",
        "anchors of 1 changed",
        "order changed",
        "word before they begin changed",
    ]


def test_a_question_written_again_in_the_same_words_is_the_same(
    version: QuestionSetVersion, next_draft: QuestionSetVersion
) -> None:
    text = next_draft.questions.get(position=2).text
    questions.remove(next_draft.questions.get(position=2))
    factories.question(next_draft, text, "Improves things")

    assert differences(version) == []


def test_a_removed_question_is_named(version: QuestionSetVersion, next_draft: QuestionSetVersion) -> None:
    questions.remove(next_draft.questions.get(position=2))

    assert differences(version) == ["1 question removed"]
