from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline import operations
from hiring.pipeline.models import Application, Candidate, Job, JobMember, Role


def verbs(application: Application) -> Any:
    return list(application.events.values_list("verb", flat=True))


def test_whoever_opens_a_job_recruits_for_it(grace: User) -> None:
    job = operations.open_job(title="Night nurse", by=grace)

    assert job.slug == "night-nurse"
    assert [stage.kind for stage in job.stages.all()] == ["interview"]
    assert [(member.user, member.role) for member in job.members.all()] == [(grace, Role.RECRUITER)]


def test_two_jobs_of_one_title_have_two_addresses(grace: User) -> None:
    slugs = {operations.open_job(title="看護師", by=grace).slug for _ in range(2)}

    assert len(slugs) == 2


def test_a_second_role_replaces_the_first(job: Job, alan: User, grace: User) -> None:
    operations.add_member(job, alan, role=Role.HIRING_MANAGER, by=grace)

    assert [member.role for member in JobMember.objects.filter(job=job, user=alan)] == ["hiring_manager"]


def test_somebody_deactivated_joins_no_job(job: Job, outsider: User, grace: User) -> None:
    outsider.is_active = False

    with pytest.raises(operations.NotStaff):
        operations.add_member(job, outsider, role=Role.INTERVIEWER, by=grace)


def test_adding_a_candidate_writes_history(job: Job, grace: User) -> None:
    application = operations.add_candidate(job, name="Mary Shelley", email="Mary@Example.test", by=grace)

    assert application.candidate.email == "mary@example.test"
    assert application.stage == job.stages.get()
    assert verbs(application) == ["application_added"]


def test_a_known_address_is_the_same_person(job: Job, grace: User, application: Application) -> None:
    other = operations.open_job(title="Other", by=grace)

    again = operations.add_candidate(other, name="J. Clarke", email="JOAN.clarke@example.test", by=grace)

    assert again.candidate == application.candidate
    assert again.candidate.name == "Joan Clarke"


def test_somebody_open_in_the_job_is_refused_in_words(job: Job, grace: User, application: Application) -> None:
    with pytest.raises(operations.AlreadyInThisJob) as refused:
        operations.add_candidate(job, name="Joan", email="joan.clarke@example.test", by=grace)

    assert str(refused.value).startswith("Joan Clarke (joan.clarke@example.test) is already in “Support lead”, since ")
    assert refused.value.detail == {"application": str(application.pk)}


def test_somebody_whose_application_ended_may_apply_again(job: Job, grace: User, application: Application) -> None:
    application.outcome, application.closed_at = Application.Outcome.WITHDRAWN, timezone.now()
    application.save()

    again = operations.add_candidate(job, name="Joan", email="joan.clarke@example.test", by=grace)

    assert again != application


def test_an_archived_job_takes_nobody(job: Job, grace: User) -> None:
    job.archived_at = timezone.now()

    with pytest.raises(operations.JobClosed):
        operations.add_candidate(job, name="Joan", email="joan@example.test", by=grace)


@pytest.mark.django_db(transaction=True)
def test_of_two_adding_one_person_at_once_one_is_refused(job: Job, grace: User) -> None:
    def attempt(_number: int) -> Any:
        try:
            operations.add_candidate(job, name="Mary Shelley", email="mary@example.test", by=grace)
        except operations.AlreadyInThisJob:
            return "refused"
        finally:
            connection.close()
        return "added"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))

    assert outcomes == ["added", "refused", "refused", "refused"]
    assert Candidate.objects.filter(email="mary@example.test").count() == 1


@pytest.mark.parametrize(
    ("who", "found", "managed"),
    [("ada", 1, 1), ("grace", 1, 1), ("katherine", 1, 0), ("alan", 1, 0), ("outsider", 0, 0)],
)
def test_a_job_is_there_for_whoever_works_on_it(
    request: pytest.FixtureRequest, job: Job, who: str, found: int, managed: int
) -> None:
    user = request.getfixturevalue(who)

    assert Job.objects.for_reviewer(user).count() == found
    assert Job.objects.managed_by(user).count() == managed
