import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hiring.accounts.models import Company, User

STRONG = "correct horse battery staple"


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Any:
    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return type_in


def test_the_first_admin_comes_with_a_company(db: None, stdin: Callable[[str], None]) -> None:
    stdin(STRONG + "\n")

    call_command("create_admin", "ada@northwind.test", "Ada", company="Northwind", zone="Europe/Paris")

    assert Company.objects.get().zone == "Europe/Paris"
    assert User.objects.get().check_password(STRONG)


def test_a_random_password_is_printed_once_and_works(db: None) -> None:
    out = io.StringIO()

    call_command("create_admin", "ada@northwind.test", "Ada", random_password=True, stdout=out)

    printed = out.getvalue().split("Password, shown this once: ")[1].split()[0]
    assert User.objects.get().check_password(printed)


@pytest.mark.parametrize("weak", ["", "admin", "password1234", "ada@northwind.test"])
def test_a_weak_password_is_refused(db: None, stdin: Callable[[str], None], weak: str) -> None:
    stdin(weak + "\n")

    with pytest.raises(CommandError):
        call_command("create_admin", "ada@northwind.test", "Ada")

    assert not User.objects.exists()


def test_a_bad_address_is_refused(db: None, stdin: Callable[[str], None]) -> None:
    stdin(STRONG)

    with pytest.raises(CommandError, match="“ada” is not an e-mail address"):
        call_command("create_admin", "ada", "Ada")


def test_the_same_admin_twice_is_refused(ada: User, stdin: Callable[[str], None]) -> None:
    stdin(STRONG)

    with pytest.raises(CommandError, match="already belongs"):
        call_command("create_admin", ada.email, "Ada")


def test_an_address_that_is_taken_is_told_before_a_password_is_asked_for(
    ada: User, stdin: Callable[[str], None]
) -> None:
    stdin("")

    with pytest.raises(CommandError, match="already belongs to somebody who works here"):
        call_command("create_admin", ada.email.upper(), "Ada")


@pytest.mark.parametrize("option", [{"company": "Other"}, {"zone": "Europe/Paris"}])
def test_a_company_that_is_there_is_not_changed_by_the_way(
    ada: User, stdin: Callable[[str], None], option: dict[str, str]
) -> None:
    stdin(STRONG)

    with pytest.raises(CommandError, match="The company is there already"):
        call_command("create_admin", "boss@northwind.test", "Boss", **option)

    assert User.objects.get() == ada


def test_a_zone_nobody_knows_is_refused(db: None, stdin: Callable[[str], None]) -> None:
    stdin(STRONG)

    with pytest.raises(CommandError, match="time zone"):
        call_command("create_admin", "ada@northwind.test", "Ada", zone="Mars/Olympus")
