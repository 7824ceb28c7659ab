"""``{{ job.description|prose }}``: Markdown in templates."""

from django import template
from django.utils.safestring import SafeString

from hiring.lib import prose as markdown

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    return markdown.render(text or "")


@register.filter
def first_words(text: str) -> str:
    return markdown.first_words(text or "")
