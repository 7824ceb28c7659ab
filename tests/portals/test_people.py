import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from hiring.accounts import setup_key
from hiring.accounts.models import Company, User
from hiring.mail import reading
from hiring.mail.models import Message
from interviews.models import Interview

STRONG = "correct horse battery staple"


def words(response: Any) -> Any:
    return " ".join(response.content.decode().split())


def link_in(message: Message) -> Any:
    found = re.search(r"http://localhost:8000(/accounts/password/reset/key/\S+)", reading.staff_text(message))
    assert found is not None
    return found[1]


def set_password(browser: Client, path: str, password: str) -> Any:
    form = browser.get(path)  # the key moves into the session, out of the address
    return browser.post(form.headers["Location"], {"password1": password, "password2": password})


@pytest.fixture
def fresh(db: None) -> Any:
    """A browser in front of an installation nobody set up."""
    return Client()


WELCOME = {
    "company": "Northwind",
    "zone": "Europe/Paris",
    "name": "Ada",
    "email": "ada@northwind.test",
    "password": STRONG,
}


def test_the_first_visit_leads_to_the_welcome_page_and_in(fresh: Client) -> None:
    assert fresh.get(reverse("account_login")).headers["Location"] == "/welcome/"

    answer = fresh.post("/welcome/", WELCOME | {"setup_key": setup_key.key()})

    assert answer.headers["Location"] == "/review/"
    assert Company.objects.get().zone == "Europe/Paris"
    assert "Getting ready for the first candidate" in words(fresh.get("/review/"))


@pytest.mark.parametrize("typed", ["", "please", "ABCD-EFGH-IJKL-MNOP-QRST", "\x00", "A" * 100_000, "ÄÖÜ" * 9])
def test_who_cannot_read_the_setup_key_does_not_begin(fresh: Client, typed: str) -> None:
    page = fresh.post("/welcome/", WELCOME | {"setup_key": typed})

    assert page.context["form"].errors.keys() == {"setup_key"}
    assert "manage.py doctor" in words(page)
    assert setup_key.key() not in words(page)
    assert not User.objects.exists()


def test_the_setup_key_may_be_typed_by_hand(fresh: Client) -> None:
    typed = setup_key.key().replace("-", " ").lower().replace("o", "0")

    answer = fresh.post("/welcome/", WELCOME | {"setup_key": f" {typed} "})

    assert answer.headers["Location"] == "/review/"


def test_another_installation_has_another_setup_key(settings: Settings) -> None:
    ours = setup_key.key()

    settings.SECRET_KEY = "another" * 10

    assert setup_key.key() != ours


def test_development_asks_for_no_setup_key(fresh: Client, settings: Settings) -> None:
    settings.FIRST_RUN_NEEDS_KEY = False

    assert "setup_key" not in fresh.get("/welcome/").context["form"].fields
    assert fresh.post("/welcome/", WELCOME).headers["Location"] == "/review/"


def test_the_welcome_page_is_there_once(ada: User, client: Client) -> None:
    assert client.get("/welcome/").headers["Location"] == "/review/"
    assert client.post("/welcome/", WELCOME | {"email": "eve@evil.test"}).headers["Location"] == "/review/"

    assert User.objects.count() == 1


@pytest.mark.parametrize("weak", ["", "admin", "password1234", "ada@northwind.test"])
def test_a_weak_first_password_is_sent_back(fresh: Client, weak: str) -> None:
    page = fresh.post("/welcome/", WELCOME | {"password": weak, "setup_key": setup_key.key()})

    assert page.context["form"].errors.keys() == {"password"}
    assert not User.objects.exists()


def test_a_colleague_sets_their_password_from_the_mail_and_is_in(
    ada: User, signed_in: Callable[[User], Client]
) -> None:
    signed_in(ada).post(reverse("reviewer:people"), {"name": "Hedy", "email": "hedy@northwind.test"})
    message, browser = Message.objects.get(), Client()

    answer = set_password(browser, link_in(message), STRONG)

    assert message.to_email == "hedy@northwind.test"
    assert answer.status_code == 302
    assert browser.get("/review/").context["request"].user.name == "Hedy"


