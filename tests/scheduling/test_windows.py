"""Hours as people write them."""

import pytest

from scheduling import windows
from scheduling.slots import Window


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("9:00–17:00", [(540, 1020)]),
        ("13-17; 9 - 12", [(540, 720), (780, 1020)]),
        ("9.30 to 12h15, 13:00 until 17:00", [(570, 735), (780, 1020)]),
        ("9am–5pm", [(540, 1020)]),
        ("1–3 p.m.", [(780, 900)]),
        ("9–5pm", [(540, 1020)]),
        ("12am-12pm", [(0, 720)]),
        ("22:00–2:00", [(1320, 120)]),
        ("0:00–24:00", [(0, 1440)]),
        ("18:00–0:00", [(1080, 1440)]),
        ("9–12 and 12–17", [(540, 720), (720, 1020)]),
    ],
)
def test_hours_are_read_as_they_are_meant(text: str, found: list[tuple[int, int]]) -> None:
    assert windows.read(text) == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("morning", "“morning” is not a time like 9:00–17:00."),
        ("9:00", "“9:00” is not a time like 9:00–17:00."),
        ("25–26", "“25–26” is not a time like 9:00–17:00."),
        ("9:70–10", "“9:70–10” is not a time like 9:00–17:00."),
        ("9–5", "“9–5” would last until 5:00 of the next day. Write hours from 0 to 24, like 9:00–17:00."),
        ("9–9", "“9–9” begins and ends at once. All day is 0:00–24:00."),
        ("24–2", "“24–2” begins at midnight. Write it on the next day, from 0:00."),
        ("9–12, 11–13", "9:00–12:00 and 11:00–13:00 overlap. Write them as one."),
        ("22–2, 23–24", "22:00–2:00 and 23:00–24:00 overlap. Write them as one."),
        (", ".join(f"{n}–{n + 1}" for n in range(7)), "More than 6 times a day are too many to keep apart."),
    ],
)
def test_what_cannot_be_meant_is_told(text: str, sentence: str) -> None:
    with pytest.raises(windows.NotHours) as told:
        windows.read(text)

    assert str(told.value) == sentence


def test_what_is_written_is_read_back() -> None:
    week = [Window(0, 60), Window(570, 735), Window(1320, 120)]

    assert windows.written(week) == "0:00–1:00, 9:30–12:15, 22:00–2:00"
    assert windows.read(windows.written(week)) == week
    assert windows.minutes(week) == 60 + 165 + 240
