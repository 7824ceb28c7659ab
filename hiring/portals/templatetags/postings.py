"""A job's facts for search engines, as a data block."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from hiring.pipeline.models import Job
from hiring.portals import postings

register = template.Library()

NEVER_MARKUP = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def job_posting(job: Job) -> SafeString:
    """``job`` as schema.org's ``JobPosting`` in JSON that can end no element."""
    known: dict[str, Any] = postings.structured(job)
    return mark_safe(json.dumps(known).translate(NEVER_MARKUP))  # noqa: S308 (nothing in it can be markup)
