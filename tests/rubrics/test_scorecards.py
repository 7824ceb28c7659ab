from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics import assignments, scorecards
from hiring.rubrics.models import (
    Assessment,
    EvidenceNote,
    Question,
    QuestionCompetency,
    QuestionSetVersion,
    Score,
    Scorecard,
)
from hiring.rubrics.scorecards import Draft, Note
from tests import factories


@pytest.fixture
def assessment(application: Application, version: QuestionSetVersion, alan: User) -> Assessment:
    made = factories.submitted(application, version).assessment
    assignments.assign(made, alan)
    return made


@pytest.fixture
def pairs(version: QuestionSetVersion) -> list[UUID]:
    """The three pairs of the version, in order."""
    asked = QuestionCompetency.objects.filter(question__version=version)
    return list(asked.order_by("question__position", "position").values_list("pk", flat=True))


@pytest.fixture
def question(version: QuestionSetVersion) -> Question:
    return version.questions.get(position=1)


@pytest.fixture
def save(assessment: Assessment, pairs: list[UUID], alan: User) -> Callable[..., Scorecard]:
    def saving(
        draft: Draft, *, version: int | None = None, by: User = alan, among: list[UUID] | None = None
    ) -> Scorecard:
        card = scorecards.own(assessment, by)
        known = (card.version if card else 0) if version is None else version
        return scorecards.save(assessment, draft, version=known, pairs=pairs if among is None else among, by=by)

    return saving


@pytest.fixture
def submit(assessment: Assessment, pairs: list[UUID], alan: User) -> Callable[..., Scorecard]:
    def submitting(*, version: int | None = None, among: list[UUID] | None = None) -> Scorecard:
        card = scorecards.own(assessment, alan)
        known = (card.version if card else 0) if version is None else version
        return scorecards.submit(assessment, version=known, pairs=pairs if among is None else among, by=alan)

    return submitting


def full(pairs: list[UUID], **more: Any) -> Draft:
    return Draft({pairs[0]: 4, pairs[1]: None, pairs[2]: 2}, **more)


def test_the_first_save_opens_the_card(
    save: Callable[..., Scorecard], pairs: list[UUID], question: Question, assessment: Assessment, alan: User
) -> None:
    draft = Draft({pairs[0]: 4, pairs[1]: None}, (Note(question.pk, 12.5, "Called her back."),))

    card = save(draft)

    assert card.version == 1
    assert scorecards.read(scorecards.own(assessment, alan)) == draft
    assert Score.objects.get(pair=pairs[1]).no_evidence


def test_a_save_replaces_the_whole_card(
    save: Callable[..., Scorecard], pairs: list[UUID], question: Question, assessment: Assessment, alan: User
) -> None:
    save(Draft({pairs[0]: 4, pairs[1]: 1}, (Note(question.pk, 3, "one"), Note(question.pk, 5, "two"))))

    save(Draft({pairs[0]: 5}, (Note(question.pk, 5, "two"), Note(question.pk, Note.NO_MOMENT, "three"))))

    stored = scorecards.read(scorecards.own(assessment, alan))
    assert stored.scores == {pairs[0]: 5}
    assert {note.text for note in stored.notes} == {"two", "three"}


def test_notes_that_stay_keep_their_row(save: Callable[..., Scorecard], pairs: list[UUID], question: Question) -> None:
    save(Draft({}, (Note(question.pk, 5, "stays"),)))
    kept = EvidenceNote.objects.get()

    save(Draft({pairs[0]: 3}, (Note(question.pk, 5, "stays"), Note(question.pk, 9, "new"))))

    assert EvidenceNote.objects.get(text="stays") == kept


def test_the_same_draft_sent_again_is_one_save(save: Callable[..., Scorecard], pairs: list[UUID]) -> None:
    draft = Draft({pairs[0]: 4})
    save(draft, version=0)

    again = save(draft, version=0)

    assert again.version == 1


def test_of_two_tabs_the_second_is_shown_both_values(save: Callable[..., Scorecard], pairs: list[UUID]) -> None:
    save(Draft({pairs[0]: 4}), version=0)

    with pytest.raises(scorecards.VersionConflict) as refused:
        save(Draft({pairs[0]: 2}), version=0)

    assert refused.value.detail["version"] == 1
    assert refused.value.detail["stored"] == Draft({pairs[0]: 4}).as_json()
    assert refused.value.detail["yours"] == Draft({pairs[0]: 2}).as_json()
    assert Score.objects.get().value == 4


def test_who_is_not_assigned_has_no_card(save: Callable[..., Scorecard], pairs: list[UUID], grace: User) -> None:
    with pytest.raises(assignments.NotAssigned):
        save(Draft({pairs[0]: 4}), by=grace)

    assert not Scorecard.objects.filter(reviewer=grace).exists()


def test_who_was_released_cannot_write_and_finds_the_draft_when_asked_again(
    save: Callable[..., Scorecard], pairs: list[UUID], assessment: Assessment, alan: User
) -> None:
    save(Draft({pairs[0]: 4}))
    assignments.release(assessment, alan)

    with pytest.raises(assignments.NotAssigned):
        save(Draft({pairs[0]: 5}))
    assignments.assign(assessment, alan)

    assert scorecards.read(scorecards.own(assessment, alan)).scores == {pairs[0]: 4}


def test_a_pair_without_an_answer_cannot_be_scored(save: Callable[..., Scorecard], pairs: list[UUID]) -> None:
    with pytest.raises(scorecards.NotScoreable):
        save(Draft({pairs[2]: 4}), among=pairs[:2])


