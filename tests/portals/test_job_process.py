"""A job's process on its settings page, when the public sees the job, and when it is over."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.pipeline import decisions, process, stages, starter
from hiring.pipeline.models import Application, Decision, Job, JobStage, ProcessTemplate, Stay
from hiring.portals import operations, readiness
from hiring.rubrics.models import QuestionSetVersion
from interviews import setup
from scheduling.models import LiveRound, Seat
from screening.models import Criterion
from tests import factories

SAID = {"title": "Night nurse", "cards_needed": 2, "decision_days": 5, "days_to_answer": 7}


@pytest.fixture
def recruiter(grace: User, job: Job, signed_in: Callable[[User], Client]) -> Client:
    """The recruiter's."""
    return signed_in(grace)


def settings_of(job: Job) -> Any:
    return reverse("reviewer:job-settings", args=[job.pk])


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def names(job: Job) -> list[str]:
    return list(job.stages.order_by("position").values_list("name", flat=True))


def test_a_job_is_opened_from_a_process_and_its_first_one_way_stage_asks(
    recruiter: Client, version: QuestionSetVersion
) -> None:
    starter.ensure()
    template = ProcessTemplate.objects.get(name="Record first, meet later")

    recruiter.post(
        reverse("reviewer:job-opening"),
        {**SAID, "template": template.pk, "question_set": version.question_set_id},
    )

    opened = Job.objects.get(title="Night nurse")
    assert [stage.kind for stage in opened.stages.all()] == ["screening", "interview", "live"]
    assert [asks.stage.kind for asks in setup.asked_in(opened)] == ["interview"]
    assert opened.published_at is None


def test_a_process_without_a_one_way_stage_takes_no_question_set(
    recruiter: Client, version: QuestionSetVersion
) -> None:
    starter.ensure()
    template = ProcessTemplate.objects.get(name="Meet right away")

    recruiter.post(
        reverse("reviewer:job-opening"),
        {**SAID, "template": template.pk, "question_set": version.question_set_id},
    )

    opened = Job.objects.get(title="Night nurse")
    assert [stage.kind for stage in opened.stages.all()] == ["screening", "live", "live"]
    assert setup.asked_in(opened) == []
    assert recruiter.get(reverse("reviewer:job", args=[opened.pk])).status_code == 200
    assert recruiter.get(reverse("reviewer:job-candidates", args=[opened.pk])).status_code == 200


def test_each_process_is_offered_with_its_stages_and_when_to_use_it(recruiter: Client, company: object) -> None:
    starter.ensure()
    ProcessTemplate.objects.create(name="Empty one")
    factories.process_stage("seance", template="Of an unknown kind")

    page = recruiter.get(reverse("reviewer:job-opening")).content.decode()

    assert "Résumé review → One-way interview → Live round" in page
    assert "Senior or rare roles" in page
    assert "Empty one" not in page
    assert "Of an unknown kind" not in page


@pytest.mark.parametrize("template", ["", "no-uuid", "00000000-0000-4000-8000-000000000000"])
def test_a_process_that_is_not_there_is_not_opened(recruiter: Client, template: str) -> None:
    starter.ensure()

    page = recruiter.post(reverse("reviewer:job-opening"), {**SAID, "template": template})

    assert list(page.context["form"].errors) == ["template"]
    assert not Job.objects.filter(title="Night nurse").exists()


def test_a_stage_is_added_renamed_moved_and_removed(recruiter: Client, job: Job) -> None:
    recruiter.post(reverse("reviewer:job-stages", args=[job.pk]), {"kind": "live", "name": ""})
    recruiter.post(reverse("reviewer:job-stages", args=[job.pk]), {"kind": "screening", "name": "First look"})
    first_look = job.stages.get(name="First look")
    for _ in range(3):  # once more than there are places
        recruiter.post(reverse("reviewer:job-stage-position", args=[job.pk, first_look.pk]), {"direction": "up"})
    assert names(job) == ["First look", "One-way interview", "Live round"]

    recruiter.post(reverse("reviewer:job-stage-position", args=[job.pk, first_look.pk]), {"direction": "down"})
    recruiter.post(reverse("reviewer:job-stage", args=[job.pk, first_look.pk]), {"name": "A second look"})
    assert names(job) == ["One-way interview", "A second look", "Live round"]

    recruiter.post(reverse("reviewer:job-stage-removal", args=[job.pk, first_look.pk]))
    assert names(job) == ["One-way interview", "Live round"]


