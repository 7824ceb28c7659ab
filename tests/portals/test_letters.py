"""An admin says it in the company's own words, reads it as a candidate would, and tries it out."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from hiring.accounts.models import User
from hiring.lib.actors import SYSTEM
from hiring.mail import delivery, wordings
from hiring.mail.letters import Wording
from hiring.mail.models import Message, OwnWording
from hiring.pipeline.models import Application, Job
from interviews import operations, words
from interviews.models import Interview
from tests import factories
from tests.mail import sink as smtp

URL = "/review/company/letters/invitation/"
OURS = Wording("Come and talk: {job}", "Dear {name},\n\n{what_to_expect}\n\n[Begin]({link})\n\n{sender}")


@pytest.fixture
def admin(ada: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(ada)


def typed(wording: Wording = OURS, **more: str) -> dict[str, str]:
    readers = Application.objects.values_list("pk", flat=True)
    reader = {"reader": str(readers[0])} if readers else {}
    return {"subject": wording.subject, "text": wording.text, "seen": "", **reader, **more}


@pytest.mark.usefixtures("interview")
def test_own_words_are_what_the_next_invitation_says(admin: Client, grace: User, application: Application) -> None:
    saved = admin.post(URL, typed(), follow=True)

    assert "Messages written from now on" in saved.content.decode()
    message = operations.resend_invitation(Interview.objects.get(), by=grace)
    assert message.subject == "Come and talk: Support lead"
    assert message.text.startswith("Dear Joan Clarke,\n\nQuestions: 2 questions, one at a time.")
    assert message.text.count(Message.LINK) == 1


@pytest.mark.usefixtures("interview")
def test_words_without_the_facts_are_not_saved_and_not_lost(admin: Client) -> None:
    answer = admin.post(URL, typed(Wording("Hello", "Only this, {nmae}"))).content.decode()

    assert OwnWording.objects.count() == 0
    assert "Only this, {nmae}" in answer
    assert "{what_to_expect} has to stay" in answer
    assert "{link} has to stay" in answer
    assert "Did you mean {name}?" in answer


def test_what_is_typed_is_read_as_the_candidate_would(admin: Client, interview: Interview) -> None:
    fragment = admin.post(f"{URL}preview/", typed(), headers={"HX-Request": "true"}).content.decode()

    assert fragment.lstrip().startswith('<section class="card" id="preview"')
    for part in ("Come and talk: Support lead", "Dear Joan Clarke,", "2 questions, one at a time.", "Ada reads it"):
        assert part in fragment
    assert (OwnWording.objects.count(), Message.LINK in fragment, "/c/" in fragment) == (0, False, False)


def test_without_javascript_the_preview_keeps_what_was_typed(admin: Client, interview: Interview) -> None:
    page = admin.post(f"{URL}preview/", typed()).content.decode()

    assert "Dear {name}," in page
    assert "Dear Joan Clarke," in page


def test_words_that_cannot_be_used_are_not_read(admin: Client, interview: Interview) -> None:
    fragment = admin.post(f"{URL}preview/", typed(Wording("x", "y")), headers={"HX-Request": "true"}).content.decode()

    assert "{link} has to stay" in fragment


@pytest.mark.parametrize("kind", [letter.kind for letter in words.ALL])
def test_nobody_invited_yet_is_said(admin: Client, kind: str) -> None:
    assert "There is no candidate yet to read it as" in admin.get(f"/review/company/letters/{kind}/").content.decode()


@pytest.mark.parametrize("kind", [*(letter.kind for letter in words.ALL), "staff_welcome", "staff_password"])
def test_every_kind_can_be_read_before_it_happens(admin: Client, interview: Interview, kind: str) -> None:
    page = admin.get(f"/review/company/letters/{kind}/").content.decode()

    reading = page.split('id="preview_title"')[1].split("</section>")[0]
    assert "Northwind" in reading or kind in {"new_submission", "review_wanted", "staff_password"}
    assert "{" not in reading
    assert Message.LINK not in reading
    assert (page.count("<h1"), "<h3" in reading) == (1, True)


def test_a_test_goes_to_whoever_asks_and_opens_nothing(
    admin: Client,
    ada: User,
    interview: Interview,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with smtp.listening() as sink:
        settings.EMAIL_URL, settings.EMAIL_PORT = "smtp://", sink.port
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        page = admin.post(f"{URL}test/", typed()).content.decode()
        delivery.deliver_due(seconds=5)

    assert f"A test goes to {ada.email}." in page
    assert "Dear {name}," in page  # still in the field
    assert sink.recipients == [[ada.email]]
    assert sink.mails[0]["Subject"] == "Test: Come and talk: Support lead"
    message = Message.objects.get(kind="test")
    assert "Dear Joan Clarke," in message.text
    assert (message.about, message.link, Message.LINK in message.text + message.html) == (None, None, False)
    assert "/c/" not in message.text


def test_without_a_mail_server_a_test_is_refused_in_words(admin: Client, interview: Interview) -> None:
    page = admin.post(f"{URL}test/", typed()).content.decode()

    assert "There is no mail server yet, so nothing can be sent." in page
    assert "Dear Joan Clarke," in page  # the preview, which the sentence speaks of
    assert Message.objects.filter(kind="test").count() == 0


def test_of_two_who_save_the_second_is_told(admin: Client, ada: User, interview: Interview) -> None:
    admin.post(URL, typed())

    page = admin.post(URL, typed(Wording("Mine", OURS.text))).content.decode()

    assert "Somebody else saved other words while you were writing" in page
    assert "Dear Joan Clarke," in page
    assert wordings.of(words.INVITATION).subject == OURS.subject
    seen = wordings.stamp(wordings.own_of(words.INVITATION))
    assert f'value="{seen}"'.replace("+", "&#x2B;") in page or f'value="{seen}"' in page
    admin.post(URL, typed(Wording("Mine", OURS.text), seen=seen))
    assert wordings.of(words.INVITATION).subject == "Mine"


def test_the_original_words_come_back(admin: Client, interview: Interview) -> None:
    admin.post(URL, typed())

    admin.post(f"{URL}removal/")

    assert wordings.of(words.INVITATION) == words.INVITATION.wording


def test_saving_the_original_words_keeps_nothing_of_our_own(admin: Client, interview: Interview) -> None:
    admin.post(URL, typed(words.INVITATION.wording))

    assert OwnWording.objects.count() == 0


def test_own_words_a_newer_version_cannot_use_are_passed_over(admin: Client, ada: User) -> None:
    OwnWording.objects.create(kind="invitation", subject="Old", text="{link}", changed_by=ada)

    assert wordings.of(words.INVITATION) == words.INVITATION.wording
    assert "yours cannot be used" in admin.get("/review/company/letters/").content.decode()
    assert "Your own words cannot be used any more" in admin.get(URL).content.decode()


def test_words_are_saved_whoever_they_were_read_as(admin: Client, interview: Interview) -> None:
    for reader in ("", str(uuid4())):
        OwnWording.objects.all().delete()
        admin.post(URL, typed(reader=reader))
        assert wordings.of(words.INVITATION).subject == OURS.subject


def test_the_page_says_who_reads(admin: Client, interview: Interview, job: Job) -> None:
    other = operations.invite(factories.application(job, "Mary Shelley"), by=SYSTEM)

    page = admin.post(f"{URL}preview/", typed(reader=str(other.pk))).content.decode()

    assert "As Mary Shelley reads it" in page


@pytest.mark.parametrize("page", ["preview", "test"])
def test_a_reloaded_address_leads_to_the_page(admin: Client, interview: Interview, page: str) -> None:
    assert admin.get(f"{URL}{page}/").headers["Location"] == URL


def test_an_unknown_kind_is_not_there(admin: Client) -> None:
    assert admin.get("/review/company/letters/spam/").status_code == 404


@pytest.mark.parametrize("field", ["subject", "text", "seen"])
@pytest.mark.parametrize("hostile", ["\0", "x" * 1_000_000])
def test_hostile_words_are_refused_and_nothing_is_kept(
    admin: Client, interview: Interview, field: str, hostile: str
) -> None:
    answer = admin.post(URL, {**typed(), field: hostile + OURS.text})

    assert (answer.status_code, OwnWording.objects.count()) == (200, 0)
