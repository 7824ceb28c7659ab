import csv
import io
from collections.abc import Callable
from datetime import timedelta
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
from hiring.pipeline import decisions, operations
from hiring.pipeline.models import Application, Candidate, Decision, Job, JobStage, Obligation, Stay
from hiring.portals import export, saving
from hiring.portals.filters import Filter
from hiring.portals.models import SavedFilter
from hiring.rubrics.models import QuestionSetVersion
from tests import factories


@pytest.fixture
def review(job: Job) -> JobStage:
    return factories.stage(job, "screening", "Résumé review")


@pytest.fixture
def browser(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


def listed(browser: Client, job: Job, **query: str) -> Any:
    return browser.get(reverse("reviewer:job", args=[job.pk], query=query)).context["listing"]


def names(browser: Client, job: Job, **query: str) -> list[str]:
    return [row.application.candidate.name for row in listed(browser, job, **query).rows]


def test_a_stage_shows_its_own_with_the_standings_within(
    job: Job, review: JobStage, version: QuestionSetVersion, browser: Client
) -> None:
    factories.interview(factories.application(job, "Invited"), version)
    factories.application(job, "Uninvited")
    factories.placed(factories.candidate("Unread"), review)
    held = factories.placed(factories.candidate("Held"), review)
    held.stays.update(held_at=timezone.now())

    first, second = (listed(browser, job, stage=str(stage.pk)) for stage in job.stages.all())

    assert [(str(words), count) for words, _url, _current, count in first.tabs] == [
        ("Everybody", 4),
        ("One-way interview", 2),
        ("Résumé review", 2),
    ]
    assert [(str(words), count) for words, _url, _current, count in first.standings] == [
        ("Not invited yet", 1),
        ("Invited", 1),
    ]
    assert [(str(words), count) for words, _url, _current, count in second.standings] == [
        ("To be read", 1),
        ("On hold", 1),
    ]
    assert names(browser, job, stage=str(review.pk), status="held") == ["Held"]


def test_every_number_is_what_its_link_shows(
    job: Job, review: JobStage, version: QuestionSetVersion, browser: Client
) -> None:
    for number in range(3):
        factories.interview(factories.application(job, f"Invited {number}"), version)
    factories.submitted(factories.application(job, "In"), version)
    gone = factories.application(job, "Gone")
    operations.withdraw(gone, by=gone.candidate)

    everybody = listed(browser, job)
    numbers = [*everybody.tabs, *listed(browser, job, stage=str(job.stages.all()[0].pk)).standings]

    assert len(numbers) == 6
    for _words, url, _current, count in numbers:
        assert len(browser.get(url).context["listing"].rows) == count


def test_two_one_way_stages_tell_their_own_standing(job: Job, version: QuestionSetVersion, browser: Client) -> None:
    second = factories.stage(job, "interview", "Second one-way")
    moved = factories.application(job, "Moved")
    factories.submitted(moved, version)
    Application.objects.filter(pk=moved.pk).update(stage=second)
    Stay.objects.filter(application=moved).update(stage=second)

    assert [row.standing.key for row in listed(browser, job, stage=str(second.pk)).rows] == ["to_invite"]


def test_who_waits_late_and_who_is_decided_about_are_found(job: Job, grace: User, browser: Client) -> None:
    late, lapsed, decided = (factories.application(job, name) for name in ("Late", "Lapsed", "Decided"))
    factories.application(job, "Fine")
    kind = Obligation.Kind.DECISION
    yesterday, tomorrow = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    Obligation.objects.create(application=late, kind=kind, due_at=yesterday)
    Obligation.objects.create(application=lapsed, kind=kind, due_at=yesterday, lapsed_at=yesterday)
    Obligation.objects.create(application=lapsed, kind=kind, due_at=tomorrow)
    Obligation.objects.create(application=decided, kind=kind, due_at=tomorrow)
    decisions.decide(decided, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())

    assert sorted(names(browser, job, late="on")) == ["Lapsed", "Late"]
    assert names(browser, job, pending="on") == ["Decided"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["ada", "Émile", "Zoë"]),
        ("oldest", ["Zoë", "Émile", "ada"]),
        ("name", ["ada", "Émile", "Zoë"]),
        ("waiting", ["Émile", "Zoë", "ada"]),
    ],
)
def test_the_order_is_chosen_and_pages_keep_it(
    job: Job, browser: Client, monkeypatch: pytest.MonkeyPatch, sort: str, expected: list[str]
) -> None:
    people = [factories.application(job, name) for name in ("Zoë", "Émile", "ada")]
    Stay.objects.filter(application=people[1]).update(entered_at=timezone.now() - timedelta(days=9))
    monkeypatch.setattr(pages.page, "__kwdefaults__", {**(pages.page.__kwdefaults__ or {}), "size": 1})

    seen, url = [], reverse("reviewer:job", args=[job.pk], query={"sort": sort})
    while url:
        shown = browser.get(url).context["listing"]
        seen += [row.application.candidate.name for row in shown.rows]
        url = shown.older_url

    assert sorted(seen) == sorted(expected)
    if sort != "name":  # where letters with marks go is the database's own order
        assert seen == expected


