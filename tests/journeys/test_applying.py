"""Somebody finds a job and applies, on a phone and without a script."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.mail.models import Message
from hiring.pipeline import links
from hiring.pipeline.models import Application, Job
from tests import factories, papers
from tests.journeys import crawl

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_from_the_list_to_ones_own_page(browser: Browser, live_server: LiveServer, job: Job, tmp_path: Path) -> None:
    factories.screening_stage(job)
    factories.published_job(job)
    resume = tmp_path / "cv.pdf"
    resume.write_bytes(papers.pdf(["Mary Shelley", "Five years of support"]))
    context = browser.new_context(viewport=crawl.PHONE, java_script_enabled=False)
    page = context.new_page()

    page.goto(live_server.url)
    page.get_by_role("link", name="Support lead").click()
    expect(page.get_by_text("2 questions, answered on video")).to_be_visible()
    page.get_by_role("link", name="Apply for this job").first.click()
    page.get_by_label("Your name").fill("Mary Shelley")
    page.get_by_label("Your e-mail").fill("mary@example.test")
    page.get_by_label("Phone").fill("0470 12 34 56")
    page.get_by_label("Résumé").set_input_files(resume)
    page.get_by_role("button", name="Send my application").click()

    expect(page.get_by_role("alert")).to_contain_text("with its country code")
    expect(page.get_by_label("Your name")).to_have_value("Mary Shelley")
    page.get_by_label("Phone").fill("+32 470 12 34 56")
    page.get_by_label("Résumé").set_input_files(resume)
    page.get_by_role("button", name="Send my application").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It has arrived.")
    expect(page.get_by_text("You hear from us by")).to_be_visible()
    application = Application.objects.get(job=job)
    assert Message.objects.filter(kind="application_received", about=application.pk).count() == 1

    page.goto(live_server.url + reverse("candidate:enter", args=[links.secret_of(application.links.get())]))
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your application")
    context.close()


def test_a_file_that_is_too_large_is_said_before_it_is_sent(page: Page, live_server: LiveServer, job: Job) -> None:
    factories.published_job(job)
    page.goto(live_server.url + reverse("apply", args=[job.slug]))
    field = page.get_by_label("Résumé")

    field.set_input_files(FilePayload(name="cv.pdf", mimeType="application/pdf", buffer=bytes(10 * 1024 * 1024 + 1)))
    assert "larger than 10 MB" in field.evaluate("field => field.validationMessage")

    field.set_input_files(FilePayload(name="cv.pdf", mimeType="application/pdf", buffer=papers.pdf(["Mary"])))
    assert field.evaluate("field => field.validity.valid")
