"""The live round of the tests: after the one-way interview Joan meets two people of the team for 45 minutes.

It is always Friday 20 November 2026, noon in London, where everybody is.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from hiring.accounts.models import User
from hiring.pipeline import links
from hiring.pipeline.models import Application, Job, JobStage
from hiring.rubrics.models import QuestionSetVersion
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer, Seat, WeeklyWindow

FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
MONDAY_TO_FRIDAY = range(5)
CANDIDATE_PHONE = "+351912344417"
TEAM_PHONE = "+351215550143"


def interviewer(user: User, *, hours: tuple[int, int] | None = (9, 17), **fields: object) -> InterviewerProfile:
    """Somebody free from Monday to Friday between ``hours``, in London; without any they never said when."""
    made = InterviewerProfile.objects.create(user=user, **{"zone": "Europe/London", **fields})
    if hours:
        WeeklyWindow.objects.bulk_create(
            WeeklyWindow(profile=made, weekday=day, start_minute=hours[0] * 60, end_minute=hours[1] * 60)
            for day in MONDAY_TO_FRIDAY
        )
    return made


def live_stage(of: Job) -> JobStage:
    return JobStage.objects.create(
        job=of, position=of.stages.count() + 1, kind="live", name=f"Live round {of.stages.count()}"
    )


def live_round(of: Job, *pools: list[InterviewerProfile], **fields: object) -> LiveRound:
    """A live round after the last stage of ``of``, with a seat for each of ``pools``."""
    room = {"meeting_url": "https://meet.example.test/{uid}", "team_phone": TEAM_PHONE}
    made = LiveRound.objects.create(stage=live_stage(of), **{"grid_zone": "Europe/London", **room, **fields})
    for position, pool in enumerate(pools, start=1):
        Seat.objects.create(round=made, position=position).pool.set(pool)
    return made


def offer(to: Application, at: LiveRound, **fields: object) -> Offer:
    """An open offer, as if a note had been written and mailed."""
    to.stage = at.stage
    to.save(update_fields=["stage"])
    expires_at = FRIDAY + timedelta(days=30)
    values = {"note": "Your answer about the angry customer stayed with me.", "expires_at": expires_at, **fields}
    return Offer.objects.create(application=to, stage=at.stage, link=links.issue(to, expires_at=expires_at), **values)


def browser(of: Offer) -> Client:
    """A candidate's browser, already let in through the link of the offer."""
    client = Client()
    client.cookies[settings.CANDIDATE_COOKIE] = links.enter(of.link, label="Firefox on Android").secret
    return client


def utc(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def booked(of: Offer, at: LiveRound, start: datetime, *people: InterviewerProfile, **fields: object) -> Booking:
    """A booking as it stands in the table, by nobody's verb."""
    end = start + timedelta(minutes=at.minutes)
    made = Booking.objects.create(
        offer=of,
        round=at,
        start_at=start,
        end_at=end,
        **{
            "state": Booking.State.CONFIRMED,
            "meeting_url": "https://meet.example.test/1",
            "candidate_phone": CANDIDATE_PHONE,
            "candidate_zone": "Europe/London",
            "team_phone": TEAM_PHONE,
            **fields,
        },
    )
    for seat, person in zip(at.seats.all(), people, strict=False):
        made.assignments.create(seat=seat, interviewer=person, during=(start, end))
    return made


@pytest.fixture
def friday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lead(grace: User) -> InterviewerProfile:
    """Grace, who can be booked."""
    return interviewer(grace)


@pytest.fixture
def manager(katherine: User) -> InterviewerProfile:
    """Katherine, who can be booked."""
    return interviewer(katherine)


@pytest.fixture
def live(job: Job, lead: InterviewerProfile, manager: InterviewerProfile, version: QuestionSetVersion) -> LiveRound:
    """Grace and Katherine together, no buffers."""
    return live_round(job, [lead], [manager], question_set=version.question_set, buffer_before=0, buffer_after=0)


@pytest.fixture
def offered(friday: time_machine.Traveller, application: Application, live: LiveRound) -> Offer:
    """Joan may choose a time."""
    return offer(application, live)


@pytest.fixture
def her_browser(offered: Offer) -> Client:
    return browser(offered)
