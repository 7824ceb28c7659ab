"""Pages that work without JavaScript, and whose fragments are never a second template."""

from django.http import HttpRequest


def fragment(template: str, name: str, request: HttpRequest) -> str:
    """``template#name`` when htmx asked for a part of the page, the whole ``template`` otherwise."""
    return f"{template}#{name}" if request.headers.get("HX-Request") == "true" else template
