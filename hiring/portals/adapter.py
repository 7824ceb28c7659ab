"""How allauth behaves here: nobody signs up, mails are rows of the outbox, addresses never follow the Host header."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hiring.mail import outbox

RESET = "account/email/password_reset_key"


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The link to a new password; allauth's other mails are about sign-ups, which do not exist here."""
        if template_prefix != RESET:
            return
        person = context["user"]
        outbox.post(
            "staff_password",
            to=outbox.Recipient(person.email, person.name),
            context={"person": person, "url": context["password_reset_url"]},
            about=None,
            dedupe_key=f"staff-password:{person.pk}:{uuid4()}",
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _separator, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.BASE_URL}{path}"