def test_a_filter_is_kept_renamed_and_removed(job: Job, grace: User, browser: Client, application: Application) -> None:
    kept_at = reverse("reviewer:job-filters", args=[job.pk])

    answer = browser.post(kept_at, {"name": "Late ones", "query": "late=on&sort=name"}, follow=True)
    saved = SavedFilter.objects.get()
    assert answer.context["listing"].saved_now == saved
    assert saved.query == "late=on&sort=name"

    browser.post(reverse("reviewer:job-filter-name", args=[job.pk, saved.pk]), {"name": "Overdue answers"})
    saved.refresh_from_db()
    assert saved.name == "Overdue answers"

    browser.post(reverse("reviewer:job-filter-removal", args=[job.pk, saved.pk]))
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", "late=on", "Give the filter a name"),
        ("x" * 61, "late=on", "Give the filter a name"),
        ("Everybody", "", "Choose something first"),
        ("Odd", "stage=nonsense", "Choose something first"),
    ],
)
def test_what_cannot_be_kept_is_told(
    job: Job, browser: Client, application: Application, name: str, query: str, said: str
) -> None:
    url = reverse("reviewer:job-filters", args=[job.pk])

    back = reverse("reviewer:job", args=[job.pk])

    page = browser.post(url, {"name": name, "query": query}, follow=True, headers={"referer": back})

    assert said in " ".join(str(message) for message in page.context["messages"])
    assert not SavedFilter.objects.exists()


def test_there_is_an_end_to_filters_and_to_names(job: Job, grace: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "MOST", 2)
    first = saving.save(job, Filter(late=True), name="One", by=grace)
    saving.save(job, Filter(pending=True), name="Two", by=grace)

    with pytest.raises(saving.TooManyFilters):
        saving.save(job, Filter(q="x"), name="Three", by=grace)
    with pytest.raises(saving.NameTaken):
        saving.rename(first, name="Two")
    assert saving.save(job, Filter(q="x"), name="One", by=grace).pk == first.pk


def test_somebody_elses_filter_is_not_there(
    job: Job, katherine: User, grace: User, signed_in: Callable[[User], Client]
) -> None:
    saved = SavedFilter.objects.create(user=katherine, job=job, name="Hers", query="late=on")

    answer = signed_in(grace).post(reverse("reviewer:job-filter-removal", args=[job.pk, saved.pk]))

    assert answer.status_code == 404
    assert SavedFilter.objects.exists()


def exported(browser: Client, job: Job, **query: str) -> list[list[str]]:
    answer = browser.get(reverse("reviewer:job-export", args=[job.pk], query=query))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode("utf-8-sig")
    assert text.count("\r\n") == len(list(csv.reader(io.StringIO(text, newline=""), strict=True)))
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_what_is_shown_can_be_taken_along_as_csv(
    job: Job, review: JobStage, version: QuestionSetVersion, browser: Client
) -> None:
    factories.submitted(factories.application(job, 'Joan "Jo" Clarke, MBE'), version)
    factories.placed(factories.candidate("Mary Shelley"), review)

    head, *rows = exported(browser, job)

    assert head[:6] == ["Name", "E-mail", "Phone", "Profile", "Stage", "Standing"]
    assert [row[0] for row in rows] == ["Mary Shelley", 'Joan "Jo" Clarke, MBE']
    assert rows[1][4:8] == ["One-way interview", "Handed in", "0", "0"]
    assert [row[0] for row in exported(browser, job, stage=str(review.pk))[1:]] == ["Mary Shelley"]


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+32470", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", "  =1+1", "\u3000＝1"],
)
def test_a_cell_is_no_formula(job: Job, browser: Client, name: str) -> None:
    person = Candidate.objects.create(name=name, email="x@example.test", phone="+32470123456")
    factories.placed(person, job.stages.get())

    _head, row = exported(browser, job)

    assert row[0] == f"'{name}"
    assert row[2] == "'+32470123456"


def test_words_that_are_no_formula_stay_as_they_are() -> None:
    assert [export.cell(value) for value in ("Ana-Maria", "a=b", 3, None, "a\0b")] == [
        "Ana-Maria",
        "a=b",
        "3",
        "",
        "ab",
    ]


def test_an_interviewer_takes_nobody_along(job: Job, alan: User, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(alan).get(reverse("reviewer:job-export", args=[job.pk])).status_code == 404


def test_a_stage_asks_the_database_as_often_for_fifty_as_for_one(
    job: Job,
    review: JobStage,
    version: QuestionSetVersion,
    browser: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    url = reverse("reviewer:job", args=[job.pk], query={"stage": str(job.stages.all()[0].pk), "late": "on"})
    factories.submitted(factories.application(job, "Person 0"), version)
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    for number in range(1, 50):
        factories.submitted(factories.application(job, f"Person {number}"), version)

    with django_assert_num_queries(len(one)):
        browser.get(url)


def test_those_ticked_are_read_about_before_anything_happens(
    job: Job, browser: Client, application: Application, version: QuestionSetVersion
) -> None:
    gone = factories.application(job, "Gone")
    operations.withdraw(gone, by=gone.candidate)
    page = browser.get(reverse("reviewer:job", args=[job.pk])).content.decode()
    tick = f"{application.pk}@{application.stage_id}"

    assert f'value="{tick}"' in page
    assert str(gone.pk) + "@" not in page
    answer = browser.post(reverse("reviewer:job-selection", args=[job.pk]), {"action": "invite", "application": [tick]})
    assert answer.status_code == 200
    assert not application.interviews.exists()
