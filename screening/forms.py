"""What candidates and reviewers type or choose around a résumé."""

from __future__ import annotations  # Django's File takes no parameters at run time

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from screening import documents, refusals
from screening.documents import Accepted


class DocumentField(forms.FileField):
    """A document somebody chooses. Its value is an ``Accepted`` file, looked at and not stored yet."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Résumé"))
        options.setdefault("help_text", _("PDF, DOCX, ODT, TXT, or a photo as PNG, JPEG or WebP. Up to 10 MB."))
        options.setdefault("allow_empty_file", True)  # `documents.check` says it in better words
        options.setdefault("widget", forms.ClearableFileInput({"accept": documents.ACCEPT}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Accepted | None:
        upload: File[bytes] | None = super().clean(data, initial)
        if not upload and not isinstance(upload, File):
            return None
        try:
            return documents.check(upload)
        except (refusals.DocumentRefused, refusals.NotStored) as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
