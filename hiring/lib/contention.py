"""What the database refuses only because others were changing the same thing at the same time: asked again, it may well
succeed."""

from django.db import OperationalError

from hiring.lib.errors import Refusal

# A deadlock, a serialisation failure, a lock we waited for too long.
WORTH_ANOTHER_TRY = {"40P01", "40001", "55P03"}


class TooBusy(Refusal):
    code = "too_busy"


def is_passing(error: Exception) -> bool:
    """Whether ``error`` is worth another try."""
    return isinstance(error, OperationalError) and pgcode(error) in WORTH_ANOTHER_TRY


def pgcode(error: Exception) -> str:
    """PostgreSQL's own code for what went wrong, five characters; empty when it did not come from there."""
    return getattr(error.__cause__, "pgcode", None) or ""
