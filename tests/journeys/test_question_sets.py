"""An admin writes, previews and publishes a question set in a real browser."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.rubrics import questions, sets, starter
from hiring.rubrics.models import QuestionSet, QuestionSetVersion
from tests import factories
from tests.journeys import crawl, doors

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def support(ada: User) -> QuestionSet:
    """Published once; a draft of the next version, with a question that is new and lacks its anchors."""
    question_set = starter.support_lead("Support lead")
    first = question_set.versions.get()
    sets.publish(first, by=ada, revision=first.revision)
    draft = sets.draft(question_set)
    questions.save_to_bank(draft.questions.get(position=1))
    questions.add(questions.Content("What would you change first?", [factories.competency("Prioritises")]), to=draft)
    return question_set


def draft_of(question_set: QuestionSet) -> QuestionSetVersion:
    return question_set.versions.get(published_at=None)


@pytest.mark.axe
def test_every_page_can_be_read_by_everybody(
    page: Page, live_server: LiveServer, admin: Client, support: QuestionSet
) -> None:
    doors.lend(admin, page, live_server.url)
    draft = draft_of(support)
    asked = draft.questions.get(position=5).pk
    paths = [
        *(reverse(f"reviewer:rubrics:{name}") for name in ("sets", "set-new", "bank", "bank-new", "competencies")),
        *(
            reverse(f"reviewer:rubrics:{name}", args=[support.pk])
            for name in ("set", "set-details", "publication", "set-bank", "question-new")
        ),
        reverse("reviewer:rubrics:version", args=[support.pk, 1]),
        *(reverse(f"reviewer:rubrics:{name}", args=[asked]) for name in ("question", "anchors")),
        reverse("reviewer:interviews:preview", args=[draft.pk]),
        reverse("reviewer:interviews:preview-question", args=[draft.pk, asked]),
    ]
    troubles = []
    page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)

    for path in paths:
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
        troubles += [f"{path}: {complaint}" for complaint in crawl.complaints(page)]

    assert troubles == []


def test_a_set_is_written_and_published_without_javascript(
    browser: Browser, live_server: LiveServer, admin: Client
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    doors.lend(admin, page, live_server.url)

    page.goto(live_server.url + reverse("reviewer:rubrics:sets"))
    page.get_by_role("link", name="Write my own").click()
    page.get_by_label("Name of the set").fill("Night shift")
    page.get_by_role("button", name="Create it and add questions").click()
    page.get_by_role("link", name="Write a question").click()
    page.get_by_label("The question").fill("Tell us about a night when everything went wrong.")
    page.get_by_label("Or on something new").fill("Stays calm")
    page.get_by_role("button", name="Save, then the anchors").click()
    page.get_by_label("Weak, Stays calm", exact=False).first.fill("Tells what others did wrong.")
    page.get_by_label("Strong, Stays calm", exact=False).first.fill("Says what came first and why.")
    page.get_by_role("button", name="Save the anchors").click()
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("link", name="Question 1, Stays calm: say what an average answer (3) sounds like.").click()
    page.get_by_label("Average, Stays calm", exact=False).first.fill("Says what they did, in order.")
    page.get_by_role("button", name="Save the anchors").click()
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("button", name="Publish version 1").click()

    expect(page.get_by_role("heading", name="Version 1")).to_be_visible()
    published = QuestionSet.objects.get(name="Night shift").versions.get()
    assert published.published_at is not None
    context.close()


def test_the_focus_stays_on_a_question_that_moves(
    page: Page, live_server: LiveServer, admin: Client, support: QuestionSet
) -> None:
    doors.lend(admin, page, live_server.url)
    page.goto(live_server.url + reverse("reviewer:rubrics:set", args=[support.pk]))
    first = draft_of(support).questions.get(position=1)

    page.get_by_role("button", name="Move question 1 down").press("Enter")

    expect(page.get_by_role("button", name="Move question 2 down")).to_be_focused()
    assert list(draft_of(support).questions.all())[1] == first


def test_a_preview_records_and_sends_nothing(
    page: Page, live_server: LiveServer, reader: Client, support: QuestionSet
) -> None:
    doors.lend(reader, page, live_server.url)
    page.context.grant_permissions(["camera", "microphone"])  # then it opens by itself
    draft = draft_of(support)
    question = draft.questions.get(position=1)
    page.goto(
        live_server.url + reverse("reviewer:interviews:preview-question", args=[draft.pk, question.pk]),
        wait_until="networkidle",
    )
    sent: list[str] = []
    page.on("request", lambda request: sent.append(urlsplit(request.url).path) if request.method != "GET" else None)

    page.get_by_role("button", name="Record my answer").click()
    page.get_by_role("button", name="Finish answer").click()
    page.get_by_role("button", name="Keep this answer (preview)").click()

    expect(page.get_by_text("Nothing was saved.", exact=False)).to_be_visible()
    assert sent == []
