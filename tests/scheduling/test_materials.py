"""What the candidate handed in, beside the guide: for whoever meets them, and for nobody else."""

import pytest
from django.test import Client

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import QuestionSetVersion
from interviews import reviewing
from interviews.models import Interview, MediaAccess
from scheduling import operations
from scheduling.models import Booking, InterviewerProfile
from screening.models import Document, DocumentAccess
from tests import factories, live_cast
from tests.live_cast import CANDIDATE_PHONE, utc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def interview(application: Application, version: QuestionSetVersion, katherine: User) -> Interview:
    """Joan's, handed in and scored by Katherine."""
    made = factories.submitted(application, version)
    factories.card(made, katherine)
    return made


@pytest.fixture
def resume(application: Application) -> Document:
    return Document.objects.create(
        application=application,
        name="Joan Clarke.txt",
        media_type="text/plain",
        bytes=20,
        sha256="0" * 64,
        state=Document.State.READY,
        content=[{"kind": "paragraph", "text": "Broke codes, led a section."}],
    )


@pytest.fixture
def panel(alan: User) -> InterviewerProfile:
    """Alan, who oversees nobody."""
    return live_cast.interviewer(alan)


@pytest.fixture
def booking(
    job: Job, interview: Interview, resume: Document, panel: InterviewerProfile, version: QuestionSetVersion
) -> Booking:
    """Joan meets Alan alone."""
    live = live_cast.live_round(job, [panel], question_set=version.question_set)
    made = live_cast.offer(interview.application, live)
    return operations.confirm(made, utc(24, 10), phone=CANDIDATE_PHONE, by=interview.application.candidate)


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def paths(interview: Interview, resume: Document) -> tuple[str, str]:
    return f"/review/screening/documents/{resume.pk}/", f"/review/interviews/{interview.pk}/answers/"


def test_the_kit_leads_to_what_was_handed_in(
    booking: Booking, interview: Interview, resume: Document, alan: User
) -> None:
    page = browser(alan).get(f"/review/live/bookings/{booking.pk}/kit/").content.decode()

    assert "Before you meet" in page
    for path in paths(interview, resume):
        assert f'hx-get="{path}"' in page
    assert "2 answers" in page


def test_whoever_still_scores_the_answers_without_a_name_reads_nothing_with_one(
    booking: Booking, interview: Interview, resume: Document, alan: User, grace: User
) -> None:
    reviewing.assign(interview, alan, by=grace)

    kit = browser(alan).get(f"/review/live/bookings/{booking.pk}/kit/").content.decode()
    answers = [browser(alan).get(path).status_code for path in paths(interview, resume)]
    reviewing.release(interview, alan, by=grace)

    assert "Before you meet" not in kit
    assert answers == [404, 404]
    assert "Before you meet" in browser(alan).get(f"/review/live/bookings/{booking.pk}/kit/").content.decode()


def test_whoever_meets_them_reads_and_watches(
    booking: Booking, interview: Interview, resume: Document, alan: User
) -> None:
    read, watched = (browser(alan).get(path).content.decode() for path in paths(interview, resume))

    assert "Broke codes, led a section." in read
    assert ("Download" in read, f"/review/applications/{interview.application_id}/" in read) == (False, False)
    assert ("Tell us about a difficult customer." in watched, watched.count("<video")) == (True, 2)
    assert (MediaAccess.objects.filter(user=alan).count(), DocumentAccess.objects.filter(user=alan).count()) == (2, 1)


def test_no_score_of_anybody_stands_there(booking: Booking, interview: Interview, resume: Document, alan: User) -> None:
    for path in (*paths(interview, resume), f"/review/live/bookings/{booking.pk}/kit/"):
        assert "Katherine" not in browser(alan).get(path).content.decode()


def test_the_file_itself_is_not_theirs_to_take(booking: Booking, resume: Document, alan: User) -> None:
    assert browser(alan).get(f"/review/screening/documents/{resume.pk}/original/").status_code == 404


def test_nobody_else_gets_there(
    booking: Booking, interview: Interview, resume: Document, outsider: User, grace: User
) -> None:
    for path in paths(interview, resume):
        assert (browser(outsider).get(path).status_code, browser(grace).get(path).status_code) == (404, 200)


@pytest.mark.parametrize("state", [Booking.State.CANCELLED_BY_TEAM, Booking.State.NO_SHOW_CANDIDATE])
def test_whoever_does_not_meet_them_after_all_no_longer_does(
    booking: Booking, interview: Interview, resume: Document, alan: User, state: str
) -> None:
    Booking.objects.update(state=state)

    assert [browser(alan).get(path).status_code for path in paths(interview, resume)] == [404, 404]
    assert "Before you meet" not in browser(alan).get(f"/review/live/bookings/{booking.pk}/kit/").content.decode()


def test_once_it_is_decided_it_is_closed_again(
    booking: Booking, interview: Interview, resume: Document, alan: User
) -> None:
    Application.objects.update(outcome="rejected", closed_at=utc(25, 10))

    assert [browser(alan).get(path).status_code for path in paths(interview, resume)] == [404, 404]
    assert "Before you meet" not in browser(alan).get(f"/review/live/bookings/{booking.pk}/kit/").content.decode()


def test_what_is_not_handed_in_is_not_shown(booking: Booking, interview: Interview, alan: User) -> None:
    Interview.objects.update(status=Interview.Status.STARTED, submitted_at=None, receipt="")

    assert browser(alan).get(f"/review/interviews/{interview.pk}/answers/").status_code == 404
    assert "2 answers" not in browser(alan).get(f"/review/live/bookings/{booking.pk}/kit/").content.decode()


def test_a_document_that_cannot_be_read_is_not_offered(booking: Booking, resume: Document, alan: User) -> None:
    Document.objects.update(state=Document.State.RECEIVED, content=[])

    page = browser(alan).get(f"/review/live/bookings/{booking.pk}/kit/").content.decode()

    assert f"/review/screening/documents/{resume.pk}/" not in page