@pytest.mark.parametrize("sent", [{}, {"kind": "seance"}, {"kind": "live", "name": "x" * 81}])
def test_a_stage_nobody_knows_is_not_added(recruiter: Client, job: Job, sent: dict[str, str]) -> None:
    page = recruiter.post(reverse("reviewer:job-stages", args=[job.pk]), sent, follow=True)

    assert told(page) == ["Choose what kind of stage to add; its name has at most 80 letters."]
    assert names(job) == ["One-way interview"]


def test_an_eleventh_stage_is_refused_in_words(recruiter: Client, job: Job) -> None:
    for _ in range(9):
        process.add_stage(job, "live")

    page = recruiter.post(reverse("reviewer:job-stages", args=[job.pk]), {"kind": "live"}, follow=True)

    assert told(page) == ["A process has at most 10 stages. Candidates would not see its end."]


def test_a_stage_somebody_was_in_stays_and_so_does_the_last_one(
    recruiter: Client, job: Job, application: Application
) -> None:
    process.add_stage(job, "live")
    used, unused = job.stages.all()

    stays = recruiter.post(reverse("reviewer:job-stage-removal", args=[job.pk, used.pk]), follow=True)
    recruiter.post(reverse("reviewer:job-stage-removal", args=[job.pk, unused.pk]))
    last = recruiter.post(reverse("reviewer:job-stage-removal", args=[job.pk, used.pk]), follow=True)

    assert told(stays) == ["Candidates have been in “One-way interview”, so it stays."]
    assert "a process needs one" in told(last)[-1]
    assert names(job) == ["One-way interview"]


def test_another_jobs_stage_is_not_there(recruiter: Client, job: Job, version: QuestionSetVersion) -> None:
    other = factories.job("Other", question_set=version.question_set).stages.get()

    for name in ("job-stage", "job-stage-position", "job-stage-removal"):
        assert recruiter.post(reverse(f"reviewer:{name}", args=[job.pk, other.pk])).status_code == 404


def test_two_one_way_stages_ask_different_things(recruiter: Client, job: Job, ada: User) -> None:
    second = process.add_stage(job, "interview", name="Another one")
    sales = factories.published("Sales", ("Why?", "Curiosity"), by=ada)

    recruiter.post(
        reverse("reviewer:job-stage", args=[job.pk, second.pk]),
        {"name": "Another one", "question_set": sales.question_set_id, "days_to_answer": 3},
    )

    assert [(asks.stage.name, asks.question_set.name, asks.days_to_answer) for asks in setup.asked_in(job)] == [
        ("One-way interview", "Support lead", 7),
        ("Another one", "Sales", 3),
    ]


def test_every_stage_says_whether_it_is_ready(recruiter: Client, job: Job) -> None:
    review = factories.screening_stage(job)
    process.add_stage(job, "live")
    process.add_stage(job, "interview", name="Another one")

    assert [(stage.name, state.is_ready) for stage, state in readiness.of_job(job)] == [
        ("Résumé review", True),
        ("One-way interview", True),
        ("Live round", False),
        ("Another one", False),
    ]
    assert readiness.first_unready(job) == readiness.of_job(job)[2]
    Criterion.objects.create(stage=review, text="Five years of support")
    assert readiness.of(review).text == "1 criterion to read by."
    page = recruiter.get(settings_of(job)).content.decode()
    assert page.count("not ready") == 2
    for _stage, state in readiness.of_job(job):
        assert state.url in page


