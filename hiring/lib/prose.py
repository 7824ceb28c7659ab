"""What people write in Markdown, as HTML that can do no harm."""

import html
import re

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# What a description needs. No images: they would call other hosts.
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code", "hr"}
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
HEADINGS = {"h1": "h3", "h2": "h3"}
# A line break typed is one seen, and what is indented is no code: people paste from mails.
DRAWING = MarkdownIt("commonmark", {"breaks": True, "xhtmlOut": False}).disable("code")


def render(text: str, *, is_page: bool = True) -> SafeString:
    """``text`` as HTML: Markdown, cleaned; links leave without a referrer.

    On a page no heading stands above the page's own; a letter has a title of its own.
    """
    drawn = DRAWING.render(text).strip()
    for given, kept in HEADINGS.items() if is_page else ():
        drawn = drawn.replace(f"<{given}>", f"<{kept}>").replace(f"</{given}>", f"</{kept}>")
    clean = nh3.clean(
        drawn,
        tags=TAGS if is_page else TAGS | HEADINGS.keys(),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 (nh3 just cleaned it)


def first_words(text: str, *, length: int = 180) -> str:
    """The first paragraph of the Markdown ``text`` without its marks, cut after a whole word."""
    paragraph = PARAGRAPH.search(render(text))
    words = html.unescape(strip_tags(paragraph[1])).split() if paragraph else []
    said = " ".join(words)
    if len(said) <= length:
        return said
    return (said[:length].rpartition(" ")[0] or said[:length]).rstrip(",;:.") + "…"
