"""The shortlist ranks by the rubric what its reader may see, and tells nothing of the rest."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline import decisions
from hiring.pipeline.models import Decision, Job, JobStage
from hiring.portals import shortlist
from hiring.portals.shortlist import Shortlist
from hiring.rubrics.models import QuestionCompetency, QuestionSetVersion, Score, Scorecard, ScoreSighting
from interviews import reviewing
from interviews.models import Interview
from tests import factories

Values = tuple[int | None, int | None, int | None]


@pytest.fixture
def stage(job: Job) -> JobStage:
    return job.stages.get()


@pytest.fixture
def browser(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


def handed_in(job: Job, version: QuestionSetVersion, name: str) -> Interview:
    return factories.submitted(factories.application(job, name), version)


def card(of: Interview, by: User, values: Values, *, recommendation: str = "pass") -> Scorecard:
    """Handed in with these scores for conflict, clarity and improving."""
    factories.assignment(of, by)
    made = Scorecard.objects.create(assessment=of.assessment, reviewer=by, recommendation=recommendation)
    pairs = QuestionCompetency.objects.filter(question__version=of.version).order_by("question__position", "position")
    Score.objects.bulk_create(
        Score(scorecard=made, pair=pair, value=value, no_evidence=value is None)
        for pair, value in zip(pairs, values, strict=True)
    )
    made.submitted_at = timezone.now()
    made.save(update_fields=["submitted_at"])
    return made


def seen_by(user: User, stage: JobStage) -> Shortlist:
    reviewing.show_all_scores(list(Interview.objects.values_list("pk", flat=True)), by=user)
    return shortlist.of(stage, user, stages=[stage])


def names(found: Shortlist) -> list[tuple[int | None, str]]:
    return [(row.rank, row.application.candidate.name) for row in found.rows]


def url(job: Job, name: str = "") -> str:
    return reverse(f"reviewer:job-shortlist{name}", args=[job.pk])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_best_first_by_the_printed_formula(
    job: Job, stage: JobStage, version: QuestionSetVersion, grace: User, katherine: User, alan: User
) -> None:
    ana, bo = handed_in(job, version, "Ana"), handed_in(job, version, "Bo")
    card(bo, katherine, (5, 4, 4))
    card(bo, alan, (4, 4, 3))
    card(ana, katherine, (3, 3, None))

    found = seen_by(grace, stage)

    assert names(found) == [(1, "Bo"), (2, "Ana")]
    best, second = found.rows
    assert best.result.overall == (Fraction(9, 2) + 4 + Fraction(7, 2)) / 3
    assert dict(best.cells) == {"Handles conflict": 4.5, "Explains clearly": 4.0, "Improves things": 3.5}
    assert (best.is_ready, second.is_ready) == (True, False)
    assert second.result.without_evidence == ("Improves things",)


def test_what_reads_the_same_shares_a_rank(
    job: Job, stage: JobStage, version: QuestionSetVersion, grace: User, katherine: User, alan: User
) -> None:
    for name, values in {"Ana": (4, 3, 4), "Bo": (4, 4, 3), "Cem": (5, 5, 5), "Dora": (1, 1, 1)}.items():
        card(handed_in(job, version, name), katherine, values)

    found = seen_by(grace, stage)

    assert names(found) == [(1, "Cem"), (2, "Ana"), (2, "Bo"), (4, "Dora")]
    assert [row.level_with for row in found.rows] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("score", "tenths"), [("3.64", 36), ("3.65", 37), ("3.649", 36), ("3.66", 37), ("1", 10), ("5", 50)]
)
def test_a_tenth_is_what_people_read(score: str, tenths: int) -> None:
    assert shortlist.tenths(Fraction(score)) == tenths


def test_without_any_evidence_there_is_no_rank(
    job: Job, stage: JobStage, version: QuestionSetVersion, grace: User, katherine: User
) -> None:
    card(handed_in(job, version, "Ana"), katherine, (None, None, None))
    card(handed_in(job, version, "Bo"), katherine, (1, 1, 1))

    assert names(seen_by(grace, stage)) == [(1, "Bo"), (None, "Ana")]


def test_reviewers_far_apart_and_holds_are_named(
    job: Job, stage: JobStage, version: QuestionSetVersion, browser: Client, grace: User, katherine: User, alan: User
) -> None:
    ana = handed_in(job, version, "Ana")
    card(ana, katherine, (5, 4, 4))
    card(ana, alan, (2, 4, 4), recommendation="hold")
    seen_by(grace, stage)

    page = words(browser.get(url(job)))

    assert "reviewers differ by 2 on Handles conflict" in page
    assert "1 would hold" in page
    assert "2 of 2" in page


def test_nothing_of_the_scores_is_told_before_somebody_asks(
    job: Job, version: QuestionSetVersion, browser: Client, katherine: User
) -> None:
    card(handed_in(job, version, "Zoe"), katherine, (5, 5, 5))
    card(handed_in(job, version, "Ana"), katherine, (1, 1, 1), recommendation="no")
    handed_in(job, version, "Mia")

    page = browser.get(url(job))

    found = page.context["shortlist"]
    assert found.rows == []
    assert [one.interview.application.candidate.name for one in found.unseen] == ["Ana", "Mia", "Zoe"]
    assert "Show me the scores of 2 people" in words(page)
    assert "would not move on" not in words(page)
    assert 'class="score"' not in words(page)


def test_asking_shows_them_all_and_takes_the_right_to_score(
    job: Job, version: QuestionSetVersion, browser: Client, grace: User, katherine: User
) -> None:
    scored, bare = handed_in(job, version, "Zoe"), handed_in(job, version, "Ana")
    card(scored, katherine, (5, 5, 5))

    page = browser.post(
        url(job, "-sighting"), {"interviews": f"{scored.pk} {bare.pk} nonsense {uuid4()}", "stage": ""}, follow=True
    )

    assert "You see the scores of 1 more." in words(page)
    assert names(page.context["shortlist"]) == [(1, "Zoe")]
    assert [sighting.assessment_id for sighting in ScoreSighting.objects.filter(user=grace)] == [scored.assessment_id]
    with pytest.raises(Refusal, match="Grace has seen scores of this interview already"):
        reviewing.assign(scored, grace, by=grace)


def test_asking_twice_is_asking_once(job: Job, version: QuestionSetVersion, browser: Client, katherine: User) -> None:
    scored = handed_in(job, version, "Zoe")
    card(scored, katherine, (5, 5, 5))

    for _again in range(2):
        browser.post(url(job, "-sighting"), {"interviews": str(scored.pk)})

    assert ScoreSighting.objects.count() == 1


def test_whoever_owes_a_card_sees_a_name_and_nothing_else(
    job: Job, version: QuestionSetVersion, katherine: User, alan: User, signed_in: Callable[[User], Client]
) -> None:
    ana, zoe = handed_in(job, version, "Ana"), handed_in(job, version, "Zoe")
    card(ana, alan, (1, 1, 1))
    card(zoe, alan, (5, 5, 5))
    factories.assignment(ana, katherine)
    factories.assignment(zoe, katherine)
    browser = signed_in(katherine)

    browser.post(url(job, "-sighting"), {"interviews": f"{ana.pk} {zoe.pk}"})
    page = browser.get(url(job))

    found = page.context["shortlist"]
    assert (found.rows, found.unseen) == ([], [])
    assert [one.application.candidate.name for one in found.own_first] == ["Ana", "Zoe"]
    assert ScoreSighting.objects.count() == 0
    assert "scorecards in" not in words(page)
    assert "Your own scorecard comes first" in words(page)


def test_the_own_card_opens_the_others(
    job: Job, stage: JobStage, version: QuestionSetVersion, katherine: User, alan: User
) -> None:
    ana, zoe = handed_in(job, version, "Ana"), handed_in(job, version, "Zoe")
    card(ana, alan, (1, 1, 1))
    card(ana, katherine, (2, 2, 2))
    card(zoe, alan, (5, 5, 5))
    factories.assignment(zoe, katherine)

    found = shortlist.of(stage, katherine, stages=[stage])

    assert names(found) == [(1, "Ana")]  # not 2: a gap would tell of Zoe
    assert found.cards_each == 2.0


def test_the_interviews_of_another_job_are_not_shown_by_asking(
    job: Job, version: QuestionSetVersion, browser: Client, katherine: User
) -> None:
    other = factories.job("Other", question_set=version.question_set)
    scored = handed_in(other, version, "Zoe")
    card(scored, katherine, (5, 5, 5))

    browser.post(url(job, "-sighting"), {"interviews": str(scored.pk)})

    assert ScoreSighting.objects.count() == 0


def test_somebody_decided_cannot_be_ticked(
    job: Job, stage: JobStage, version: QuestionSetVersion, browser: Client, grace: User, katherine: User
) -> None:
    ana = handed_in(job, version, "Ana")
    card(ana, katherine, (5, 5, 5))
    seen_by(grace, stage)
    decisions.decide(ana.application, Decision.Outcome.HIRED, by=katherine, anyway="We know her work")

    page = words(browser.get(url(job)))

    assert "Katherine decided: Hire" in page
    assert f'value="{ana.application_id}"' not in page


def test_a_job_without_one_way_stage_says_so(grace: User, browser: Client, version: QuestionSetVersion) -> None:
    job = factories.job("Engineer", question_set=version.question_set, recruiter=grace)
    JobStage.objects.filter(job=job).delete()
    factories.stage(job, "live")

    assert "No one-way interview in this job" in words(browser.get(url(job)))


def test_each_one_way_stage_has_its_own(
    job: Job, version: QuestionSetVersion, browser: Client, grace: User, katherine: User
) -> None:
    second = factories.stage(job, "interview", "Second interview")
    later = factories.placed(factories.candidate("Zoe"), second)
    card(factories.submitted(later, version), katherine, (5, 5, 5))

    first_page, second_page = browser.get(url(job)), browser.get(f"{url(job)}?stage={second.pk}")

    assert "Nobody to rank yet" in words(first_page)
    assert [one.interview.application for one in second_page.context["shortlist"].unseen] == [later]


def test_as_many_queries_for_many_as_for_one(
    job: Job,
    stage: JobStage,
    version: QuestionSetVersion,
    browser: Client,
    grace: User,
    katherine: User,
    alan: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def scored(number: int) -> None:
        card(handed_in(job, version, f"Seen {number}"), katherine, (4, 3, 5))
        factories.assignment(handed_in(job, version, f"Owed {number}"), grace)

    scored(0)
    seen_by(grace, stage)
    card(handed_in(job, version, "Unseen 0"), alan, (4, 3, 5))
    with CaptureQueriesContext(connection) as one:
        browser.get(url(job))
    for number in range(1, 12):
        scored(number)
    seen_by(grace, stage)
    for number in range(1, 12):
        card(handed_in(job, version, f"Unseen {number}"), alan, (4, 3, 5))

    assert len(one) <= 25
    with django_assert_num_queries(len(one)):
        page = browser.get(url(job))

    assert len(page.context["shortlist"].rows) == 13


def test_in_the_last_stage_whoever_is_ranked_can_be_hired(
    job: Job, stage: JobStage, version: QuestionSetVersion, browser: Client, grace: User, katherine: User
) -> None:
    ana = handed_in(job, version, "Ana")
    card(ana, katherine, (5, 5, 5))
    seen_by(grace, stage)
    hire = f"{reverse('reviewer:application-decision', args=[ana.application_id])}?outcome=hired"

    assert hire in words(browser.get(url(job)))

    factories.stage(job, "live")
    assert hire not in words(browser.get(url(job)))


def test_whoever_is_decided_about_is_not_offered_to_be_hired(
    job: Job, stage: JobStage, version: QuestionSetVersion, browser: Client, grace: User, katherine: User
) -> None:
    ana = handed_in(job, version, "Ana")
    card(ana, katherine, (5, 5, 5))
    seen_by(grace, stage)
    decisions.decide(ana.application, Decision.Outcome.HIRED, by=katherine, anyway="We know her work")

    assert "?outcome=hired" not in words(browser.get(url(job)))
