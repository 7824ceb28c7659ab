"""The main job, from a published question set to two scorecards, by four people in real browsers."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Request, Response, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.lib import storage
from hiring.pipeline.models import Job
from hiring.rubrics.models import QuestionSet, QuestionSetVersion, Scorecard
from interviews.models import Interview, Take
from tests import factories
from tests.journeys.people import PHONE, QUESTIONS, ask, hand_in, leave_figures, link_in, record_and_send, score
from tests.workers import Worker, wait_for

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SOMEBODYS_WORDS = "She called the customer back herself."


class Traffic:
    """What a browser exchanged with the web process and with the store, in bytes of recordings."""

    def __init__(self, page: Page, site: str) -> None:
        self.site = urlsplit(site).netloc
        self.through_django = 0
        self.to_store = 0
        page.on("request", self._sent)
        page.on("response", self._received)

    def _sent(self, request: Request) -> None:
        size = len(request.post_data_buffer or b"")
        if urlsplit(request.url).netloc != self.site:
            self.to_store += size
        elif not _is_words(request.headers.get("content-type", "")):
            self.through_django += size

    def _received(self, response: Response) -> None:
        kind = response.headers.get("content-type", "")
        if urlsplit(response.url).netloc == self.site and kind.startswith(("video/", "audio/", "application/octet")):
            self.through_django += int(response.headers.get("content-length", "1"))


def _is_words(kind: str) -> bool:
    return kind.startswith(("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/"))


@pytest.fixture
def draft(ada: User) -> QuestionSetVersion:
    question_set = QuestionSet.objects.create(name="Support lead")
    version = QuestionSetVersion.objects.create(question_set=question_set, number=1)
    factories.question(version, QUESTIONS[0], "Handles conflict")
    factories.question(version, QUESTIONS[1], "Improves things")
    return version


@pytest.fixture
def job(draft: QuestionSetVersion, grace: User, katherine: User, alan: User) -> Job:
    return factories.job(
        "Support lead", question_set=draft.question_set, recruiter=grace, hiring_manager=katherine, interviewer=alan
    )


def test_from_a_published_set_to_two_scorecards(
    live_server: LiveServer,
    browser: Browser,
    job: Job,
    draft: QuestionSetVersion,
    sit_down: Callable[[User], Page],
    start_worker: Callable[[], Worker],
    ada: User,
    grace: User,
    alan: User,
    katherine: User,
) -> None:
    began = time.monotonic()
    storage.ensure_bucket([live_server.url])
    start_worker()
    publish(sit_down(ada), draft)
    recruiter = sit_down(grace)
    interview = invite(recruiter, job)
    camera = ["camera", "microphone"]
    handheld = browser.new_context(base_url=live_server.url, viewport=PHONE, permissions=camera, has_touch=True)
    phone = handheld.new_page()
    traffic = Traffic(phone, live_server.url)

    record_and_send(phone, link_in("invitation", interview.application))

    interview.refresh_from_db()
    assert interview.status == Interview.Status.SUBMITTED
    wait_for(lambda: not Take.objects.exclude(state=Take.State.PLAYABLE).exists())
    assert [take.interrupted for take in Take.objects.order_by("answer__question__position")] == [False, True]
    for reviewer in (alan, katherine):
        ask(recruiter, interview, reviewer)
    first, second = sit_down(alan), sit_down(katherine)
    score(first, interview, key="4", note=SOMEBODYS_WORDS)
    hand_in(first)
    read = read_along(second, live_server.url)
    score(second, interview, key="3", note="Calm throughout.")
    assert len(read) > 3
    assert [name for name in (SOMEBODYS_WORDS, "Joan") if name in "".join(read)] == []
    hand_in(second)
    expect(second.get_by_text(SOMEBODYS_WORDS)).to_be_visible()
    assert Scorecard.objects.submitted().count() == 2
    assert traffic.to_store > 500_000
    assert traffic.through_django == 0
    leave_figures(seconds=time.monotonic() - began, through_django=traffic.through_django, to_store=traffic.to_store)


def publish(admin: Page, draft: QuestionSetVersion) -> None:
    admin.goto(reverse("reviewer:rubrics:publication", args=[draft.question_set_id]))
    admin.get_by_role("button", name="Publish version 1").click()
    expect(admin.get_by_role("heading", name="Support lead")).to_be_visible()


def invite(recruiter: Page, job: Job) -> Interview:
    recruiter.goto(reverse("reviewer:job-candidates", args=[job.pk]))
    recruiter.get_by_label("Name", exact=True).fill("Joan Clarke")
    recruiter.get_by_label("E-mail", exact=True).fill("joan@example.test")
    recruiter.get_by_role("button", name="Add", exact=True).click()
    expect(recruiter.get_by_text("Joan Clarke").first).to_be_visible()
    return Interview.objects.get(application__candidate__email="joan@example.test")


def read_along(desk: Page, site: str) -> list[str]:
    """Every page and answer of ours that ``desk`` gets from now on, as text."""
    bodies: list[str] = []

    def note(response: Response) -> None:
        if response.url.startswith(site) and "/static/" not in response.url and response.ok:
            bodies.append(response.text())

    desk.on("response", note)
    return bodies
