"""``manage.py create_admin``: somebody who may do everything; on a fresh installation, the first."""

import getpass
import secrets
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from hiring.accounts import operations
from hiring.accounts.models import User
from hiring.lib.errors import Refusal


class Command(BaseCommand):
    help = "Add an admin. The password is asked for, read from stdin, or made up and printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", nargs="?", default="", help="what colleagues call them")
        parser.add_argument("--company", default="", help="the company's name, on a fresh installation")
        parser.add_argument("--zone", default="", help="its time zone, like Europe/Paris; UTC when not given")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--password-stdin", action="store_true", help="read the password from stdin")
        how.add_argument("--random-password", action="store_true", help="make one up and print it once")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip()
        name = options["name"].strip() or email.split("@")[0]
        is_first = operations.needs_first_run()
        self.refuse_early(email, options, is_first=is_first)
        try:
            password = self.password(options)
            person = {"name": name, "email": email, "password": password}
            if is_first:
                company = options["company"].strip() or "Our company"
                operations.first_run(company=company, zone=options["zone"] or "UTC", **person)
            else:
                operations.add_admin(**person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(f"{name} is an admin now and signs in as {email.lower()}."))
        if options["random_password"]:
            self.stdout.write(f"Password, shown this once: {password}")

    def refuse_early(self, email: str, options: dict[str, Any], *, is_first: bool) -> None:
        """Refuse what can be refused before anybody types a password."""
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an e-mail address. Nothing was changed.") from error
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} already belongs to somebody who works here: make them an admin under People.")
        if not is_first and (options["company"] or options["zone"]):
            raise CommandError("The company is there already: change its name and zone on its page, under Company.")

    def password(self, options: dict[str, Any]) -> str:
        if options["random_password"]:
            return secrets.token_urlsafe(18)
        if options["password_stdin"] or not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Again: "):
            raise CommandError("The two passwords differ. Nothing was changed.")
        return password
