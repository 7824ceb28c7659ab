"""What is written down when somebody is to be told something."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from hiring.accounts.models import Company
from hiring.celery import app
from hiring.lib import moments
from hiring.mail import outbox, reading
from hiring.mail.letters import Value
from hiring.mail.models import Message
from hiring.mail.periodic import sweep_messages
from interviews.words import NEW_LINK
from tests.mail import sink as smtp

JOAN = outbox.Recipient("joan@example.test", "Joan Clarke")


def post(to: outbox.Recipient = JOAN, *, title: str = "Support lead", key: str = "", **more: object) -> Message:
    values: dict[str, Value] = {"job": title, "deadline": "tonight", "sender": "Grace"}
    return outbox.post(NEW_LINK, to=to, values=values, about=None, dedupe_key=key or str(uuid4()), **more)  # type: ignore[arg-type]  # the rest of post's keywords


@pytest.fixture
def broker_down() -> Iterator[None]:
    address = app.conf["broker_url"]
    _use_broker("redis://127.0.0.1:1/0")
    yield
    _use_broker(address)


def _use_broker(address: str) -> None:
    app.conf["broker_url"] = address
    app.__dict__["_pool"] = app.amqp.__dict__["_producer_pool"] = None  # forget the connections to the one before


def test_a_message_is_written_as_subject_text_and_styled_html(company: Company) -> None:
    message = post(link=uuid4(), reply_to="grace@northwind.test")

    assert message.subject == "Your new link: Support lead at Northwind"
    assert message.text.startswith("Hello Joan Clarke,\n\nhere is your new link for “Support lead” at Northwind.")
    assert "\n\n\n" not in message.text
    assert 'style="' in message.html
    assert "@media (prefers-color-scheme: dark)" in message.html
    assert (message.to_email, message.reply_to) == ("joan@example.test", "grace@northwind.test")


def test_replies_reach_the_company_when_no_person_is_named(company: Company) -> None:
    assert post().reply_to == "people@northwind.test"


def test_the_same_key_is_the_same_message(company: Company) -> None:
    first = post(key="once")

    assert post(key="once", title="Another").pk == first.pk
    assert Message.objects.get().subject == first.subject


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_is_one_message(company: Company) -> None:
    ready = Barrier(4)

    def write(_number: int) -> UUID:
        try:
            with transaction.atomic():
                ready.wait(timeout=20)
                return post(key="once").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as everybody:
        written = set(everybody.map(write, range(4)))

    assert written == {Message.objects.get().pk}


def test_only_a_placeholder_of_the_link_is_stored(company: Company) -> None:
    link = uuid4()

    message = post(link=link)

    assert Message.LINK in message.text
    assert reading.link_url(link) in reading.text_with_link(message)
    assert f'href="{reading.link_url(link)}"' in reading.html_with_link(message)
    assert reading.link_url(link) not in message.text + message.html
    assert "(the candidate’s own link)" in reading.text_without_link(message)


@pytest.mark.parametrize(
    "hostile", ["Joan\r\nBcc: eve@evil.test", "Joan\nX: y", "Joan\u2028Bcc: x", "Joan\x00\x1b", "\u202eJoan"]
)
def test_a_hostile_name_or_title_stays_on_its_line(company: Company, hostile: str) -> None:
    message = post(outbox.Recipient("joan@example.test", hostile), title=hostile)

    assert message.to_name.isprintable()
    assert message.subject.isprintable()
    assert message.subject.startswith("Your new link: Joan")


def test_a_hostile_name_reaches_nobody_else(company: Company, settings: Settings) -> None:
    with smtp.listening() as sink:
        settings.EMAIL_URL, settings.EMAIL_PORT = "smtp://", sink.port
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        post(outbox.Recipient("joan@example.test", 'Joan"\r\nBcc: <eve@evil.test>,'), title="Lead\r\nCc: eve@evil.test")
        sweep_messages()

    assert sink.recipients == [["joan@example.test"]]
    assert (sink.mails[0]["Bcc"], sink.mails[0]["Cc"]) == (None, None)
    assert sink.mails[0]["Subject"] == "Your new link: Lead Cc: eve@evil.test at Northwind"


def test_markup_in_a_name_is_text_in_both_versions(company: Company) -> None:
    message = post(outbox.Recipient("j@example.test", "O’Neill <b>&</b>"))

    assert message.text.startswith("Hello O’Neill <b>&</b>,")
    assert "O’Neill &lt;b&gt;&amp;&lt;/b&gt;" in message.html


def test_very_long_words_fit(company: Company) -> None:
    message = post(outbox.Recipient("j@example.test", "J" * 1_000_000), title="T" * 1_000_000)

    assert (len(message.to_name), len(message.subject)) == (200, 250)


def test_times_are_told_in_the_recipients_zone(company: Company) -> None:
    at = timezone.now().replace(year=2026, month=6, day=1, hour=12, minute=0)
    values: dict[str, Value] = {"job": "Lead", "deadline": lambda: moments.moment(at)}
    auckland = outbox.Recipient("j@example.test", zone="Pacific/Auckland")

    theirs = outbox.post(NEW_LINK, to=auckland, values=values, about=None, dedupe_key="a")
    ours = outbox.post(NEW_LINK, to=outbox.Recipient("j@example.test"), values=values, about=None, dedupe_key="b")

    assert "until Tuesday 2 June 2026, 00:00 (Auckland time)" in theirs.text
    assert "until Monday 1 June 2026, 14:00 (Paris time)" in ours.text


def test_without_a_mail_server_it_is_on_screen_at_once(company: Company) -> None:
    assert post().state == "on_screen"


def test_a_message_for_later_waits(company: Company) -> None:
    later = timezone.now() + timedelta(hours=1)

    message = post(due_at=later)

    assert (message.state, message.due_at, message.next_attempt_at) == ("queued", later, later)


def test_the_queue_is_told_once_the_message_is_committed(
    company: Company, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.EMAIL_URL = "smtp://"
    with django_capture_on_commit_callbacks() as callbacks:
        post(key="once")
        post(key="once")

    assert len(callbacks) == 1


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_the_request_succeeds_and_the_sweep_sends(
    company: Company, settings: Settings, broker_down: None
) -> None:
    with smtp.listening() as sink:
        settings.EMAIL_URL, settings.EMAIL_PORT = "smtp://", sink.port
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        with transaction.atomic():
            message = post()
        sweep_messages()

    message.refresh_from_db()
    assert (message.state, len(sink.raw)) == ("sent", 1)


def test_sending_again_is_a_new_message_with_the_same_words(company: Company) -> None:
    message = post(link=uuid4())

    again, third = outbox.resend(message), outbox.resend(message)

    assert len({message.pk, again.pk, third.pk}) == 3
    assert (again.text, again.html, again.link, again.to_email) == (
        message.text,
        message.html,
        message.link,
        message.to_email,
    )


def test_sending_again_is_refused_while_the_last_one_is_on_its_way(company: Company, settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://"
    message = post()

    with pytest.raises(outbox.StillOnItsWay):
        outbox.resend(message)


def test_what_carries_a_dead_link_is_called_off(company: Company, settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://"
    dead, living = uuid4(), uuid4()
    waiting, other = post(link=dead), post(link=living)

    outbox.call_off(link=dead, because="A new link replaced it.")

    assert state_of(waiting.pk) == ("failed", "A new link replaced it.")
    assert state_of(other.pk) == ("queued", "")


def state_of(pk: UUID) -> tuple[str, str]:
    return Message.objects.values_list("state", "failure").get(pk=pk)
