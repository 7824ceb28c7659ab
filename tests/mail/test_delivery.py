"""Messages meet a real SMTP server that fails as it is told."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from allauth.account.forms import default_token_generator
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from hiring.accounts.models import Company, User
from hiring.mail import delivery
from hiring.mail.models import Message
from tests.mail import sink as smtp
from tests.mail.sink import Sink


def owed(**fields: object) -> Message:
    words = {"kind": "invitation", "to_email": "joan@example.test", "to_name": "Joan", "subject": "Hello", "text": "Hi"}
    return Message.objects.create(**{**words, "dedupe_key": str(uuid4()), **fields})


def due_again(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())


@pytest.fixture
def sink(settings: Settings, company: Company) -> Iterator[Sink]:
    with smtp.listening() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 2
        yield server


def test_a_message_is_sent_as_text_and_html_from_the_company_with_a_person_to_answer(sink: Sink) -> None:
    link = uuid4()
    message = owed(
        text=f"Go to {Message.LINK}", html=f'<a href="{Message.LINK}">Go</a>', link=link, reply_to="grace@n.test"
    )

    delivery.deliver(message.pk)

    message.refresh_from_db()
    mail = sink.mails[0]
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert (message.state, message.attempt, message.failure) == ("sent", 1, "")
    assert message.sent_at is not None
    assert (mail["From"], mail["To"], mail["Reply-To"]) == (
        "Northwind <callback@localhost>",
        "Joan <joan@example.test>",
        "grace@n.test",
    )
    assert text is not None
    assert text.get_content().strip().startswith("Go to http://localhost:8000/c/")
    assert html is not None
    assert Message.LINK not in html.get_content()


def test_a_calendar_file_goes_along_twice_and_says_what_it_does(sink: Sink) -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:Åsa\r\nEND:VCALENDAR\r\n"
    message = owed(html="<p>Called off</p>", calendar=calendar)

    delivery.deliver(message.pk)

    mail = sink.mails[0]
    words, attached = mail.iter_parts()
    assert mail.get_content_type() == "multipart/mixed"
    alternatives = list(words.iter_parts())
    assert [part.get_content_type() for part in alternatives] == ["text/plain", "text/html", "text/calendar"]
    assert dict(alternatives[2]["Content-Type"].params) == {"method": "CANCEL", "charset": "utf-8"}
    assert alternatives[2].get_payload(decode=True) == calendar.encode()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/ics", "invite.ics")
    assert attached.get_payload(decode=True) == calendar.encode()


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_secret_is_in_the_mail_and_in_no_row(sink: Sink) -> None:
    message = owed(text=Message.LINK, html=Message.LINK, link=uuid4())

    delivery.deliver(message.pk)

    secret = plain(sink.mails[0]).split("/c/")[1].strip("/\n")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM mail_message WHERE mail_message::text LIKE %s", [f"%{secret}%"])
        assert cursor.fetchone() == (0,)
    assert len(secret) == 43


def test_the_mail_to_a_colleague_carries_a_fresh_link_to_a_new_password(sink: Sink, grace: User) -> None:
    message = owed(text=f"Here: {Message.LINK}", html=f'<a href="{Message.LINK}">Go</a>', person=grace)

    delivery.deliver(message.pk)

    body = plain(sink.mails[0])
    found = re.search(r"/password/reset/key/[0-9a-f]+-(\S+)/", body)
    assert found is not None
    assert default_token_generator.check_token(grace, found[1])


def test_a_message_is_sent_once_however_often_it_is_delivered(sink: Sink) -> None:
    message = owed()

    for _ in range(3):
        delivery.deliver(message.pk)
    delivery.deliver_due(seconds=5)

    assert len(sink.raw) == 1


def test_a_message_that_is_not_due_waits(sink: Sink) -> None:
    message = owed(next_attempt_at=timezone.now() + timedelta(minutes=1))

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, sink.raw) == ("queued", [])


@pytest.mark.parametrize("fault", [smtp.GREYLIST, "452 4.2.2 Mailbox full", smtp.DROP_BEFORE_DOT])
def test_a_passing_fault_is_tried_again_and_delivered_once(sink: Sink, fault: str) -> None:
    sink.script[:] = [fault]
    message = owed()

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempt, bool(message.failure), sink.raw) == ("queued", 1, True, [])
    due_again(message)

    delivery.deliver_due(seconds=5)

    message.refresh_from_db()
    assert (message.state, message.attempt, message.failure, len(sink.raw)) == ("sent", 2, "", 1)


def test_a_lost_answer_is_ambiguous_and_repeated_under_the_same_message_id(sink: Sink) -> None:
    sink.script[:] = [smtp.DROP_AFTER_DOT]
    message = owed()

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert message.state == "queued"
    assert message.failure.startswith("Ambiguous")
    due_again(message)
    delivery.deliver(message.pk)

    assert [mail["Message-ID"] for mail in sink.mails] == [f"<{message.pk}@localhost>"] * 2


def test_a_refused_address_bounces_at_once_and_is_left_alone(sink: Sink) -> None:
    sink.script[:] = [smtp.UNKNOWN]
    message = owed()

    delivery.deliver(message.pk)
    due_again(message)
    delivery.deliver_due(seconds=5)

    message.refresh_from_db()
    assert (message.state, message.attempt, sink.raw) == ("bounced", 1, [])
    assert message.failure == "The mail server answered 550 5.1.1 No such user"


def test_a_server_that_is_down_is_tried_again_later(sink: Sink, settings: Settings) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    message = owed()

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert message.state == "queued"
    assert message.failure.startswith("The mail server cannot be reached")
    settings.EMAIL_PORT = sink.port
    due_again(message)
    delivery.deliver_due(seconds=5)
    assert len(sink.raw) == 1


def test_the_last_attempt_leaves_a_failure_people_can_see(sink: Sink) -> None:
    sink.script[:] = [smtp.GREYLIST]
    message = owed(attempt=delivery.MOST_ATTEMPTS - 1)

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempt) == ("failed", delivery.MOST_ATTEMPTS)
    assert "421" in message.failure


def test_a_name_full_of_line_breaks_adds_no_header_and_no_recipient(sink: Sink) -> None:
    message = owed(to_name="Joan\r\nBcc: eve@evil.test", subject="Hi\r\nBcc: eve@evil.test", reply_to="grace@n.test")

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, sink.raw) == ("bounced", [])  # such a row can only be made by hand: outbox.post cleans both


def test_a_message_held_by_a_dead_worker_is_taken_over_when_its_lease_ran_out(sink: Sink) -> None:
    message = owed()
    held = delivery.claim(message.pk)
    assert held is not None

    delivery.deliver_due(seconds=5)
    assert sink.raw == []
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1), next_attempt_at=timezone.now())
    delivery.deliver_due(seconds=5)
    delivery.settle(held, delivery.Outcome(Message.State.FAILED, "the dead worker wakes up"))

    message.refresh_from_db()
    assert (message.state, message.attempt, len(sink.raw)) == ("sent", 2, 1)


@pytest.mark.django_db(transaction=True)
def test_the_row_says_sending_before_the_server_is_spoken_to(sink: Sink) -> None:
    message = owed()

    claimed = delivery.claim(message.pk)

    assert claimed is not None
    assert Message.objects.get().state == "sending"
    assert delivery.claim(message.pk) is None


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_message_once(sink: Sink) -> None:
    for _ in range(20):
        owed()

    def work() -> None:
        delivery.deliver_due(seconds=20)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work) for _ in range(4)]:
            done.result()

    assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.raw) == 20
    assert set(Message.objects.values_list("state", "attempt")) == {("sent", 1)}


def test_without_a_mail_server_a_message_is_to_be_read_on_screen(settings: Settings, db: None) -> None:
    settings.EMAIL_URL = ""
    message = owed()

    delivery.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.sent_at) == ("on_screen", None)


@pytest.mark.parametrize("attempt", range(1, delivery.MOST_ATTEMPTS + 1))
def test_pauses_grow_and_are_capped(attempt: int) -> None:
    pauses = [delivery.pause(attempt) for _ in range(50)]

    assert all(timedelta(0) <= pause <= delivery.LONGEST_PAUSE for pause in pauses)
    assert all(pause <= delivery.FIRST_PAUSE * 2 ** (attempt - 1) for pause in pauses)
    assert len(set(pauses)) > 1
