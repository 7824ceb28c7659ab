from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.rubrics import drafts, questions, sets
from hiring.rubrics.models import Anchor, Competency, Question, QuestionSetVersion
from tests import factories


@pytest.fixture
def calm(db: None) -> Competency:
    return factories.competency("Stays calm")


def texts(version: QuestionSetVersion) -> list[str]:
    return [question.text for question in version.questions.all()]


def anchors(question: Question) -> list[tuple[str, int, str]]:
    return [
        (pair.competency.name, anchor.level, anchor.text)
        for pair in question.competencies.all()
        for anchor in pair.anchors.all()
    ]


def test_a_question_is_added_at_the_end(draft: QuestionSetVersion, calm: Competency) -> None:
    added = questions.add(questions.Content("What would you change first?", [calm]), to=draft)

    assert texts(draft)[-1] == "What would you change first?"
    assert [pair.competency for pair in added.competencies.all()] == [calm]
    draft.refresh_from_db()
    assert draft.revision == 1


def test_the_defaults_are_the_policy(draft: QuestionSetVersion) -> None:
    added = questions.add(questions.Content("Why us?"), to=draft)

    added.refresh_from_db()
    assert (added.think_seconds, added.auto_start, added.answer_seconds, added.retakes, added.required) == (
        60,
        False,
        120,
        2,
        True,
    )


def test_the_eleventh_question_is_refused(draft: QuestionSetVersion) -> None:
    for number in range(3, 11):
        questions.add(questions.Content(f"Question {number}?"), to=draft)

    with pytest.raises(questions.TooMany, match="at most 10 questions"):
        questions.add(questions.Content("One more?"), to=draft)

    assert draft.questions.count() == 10


def test_a_fourth_competency_is_refused(draft: QuestionSetVersion, calm: Competency) -> None:
    many = [calm, *(Competency.objects.create(name=name) for name in ("Learns", "Leads", "Listens"))]

    with pytest.raises(questions.TooMany, match="three competencies at most"), transaction.atomic():
        questions.add(questions.Content("Why us?", many), to=draft)

    assert draft.questions.count() == 2


def test_an_edit_keeps_the_anchors_of_competencies_that_stay(draft: QuestionSetVersion, calm: Competency) -> None:
    question = draft.questions.get(position=1)
    kept = question.competencies.get(position=1).competency

    questions.edit(question, questions.Content("And now?", [kept, calm], retakes=None), revision=0)

    question.refresh_from_db()
    assert (question.text, question.retakes, question.revision) == ("And now?", None, 1)
    assert anchors(question) == [(kept.name, level, f"{kept.name} at {level}") for level in (5, 3, 1)]
    assert [pair.competency for pair in question.competencies.all()] == [kept, calm]


def test_the_second_of_two_editors_changes_nothing(draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)
    questions.edit(question, questions.Content("First of two?"), revision=0)

    with pytest.raises(drafts.EditedMeanwhile):
        questions.edit(question, questions.Content("Second of two?"), revision=0)

    question.refresh_from_db()
    assert question.text == "First of two?"


def test_moving_a_question_does_not_disturb_who_edits_it(draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)
    questions.move(question, steps=1)

    questions.edit(question, questions.Content("Still mine?"), revision=0)

    assert texts(draft) == ["Walk us through a process you improved.", "Still mine?"]


def test_levels_are_described_and_cleared(draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=2)
    competency = question.competencies.get().competency

    questions.describe_levels(
        question, {(competency.pk, 5): "Shows the figures before and after.", (competency.pk, 3): ""}, revision=0
    )

    assert anchors(question) == [
        ("Improves things", 5, "Shows the figures before and after."),
        ("Improves things", 1, "Improves things at 1"),
    ]


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_off_the_scale_is_refused(draft: QuestionSetVersion, level: int) -> None:
    question = draft.questions.get(position=2)
    competency = question.competencies.get().competency

    with pytest.raises(Refusal, match="Nothing was saved"), transaction.atomic():
        questions.describe_levels(question, {(competency.pk, level): "?"}, revision=0)


def test_a_competency_the_question_is_not_scored_on_is_refused(draft: QuestionSetVersion, calm: Competency) -> None:
    question = draft.questions.get(position=2)

    with pytest.raises(Refusal, match="not scored on that any more"), transaction.atomic():
        questions.describe_levels(question, {(calm.pk, 5): "Breathes."}, revision=0)


def test_a_copy_says_and_allows_the_same(draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)

    saved = questions.save_to_bank(question)
    back = questions.copy(saved, to=draft)

    assert saved.version is None
    assert questions.content_of(saved) == questions.content_of(question) == questions.content_of(back)
    assert anchors(saved) == anchors(question) == anchors(back)
    assert (back.position, back.origin) == (3, saved)


