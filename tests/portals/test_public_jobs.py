"""What anybody reads about the jobs there are, and about those that are over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone as clock

from hiring.accounts.models import Company, User
from hiring.lib import prose
from hiring.pipeline.models import Job, JobStage
from hiring.portals import roadmap
from interviews.models import InterviewSettings
from scheduling.models import LiveRound
from tests import factories

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def public(job: Job) -> Job:
    return factories.published_job(job, description="You **help** people.\n\nThe rest.")


def page_of(client: Client, job: Job) -> str:
    return client.get(reverse("job", args=[job.slug])).content.decode()


def test_the_list_shows_what_is_published_and_open(client: Client, public: Job) -> None:
    question_set = public.stages.get().interview_settings.question_set
    factories.job("A draft", question_set=question_set)
    closed = factories.published_job(factories.job("A closed one", question_set=question_set))
    Job.objects.filter(pk=closed.pk).update(archived_at=clock.now())

    page = client.get("/").content.decode()

    assert [title in page for title in ("Support lead", "A draft", "A closed one")] == [True, False, False]
    assert "<p>You help people.</p>" in page
    assert reverse("job", args=[public.slug]) in page


def test_an_empty_list_says_so_kindly(client: Client, company: Company) -> None:
    assert "No open jobs right now" in client.get("/").content.decode()


@time_machine.travel(FRIDAY, tick=False)
def test_the_job_page_promises_a_day_in_the_companys_own_time(client: Client, public: Job) -> None:
    Job.objects.filter(pk=public.pk).update(published_at=FRIDAY)
    factories.screening_stage(public)

    page = page_of(client, public)

    assert "Friday 27 November 2026" in page
    assert "<strong>help</strong>" in page


def test_the_process_map_says_what_each_stage_takes(client: Client, public: Job) -> None:
    page = page_of(client, public)

    road = roadmap.of(public)
    assert [(leg.stage.name, leg.minutes) for leg in road.legs] == [("One-way interview", 12)]
    assert road.minutes == 15
    assert "2 questions, answered on video whenever it suits you: about 12 minutes. People watch." in page
    assert "the recruiter and the hiring manager" in page
    assert "Grace" not in page


def test_where_the_first_step_is_theirs_the_page_says_it_comes_right_away(client: Client, public: Job) -> None:
    page = page_of(client, public)

    assert "Right after you apply" in page
    assert "another asks you in to the first step" in page


def test_a_live_rounds_minutes_count(public: Job) -> None:
    stage = JobStage.objects.create(job=public, position=2, kind="live", name="Meet the team")
    LiveRound.objects.create(stage=stage, minutes=45, grid_zone="Europe/Paris")

    assert roadmap.of(public).minutes == 60


def test_what_is_not_said_yet_is_not_promised(client: Client, public: Job) -> None:
    InterviewSettings.objects.all().delete()

    page = page_of(client, public)

    assert roadmap.of(public).minutes == 0
    assert "Your time, in all" not in page
    assert "nothing to do for you" not in page
    assert "You record answers to a few questions" in page


def test_a_closed_job_is_told_apart_from_one_that_never_was(client: Client, public: Job) -> None:
    Job.objects.filter(pk=public.pk).update(archived_at=clock.now())
    other = factories.published_job(
        factories.job("Night nurse", question_set=public.stages.get().interview_settings.question_set)
    )

    closed, missing = client.get(reverse("job", args=[public.slug])), client.get(reverse("job", args=["no-such"]))

    assert (closed.status_code, missing.status_code) == (410, 404)
    assert "“Support lead” is closed" in closed.content.decode()
    assert all(reverse("job", args=[other.slug]) in answer.content.decode() for answer in (closed, missing))


@pytest.mark.parametrize("published_at", [None, timedelta(days=1)])
def test_a_draft_looks_as_if_it_were_not_there(client: Client, public: Job, published_at: timedelta | None) -> None:
    Job.objects.filter(pk=public.pk).update(published_at=clock.now() + published_at if published_at else None)

    draft, missing = client.get(reverse("job", args=[public.slug])), client.get(reverse("job", args=["no-such"]))

    assert (draft.status_code, draft.content) == (404, missing.content)


def test_a_draft_that_was_closed_does_not_show_its_title(client: Client, job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(archived_at=clock.now())

    answer = client.get(reverse("job", args=[job.slug]))

    assert answer.status_code == 404
    assert "Support lead" not in answer.content.decode()


def test_who_works_on_a_draft_sees_its_page_and_that_nobody_else_does(
    job: Job, grace: User, outsider: User, signed_in: Callable[[User], Client]
) -> None:
    url = reverse("job", args=[job.slug])

    assert "Only colleagues see this" in signed_in(grace).get(url).content.decode()
    assert signed_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("# Title\n\nFirst **line**\nand second.\n\nThird.", "First line and second."),
        ("Ben & Jerry’s <b>x</b>", "Ben & Jerry’s x"),
        ("word " * 60, "word " * 35 + "word…"),
        ("x" * 300, "x" * 180 + "…"),
    ],
)
def test_the_first_words_of_a_description(text: str, said: str) -> None:
    assert prose.first_words(text) == said
