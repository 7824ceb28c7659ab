"""What is asked again for each of many people, asked once: within ``remembering``, and nowhere else.

Only for what is the same throughout and may be seconds old: the company, a letter’s words, what a stage asks, roles.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar, cast

T = TypeVar("T")
P = ParamSpec("P")

_kept: ContextVar[dict[Hashable, object] | None] = ContextVar("kept", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within, ``once`` asks once per key. A block in a block shares its memory."""
    token = _kept.set({} if _kept.get() is None else _kept.get())
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(view: Callable[P, T]) -> Callable[P, T]:
    """``view``, each call of it within ``remembering``."""

    @wraps(view)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        with remembering():
            return view(*args, **kwargs)

    return inner


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """What ``ask`` says, or said before for ``key`` within the same ``remembering``."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    return cast("T", kept[key])
