"""What candidates and reviewers do in their browsers, for the journeys that need all of it."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.mail.reading import link_url
from hiring.pipeline.models import Application
from interviews.models import Interview
from scheduling.models import Booking
from tests.journeys.recorder import candidate

QUESTIONS = ("Tell us about a difficult customer.", "Walk us through a process you improved.")
PHONE = ViewportSize(width=390, height=844)


def link_in(kind: str, application: Application) -> str:
    """The link in the mail of ``kind``; the site's address is the test's own."""
    mail = Message.objects.get(kind=kind, about=application.pk)
    assert mail.link is not None
    return urlsplit(link_url(mail.link)).path


def record_and_send(phone: Page, link: str) -> None:
    """Everything a candidate does, from the link to the receipt; the second answer with a reload in the middle."""
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto(link)
    phone.get_by_role("button", name="Begin").click()
    phone.get_by_role("link", name="See what to expect").click()
    phone.get_by_role("link", name="Next", exact=True).click()
    phone.get_by_label("I have read this").check()
    phone.get_by_role("button", name="Agree and go on").click()
    phone.get_by_role("link", name="Go to the questions").click()

    expect(phone.get_by_role("heading", name=QUESTIONS[0])).to_be_visible()
    candidate.start(phone)
    candidate.speak(phone)
    candidate.press(phone, "finish")
    candidate.kept(phone)
    phone.get_by_role("link", name="Next question").click()

    expect(phone.get_by_role("heading", name=QUESTIONS[1])).to_be_visible()
    candidate.start(phone)
    candidate.speak(phone)
    phone.reload()
    candidate.state(phone, "kept")
    candidate.kept(phone)
    phone.get_by_role("link", name="Look over my answers").click()
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_text(re.compile(r"^([A-Z2-7]{4}-){4}[A-Z2-7]{4}$")).first).to_be_visible()


def ask(recruiter: Page, interview: Interview, reviewer: User) -> None:
    recruiter.goto(reverse("reviewer:application", args=[interview.application_id]))
    recruiter.get_by_label("Ask to score").select_option(label=str(reviewer))
    recruiter.get_by_role("button", name="Ask them").click()
    expect(recruiter.get_by_role("button", name=f"Release {reviewer}")).to_be_visible()


def score(desk: Page, interview: Interview, *, key: str, note: str) -> None:
    """Score both answers with ``key``, write ``note`` beside the first, and stop before handing in."""
    desk.goto(reverse("reviewer:interviews:cockpit", args=[interview.pk]))
    desk.keyboard.press("n")
    desk.keyboard.type(note)
    desk.keyboard.press("Enter")
    desk.keyboard.press("Escape")
    for question in QUESTIONS:
        expect(desk.get_by_role("heading", name=question)).to_be_visible()
        desk.wait_for_function("() => document.querySelector('video').readyState >= 1")
        desk.keyboard.press(key)
        expect(desk.locator("[data-saved]")).to_contain_text("Saved")
        desk.keyboard.press("Enter")
    desk.get_by_label("Move forward", exact=True).check()


def hand_in(desk: Page) -> None:
    desk.get_by_role("button", name="Hand in your card").click()
    expect(desk.get_by_role("heading", name="What the reviewers said")).to_be_visible()


def begin_now(application: Application) -> Booking:
    """The time they booked, as if it were today: nobody waits here until then."""
    booking = Booking.objects.get(offer__application=application, state=Booking.State.CONFIRMED)
    now = timezone.now()
    for row in booking.assignments.all():
        row.during = (now, now + timedelta(minutes=45))
        row.save(update_fields=["during"])
    Booking.objects.filter(pk=booking.pk).update(start_at=now, end_at=now + timedelta(minutes=45))
    booking.refresh_from_db()
    return booking


def leave_figures(**figures: float) -> None:
    """For `make bench`, which names the file."""
    if kept := os.environ.get("JOURNEY_FIGURES"):
        Path(kept).write_text(json.dumps(figures), encoding="utf-8")
