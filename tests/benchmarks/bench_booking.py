"""1,000 booking attempts over HTTP, 20 at a time, for panels that share people: nobody is booked twice."""

import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import httpx
import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import Company
from hiring.pipeline import links
from hiring.pipeline.models import Application, Candidate, Job
from scheduling import queries, slots
from scheduling.models import Assignment, Booking, InterviewerProfile, LiveRound, Offer
from tests import factories, live_cast
from tests.benchmarks.conftest import Report

ATTEMPTS = 1000
CLIENTS = 20
PEOPLE = 6
PANELS = ((0, 1), (1, 2), (2, 3, 4), (4, 5), (0, 5))
STARTS = 150  # of each panel that are tried: many more people want them than there is room
PHONE = "+351912344417"


def rounds(job: Job) -> list[LiveRound]:
    people = [live_cast.interviewer(factories.user(f"Person{number}")) for number in range(PEOPLE)]
    return [live_cast.live_round(job, *([people[place]] for place in panel)) for panel in PANELS]


def cookie_of(job: Job, live: LiveRound, number: int) -> tuple[Offer, str]:
    candidate = Candidate.objects.create(name=f"Candidate {number}", email=f"candidate{number}@example.test")
    application = Application.objects.create(candidate=candidate, job=job, stage=live.stage)
    until = timezone.now() + timedelta(days=20)
    link = links.issue(application, expires_at=until)
    made = Offer.objects.create(application=application, stage=live.stage, link=link, note="Come", expires_at=until)
    return made, links.enter(link, label="bench").secret


def attempt(server: str, made: Offer, secret: str, start: datetime) -> tuple[int, float, int]:
    """The status a candidate gets for pressing "Confirm", the seconds it took, how many fresh times came with it."""
    token = "b" * 32
    cookies = {settings.CANDIDATE_COOKIE: secret, settings.CSRF_COOKIE_NAME: token}
    form = {"start": start.isoformat(), "phone": PHONE, "csrfmiddlewaretoken": token}
    began = time.perf_counter()
    answer = httpx.post(f"{server}/c/live/{made.pk}/confirmation/", data=form, cookies=cookies, timeout=60)
    return answer.status_code, time.perf_counter() - began, len(re.findall(r'name="start" value="', answer.text))


def overlaps() -> int:
    """Pairs of occupying meetings of one interviewer that overlap."""
    found = 0
    for person in InterviewerProfile.objects.all():
        during = list(Assignment.objects.filter(interviewer=person, occupies=True).order_by("during"))
        found += sum(one.during.upper > two.during.lower for one, two in pairwise(during))
    return found


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_a_thousand_attempts(company: Company, job: Job, live_server: LiveServer, report: Report) -> None:
    chance = Random(1)  # noqa: S311 (the same attempts every time)
    panels = rounds(job)
    starts = [slots.starts(queries.request(live, timezone.now()))[:STARTS] for live in panels]
    asked = []
    for number in range(ATTEMPTS):
        place = chance.randrange(len(panels))
        made, secret = cookie_of(job, panels[place], number)
        asked.append((live_server.url, made, secret, chance.choice(starts[place])))

    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(clients.map(lambda one: attempt(*one), asked))

    booked = Booking.objects.filter(state=Booking.State.CONFIRMED).count()
    won = sum(status == 302 for status, _seconds, _fresh in answers)
    lost = [fresh for status, _seconds, fresh in answers if status == 409]
    faults = sum(status >= 500 for status, _seconds, _fresh in answers)
    slowest = statistics.quantiles((seconds for _status, seconds, _fresh in answers), n=100)[98] * 1000
    report("booking attempts: overlaps", overlaps(), "", must="0", met=overlaps() == 0)
    report("booking attempts: 5xx", faults, "", must="0", met=faults == 0)
    told = f"{len(lost)} of {ATTEMPTS - won}, {min(lost, default=0)} times at least"
    is_told = len(lost) == ATTEMPTS - won and min(lost, default=0) > 0
    report("booking attempts: losers told 409 with fresh times", len(lost), "", must="all", met=is_told, figure=told)
    report("booking attempts: booked", booked, "", must="= won", met=booked == won, figure=f"{booked}, {won} won")
    report("booking attempts: p99", slowest, "ms", must="–", met=True)
