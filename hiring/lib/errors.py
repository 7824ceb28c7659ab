"""The domain's way of saying no."""

from typing import ClassVar

from django.utils.functional import Promise


class Refusal(Exception):
    """The domain said no, and the text may be shown to whoever asked.

    Pages turn it into a message and a redirect, the API into a 409 problem whose ``code`` is this class's.
    ``detail`` holds extra members for the problem, plain JSON values only.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, message: str | Promise, **detail: object) -> None:
        super().__init__(str(message))
        self.detail = detail
