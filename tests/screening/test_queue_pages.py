"""The queue of a résumé review, one application after another."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.lib import storage
from hiring.pipeline.models import Application, Decision, JobStage
from screening import operations
from screening.models import CriterionMark, Document, DocumentAccess
from tests import factories, papers

QUERIES = 25


@pytest.fixture
def recruiter(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


def address(name: str, review: JobStage, application: Application | None = None) -> str:
    arguments = [review.pk] if application is None else [review.pk, application.pk]
    return reverse(f"reviewer:screening:{name}", args=arguments)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def opened(location: str) -> str:
    """Whose application an answer leads to."""
    return parse_qs(urlsplit(location).query).get("application", [""])[0]


def test_the_oldest_is_open_and_the_others_wait(recruiter: Client, review: JobStage, noether: Application) -> None:
    page = text(recruiter, address("queue", review))

    assert "1 of 3 waiting" in page
    assert '<h1 class="wrap-anywhere">Ada Lovelace</h1>' in page
    assert page.index("Ada Lovelace") < page.index("Mary Shelley") < page.index("Emmy Noether")


def test_a_pdf_shows_its_pages_and_where_the_words_are(
    recruiter: Client, review: JobStage, lovelace: Application
) -> None:
    page = text(recruiter, address("queue", review))

    document = lovelace.documents.get()
    assert f"documents/{document.pk}/page-001.webp" in page
    assert f"documents/{document.pk}/page-002.webp" in page
    assert 'Found on <a href="#page-1">page 1</a>, <a href="#page-2">page 2</a>' in page
    assert '<mark data-for="term">Zendesk</mark>' in page


def test_a_docx_shows_its_structure(recruiter: Client, review: JobStage, shelley: Application) -> None:
    page = text(recruiter, f"{address('queue', review)}?application={shelley.pk}")

    assert '<h3 data-level="1">Mary Shelley</h3>' in page
    assert "<td>Godwin &amp; Sons</td>" in page
    assert '<mark data-for="term">Intercom</mark>' in page


def test_a_search_lists_the_places(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    page = text(recruiter, f"{address('queue', review)}?application={lovelace.pk}&q=runbóoks")

    assert "“runbóoks” stands in 1 place." in page
    assert '<mark data-for="search">runbooks</mark>' in page


def test_a_search_that_finds_nothing_says_so(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    assert "“cobol” was not found." in text(recruiter, f"{address('queue', review)}?q=cobol")


def test_flagged_answers_stand_beside_the_criteria(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    page = text(recruiter, address("queue", review))

    assert "May you work in France without a new permit?" in page
    assert "1 flag" in page
    lovelace.refresh_from_db()
    assert lovelace.outcome is None


def test_every_look_is_written_down(recruiter: Client, review: JobStage, lovelace: Application, grace: User) -> None:
    text(recruiter, address("queue", review))

    access = DocumentAccess.objects.get()
    assert (access.document.application, access.user, access.what) == (lovelace, grace, "reading")


def test_the_file_itself_is_only_ever_downloaded(
    recruiter: Client, lovelace: Application, grace: User, object_store: None
) -> None:
    document = lovelace.documents.get()

    location = recruiter.get(reverse("reviewer:screening:original", args=[document.pk])).headers["Location"]

    query = parse_qs(urlsplit(location).query)
    assert query["response-content-disposition"] == ['attachment; filename="ada-lovelace-resume.pdf"']
    assert query["response-content-type"] == [storage.OCTETS]
    assert [access.what for access in DocumentAccess.objects.all()] == ["original"]


def test_moving_on_opens_the_next(
    recruiter: Client, review: JobStage, lovelace: Application, shelley: Application
) -> None:
    answer = recruiter.post(address("advancement", review, lovelace), {"next": shelley.pk})

    lovelace.refresh_from_db()
    assert lovelace.stage.kind == "interview"
    assert opened(answer.headers["Location"]) == str(shelley.pk)


def test_after_the_last_come_those_who_wait_and_then_those_on_hold(
    recruiter: Client, review: JobStage, lovelace: Application, shelley: Application
) -> None:
    held = factories.placed(factories.candidate("Emmy Noether"), review)
    recruiter.post(address("hold", review, held), {"reason": "Ask about the permit"})

    last = text(recruiter, f"{address('queue', review)}?application={shelley.pk}")
    recruiter.post(address("advancement", review, shelley), {})
    only = text(recruiter, f"{address('queue', review)}?application={lovelace.pk}")

    assert f'name="next" value="{lovelace.pk}"' in last
    assert f'name="next" value="{held.pk}"' in only


def test_hold_with_a_reason_puts_aside(
    recruiter: Client, review: JobStage, lovelace: Application, shelley: Application
) -> None:
    recruiter.post(address("hold", review, lovelace), {"reason": "Ask about the permit", "next": shelley.pk})

    page = text(recruiter, address("queue", review))
    assert "1 of 1 waiting" in page
    assert "Ask about the permit" in page
    assert lovelace.stays.get().held_at is not None


def test_whoever_is_taken_off_hold_is_open_again(
    recruiter: Client, review: JobStage, lovelace: Application, grace: User
) -> None:
    operations.hold(lovelace, review, by=grace)

    answer = recruiter.post(address("hold-removal", review, lovelace))

    assert opened(answer.headers["Location"]) == str(lovelace.pk)
    assert "1 of 1 waiting" in text(recruiter, answer.headers["Location"])


def test_a_rejection_needs_a_reason(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    answer = recruiter.post(address("rejection", review, lovelace), {"note": "x"}, follow=True)

    assert "This field is required." in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_rejection_can_be_undone_from_the_queue(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    recruiter.post(address("rejection", review, lovelace), {"reason": factories.reason().pk})
    decision = Decision.objects.get()
    assert "Just decided" in text(recruiter, address("queue", review))

    recruiter.post(reverse("reviewer:screening:decision-removal", args=[review.pk, decision.pk]))

    decision.refresh_from_db()
    assert decision.undone_at is not None
    assert "1 of 1 waiting" in text(recruiter, address("queue", review))


def test_somebody_who_was_quicker_is_named_in_words(
    recruiter: Client, review: JobStage, lovelace: Application, katherine: User
) -> None:
    operations.advance(lovelace, review, by=katherine)

    answer = recruiter.post(
        address("advancement", review, lovelace),
        follow=True,
        headers={"referer": f"http://testserver{address('queue', review)}"},
    )

    assert "Somebody was quicker: Ada Lovelace is not in “Résumé review” any more." in answer.content.decode()


def test_marks_are_saved_as_one_goes(recruiter: Client, review: JobStage, lovelace: Application, grace: User) -> None:
    first, _second, third = review.criteria.all()

    answer = recruiter.post(
        address("marks", review, lovelace),
        {f"mark-{first.pk}": "yes", f"mark-{third.pk}": "no"},
        headers={"HX-Request": "true"},
    )

    assert "2 of 3 marked" in answer.content.decode()
    assert "1 of 2 musts found" in answer.content.decode()
    assert {mark.criterion: mark.value for mark in CriterionMark.objects.filter(by=grace)} == {
        first: "yes",
        third: "no",
    }


def test_without_a_script_marks_lead_back(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    answer = recruiter.post(address("marks", review, lovelace), {f"mark-{review.criteria.all()[0].pk}": "yes"})

    assert answer.headers["Location"].endswith(f"?application={lovelace.pk}#criteria")


def test_another_reviewers_mark_shows_after_ones_own(
    recruiter: Client, review: JobStage, lovelace: Application, grace: User, katherine: User
) -> None:
    criterion = review.criteria.all()[0]
    operations.mark(lovelace, {criterion: "no"}, by=katherine)
    assert "Katherine: No" not in text(recruiter, address("queue", review))

    operations.mark(lovelace, {criterion: "yes"}, by=grace)

    assert "Katherine: No" in text(recruiter, address("queue", review))


def test_somebody_without_a_resume_can_be_given_one(
    recruiter: Client, review: JobStage, noether: Application, django_capture_on_commit_callbacks: Any
) -> None:
    page = text(recruiter, f"{address('queue', review)}?application={noether.pk}")
    assert "No résumé yet" in page

    url = reverse("reviewer:screening:documents", args=[noether.pk])
    recruiter.post(url, {"document": SimpleUploadedFile("cv.pdf", papers.pdf(["Emmy Noether"]))})

    assert noether.documents.get().name == "cv.pdf"
    assert "Ready in a moment" in text(recruiter, f"{address('queue', review)}?application={noether.pk}")


def test_a_bad_file_is_told_where_it_was_chosen(recruiter: Client, review: JobStage, noether: Application) -> None:
    url = reverse("reviewer:screening:documents", args=[noether.pk])

    answer = recruiter.post(url, {"document": SimpleUploadedFile("cv.pdf", b"MZ" + bytes(100))}, follow=True)

    assert "This is a program rather than a document" in answer.content.decode()


def test_what_could_not_be_shown_is_told(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    Document.objects.update(state="failed", failure="input", failure_text="damaged")

    page = text(recruiter, address("queue", review))

    assert "This document could not be shown" in page
    assert "It says nothing about the candidate." in page
    assert "Download" in page


def test_an_empty_queue_says_what_comes_next(recruiter: Client, review: JobStage) -> None:
    assert "Everything here is read" in text(recruiter, address("queue", review))


def test_the_last_stage_has_no_moving_on(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    review.job.stages.exclude(pk=review.pk).delete()

    assert "advancement" not in text(recruiter, address("queue", review))


@pytest.mark.parametrize("waiting", [1, 50])
def test_a_long_queue_asks_no_more_of_the_database(
    recruiter: Client,
    review: JobStage,
    lovelace: Application,
    waiting: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(waiting):
        factories.placed(factories.candidate(f"Person {number}"), review)
    recruiter.get(address("queue", review))

    with django_assert_max_num_queries(QUERIES):
        recruiter.get(address("queue", review))


def test_the_whole_application_shows_what_they_applied_with(
    recruiter: Client, review: JobStage, lovelace: Application
) -> None:
    page = text(recruiter, reverse("reviewer:application", args=[lovelace.pk]))

    assert reverse("reviewer:screening:document", args=[lovelace.documents.get().pk]) in page
    assert "May you work in France without a new permit?" in page
    assert f"{address('queue', review)}?application={lovelace.pk}" in page


def test_the_board_leads_to_the_queue(recruiter: Client, review: JobStage, lovelace: Application) -> None:
    assert address("queue", review) in text(recruiter, reverse("reviewer:job-board", args=[review.job_id]))


def test_a_document_being_prepared_is_asked_for_again_until_it_is_there(
    recruiter: Client, review: JobStage, lovelace: Application
) -> None:
    document = lovelace.documents.get()
    pages = (f"{address('queue', review)}?application={lovelace.pk}", f"/review/screening/documents/{document.pk}/")
    Document.objects.filter(pk=document.pk).update(state=Document.State.RECEIVED)

    for page in pages:
        assert f'hx-get="{page}" hx-trigger="every 4s" hx-select="#document"' in text(recruiter, page)

    Document.objects.filter(pk=document.pk).update(state=Document.State.READY)
    for page in pages:
        assert "every 4s" not in text(recruiter, page)
