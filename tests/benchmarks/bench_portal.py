"""Board, list and application page of a job with very many candidates: time on the server, queries, growth."""

import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Job
from hiring.portals.demo import crowd
from tests import factories
from tests.benchmarks.conftest import Report

FEW, MANY = 1_000, 10_000
ROUNDS, RUNS = 6, 25
MEDIAN_MS, P95_MS, QUERIES, GROWTH = 60, 150, 25, 1.3


@pytest.fixture
def large(job: Job) -> Job:
    """A job with a résumé review before and a live round after its one-way interview."""
    interview = job.stages.get()
    interview.position = 2
    interview.save()
    job.stages.create(position=1, kind="screening", name="Résumé review")
    job.stages.create(position=3, kind="live", name="Meet the team")
    factories.reason()
    return job


def pages(job: Job) -> dict[str, str]:
    someone = Application.objects.filter(job=job, stage__kind="interview", outcome=None).earliest("created_at")
    own = reverse("reviewer:job", args=[job.pk])
    return {
        "board": reverse("reviewer:job-board", args=[job.pk]),
        "list": own,
        "list of a stage": f"{own}?stage={someone.stage_id}",
        "list of a standing": f"{own}?stage={someone.stage_id}&status=submitted",
        "list, searched": f"{own}?q=ber",  # finds more than a page among few and among many
        "application page": reverse("reviewer:application", args=[someone.pk]),
    }


def measured(browser: Client, urls: dict[str, str]) -> dict[str, tuple[float, float, int]]:
    """Median and 95th percentile in milliseconds on the server, and the queries of one time, of each page.

    Of the quietest of some rounds, for machines are shared: each round asks every page, so that a loud moment is not
    all one page's. Not with the client's own time, which copies the context of every template it saw rendered.
    """
    queries, rounds = {}, {name: list[list[float]]() for name in urls}
    for name, url in urls.items():
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(url).status_code == 200
            queries[name] = len(asked)
    for _ in range(ROUNDS):
        for name, url in urls.items():
            rounds[name].append([_timed(browser, url) for _ in range(RUNS)])
    told = {}
    for name, times in rounds.items():
        quietest = min(times, key=statistics.median)
        told[name] = statistics.median(quietest), statistics.quantiles(quietest, n=20)[-1], queries[name]
    return told


def _timed(browser: Client, url: str) -> float:
    requests = RequestFactory()
    requests.cookies = browser.cookies
    request = requests.get(url)
    started = time.perf_counter()
    browser.handler.get_response(request)
    return (time.perf_counter() - started) * 1000


@pytest.mark.django_db
def test_pages_of_a_large_job(large: Job, grace: User, signed_in: Callable[[User], Client], report: Report) -> None:
    browser = signed_in(grace)
    crowd.fill(large, FEW, by=grace)
    few = measured(browser, pages(large))
    started = time.perf_counter()
    crowd.fill(large, MANY - FEW, by=grace, seed=2)
    report("9,000 candidates more, inserted", time.perf_counter() - started, "s", must="< 120 s", met=True)
    assert crowd.problems(large) == []
    many = measured(browser, pages(large))

    for name, (median, p95, queries) in many.items():
        growth = median / few[name][0]
        at = f"{name}, {MANY:,} candidates"
        report(f"{at}: median", median, "ms", must=f"≤ {MEDIAN_MS} ms", met=median <= MEDIAN_MS)
        report(f"{at}: p95", p95, "ms", must=f"< {P95_MS} ms", met=p95 < P95_MS)
        report(f"{at}: queries", queries, "", must=f"≤ {QUERIES}", met=queries <= QUERIES, figure=str(queries))
        report(f"{name}: growth from {FEW:,}", growth, "×", must=f"≤ {GROWTH} ×", met=growth <= GROWTH)
