"""Every route of the URLconf, so that a test can ask something of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """``name`` with its namespaces; ``path`` as the URLconf spells it; ``view`` unwrapped of its decorators."""

    name: str
    path: str
    view: Callable[..., Any]

    @property
    def module(self) -> str:
        return self.view.__module__

    def url(self, kwargs: dict[str, Any]) -> str:
        return reverse(self.name, kwargs=kwargs)


def every() -> list[Route]:
    """All routes, in the order in which Django tries them."""
    return list(_below(get_resolver(), "", ()))


def _below(resolver: URLResolver, path: str, namespaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _below(entry, here, inner)
        elif isinstance(entry, URLPattern):
            yield Route(":".join((*namespaces, entry.name or "")), here, _unwrapped(entry.callback))


def _unwrapped(view: Callable[..., Any]) -> Callable[..., Any]:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return getattr(view, "view_class", getattr(view, "cls", view))
