"""The talent pool: whom the team keeps in mind for a later job."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from hiring.accounts.models import User
from hiring.pipeline import decisions, duplicates, operations, pool
from hiring.pipeline.models import Application, Candidate, Decision, Event, Job, PoolEntry
from hiring.rubrics.models import QuestionSetVersion
from tests import factories


@pytest.fixture
def other(version: QuestionSetVersion, ada: User) -> Application:
    """Joan's for a job Grace does not work on."""
    return factories.application(factories.job("Night nurse", question_set=version.question_set), "Joan Clarke")


def verbs(application: Application) -> list[str]:
    return [event.verb for event in application.events.all()]


def kept() -> list[tuple[str, str, str]]:
    return [(entry.candidate.name, entry.note, entry.by.name) for entry in PoolEntry.objects.all()]


def test_somebody_is_kept_in_mind_with_a_word_why(application: Application, grace: User) -> None:
    entry = pool.keep_in_mind(application, note=" Calm and exact ", by=grace)

    assert (entry.candidate, entry.note, entry.by) == (application.candidate, "Calm and exact", grace)
    assert verbs(application) == ["candidate_kept_in_mind"]
    assert application.events.get().remark.text == "Calm and exact"
    assert application.events.get().details == {}


def test_the_same_said_twice_changes_nothing(application: Application, grace: User, katherine: User) -> None:
    first = pool.keep_in_mind(application, note="Calm", by=grace)

    assert pool.keep_in_mind(application, note="Calm", by=katherine) == first
    assert kept() == [("Joan Clarke", "Calm", "Grace")]
    assert verbs(application) == ["candidate_kept_in_mind"]


def test_a_newer_note_takes_the_place_of_the_older(
    application: Application, other: Application, grace: User, katherine: User
) -> None:
    pool.keep_in_mind(other, note="Calm", by=grace)

    pool.keep_in_mind(application, note="Calm, and exact", by=katherine)

    assert kept() == [("Joan Clarke", "Calm, and exact", "Katherine")]
    assert [verbs(each) for each in (other, application)] == [["candidate_kept_in_mind"]] * 2


def test_whoever_was_turned_down_is_kept_as_well(application: Application, grace: User) -> None:
    rejected = Decision.Outcome.REJECTED
    decisions.release(decisions.decide(application, rejected, by=grace, reason=factories.reason()))

    pool.keep_in_mind(application, note="For the next one", by=grace)

    assert kept() == [("Joan Clarke", "For the next one", "Grace")]


def test_let_go_once(application: Application, other: Application, grace: User) -> None:
    pool.keep_in_mind(other, note="Calm", by=grace)

    pool.let_go(application, by=grace)
    pool.let_go(application, by=grace)

    assert not PoolEntry.objects.exists()
    assert verbs(application) == ["candidate_let_go"]


@pytest.mark.parametrize("note", ["", "   "])
def test_nobody_is_kept_without_a_word_why(application: Application, grace: User, note: str) -> None:
    with pytest.raises(IntegrityError, match="pool_entry_says_why"):
        pool.keep_in_mind(application, note=note, by=grace)


@pytest.mark.django_db(transaction=True)
def test_kept_by_two_at_once_they_stand_there_once(
    application: Application, other: Application, grace: User, katherine: User
) -> None:
    def keep(said: tuple[Application, User]) -> None:
        try:
            pool.keep_in_mind(said[0], note=f"As {said[1].name} says", by=said[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(keep, [(application, grace), (other, katherine)]))

    last = Event.objects.order_by("at").last()
    assert last is not None
    assert [entry.note for entry in PoolEntry.objects.all()] == [last.remark.text]
    assert Event.objects.filter(verb="candidate_kept_in_mind").count() == 2


def test_who_oversees_one_application_finds_them(
    application: Application, other: Application, ada: User, grace: User, katherine: User, alan: User, outsider: User
) -> None:
    entry = pool.keep_in_mind(application, note="Calm", by=grace)

    assert [list(PoolEntry.objects.for_reviewer(user)) for user in (ada, grace, katherine)] == [[entry]] * 3
    assert [list(PoolEntry.objects.for_reviewer(user)) for user in (alan, outsider)] == [[], []]


def test_a_merge_carries_them_over(application: Application, grace: User) -> None:
    second = Candidate.objects.create(name="J. Clarke", email="jc@example.test")
    pool.keep_in_mind(application, note="Calm", by=grace)

    duplicates.merge(application.candidate, into=second, by=grace)

    assert kept() == [("J. Clarke", "Calm", "Grace")]


def test_of_two_notes_a_merge_keeps_that_of_who_stays(job: Job, application: Application, grace: User) -> None:
    stays = factories.application(job, "J. Clarke")
    operations.withdraw(application, by=application.candidate)
    pool.keep_in_mind(application, note="Calm", by=grace)
    pool.keep_in_mind(stays, note="Exact", by=grace)

    duplicates.merge(application.candidate, into=stays.candidate, by=grace)

    assert kept() == [("J. Clarke", "Exact", "Grace")]
    assert [event.remark.text for event in application.events.filter(verb="candidate_kept_in_mind")] == ["Calm"]
