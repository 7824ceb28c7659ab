"""The cache as the product sees it: Valkey's, and each process's own memory while Valkey does not answer.

It holds counters (how often somebody tried to sign in, how much a token asked) and codes used once. Counted per process
they let a few times as much through; turning everybody away, or counting nothing, would be worse.
"""

import logging
import time
from typing import Any, ClassVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

ASK_AGAIN_AFTER = 5.0  # seconds; a server that hangs would otherwise cost each request its whole timeout
ENTRIES = 10_000  # of memory, so that nobody pushes their own counter out by making others


class SteadyCache(BaseCache):
    """Django's Redis cache that never raises for a server that is away. Only what the product uses of a cache."""

    _away_until: ClassVar[float] = 0.0  # of the process: Django makes one cache per thread

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._valkey = RedisCache(server, params)
        self._memory = LocMemCache("steady", {**params, "OPTIONS": {"MAX_ENTRIES": ENTRIES}})

    def _ask(self, verb: str, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() >= SteadyCache._away_until:
            try:
                return getattr(self._valkey, verb)(*arguments, **options)
            except RedisError as error:
                SteadyCache._away_until = time.monotonic() + ASK_AGAIN_AFTER
                log.warning("Valkey does not answer; counting in memory meanwhile. %s", error)
        return getattr(self._memory, verb)(*arguments, **options)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask("add", key, value, timeout=timeout, version=version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", key, default, version=version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask("set", key, value, timeout=timeout, version=version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask("touch", key, timeout=timeout, version=version))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("delete", key, version=version))

    def clear(self) -> None:
        self._memory.clear()
        self._ask("clear")
