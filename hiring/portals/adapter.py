"""How allauth behaves here: nobody signs up, and mails are rows of the outbox."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from hiring.mail import outbox
from hiring.portals import letters

RESET = "account/email/password_reset_key"


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The link to a new password; allauth's other mails are about sign-ups, which do not exist here.

        The key allauth made is dropped: a fresh one is made when the mail leaves, so that none is stored.
        """
        if template_prefix != RESET:
            return
        person = context["user"]
        outbox.post(
            letters.STAFF_PASSWORD,
            to=outbox.Recipient(person.email, person.name),
            values={},
            person=person,
            about=None,
            dedupe_key=f"staff-password:{person.pk}:{uuid4()}",
        )
