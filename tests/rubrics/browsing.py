"""What the tests of the pages share: addresses, messages, and what a browser sends."""

from typing import Any

from django.contrib.messages import get_messages
from django.urls import reverse

from hiring.rubrics.models import Question

MEGABYTE = "a" * 1_000_000


def url(name: str, *args: object) -> str:
    return reverse(f"reviewer:rubrics:{name}", args=args)


def said(response: Any) -> str:
    """The message that the page after ``response`` shows."""
    *_earlier, message = get_messages(response.wsgi_request)
    return str(message)


def typed(question: Question | None = None, **changes: Any) -> dict[str, Any]:
    """What the browser sends from the editor of ``question``."""
    start: dict[str, Any] = {
        "text": "What would you change first?",
        "think_seconds": "60",
        "answer_seconds": "120",
        "retakes": "2",
        "required": "on",
        "revision": "0",
    }
    if question:
        start |= {
            "text": question.text,
            "revision": str(question.revision),
            "competencies": [str(pair.competency_id) for pair in question.competencies.all()],
        }
    return start | changes


def opened(response: Any) -> dict[str, Any]:
    """What a browser sends of the form on a page when nobody touches it, with what the fields said when it opened."""
    sent: dict[str, Any] = {}
    for field in response.context["form"]:
        raw = field.field.prepare_value(field.value())
        values = ["" if each is None else str(each) for each in (raw if isinstance(raw, list) else [raw])]
        if field.field.show_hidden_initial:
            sent[field.html_initial_name] = values
        if raw is not False:
            sent[field.html_name] = values
    return sent
