"""The whole way, from an application on a phone to a decision, by five people in real browsers."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.lib import storage
from hiring.mail.models import Message
from hiring.pipeline import decisions, process
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Decision, Job, JobStage
from hiring.portals.demo import resumes
from hiring.rubrics.models import QuestionSetVersion
from interviews import setup
from interviews.models import Take
from scheduling.models import Booking
from tests import factories, live_cast
from tests.journeys.people import (
    PHONE,
    QUESTIONS,
    ask,
    begin_now,
    hand_in,
    leave_figures,
    link_in,
    record_and_send,
    score,
)
from tests.workers import Worker, wait_for

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NOTE = "How you called the customer back stayed with us."
CV = ("Joan Clarke", "Team lead, support, since 2019", "Zendesk, mail and phone")


@pytest.fixture
def version(ada: User) -> QuestionSetVersion:
    """Two questions, each scored on one thing: recorded first, and asked again when they meet."""
    return factories.published(
        "Support lead", (QUESTIONS[0], "Handles conflict"), (QUESTIONS[1], "Improves things"), by=ada
    )


@pytest.fixture
def job(version: QuestionSetVersion, grace: User, katherine: User, alan: User) -> Job:
    """Read, recorded, met: with Grace and Katherine, who are free on working days."""
    made = factories.job(
        "Support lead", question_set=version.question_set, recruiter=grace, hiring_manager=katherine, interviewer=alan
    )
    first = made.stages.get()
    reading = factories.stage(made, "screening", "Résumé review")
    process.order_stages(made, [reading.pk, first.pk])
    setup.ask(first, version.question_set, days_to_answer=7)
    people = [live_cast.interviewer(who, hours=(8, 20)) for who in (grace, katherine)]
    live_cast.live_round(made, *[[person] for person in people], question_set=version.question_set, notice_hours=1)
    made.description = "Lead the people who answer."
    made.save(update_fields=["description"])
    return process.publish(made)


@pytest.fixture
def rival(job: Job, grace: User) -> Application:
    """Mary, who may choose a time of the same two people."""
    added = pipeline.add_candidate(job, name="Mary Shelley", email="mary@example.test", zone="Europe/London", by=grace)
    read = pipeline.advance(added, by=grace)
    return pipeline.skip(read, by=grace, reason="We met her at the fair.", note="Come and talk.")


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> BrowserContext:
    camera = ["camera", "microphone"]
    return browser.new_context(
        base_url=live_server.url,
        viewport=PHONE,
        permissions=camera,
        has_touch=True,
        timezone_id="Europe/London",
    )


def test_from_an_application_to_a_decision(
    live_server: LiveServer,
    browser: Browser,
    phone: BrowserContext,
    job: Job,
    rival: Application,
    sit_down: Callable[[User], Page],
    start_worker: Callable[[], Worker],
    grace: User,
    katherine: User,
    alan: User,
    tmp_path: Path,
) -> None:
    began = time.monotonic()
    storage.ensure_bucket([live_server.url])
    start_worker()
    hers, recruiter = phone.new_page(), sit_down(grace)

    joan = apply(hers, job, tmp_path)
    read(recruiter, job)
    interview = joan.interviews.get()
    record_and_send(hers, link_in("invitation", joan))
    wait_for(lambda: not Take.objects.exclude(state=Take.State.PLAYABLE).exists())
    first, second = sit_down(alan), sit_down(katherine)
    for reviewer, desk in ((alan, first), (katherine, second)):
        ask(recruiter, interview, reviewer)
        score(desk, interview, key="4", note="Called back herself.")
        hand_in(desk)

    promote(second, job)
    theirs = phone_of(browser, live_server, rival)
    taken = choose(hers, link_in("booking_offer", joan))
    refused(theirs, taken)
    booking = meet(recruiter, joan)
    score_meeting(second, booking)
    decide(second, joan)

    assert Application.objects.get(pk=joan.pk).outcome == Application.Outcome.HIRED
    hers.goto("/c/")
    expect(hers.get_by_role("heading", level=1)).to_be_visible()
    expect(hers.get_by_text("Good news").first).to_be_visible()
    assert Booking.objects.filter(start_at=booking.start_at, state=Booking.State.CONFIRMED).count() == 1
    leave_figures(seconds=time.monotonic() - began)


def apply(page: Page, job: Job, folder: Path) -> Application:
    """From the list of jobs, with a résumé, without an account."""
    resume = folder / "joan.pdf"
    resume.write_bytes(resumes.pdf(CV, "joan").read())
    page.goto("/")
    page.get_by_role("link", name=job.title).first.click()
    page.get_by_role("link", name=re.compile("^Apply")).first.click()
    page.get_by_label("Your name").fill("Joan Clarke")
    page.get_by_label("Your e-mail").fill("joan@example.test")
    page.locator("input[type=file]").set_input_files(resume)
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="Thank you. It has arrived.")).to_be_visible()
    return Application.objects.get(candidate__email="joan@example.test")


def read(recruiter: Page, job: Job) -> None:
    """The résumé beside the criteria; one press moves her on."""
    stage = JobStage.objects.get(job=job, kind="screening")
    recruiter.goto(reverse("reviewer:screening:queue", args=[stage.pk]))
    expect(recruiter.get_by_role("heading", name="Joan Clarke").first).to_be_visible()
    recruiter.get_by_role("button", name=re.compile("^Move on")).click()
    expect(recruiter.get_by_text("Everything here is read")).to_be_visible()


def promote(manager: Page, job: Job) -> None:
    """From the shortlist, with a personal note that is read before it is sent."""
    manager.goto(reverse("reviewer:job-shortlist", args=[job.pk]))
    manager.get_by_role("checkbox", name=re.compile("Joan Clarke")).check()
    manager.get_by_role("button", name=re.compile("^Move on to")).click()
    manager.get_by_label("A word of your own").fill(NOTE)
    manager.get_by_role("button", name="Read the messages first").click()
    expect(manager.locator("article").get_by_text(NOTE)).to_be_visible()
    manager.locator("button[name=send]").click()
    wait_for(lambda: Message.objects.filter(kind="booking_offer", text__contains=NOTE).exists())


def phone_of(browser: Browser, site: LiveServer, application: Application) -> Page:
    """Somebody else's phone, at the times they may choose from."""
    page = browser.new_context(base_url=site.url, viewport=PHONE, timezone_id="Europe/London").new_page()
    page.goto(link_in("booking_offer", application))
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name=re.compile("Choose a time")).first.click()
    return page


