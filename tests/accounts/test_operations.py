from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from hiring.accounts import operations
from hiring.accounts.models import Company, User
from hiring.lib.errors import Refusal
from tests import factories

STRONG = "correct horse battery staple"


def begin(name: str = "Ada", password: str = STRONG) -> Any:
    return operations.first_run(
        company="Northwind", name=name, email=f"{name.lower()}@northwind.test", password=password
    )


def test_first_run_makes_the_company_and_its_admin(db: None) -> None:
    admin = begin()

    company = Company.objects.get()
    assert admin.is_admin
    assert admin.check_password(STRONG)
    assert (company.name, company.reply_to) == ("Northwind", "ada@northwind.test")


def test_first_run_happens_once(db: None) -> None:
    begin()

    with pytest.raises(operations.AlreadySetUp):
        begin("Eve")

    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_first_runs_at_once_one_wins() -> None:
    def attempt(name: str) -> Any:
        try:
            return begin(name).name
        except operations.AlreadySetUp:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        winners = [name for name in pool.map(attempt, ["Ada", "Eve", "Mallory", "Oscar"]) if name]

    assert [user.name for user in User.objects.all()] == winners
    assert len(winners) == 1


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012345", "ada@northwind.test"])
def test_a_weak_password_makes_nobody_admin(db: None, weak: str) -> None:
    with pytest.raises(ValidationError):
        begin(password=weak)

    assert not User.objects.exists()
    assert not Company.objects.exists()


def test_a_colleague_is_added_without_a_password(ada: User) -> None:
    person = operations.add_staff(name="Hedy", email="Hedy@Northwind.test")

    assert person.email == "hedy@northwind.test"
    assert not person.has_usable_password()


def test_an_address_in_other_letters_is_the_same_person(ada: User) -> None:
    with pytest.raises(operations.AlreadyStaff):
        operations.add_staff(name="Ada again", email="ADA@northwind.test")


def test_the_last_admin_stays_an_admin(ada: User, grace: User) -> None:
    with pytest.raises(operations.LastAdmin):
        operations.change_staff(ada, name="Ada", is_admin=False, by=ada)


def test_the_last_admin_cannot_be_deactivated(ada: User) -> None:
    boss = factories.user("Boss", is_admin=True)
    operations.deactivate(ada, by=boss)

    with pytest.raises(operations.LastAdmin):
        operations.deactivate(boss, by=ada)


@pytest.mark.django_db(transaction=True)
def test_two_admins_deactivating_each_other_leave_one(company: Company) -> None:
    admins = [factories.user(name, is_admin=True) for name in ("Ada", "Boss")]

    def attempt(pair: tuple[User, User]) -> None:
        try:
            operations.deactivate(pair[0], by=pair[1])
        except Refusal:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(attempt, [(admins[0], admins[1]), (admins[1], admins[0])]))

    assert User.objects.filter(is_admin=True, is_active=True).count() == 1


def test_nobody_deactivates_themselves(ada: User) -> None:
    factories.user("Boss", is_admin=True)

    with pytest.raises(operations.NotYourself):
        operations.deactivate(ada, by=ada)


def test_deactivating_ends_every_session(ada: User, grace: User, signed_in: Callable[[User], Client]) -> None:
    browser = signed_in(grace)
    assert browser.get("/review/").status_code == 200

    operations.deactivate(grace, by=ada)
    answer = browser.get("/review/")
    operations.reactivate(grace, by=ada)

    assert answer.status_code == 302
    assert browser.get("/review/").status_code == 302  # the old session stays ended


def test_holidays_are_kept_once_and_in_order(company: Company) -> None:
    operations.change_company(
        company,
        name="Northwind",
        zone="Asia/Tokyo",
        working_days="0123",
        holidays=["2026-12-26", "2026-12-25", "2026-12-25"],
        reply_to="a@b.test",
        privacy_contact="c@d.test",
        retention_days=90,
    )

    company.refresh_from_db()
    assert company.holidays == ["2026-12-25", "2026-12-26"]