def test_a_job_is_published_and_taken_off_the_list(recruiter: Client, job: Job) -> None:
    publication = reverse("reviewer:job-publication", args=[job.pk])

    nothing = recruiter.post(publication, follow=True)
    assert told(nothing) == ["Describe the job first: nobody can apply for a title alone."]

    Job.objects.filter(pk=job.pk).update(description="You help people.")
    page = recruiter.post(publication, follow=True).content.decode()
    assert f'value="http://localhost:8000{reverse("job", args=[job.slug])}"' in page
    assert recruiter.get(reverse("job", args=[job.slug])).status_code == 200

    recruiter.post(reverse("reviewer:job-publication-removal", args=[job.pk]))
    assert Client().get(reverse("job", args=[job.slug])).status_code == 404


def test_a_job_with_undecided_candidates_does_not_close_and_says_who_waits(
    recruiter: Client, job: Job, application: Application
) -> None:
    factories.application(job, "Mary Shelley")

    page = recruiter.post(reverse("reviewer:job-closing", args=[job.pk]), follow=True)

    assert told(page) == ["2 candidates still wait for a decision. Tell them first, then close the job."]
    assert "2 candidates still wait for a decision." in page.content.decode()
    assert f'href="{reverse("reviewer:job", args=[job.pk])}">To the candidates' in page.content.decode()
    job.refresh_from_db()
    assert job.archived_at is None


def test_a_job_closes_once_everybody_knows_and_opens_again(
    recruiter: Client, job: Job, application: Application, grace: User
) -> None:
    factories.published_job(job)
    decisions.release(decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason()))

    recruiter.post(reverse("reviewer:job-closing", args=[job.pk]))
    assert Client().get(reverse("job", args=[job.slug])).status_code == 410
    assert "Support lead" in recruiter.get(reverse("reviewer:jobs"), {"show": "closed"}).content.decode()
    assert "Support lead" not in recruiter.get(reverse("reviewer:jobs")).content.decode()

    recruiter.post(reverse("reviewer:job-reopening", args=[job.pk]))
    assert Client().get(reverse("job", args=[job.slug])).status_code == 200


def test_the_settings_keep_what_was_typed(recruiter: Client, job: Job) -> None:
    page = recruiter.post(settings_of(job), {"title": "", "description": "New words", "cards_needed": 0})

    assert set(page.context["form"].errors) == {"title", "cards_needed", "decision_days"}
    assert "New words" in page.content.decode()


def test_whoever_is_added_by_hand_waits_in_the_review_at_once(recruiter: Client, job: Job) -> None:
    factories.screening_stage(job)
    url = reverse("reviewer:job-candidates", args=[job.pk])
    assert "Invite" not in recruiter.get(url).content.decode()

    recruiter.post(url, {"name": "Mary Shelley", "email": "mary@example.test", "invite": "on"})
    recruiter.post(url, {"people": "Emmy Noether, emmy@example.test", "invite_all": "on"})

    waiting = Stay.objects.filter(application__job=job, stage__kind="screening").order_by("entered_at")
    assert [each.application.candidate.name for each in waiting] == ["Mary Shelley", "Emmy Noether"]


def test_a_live_round_is_ready_once_somebody_can_be_met_in_it(job: Job, grace: User) -> None:
    stage = process.add_stage(job, "live")
    live = LiveRound.objects.create(stage=stage, grid_zone="Europe/Paris")
    assert readiness.first_unready(job) == (stage, readiness.of(stage))

    seat = Seat.objects.create(round=live, position=1)
    assert "backup phone" in readiness.of(seat.round.stage).text
    assert readiness.first_unready(job) == (stage, readiness.of(stage))

    LiveRound.objects.update(meeting_url="https://meet.example.test/x", team_phone="+3225550143")
    assert readiness.of(stage).text == "45 minutes with 1 person of the team."
    assert readiness.first_unready(job) is None


def test_every_kind_of_stage_has_its_readiness() -> None:
    assert set(readiness.KINDS) == set(stages.kinds())


def test_changing_a_stage_without_a_question_set_keeps_what_it_asks(job: Job) -> None:
    stage: JobStage = job.stages.get()

    operations.change_stage(stage, name="Answers on video", question_set=None, days_to_answer=3)

    asks = setup.settings_of(stage)
    assert asks is not None
    assert (names(job), asks.days_to_answer) == (["Answers on video"], 7)
