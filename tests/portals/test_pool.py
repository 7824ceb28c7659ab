"""The talent pool on the pages: put in, found again, added to another job."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.lib import pages
from hiring.mail.models import Message
from hiring.pipeline import decisions, holds, pool
from hiring.pipeline.models import Application, Decision, Job, PoolEntry, Role
from hiring.rubrics.models import QuestionSetVersion
from interviews import reviewing
from interviews.models import Interview
from tests import factories

POOL = "/review/candidates/"


@pytest.fixture
def other(version: QuestionSetVersion, ada: User) -> Job:
    """A job Grace does not work on."""
    return factories.job("Night nurse", question_set=version.question_set, recruiter=ada)


@pytest.fixture
def browser(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


@pytest.fixture
def entry(application: Application, grace: User) -> PoolEntry:
    return pool.keep_in_mind(application, note="Calm <and> exact", by=grace)


def url(name: str, row: Application | PoolEntry) -> str:
    return reverse(f"reviewer:{name}", args=[row.pk])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def names(page: Any) -> list[str]:
    return [kept.entry.candidate.name for kept in page.context["pool"].rows]


def add(browser: Client, entry: PoolEntry, job: Job) -> Any:
    return browser.post(url("pool-addition", entry), {"job": job.pk}, follow=True)


def test_kept_in_mind_from_the_application_and_taken_out_again(application: Application, browser: Client) -> None:
    before = words(browser.get(url("application", application)))

    told = browser.post(url("application-pool", application), {"note": "Calm <and> exact"}, follow=True)
    kept = words(told)
    gone = words(browser.post(url("application-pool-removal", application), follow=True))

    assert "Keep in mind" in before
    assert "Joan Clarke is in the talent pool." in kept
    assert "“Calm &lt;and&gt; exact”" in kept
    assert "Take out" in kept
    assert "Keep in mind <" not in kept
    assert "Joan Clarke is no longer in the talent pool." in gone
    assert "Keep in mind <" in gone
    assert not PoolEntry.objects.exists()


def test_a_closed_application_offers_it_too(application: Application, browser: Client) -> None:
    Application.objects.update(outcome="rejected", closed_at=timezone.now())

    assert "Put in the talent pool" in words(browser.get(url("application", application)))


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("", "Say what to remember them for."),
        ("   ", "Say what to remember them for."),
        ("x" * 301, "Please shorten this: 300 characters fit here, and this is 301."),
        ("a\0b", "There is a character in here that cannot be shown."),
    ],
)
def test_what_cannot_be_kept_is_said(application: Application, browser: Client, note: str, sentence: str) -> None:
    answer = browser.post(url("application-pool", application), {"note": note}, follow=True)

    assert sentence in words(answer)
    assert not PoolEntry.objects.exists()


@pytest.mark.parametrize("who", ["alan", "outsider"])
def test_strangers_neither_see_nor_change_it(
    request: pytest.FixtureRequest, entry: PoolEntry, application: Application, signed_in: Any, who: str
) -> None:
    stranger = signed_in(request.getfixturevalue(who))

    tried = [
        stranger.post(url("application-pool", application), {"note": "Mine"}),
        stranger.post(url("application-pool-removal", application)),
        stranger.get(url("pool-addition", entry)),
        add(stranger, entry, application.job),
    ]

    assert [answer.status_code for answer in tried] == [404] * 4
    assert names(stranger.get(POOL)) == []
    assert PoolEntry.objects.get().note == "Calm <and> exact"


def test_the_pool_says_why_which_job_how_it_ended_and_since_when(entry: PoolEntry, browser: Client) -> None:
    Application.objects.update(outcome="rejected", closed_at=timezone.now())

    page = words(browser.get(POOL))

    for said in ("Joan Clarke", "Calm &lt;and&gt; exact", "Support lead", "Not moving forward", "Grace"):
        assert said in page
    assert entry.created_at.strftime("%Y-%m-%d") in page


def test_of_other_jobs_only_those_one_looks_after_are_told(
    application: Application, other: Job, ada: User, grace: User, signed_in: Callable[[User], Client]
) -> None:
    elsewhere = factories.application(other, "Joan Clarke")
    pool.keep_in_mind(elsewhere, note="Calm", by=ada)
    pool.keep_in_mind(factories.application(other, "Mary Shelley"), note="Writes", by=ada)

    mine, all_of_them = signed_in(grace).get(POOL), signed_in(ada).get(POOL)

    assert [kept.latest for kept in mine.context["pool"].rows] == [application]
    assert "Night nurse" not in words(mine)
    assert names(all_of_them) == ["Mary Shelley", "Joan Clarke"]
    assert all_of_them.context["pool"].rows[1].latest == elsewhere


def test_a_search_marks_who_is_in_it(job: Job, entry: PoolEntry, browser: Client) -> None:
    factories.application(job, "Joan Jett")

    found = browser.get(POOL, {"q": "joan"})

    assert words(found).count("in the talent pool") == 1
    assert found.context["pool"] is None


def test_an_empty_pool_says_how_to_fill_it(application: Application, browser: Client) -> None:
    assert "Press “Keep in mind” on the page of their application" in words(browser.get(POOL))


def test_the_pool_comes_in_pages(job: Job, grace: User, browser: Client) -> None:
    for number in range(pages.SIZE + 3):
        pool.keep_in_mind(factories.application(job, f"Person {number:02}"), note="Calm", by=grace)

    first = browser.get(POOL)
    rest = browser.get(POOL + first.context["older_url"])

    assert (len(names(first)), len(names(rest))) == (pages.SIZE, 3)
    assert len({*names(first), *names(rest)}) == pages.SIZE + 3
    assert names(browser.get(POOL + rest.context["newer_url"])) == names(first)
    assert names(browser.get(POOL, {"cursor": "nonsense\0"})) == names(first)


def test_as_many_questions_for_fifty_as_for_one(
    job: Job, grace: User, browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pool.keep_in_mind(factories.application(job, "Person 0"), note="Calm", by=grace)
    browser.get(POOL)
    with CaptureQueriesContext(connection) as one:
        browser.get(POOL)
    for number in range(1, 50):
        pool.keep_in_mind(factories.application(job, f"Person {number}"), note="Calm", by=grace)

    with django_assert_num_queries(len(one)):
        browser.get(POOL)


def test_the_applications_page_asks_nothing_more_for_it(
    entry: PoolEntry, application: Application, browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as kept:
        browser.get(url("application", application))
    PoolEntry.objects.all().delete()

    with django_assert_num_queries(len(kept)):
        browser.get(url("application", application))


def test_added_to_another_job_they_land_in_its_first_stage(
    entry: PoolEntry, other: Job, grace: User, browser: Client
) -> None:
    other.members.create(user=grace, role=Role.RECRUITER)

    answer = add(browser, entry, other)

    added = Application.objects.get(job=other)
    assert (added.candidate, added.stage) == (entry.candidate, other.stages.get())
    assert answer.redirect_chain[-1][0] == url("application", added)
    assert "Joan Clarke is in “Night nurse” now." in words(answer)
    assert [event.verb for event in added.events.all()] == ["application_added"]
    assert not Message.objects.exists()
    assert PoolEntry.objects.get() == entry


def test_who_is_in_that_job_already_is_named(entry: PoolEntry, application: Application, browser: Client) -> None:
    answer = add(browser, entry, application.job)

    assert "Joan Clarke (joan.clarke@example.test) is already in “Support lead”, since" in words(answer)
    assert Application.objects.get() == application


def test_added_twice_they_are_in_it_once(entry: PoolEntry, other: Job, grace: User, browser: Client) -> None:
    other.members.create(user=grace, role=Role.RECRUITER)
    add(browser, entry, other)

    again = words(add(browser, entry, other))

    assert "is already in “Night nurse”" in again
    assert Application.objects.filter(job=other).count() == 1


def test_after_it_ended_they_come_back_to_the_same_job(
    entry: PoolEntry, application: Application, browser: Client
) -> None:
    Application.objects.update(outcome="rejected", closed_at=timezone.now())

    add(browser, entry, application.job)

    assert Application.objects.filter(job=application.job, outcome=None).count() == 1


def test_a_job_one_does_not_recruit_for_or_that_is_closed_is_no_choice(
    entry: PoolEntry, application: Application, other: Job, browser: Client, version: QuestionSetVersion, grace: User
) -> None:
    closed = factories.job("Closed", question_set=version.question_set, recruiter=grace)
    Job.objects.filter(pk=closed.pk).update(archived_at=timezone.now())

    for job in (other, closed):
        assert "Choose one of the open jobs you recruit for." in words(add(browser, entry, job))
    page = words(browser.get(url("pool-addition", entry)))

    assert [title in page for title in ("Night nurse", ">Closed<")] == [False, False]
    assert Application.objects.get() == application


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("", "Choose the job to add them to."),
        ("00000000-0000-4000-8000-000000000000", "Choose one of the open jobs you recruit for."),
    ],
)
def test_without_a_job_it_is_asked_for(entry: PoolEntry, browser: Client, choice: str, sentence: str) -> None:
    assert sentence in words(browser.post(url("pool-addition", entry), {"job": choice}))


def test_who_recruits_for_no_open_job_is_offered_none(
    entry: PoolEntry, katherine: User, signed_in: Callable[[User], Client]
) -> None:
    manager = signed_in(katherine)

    assert "Add to a job" not in words(manager.get(POOL))
    assert "No open job of yours" in words(manager.get(url("pool-addition", entry)))


def test_the_jobs_lead_there(application: Application, browser: Client) -> None:
    assert f'href="{POOL}">Talent pool</a>' in words(browser.get(reverse("reviewer:jobs")))


def owes(reviewer: User, application: Application, version: QuestionSetVersion, by: User) -> Interview:
    interview = factories.submitted(application, version)
    reviewing.assign(interview, reviewer, by=by)
    return interview


def test_who_still_owes_a_card_reads_no_opinion_of_a_colleague(
    application: Application,
    version: QuestionSetVersion,
    grace: User,
    katherine: User,
    signed_in: Callable[[User], Client],
) -> None:
    interview = owes(katherine, application, version, grace)
    holds.hold(application, by=grace, reason="Weak on the phone")
    pool.keep_in_mind(application, note="Strong in writing", by=grace)
    reason, note = factories.reason(), "Others were calmer"
    hers = signed_in(katherine)

    def read() -> str:
        return words(hers.get(url("application", application))) + words(hers.get(POOL))

    blind = read()
    decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=reason, note=note)
    decided = read()
    interview.assessment.scorecards.create(reviewer=katherine, submitted_at=timezone.now())
    after = read()

    said = ("Weak on the phone", "Strong in writing", note, str(reason))
    assert [text in blind + decided for text in said] == [False, False, False, False]
    assert "In the <a href=" in blind
    assert "Yours to read once your card is in." in blind
    assert [text in after for text in said] == [True, True, True, True]


def test_nor_of_somebody_they_owe_a_card_in_another_job_or_stage(
    application: Application,
    version: QuestionSetVersion,
    grace: User,
    ada: User,
    katherine: User,
    signed_in: Callable[[User], Client],
) -> None:
    job = factories.job("Night nurse", question_set=version.question_set, recruiter=ada, interviewer=katherine)
    elsewhere = factories.placed(application.candidate, job.stages.get())
    owes(katherine, elsewhere, version, ada)
    pool.keep_in_mind(application, note="Strong in writing", by=grace)
    hers = signed_in(katherine)

    in_first_stage = words(hers.get(url("application", application))) + words(hers.get(POOL))
    factories.stage(job, "interview", "Second interview")
    Application.objects.filter(pk=elsewhere.pk).update(stage=job.stages.last())
    moved_on = words(hers.get(url("application", application))) + words(hers.get(POOL))

    assert "Strong in writing" not in in_first_stage + moved_on