def test_a_note_on_another_interviews_question_is_refused(save: Callable[..., Scorecard], ada: User) -> None:
    elsewhere = factories.published("Other", ("Why?", "Curiosity"), by=ada).questions.get()

    with pytest.raises(scorecards.NotScoreable):
        save(Draft({}, (Note(elsewhere.pk, 1, "text"),)))


def test_more_notes_than_a_card_holds_are_refused(save: Callable[..., Scorecard], question: Question) -> None:
    many = tuple(Note(question.pk, place, "text") for place in range(scorecards.MOST_NOTES + 1))

    with pytest.raises(scorecards.TooManyNotes, match="holds 200 notes"):
        save(Draft({}, many))


def test_the_recommendation_comes_after_every_score(save: Callable[..., Scorecard], pairs: list[UUID]) -> None:
    with pytest.raises(scorecards.ScoresFirst):
        save(Draft({pairs[0]: 4}, recommendation="pass"))

    assert save(full(pairs, recommendation="pass")).recommendation == "pass"


def test_handing_in(save: Callable[..., Scorecard], submit: Callable[..., Scorecard], pairs: list[UUID]) -> None:
    save(full(pairs, recommendation="pass"))

    assert submit().submitted_at is not None


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_handing_in_is_refused_while_a_score_is_missing(
    save: Callable[..., Scorecard], submit: Callable[..., Scorecard], pairs: list[UUID], left_out: int
) -> None:
    some = {pair: 3 for place, pair in enumerate(pairs) if place != left_out}
    save(Draft(some))

    with pytest.raises(scorecards.ScoresMissing) as refused:
        submit()

    assert refused.value.detail["missing"] == [str(pairs[left_out])]


def test_what_nobody_answered_needs_no_score(
    save: Callable[..., Scorecard], submit: Callable[..., Scorecard], pairs: list[UUID]
) -> None:
    save(Draft({pairs[0]: 4, pairs[1]: 3}, recommendation="pass"), among=pairs[:2])

    assert submit(among=pairs[:2]).submitted_at is not None


def test_no_evidence_everywhere_is_a_complete_card(
    save: Callable[..., Scorecard], submit: Callable[..., Scorecard], pairs: list[UUID]
) -> None:
    save(Draft(dict.fromkeys(pairs), recommendation="hold", reason="Nothing to hear."))

    assert submit().submitted_at is not None


def test_handing_in_needs_a_recommendation(
    save: Callable[..., Scorecard], submit: Callable[..., Scorecard], pairs: list[UUID]
) -> None:
    save(full(pairs))

    with pytest.raises(scorecards.RecommendationMissing):
        submit()


@pytest.mark.parametrize("recommendation", ["hold", "no"])
@pytest.mark.parametrize("reason", ["", " \n "])
def test_hold_and_no_need_a_reason(
    save: Callable[..., Scorecard],
    submit: Callable[..., Scorecard],
    pairs: list[UUID],
    recommendation: str,
    reason: str,
) -> None:
    save(full(pairs, recommendation=recommendation, reason=reason))

    with pytest.raises(scorecards.ReasonMissing):
        submit()

    save(full(pairs, recommendation=recommendation, reason="Gave no situation."))
    assert submit().submitted_at is not None


def test_handing_in_another_version_than_one_saw_is_refused(
    save: Callable[..., Scorecard], submit: Callable[..., Scorecard], pairs: list[UUID]
) -> None:
    save(full(pairs, recommendation="pass"))

    with pytest.raises(scorecards.VersionConflict):
        submit(version=0)


def test_handing_in_without_a_card_says_what_is_missing(submit: Callable[..., Scorecard]) -> None:
    with pytest.raises(scorecards.ScoresMissing):
        submit()


def test_a_card_is_handed_in_once_and_then_stays(
    save: Callable[..., Scorecard], submit: Callable[..., Scorecard], pairs: list[UUID]
) -> None:
    save(full(pairs, recommendation="pass"))
    submit()

    with pytest.raises(scorecards.AlreadySubmitted):
        submit()
    with pytest.raises(scorecards.AlreadySubmitted):
        save(full(pairs, recommendation="no", reason="Changed my mind."))


@pytest.mark.parametrize(
    "change",
    [
        lambda card: Scorecard.objects.filter(pk=card.pk).update(reason="other"),
        lambda card: card.scores.update(value=5, no_evidence=False),
        lambda card: card.scores.all().delete(),
        lambda card: card.notes.update(text="other"),
        lambda card: card.notes.all().delete(),
        lambda card: card.notes.create(question=card.assessment.version.questions.get(position=1), text="late"),
        lambda card: card.delete(),
    ],
    ids=["card", "score", "score gone", "note", "note gone", "note added", "card gone"],
)
def test_the_database_keeps_a_card_that_is_in(
    save: Callable[..., Scorecard],
    submit: Callable[..., Scorecard],
    pairs: list[UUID],
    question: Question,
    change: Callable[[Scorecard], object],
) -> None:
    save(full(pairs, notes=(Note(question.pk, 1, "text"),), recommendation="pass"))
    card = submit()

    with pytest.raises(IntegrityError, match="a submitted scorecard never changes"), transaction.atomic():
        change(card)


def test_line_ends_and_space_make_no_difference(
    save: Callable[..., Scorecard], question: Question, assessment: Assessment, alan: User
) -> None:
    save(Draft({}, (Note(question.pk, 1, "one\r\ntwo "),)))

    again = save(Draft({}, (Note(question.pk, 1.04, "one\ntwo"),)), version=0)

    assert again.version == 1


def test_an_unknown_pair_is_refused(save: Callable[..., Scorecard]) -> None:
    with pytest.raises(scorecards.NotScoreable):
        save(Draft({uuid4(): 3}))
