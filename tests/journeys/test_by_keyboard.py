"""The whole way from an application to a decision, and nobody touches a mouse."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.lib import storage
from hiring.pipeline import process
from hiring.pipeline.models import Application, Decision, Job
from hiring.portals.demo import resumes
from hiring.rubrics.models import QuestionSetVersion
from interviews import setup
from interviews.models import Take
from scheduling.models import Booking
from tests import factories, live_cast
from tests.journeys.keys import choose, follow, press, skip_to_content, tab_to, tick, write
from tests.journeys.people import QUESTIONS, begin_now, link_in
from tests.journeys.recorder import candidate
from tests.workers import Worker, wait_for

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NOTE = "How you called the customer back stayed with us."


@pytest.fixture
def version(ada: User) -> QuestionSetVersion:
    return factories.published("Support lead", (QUESTIONS[0], "Handles conflict"), by=ada)


@pytest.fixture
def job(version: QuestionSetVersion, grace: User, katherine: User, alan: User) -> Job:
    """Read, recorded, scored by one, met with Grace."""
    made = factories.job(
        "Support lead", question_set=version.question_set, recruiter=grace, hiring_manager=katherine, interviewer=alan
    )
    made.cards_needed = 1
    made.save(update_fields=["cards_needed"])
    first = made.stages.get()
    process.order_stages(made, [factories.stage(made, "screening", "Résumé review").pk, first.pk])
    setup.ask(first, version.question_set, days_to_answer=7)
    free = live_cast.interviewer(grace, hours=(8, 20))
    live_cast.live_round(made, [free], question_set=version.question_set, notice_hours=1)
    return factories.published_job(made)


@pytest.fixture
def hers(browser: Browser, live_server: LiveServer) -> Page:
    """Joan's browser, with a camera."""
    return browser.new_context(
        base_url=live_server.url, permissions=["camera", "microphone"], timezone_id="Europe/London"
    ).new_page()


def test_nobody_touches_a_mouse(
    live_server: LiveServer,
    hers: Page,
    job: Job,
    sit_down: Callable[[User], Page],
    start_worker: Callable[[], Worker],
    grace: User,
    katherine: User,
    alan: User,
    tmp_path: Path,
) -> None:
    storage.ensure_bucket([live_server.url])
    start_worker()
    recruiter, reviewer, manager = (sit_down(who) for who in (grace, alan, katherine))

    joan = apply(hers, job, tmp_path)
    read(recruiter, joan)
    record(hers, joan)
    wait_for(lambda: not Take.objects.exclude(state=Take.State.PLAYABLE).exists())
    ask(recruiter, joan, alan)
    score(reviewer)
    promote(manager, job)
    book(hers, joan)
    meet(recruiter, joan)
    decide(manager, joan)

    assert Decision.objects.get().outcome == Decision.Outcome.HIRED


