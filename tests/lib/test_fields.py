"""Ids that sort as they were made."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import time_machine

from hiring.lib.fields import uuid_in_order


def test_they_sort_as_they_were_made() -> None:
    made = [uuid_in_order() for _number in range(10_000)]

    assert made == sorted(made)
    assert {(each.version, each.variant) for each in made} == {(7, uuid.RFC_4122)}


def test_also_while_the_clock_stands_or_goes_back() -> None:
    with time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC), tick=False):
        made = [uuid_in_order() for _number in range(5_000)]
    with time_machine.travel(datetime(2026, 11, 19, tzinfo=UTC), tick=False):
        made += [uuid_in_order() for _number in range(10)]

    assert made == sorted(made)


def test_never_twice_however_many_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _number: uuid_in_order(), range(8_000)))

    assert len(set(made)) == 8_000
