"""Applying: everything that happens, and everything that can be wrong, without a word lost or anybody found out."""

import re
import threading
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from hiring.lib import storage
from hiring.mail.models import Message
from hiring.pipeline import operations as pipeline
from hiring.pipeline import process
from hiring.pipeline.models import Application, Candidate, Job
from hiring.portals import applying
from hiring.portals.applying import Sent
from interviews.models import Interview, InterviewSettings
from screening import keys
from screening.models import Document, KnockoutAnswer, KnockoutQuestion
from tests import factories, papers

MARY = {"name": "Mary Shelley", "email": "mary@example.test", "zone": "Europe/London"}


@pytest.fixture
def public(job: Job) -> Job:
    """The job, published: a résumé review, then the one-way interview."""
    factories.screening_stage(job)
    return factories.published_job(job)


@pytest.fixture
def at_once(job: Job) -> Job:
    """The job, published: its first stage is the one-way interview."""
    return factories.published_job(job)


def resume(name: str = "cv.pdf", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, papers.pdf(["Mary Shelley", "Support"]) if data is None else data)


def send(job: Job, client: Client | None = None, **said: Any) -> Any:
    fields = {**MARY, "resume": resume(), **said}
    return (client or Client()).post(
        reverse("apply", args=[job.slug]), {name: value for name, value in fields.items() if value is not None}
    )


def kinds_to(email: str) -> list[str]:
    return sorted(Message.objects.filter(to_email=email).values_list("kind", flat=True))


def verbs(application: Application) -> list[str]:
    return list(application.events.order_by("at").values_list("verb", flat=True))