def test_the_same_words_are_in_the_bank_once(draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)
    questions.save_to_bank(question)

    with pytest.raises(Refusal, match="in the bank already"):
        questions.save_to_bank(question)


def test_a_question_moves_up_and_down_and_stops_at_the_ends(draft: QuestionSetVersion) -> None:
    first, second = draft.questions.all()

    questions.move(second, steps=-1)
    assert [question.pk for question in draft.questions.all()] == [second.pk, first.pk]

    questions.move(second, steps=-1)
    questions.move(second, steps=1)
    questions.move(second, steps=1)
    assert [question.pk for question in draft.questions.all()] == [first.pk, second.pk]


def test_a_removed_question_leaves_the_rest_in_order(draft: QuestionSetVersion) -> None:
    first, second = draft.questions.all()

    questions.remove(first)
    questions.add(questions.Content("Last?"), to=draft)

    assert texts(draft) == [second.text, "Last?"]


def test_removing_it_twice_is_said(draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=1)
    questions.remove(Question.objects.get(pk=question.pk))

    with pytest.raises(Refusal, match="removed meanwhile"):
        questions.remove(question)


def test_a_question_of_the_bank_is_archived_and_comes_back(calm: Competency) -> None:
    question = questions.add(questions.Content("Why us?", [calm]), to=None)

    assert questions.archive(question).archived_at is not None
    assert questions.unarchive(question).archived_at is None
    with pytest.raises(Refusal, match="archived, not removed"):
        questions.remove(question)


def test_removing_what_a_published_clone_came_from_leaves_the_clone_alone(draft: QuestionSetVersion, ada: User) -> None:
    twin = sets.clone(draft, name="Support lead, Lyon").versions.get()
    sets.publish(twin, by=ada, revision=twin.questions.count())

    questions.remove(draft.questions.get(position=1))

    assert len(texts(twin)) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda question: questions.add(questions.Content("New?"), to=question.version),
        lambda question: questions.edit(question, questions.Content("Other?"), revision=0),
        lambda question: questions.describe_levels(question, {(uuid4(), 1): "Other"}, revision=0),
        lambda question: questions.copy(question, to=question.version),
        lambda question: questions.move(question, steps=1),
        questions.remove,
    ],
    ids=["add", "edit", "describe_levels", "copy", "move", "remove"],
)
def test_what_is_published_refuses_every_change(
    version: QuestionSetVersion, change: Callable[[Question], object]
) -> None:
    question = version.questions.get(position=1)

    with pytest.raises(drafts.Published, match="Version 1 is published and stays as it is"):
        change(question)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rubrics_questionsetversion SET intro = 'other'",
        "DELETE FROM rubrics_questionsetversion",
        "UPDATE rubrics_question SET text = 'other'",
        "UPDATE rubrics_question SET version_id = NULL",
        "UPDATE rubrics_questioncompetency SET position = 9",
        "DELETE FROM rubrics_questioncompetency",
        "UPDATE rubrics_anchor SET text = 'other'",
        "DELETE FROM rubrics_anchor",
    ],
)
def test_the_database_itself_keeps_a_published_version(version: QuestionSetVersion, statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="a published version never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_lets_nothing_into_a_published_version(version: QuestionSetVersion) -> None:
    pair = version.questions.get(position=1).competencies.all()[0]

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Question.objects.create(version=version, position=9, text="Smuggled in?")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Anchor.objects.create(pair=pair, level=2, text="Smuggled in")


def test_a_question_cannot_be_moved_into_a_published_version(version: QuestionSetVersion) -> None:
    loose = factories.question(None, "From the bank?", "Learns")

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Question.objects.filter(pk=loose.pk).update(version=version, position=9)


def test_an_anchor_of_a_question_that_is_gone_changes_nothing(draft: QuestionSetVersion) -> None:
    question = draft.questions.get(position=2)

    with pytest.raises(Refusal), transaction.atomic():
        questions.describe_levels(question, {(uuid4(), 1): "Nobody"}, revision=0)

    draft.refresh_from_db()
    assert draft.revision == 0


def test_probes_go_where_the_question_goes(draft: QuestionSetVersion, ada: User) -> None:
    asked = questions.add(questions.Content("Why us?", probes="Since when?\n\n Who told you? "), to=draft)

    copied = questions.copy(asked, to=draft)

    assert copied.probe_lines == ["Since when?", "Who told you?"]
    assert questions.content_of(copied).probes == asked.probes
