"""Putting a process together, showing a job, closing it."""

import pytest

from hiring.accounts.models import User
from hiring.pipeline import decisions, operations, process, starter
from hiring.pipeline.models import Application, Decision, Job, JobStage, ProcessTemplate, RejectReason
from tests import factories


def names(job: Job) -> list[str]:
    return [stage.name for stage in JobStage.objects.filter(job=job)]


def test_a_job_begins_with_the_stages_of_its_template(grace: User) -> None:
    starter.ensure()
    template = ProcessTemplate.objects.get(name="Record first, meet later")

    job = operations.open_job(title="Night nurse", by=grace, template=template)

    assert [(stage.kind, stage.name) for stage in job.stages.all()] == [
        ("screening", "Résumé review"),
        ("interview", "One-way interview"),
        ("live", "Live round"),
    ]


def test_starters_are_written_once(company: object) -> None:
    starter.ensure()
    RejectReason.objects.filter(name="Other").delete()
    starter.ensure()

    assert not RejectReason.objects.filter(name="Other").exists()
    assert ProcessTemplate.objects.count() == 4


def test_stages_are_added_and_put_in_order(job: Job) -> None:
    second = process.add_stage(job, "interview", name="Second")
    third = process.add_stage(job, "interview")

    process.order_stages(job, [third.pk, second.pk])

    assert names(job) == ["One-way interview", "Second", "One-way interview"]
    assert [stage.pk for stage in job.stages.all()][:2] == [third.pk, second.pk]


def test_a_process_has_an_end(job: Job) -> None:
    for _number in range(process.MOST_STAGES - 1):
        process.add_stage(job, "interview")

    with pytest.raises(process.TooManyStages):
        process.add_stage(job, "interview")


def test_a_stage_somebody_was_in_stays(job: Job, application: Application) -> None:
    process.add_stage(job, "interview", name="Second")

    with pytest.raises(process.StageInUse, match="Candidates have been in “One-way interview”"):
        process.remove_stage(application.stage)


def test_the_only_stage_stays(job: Job) -> None:
    with pytest.raises(process.StageInUse):
        process.remove_stage(job.stages.get())


def test_an_unused_stage_goes(job: Job) -> None:
    process.remove_stage(process.add_stage(job, "interview", name="Second"))

    assert names(job) == ["One-way interview"]


def test_a_job_that_says_nothing_is_not_published(job: Job) -> None:
    with pytest.raises(process.NothingToPublish):
        process.publish(job)


def test_published_it_is_public_until_closed(job: Job) -> None:
    job.description = "Lead our support."
    job.save()

    process.publish(job)
    assert list(Job.objects.public()) == [job]

    process.close(job)
    assert list(Job.objects.public()) == []


def test_a_job_with_people_waiting_is_not_closed(job: Job, application: Application, grace: User) -> None:
    with pytest.raises(process.CandidatesUndecided) as refused:
        process.close(job)

    assert str(refused.value) == "1 candidate still waits for a decision. Tell them first, then close the job."
    assert Job.objects.get().archived_at is None


def test_a_decision_that_waits_to_be_told_lets_the_job_close(job: Job, application: Application, grace: User) -> None:
    decision = decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())

    process.close(job)
    decisions.release(decision)

    assert Application.objects.get().outcome == Application.Outcome.REJECTED