def words_of(response: Any) -> str:
    """The page as people see it: without its form token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_an_application_is_taken_in_confirmed_and_announced(public: Job) -> None:
    answer = send(public, phone="0044 20 7946 0018", profile_url="example.org/mary", source="newsletter")

    application = Application.objects.get(job=public)
    candidate = application.candidate
    assert answer.headers["Location"] == reverse("applied", args=[public.slug])
    assert (candidate.name, candidate.email, candidate.zone) == ("Mary Shelley", "mary@example.test", "Europe/London")
    assert (candidate.phone, candidate.profile_url) == ("+442079460018", "https://example.org/mary")
    assert (application.source, application.stage.kind) == ("newsletter", "screening")
    assert verbs(application) == ["application_received", "document_received"]
    assert application.events.earliest("at").actor_id == candidate.pk
    assert application.obligations.owed().count() == 1
    assert kinds_to("mary@example.test") == ["application_received"]
    assert kinds_to("grace@northwind.test") == ["new_application"]


def test_the_resume_lies_in_the_store_and_waits_to_be_prepared(public: Job) -> None:
    send(public)

    document = Document.objects.get(application__job=public)
    assert document.name == "cv.pdf"
    assert storage.read(keys.original(document.pk)) == papers.pdf(["Mary Shelley", "Support"])
    assert document.next_attempt_at is not None


def test_the_mail_promises_the_whole_process_and_leads_to_their_page(public: Job, client: Client) -> None:
    send(public)

    mail = Message.objects.get(kind="application_received")
    application = Application.objects.get(job=public)
    assert mail.link == application.links.get().pk
    assert mail.reply_to == "grace@northwind.test"
    for words in ("Résumé review", "One-way interview", "2 questions, answered on video", "Within 5 business days"):
        assert words in mail.text
        assert words in mail.html
    assert "You hear how it goes on by" in mail.text


def test_a_first_stage_that_is_theirs_begins_at_once_and_owes_them_nothing_yet(at_once: Job) -> None:
    send(at_once, resume=None)

    application = Application.objects.get(job=at_once)
    assert Interview.objects.get(application=application).status == "invited"
    assert kinds_to("mary@example.test") == ["application_received", "invitation"]
    assert not application.obligations.owed().exists()
    assert "You hear how it goes on by" not in Message.objects.get(kind="application_received").text
    page = Client().get(reverse("applied", args=[at_once.slug])).content.decode()
    assert "The first step reaches you" in page


def test_a_first_stage_that_cannot_begin_does_not_hurt_the_candidate(at_once: Job) -> None:
    InterviewSettings.objects.all().delete()

    answer = send(at_once, resume=None)

    application = Application.objects.get(job=at_once)
    assert answer.status_code == 302
    assert verbs(application) == ["application_received", "stage_not_begun"]
    assert application.obligations.owed().count() == 1
    told = Message.objects.get(kind="new_application")
    assert "could not begin by itself" in told.text
    assert kinds_to("mary@example.test") == ["application_received"]


@pytest.mark.parametrize(("needed", "answer"), [(True, 200), (False, 302)])
def test_a_resume_is_needed_where_somebody_reads_it(job: Job, needed: bool, answer: int) -> None:
    if needed:
        factories.screening_stage(job)
    factories.published_job(job)

    assert send(job, resume=None).status_code == answer
    assert Application.objects.filter(job=job).exists() is not needed


def test_the_jobs_own_questions_are_asked_and_their_answers_kept(public: Job) -> None:
    stage = public.stages.get(kind="screening")
    question = KnockoutQuestion.objects.create(stage=stage, text="May you work in France?", flags_when=["no"])

    without = send(public)
    send(public, None, **{f"question-{question.pk}": "no"})

    assert list(without.context["form"].errors) == [f"question-{question.pk}"]
    answer = KnockoutAnswer.objects.get(application__job=public)
    assert (answer.value, answer.is_flagged) == ("no", True)


WRONG: list[tuple[str, Any, str]] = [
    ("name", "", "This field is required."),
    ("name", "x" * 121, "Please shorten this"),
    ("name", "a\0b", "cannot be"),
    ("email", "mary@", "Enter a valid email address."),
    ("email", "", "This field is required."),
    ("phone", "0470 12 34 56", "with its country code"),
    ("phone", "+1", "with its country code"),
    ("phone", "call me", "with its country code"),
    ("profile_url", "javascript:alert(1)", "not an address we can open"),
    ("profile_url", "no address", "not an address we can open"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_bad_input_is_said_and_everything_typed_stays(public: Job, name: str, value: Any, said: str) -> None:
    typed: dict[str, Any] = {
        "name": "Mary Shelley",
        "email": "mary@example.test",
        "phone": "+44 20 7946 0018",
        name: value,
    }

    page = send(public, **typed)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [name]
    assert said in str(page.context["form"].errors[name]) or (name == "name" and "\0" in value)
    html = page.content.decode()
    kept = {key: text for key, text in typed.items() if key != name}
    assert all(f'value="{text}"' in html for key, text in kept.items())
    assert "Please choose your file once more" in html
    assert not Application.objects.filter(job=public).exists()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("cv.pdf", b"MZ" + bytes(200)), "program"),
        (SimpleUploadedFile("cv.pdf", b""), "This file is empty"),
        (SimpleUploadedFile("cv.pdf", b"x" * (10 * 1024 * 1024 + 1)), "larger than 10 MB"),
        (SimpleUploadedFile("cv.pdf", papers.locked_pdf(["x"])), "asks for a password"),
    ],
    ids=["program", "empty", "large", "locked"],
)
def test_a_refused_file_says_why_and_the_rest_stays(public: Job, file: SimpleUploadedFile, said: str) -> None:
    page = send(public, resume=file)

    assert list(page.context["form"].errors) == ["resume"]
    html = page.content.decode()
    assert said in html
    assert 'value="mary@example.test"' in html
    assert "choose your file once more" not in html
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("newsletter", "newsletter"),
        ("x" * 99, "x" * 40),
        ("a\0<b>'c", "abc"),
        ("", ""),
        ("job board: LinkedIn", "job board: LinkedIn"),
    ],
)
def test_where_they_found_us_is_carried_along_and_cleaned(public: Job, client: Client, given: str, kept: str) -> None:
    url = reverse("job", args=[public.slug])
    form = client.get(f"{url}application/?{urlencode({'source': given})}").context["form"]

    send(public, source=form["source"].value())

    assert Application.objects.get(job=public).source == kept
    if given == "newsletter":
        assert "application/?source=newsletter" in client.get(f"{url}?source=newsletter").content.decode()


@pytest.mark.parametrize(
    ("typed", "zone", "kept"),
    [("0470 12 34 56", "Europe/Brussels", "+32470123456"), ("(202) 555-0123", "America/New_York", "+12025550123")],
)
def test_a_number_is_read_as_one_of_the_country_its_browser_is_in(
    public: Job, typed: str, zone: str, kept: str
) -> None:
    send(public, phone=typed, zone=zone)

    assert Candidate.objects.get(email="mary@example.test").phone == kept


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "x" * 500, "Europe/Lon\0don<"])
def test_an_odd_zone_is_passed_over(public: Job, zone: str) -> None:
    assert send(public, zone=zone).status_code == 302
    assert Candidate.objects.get(email="mary@example.test").zone in {"", "Europe/London"}


@pytest.fixture
def applied_before(public: Job) -> Application:
    send(public, phone="+442079460018")
    application = Application.objects.get(job=public)
    Application.objects.filter(pk=application.pk).update(created_at=timezone.now() - timedelta(days=2))
    return application


def test_applying_again_looks_the_same_and_tells_the_address_alone(public: Job, applied_before: Application) -> None:
    new, known = Client(), Client()

    first = send(public, new, email="new@example.test")
    again = send(public, known, email="MARY@example.test", name="Somebody Else", phone="+12025550123")

    assert first.headers["Location"] == again.headers["Location"]
    assert first.status_code == again.status_code
    pages = [words_of(client.get(first.headers["Location"])) for client in (new, known)]
    assert pages[0] == pages[1]
    assert Application.objects.filter(job=public, candidate=applied_before.candidate).count() == 1
    assert kinds_to("mary@example.test") == ["application_received", "application_repeated"]
    told = Message.objects.get(kind="application_repeated")
    assert told.link == applied_before.links.get().pk
    assert verbs(applied_before)[-1] == "application_repeated"


def test_applying_again_changes_nothing_and_leaves_no_file(public: Job, applied_before: Application) -> None:
    stored = storage.listing(keys.PREFIX)

    send(public, name="Somebody Else", phone="+12025550123", profile_url="https://evil.test/")

    candidate = Candidate.objects.get(pk=applied_before.candidate_id)
    assert (candidate.name, candidate.phone, candidate.profile_url) == ("Mary Shelley", "+442079460018", "")
    assert applied_before.documents.count() == 1
    assert storage.listing(keys.PREFIX) == stored


def test_applying_again_and_again_is_one_mail_a_day(public: Job, applied_before: Application) -> None:
    for _ in range(3):
        send(public)

    assert kinds_to("mary@example.test") == ["application_received", "application_repeated"]
    assert verbs(applied_before).count("application_repeated") == 1


def test_the_same_form_twice_is_one_application_and_one_mail(public: Job) -> None:
    answers = [send(public), send(public)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Application.objects.filter(job=public).count() == 1
    assert kinds_to("mary@example.test") == ["application_received"]


def test_somebody_known_from_another_job_keeps_the_name_and_phone_we_have(public: Job) -> None:
    known = factories.candidate("Mary Shelley", phone="+442079460018")

    send(public, email=known.email, name="M. Godwin", phone="+12025550123", profile_url="https://example.org/m")

    known.refresh_from_db()
    assert (known.name, known.phone, known.profile_url) == ("Mary Shelley", "+442079460018", "https://example.org/m")
    assert Application.objects.get(job=public).candidate == known


def test_somebody_whose_application_ended_may_apply_again(public: Job, applied_before: Application) -> None:
    pipeline.withdraw(applied_before, by=applied_before.candidate)

    send(public)

    assert Application.objects.filter(job=public, outcome__isnull=True).count() == 1
    assert Application.objects.filter(job=public).count() == 2


def test_a_job_that_closes_meanwhile_takes_nobody_in(public: Job) -> None:
    process.close(public)
    accepted = Sent(name="Mary", email="mary@example.test")

    with pytest.raises(process.NotTakingApplications):
        applying.apply(public, accepted)

    assert not Candidate.objects.filter(email="mary@example.test").exists()
    assert send(public).status_code == 410


@pytest.mark.parametrize("name", ["apply", "applied"])
def test_a_draft_takes_no_applications(job: Job, client: Client, name: str) -> None:
    assert client.get(reverse(name, args=[job.slug])).status_code == 404
    assert client.post(reverse("apply", args=[job.slug]), MARY).status_code == 404


def test_the_store_being_away_is_said_and_nothing_is_half_kept(public: Job, settings: Settings) -> None:
    settings.S3_ENDPOINT_URL = "http://127.0.0.1:9"

    page = send(public)

    assert page.status_code == 200
    assert "We could not keep your file just now" in page.content.decode()
    assert not Application.objects.filter(job=public).exists()


def test_what_only_machines_fill_in_is_emptied_and_a_person_can_send_again(public: Job) -> None:
    page = send(public, homepage="https://spam.test")

    assert "please send once more" in page.content.decode()
    assert "spam.test" not in page.content.decode()
    assert 'value="Mary Shelley"' in page.content.decode()
    assert not Application.objects.filter(job=public).exists()


def test_a_flood_from_one_address_waits_and_keeps_what_was_typed(public: Job, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"apply": "2/h/ip"}
    client = Client()
    for number in range(2):
        assert send(public, client, email=f"{number}@example.test").status_code == 302

    page = send(public, client, email="late@example.test")

    assert page.status_code == 429
    assert "Please wait a little" in page.content.decode()
    assert 'value="late@example.test"' in page.content.decode()
    assert send(public, Client(REMOTE_ADDR="192.0.2.7"), email="other@example.test").status_code == 302


def test_the_form_works_without_scripts_and_says_what_becomes_of_it(public: Job, client: Client) -> None:
    page = client.get(reverse("apply", args=[public.slug])).content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert "privacy@northwind.test" in page
    assert "180 days after the decision" in page


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_are_one_application(public: Job) -> None:
    def press() -> None:
        answers.append(send(public).status_code)
        connection.close()

    answers: list[int] = []
    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert answers == [302, 302]
    assert Application.objects.filter(job=public).count() == 1
    assert kinds_to("mary@example.test") == ["application_received"]
