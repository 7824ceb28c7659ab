"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hiring.accounts.models import Company


def company(request: HttpRequest) -> dict[str, object]:
    """``company``: the one row, fetched only by templates that show it. ``sends_mail``: whether mail really leaves."""
    return {"company": SimpleLazyObject(Company.objects.current), "sends_mail": bool(settings.EMAIL_URL)}
