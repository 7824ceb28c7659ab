"""``manage.py create_api_token EMAIL``: a key to the API, printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hiring.accounts.models import User
from hiring.api import operations


class Command(BaseCommand):
    help = "Create an API token for a member of staff. It may do what they may do, and is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="API", help="what the token is for")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody who may sign in has the e-mail {options['email']}.")
        key = operations.create_token(user, name=options["name"][:80])
        self.stderr.write(f"A token for {user}, shown this once; send it as “Authorization: Bearer …”:")
        self.stdout.write(key.secret)
