import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.rubrics import drafts, questions, sets
from hiring.rubrics.models import Anchor, QuestionSet, QuestionSetVersion
from tests import factories


def test_a_new_set_starts_with_an_empty_draft(db: None) -> None:
    version = sets.create("Support lead").versions.get()

    assert (version.number, version.published_at, version.questions.count()) == (1, None, 0)


def test_publishing_says_who_and_when(draft: QuestionSetVersion, ada: User) -> None:
    published = sets.publish(draft, by=ada, revision=0)

    assert published.published_by == ada
    assert published.published_at is not None


def test_publishing_names_each_anchor_that_is_missing(draft: QuestionSetVersion, ada: User) -> None:
    Anchor.objects.filter(pair__competency__name="Explains clearly", level=3).delete()
    Anchor.objects.filter(pair__competency__name="Improves things", level__in=[1, 5]).delete()

    with pytest.raises(sets.Incomplete) as refusal:
        sets.publish(draft, by=ada, revision=0)

    assert str(refusal.value) == (
        "Not published yet."
        " Question 1, Explains clearly: say what an average answer (3) sounds like."
        " Question 2, Improves things: say what a weak answer (1) sounds like."
        " Question 2, Improves things: say what a strong answer (5) sounds like."
    )
    draft.refresh_from_db()
    assert draft.published_at is None


def test_anchors_at_two_and_four_are_optional(draft: QuestionSetVersion) -> None:
    assert sets.gaps_in(draft) == []


def test_publishing_names_a_question_scored_on_nothing(draft: QuestionSetVersion, ada: User) -> None:
    questions.add(questions.Content("Why us?"), to=draft)

    with pytest.raises(sets.Incomplete, match=r"Question 3 is not scored on any competency yet\."):
        sets.publish(draft, by=ada, revision=1)


def test_an_empty_set_is_not_published(ada: User) -> None:
    version = sets.create("Support lead").versions.get()

    with pytest.raises(sets.Incomplete, match="Add at least one question"):
        sets.publish(version, by=ada, revision=0)


def test_publishing_twice_is_refused(draft: QuestionSetVersion, ada: User) -> None:
    sets.publish(draft, by=ada, revision=0)

    with pytest.raises(drafts.Published):
        sets.publish(draft, by=ada, revision=0)


def test_nobody_publishes_words_they_have_not_seen(draft: QuestionSetVersion, ada: User) -> None:
    questions.edit(draft.questions.get(position=1), questions.Content("Something else?"), revision=0)
    question = draft.questions.get(position=1)
    questions.edit(question, questions.Content("Something else?", [factories.competency("Leads")]), revision=1)
    questions.describe_levels(
        question, {(question.competencies.get().competency_id, level): "x" for level in (1, 3, 5)}, revision=2
    )

    with pytest.raises(drafts.EditedMeanwhile, match="Look through it once more"):
        sets.publish(draft, by=ada, revision=0)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_publishing_at_once_one_does(draft: QuestionSetVersion, ada: User) -> None:
    outcomes = at_once(lambda: sets.publish(draft, by=ada, revision=0), times=2)

    assert sorted(outcomes) == ["Published", "QuestionSetVersion"]


@pytest.mark.django_db(transaction=True)
def test_two_people_starting_a_draft_at_once_get_one(version: QuestionSetVersion) -> None:
    question_set = version.question_set

    at_once(lambda: sets.draft(question_set), times=2)

    assert [each.number for each in question_set.versions.all()] == [2, 1]


def at_once(operation: Callable[[], object], *, times: int) -> list[str]:
    """The class name of what each thread got or ran into."""
    outcomes: list[str] = []
    start = threading.Barrier(times)

    def run() -> None:
        start.wait()
        try:
            outcomes.append(type(operation()).__name__)
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.close()
    return outcomes


def test_a_new_draft_starts_from_what_is_published(version: QuestionSetVersion) -> None:
    draft = sets.draft(version.question_set)

    assert (draft.number, draft.published_at) == (2, None)
    assert [q.text for q in draft.questions.all()] == [q.text for q in version.questions.all()]
    assert [q.origin for q in draft.questions.all()] == list(version.questions.all())
    assert sets.gaps_in(draft) == []


def test_asking_for_a_draft_again_gives_the_same(version: QuestionSetVersion) -> None:
    assert sets.draft(version.question_set) == sets.draft(version.question_set)


def test_editing_the_draft_leaves_what_candidates_are_asked(version: QuestionSetVersion) -> None:
    draft = sets.draft(version.question_set)

    questions.edit(draft.questions.get(position=1), questions.Content("Rewritten?"), revision=0)

    assert version.questions.get(position=1).text == "Tell us about a difficult customer."


def test_a_discarded_draft_leaves_the_published_version(version: QuestionSetVersion) -> None:
    draft = sets.draft(version.question_set)

    sets.discard(draft)

    assert list(version.question_set.versions.all()) == [version]


def test_the_only_draft_is_not_discarded(draft: QuestionSetVersion) -> None:
    with pytest.raises(Refusal, match="Archive the set"):
        sets.discard(draft)


def test_a_published_version_is_not_discarded(version: QuestionSetVersion) -> None:
    with pytest.raises(drafts.Published):
        sets.discard(version)


def test_a_clone_is_a_set_of_its_own(version: QuestionSetVersion) -> None:
    twin = sets.clone(version, name="Support lead, Lyon")

    draft = twin.versions.get()
    assert (twin.name, draft.number, draft.published_at) == ("Support lead, Lyon", 1, None)
    assert [q.text for q in draft.questions.all()] == [q.text for q in version.questions.all()]
    assert sets.gaps_in(draft) == []


def test_the_word_before_they_begin_is_part_of_the_version(draft: QuestionSetVersion, ada: User) -> None:
    sets.describe(draft.question_set, name="Support lead", intro="Take your time.", seen="")
    sets.publish(draft, by=ada, revision=1)

    assert sets.draft(draft.question_set).intro == "Take your time."


def test_the_second_to_change_the_intro_is_told(draft: QuestionSetVersion) -> None:
    sets.describe(draft.question_set, name="Support lead", intro="Take your time.", seen="")

    with pytest.raises(drafts.EditedMeanwhile):
        sets.describe(draft.question_set, name="Support lead", intro="Hello!", seen="")

    draft.refresh_from_db()
    assert draft.intro == "Take your time."


def test_an_archived_set_keeps_its_versions_and_comes_back(version: QuestionSetVersion) -> None:
    question_set: QuestionSet = version.question_set

    assert sets.archive(question_set).archived_at is not None
    assert QuestionSetVersion.objects.filter(question_set=question_set).count() == 1
    assert sets.unarchive(question_set).archived_at is None


def test_archiving_again_keeps_the_first_date(version: QuestionSetVersion) -> None:
    first = sets.archive(version.question_set).archived_at

    assert sets.archive(version.question_set).archived_at == first