def test_the_link_works_once(ada: User, signed_in: Callable[[User], Client]) -> None:
    signed_in(ada).post(reverse("reviewer:people"), {"name": "Hedy", "email": "hedy@northwind.test"})
    path = link_in(Message.objects.get())
    set_password(Client(), path, STRONG)

    page = Client().get(path)

    assert page.status_code == 200
    assert "no longer good" in words(page)


def test_a_weak_password_is_refused_at_the_link(ada: User, signed_in: Callable[[User], Client]) -> None:
    signed_in(ada).post(reverse("reviewer:people"), {"name": "Hedy", "email": "hedy@northwind.test"})

    page = set_password(Client(), link_in(Message.objects.get()), "password1234")

    assert page.context["form"].errors


def test_somebody_who_works_here_is_not_added_twice(
    ada: User, grace: User, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(ada).post(reverse("reviewer:people"), {"name": "G", "email": "GRACE@northwind.test"})

    assert "already belongs to somebody who works here" in words(page)
    assert not Message.objects.exists()


def test_the_reset_mail_names_our_address_whatever_host_was_asked(grace: User, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": grace.email}, headers={"host": "127.0.0.1"})

    assert link_in(Message.objects.get())


@pytest.mark.parametrize("ask", ["reset", "welcome"])
def test_no_key_to_a_new_password_is_stored(
    ada: User, grace: User, client: Client, signed_in: Callable[[User], Client], ask: str
) -> None:
    if ask == "reset":
        client.post(reverse("account_reset_password"), {"email": grace.email})
    else:
        signed_in(ada).post(reverse("reviewer:person-password", args=[grace.pk]))

    message = Message.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mail_message::text FROM mail_message")
        [(row,)] = cursor.fetchall()
    assert "/password/reset/key/" not in row
    assert link_in(message).split("-", 1)[1].strip("/") not in row


def test_without_a_mail_server_an_admin_reads_a_link_that_works(
    ada: User, grace: User, client: Client, signed_in: Callable[[User], Client]
) -> None:
    client.post(reverse("account_reset_password"), {"email": grace.email})
    address = reverse("reviewer:message", args=[Message.objects.get().pk])

    page = words(signed_in(ada).get(address))
    found = re.search(r"http://localhost:8000(/accounts/password/reset/key/[\w-]+/)", page)
    assert found is not None
    set_password(Client(), found[1], STRONG)

    grace.refresh_from_db()
    assert grace.check_password(STRONG)
    assert "/password/reset/key/" not in words(signed_in(ada).get(address))


@pytest.mark.parametrize("change", [{"state": Message.State.SENT}, {"created_at": timezone.now() - timedelta(days=4)}])
def test_a_link_sent_or_too_old_is_not_shown(grace: User, client: Client, change: dict[str, Any]) -> None:
    client.post(reverse("account_reset_password"), {"email": grace.email})
    Message.objects.update(**change)

    assert "/password/reset/key/" not in reading.staff_text(Message.objects.get())


def test_asking_for_a_reset_looks_the_same_for_a_stranger(grace: User, client: Client) -> None:
    known = client.post(reverse("account_reset_password"), {"email": grace.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "stranger@northwind.test"})

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert Message.objects.count() == 1


def test_a_candidate_can_never_sign_in(interview: Interview, client: Client) -> None:
    candidate = interview.application.candidate

    client.post(reverse("account_reset_password"), {"email": candidate.email})
    client.post(reverse("account_login"), {"login": candidate.email, "password": "x" * 12})

    assert not Message.objects.filter(to_email=candidate.email).exists()
    assert client.get("/review/").status_code == 302


def test_nobody_signs_up(ada: User, client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_signing_in_and_out(grace: User, client: Client) -> None:
    answer = client.post(
        reverse("account_login"), {"login": "GRACE@northwind.test", "password": "correct horse battery"}
    )
    assert answer.headers["Location"] == "/review/"

    client.post(reverse("account_logout"))
    assert client.get("/review/").status_code == 302


@pytest.mark.parametrize("address", ["https://evil.test/", "//evil.test", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(grace: User, client: Client, address: str) -> None:
    answer = client.post(
        reverse("account_login"),
        {"login": grace.email, "password": "correct horse battery", "next": address},
    )

    assert answer.headers["Location"] == "/review/"


def test_guessing_passwords_is_slowed_down(grace: User, client: Client) -> None:
    def guess(number: int) -> Any:
        return client.post(reverse("account_login"), {"login": grace.email, "password": f"wrong {number}"})

    # Ten at most get through; more are tried here, because the counters of a shared cache may be cleared meanwhile.
    turned_away = [page for page in map(guess, range(40)) if page.status_code == 429 or "Too many" in words(page)]

    assert turned_away


def test_too_many_tries_from_one_place_are_told_so_in_the_house_style(ada: User, client: Client) -> None:
    pages = [
        client.post(reverse("account_login"), {"login": f"nobody{number}@northwind.test", "password": "guess"})
        for number in range(60)
    ]

    refused = [page for page in pages if page.status_code == 429]
    assert refused
    assert "That was a lot at once" in words(refused[0])


def test_an_address_taken_in_other_letters_cannot_be_smuggled_in(
    ada: User, signed_in: Callable[[User], Client]
) -> None:
    signed_in(ada).post(
        reverse("reviewer:people"),
        {"name": "Hedy", "email": "hedy@northwind.test", "is_superuser": "on", "password": "x", "is_active": ""},
    )

    hedy = User.objects.get(name="Hedy")
    assert (hedy.is_superuser, hedy.is_admin, hedy.is_active, hedy.has_usable_password()) == (False, False, True, False)


def test_deactivating_and_letting_back_in(ada: User, grace: User, signed_in: Callable[[User], Client]) -> None:
    browser = signed_in(grace)

    signed_in(ada).post(reverse("reviewer:person-deactivation", args=[grace.pk]))
    assert browser.get("/review/").status_code == 302

    signed_in(ada).post(reverse("reviewer:person-reactivation", args=[grace.pk]))
    answer = Client().post(reverse("account_login"), {"login": grace.email, "password": "correct horse battery"})
    assert answer.headers["Location"] == "/review/"


def test_the_last_admin_stays_in_words(ada: User, signed_in: Callable[[User], Client]) -> None:
    page = signed_in(ada).post(reverse("reviewer:person", args=[ada.pk]), {"name": "Ada"})

    assert "is the only admin who can sign in" in words(page)
    ada.refresh_from_db()
    assert ada.is_admin


COMPANY = {
    "name": "Northwind",
    "zone": "Asia/Tokyo",
    "working_days": ["0", "1", "2", "3"],
    "holidays": "2026-12-25 Christmas\n\n2026-01-01",
    "reply_to": "people@northwind.test",
    "privacy_contact": "privacy@northwind.test",
    "retention_days": "90",
}


def test_the_company_is_changed(ada: User, signed_in: Callable[[User], Client]) -> None:
    answer = signed_in(ada).post(reverse("reviewer:company"), COMPANY)

    company = Company.objects.get()
    assert answer.status_code == 302
    assert (company.zone, company.working_days) == ("Asia/Tokyo", "0123")
    assert company.holidays == ["2026-01-01", "2026-12-25"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Mars/Olympus"),
        ("working_days", []),
        ("working_days", ["9"]),
        ("holidays", "tomorrow"),
        ("retention_days", "0"),
        ("retention_days", "99999"),
        ("reply_to", "nobody"),
        ("privacy_contact", ""),
        ("name", ""),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    ada: User, signed_in: Callable[[User], Client], field: str, value: object
) -> None:
    page = signed_in(ada).post(reverse("reviewer:company"), COMPANY | {field: value})

    assert page.context["form"].errors.keys() == {field}
    assert Company.objects.get().zone == "Europe/Paris"


def test_people_and_company_are_for_admins(grace: User, signed_in: Callable[[User], Client]) -> None:
    for name in ("people", "company"):
        assert signed_in(grace).get(reverse(f"reviewer:{name}")).status_code == 403