def choose(page: Page, link: str) -> str:
    """The first time there is, with a phone number; the name of the button that was pressed."""
    page.goto(link)
    if page.get_by_role("button", name="Begin").count():
        page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name=re.compile("Choose a time")).first.click()
    first = page.locator("button[name=start]").first
    start = first.get_attribute("value") or ""
    first.click()
    page.get_by_label("Your phone number").fill(live_cast.CANDIDATE_PHONE)
    page.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(page.get_by_role("link", name="Add to my calendar")).to_be_visible()
    return start


def refused(page: Page, start: str) -> None:
    """The time that was just taken is not to be had, and others are."""
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.locator(f"button[name=start][value='{start}']").click()
    assert answer.value.status == 409
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.locator("button[name=start]").count() > 0
    assert page.locator(f"button[name=start][value='{start}']").count() == 0


def meet(recruiter: Page, application: Application) -> Booking:
    """They meet now; the recruiter scores at once."""
    booking = begin_now(application)
    score_meeting(recruiter, booking)
    return booking


def score_meeting(desk: Page, booking: Booking) -> None:
    """Every score by key in the kit, then the card is in."""
    desk.goto(reverse("reviewer:scheduling:kit", args=[booking.pk]))
    expect(desk.get_by_role("heading", name="Joan Clarke")).to_be_visible()
    desk.get_by_label("What did they say or do?").first.fill("Names what she would do differently.")
    desk.get_by_role("heading", name="In the room").click()
    for _pair in QUESTIONS:
        desk.keyboard.press("5")
    desk.get_by_label("Move forward", exact=True).check()
    expect(desk.locator("[data-saved]")).to_contain_text("Saved")
    desk.get_by_role("button", name="Hand in your card").click()
    expect(desk.get_by_text("Your card is in.").first).to_be_visible()


def decide(manager: Page, application: Application) -> None:
    """Decided now, read first, told at once."""
    manager.goto(reverse("reviewer:application", args=[application.pk]))
    manager.get_by_role("link", name="Hire", exact=True).click()
    expect(manager.get_by_text("We would like to work with you").first).to_be_visible()
    manager.get_by_role("button", name="Decide: hire").click()
    decision = Decision.objects.get(application=application)
    decisions.release_due(decision.release_at)