def apply(page: Page, job: Job, folder: Path) -> Application:
    """Sent too early, then with an address that cannot be: each time the focus goes to what is wrong."""
    resume = folder / "joan.pdf"
    resume.write_bytes(resumes.pdf(("Joan Clarke", "Zendesk, mail and phone"), "joan").read())
    page.on("filechooser", lambda dialog: dialog.set_files(resume))
    page.goto("/")
    skip_to_content(page)
    follow(page, re.compile(job.title))
    follow(page, re.compile("^Apply"))
    press(page, "Send my application")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Joan Clarke")
    write(page, "Your e-mail", "joan@example")
    attach(page)
    press(page, "Send my application")
    expect(page.locator("#errors")).to_be_focused()
    follow(page, "Your e-mail")
    expect(page.get_by_label("Your e-mail")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(".test")
    attach(page)
    press(page, "Send my application")
    expect(page.get_by_role("heading", name="Thank you. It has arrived.")).to_be_visible()
    return Application.objects.get(candidate__email="joan@example.test")


def attach(page: Page) -> None:
    """The browser's own dialog opens, where her file is chosen: see ``apply``."""
    field = page.locator("input[type=file]")
    tab_to(page, field)
    page.keyboard.press("Space")
    expect(field).to_have_value(re.compile("joan.pdf$"))


def read(page: Page, application: Application) -> None:
    """From Today to the résumé; one key moves her on."""
    page.goto("/review/")
    skip_to_content(page)
    follow(page, "1 application")
    expect(page.get_by_role("heading", name="Joan Clarke").first).to_be_visible()
    expect(page.locator("[data-keys=on]")).to_be_attached()
    page.keyboard.press("a")
    expect(page.get_by_text("Everything here is read")).to_be_visible()
    assert application.interviews.exists()


def record(page: Page, application: Application) -> None:
    page.goto(link_in("invitation", application))
    press(page, "Begin")
    follow(page, "See what to expect")
    follow(page, re.compile("^Next$"))
    tick(page, re.compile("I have read this"))
    press(page, "Agree and go on")
    follow(page, "Go to the questions")
    candidate.state(page, "thinking")
    press(page, "Record my answer")
    candidate.state(page, "recording")
    candidate.speak(page)
    press(page, "Finish answer")
    press(page, "Keep this answer")
    candidate.state(page, "saved", within=30_000)
    follow(page, "Look over my answers")
    press(page, "Send my answers")
    expect(page.get_by_role("heading", name="Thank you. Your answers arrived.")).to_be_visible()


def ask(page: Page, application: Application, who: User) -> None:
    page.goto(f"/review/applications/{application.pk}/")
    tab_to(page, page.get_by_label("Ask to score"))
    page.keyboard.type(str(who))
    press(page, "Ask them")
    expect(page.get_by_role("button", name=f"Release {who}")).to_be_visible()


def score(page: Page) -> None:
    """The card by keys; then the recommendation, and in."""
    page.goto("/review/")
    skip_to_content(page)
    follow(page, re.compile("^Watch and score"))
    expect(page.get_by_role("heading", name=QUESTIONS[0])).to_be_visible()
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 1")
    page.keyboard.press("n")
    page.keyboard.type("Called back herself.")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("4")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.keyboard.press("Enter")
    choose(page, "Move forward")
    press(page, "Hand in your card")
    expect(page.get_by_role("heading", name="What the reviewers said")).to_be_visible()


def promote(page: Page, job: Job) -> None:
    page.goto(f"/review/jobs/{job.pk}/")
    skip_to_content(page)
    follow(page, "Shortlist")
    press(page, "Show me the scores of 1 person")
    tick(page, re.compile("Joan Clarke"))
    press(page, re.compile("^Move on to"))
    write(page, "A word of your own", NOTE)
    press(page, "Read the messages first")
    expect(page.locator("article").get_by_text(NOTE)).to_be_visible()
    press(page, re.compile("^Move one person on"))
    expect(page.get_by_role("heading", name="Done for")).to_be_visible()


def book(page: Page, application: Application) -> None:
    page.goto(link_in("booking_offer", application))
    press(page, "Begin")
    follow(page, re.compile("Choose a time"))
    tab_to(page, page.locator("button[name=start]"))
    page.keyboard.press("Enter")
    press(page, re.compile("^Confirm"))
    expect(page.locator("#errors")).to_be_focused()
    follow(page, re.compile("phone"))
    page.keyboard.type(live_cast.CANDIDATE_PHONE)
    press(page, re.compile("^Confirm"))
    expect(page.get_by_role("link", name="Add to my calendar")).to_be_visible()


def meet(page: Page, application: Application) -> None:
    """Scored as she speaks, from the list of one's conversations."""
    booking = begin_now(application)
    page.goto("/review/live/")
    skip_to_content(page)
    follow(page, re.compile("^Open the kit"))
    write(page, "What did they say or do?", "Names what she would do differently.")
    tab_to(page, page.locator("[data-item] input"))
    page.keyboard.press("5")
    choose(page, "Move forward")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    press(page, "Hand in your card")
    expect(page.get_by_text("Your card is in.").first).to_be_visible()
    assert booking.state == Booking.State.CONFIRMED


def decide(page: Page, application: Application) -> None:
    page.goto(f"/review/applications/{application.pk}/")
    skip_to_content(page)
    follow(page, re.compile("^Hire$"))
    expect(page.get_by_text("We would like to work with you").first).to_be_visible()
    press(page, "Decide: hire")
    expect(page.get_by_role("heading", name="Decided: hire")).to_be_visible()
