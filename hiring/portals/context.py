"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hiring.accounts.models import Company


def company(request: HttpRequest) -> dict[str, object]:
    """``company``: the one row, fetched only by templates that show it."""
    return {"company": SimpleLazyObject(Company.objects.current)}
