"""``manage.py slots FILE``: the cases everybody agrees on, and files that cannot be read."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from scheduling import slotfile, slots
from scheduling.slotfile import Case
from tests.scheduling import oracle

FILE = Path(__file__).parent / "slot_cases.json"
CASES = slotfile.read(FILE.read_text(encoding="utf-8"))
CASE = {
    "id": "X1",
    "request": {
        "interviewers": [{"id": "A", "tz": "Europe/London", "weekly": [[0, "09:00", "11:00"]]}],
        "seats": [["A"]],
        "from": "2026-05-04T00:00Z",
        "to": "2026-05-05T00:00Z",
        "duration": 60,
        "step": 30,
        "grid_tz": "Europe/London",
        "now": "2026-05-01T00:00Z",
    },
    "expected_starts": ["2026-05-04T08:00Z", "2026-05-04T08:30Z", "2026-05-04T09:00Z"],
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_case_has_the_starts_it_should(case: Case) -> None:
    assert slots.starts(case.request) == case.expected
    assert oracle.starts(case.request) == case.expected
    assert [start for start in slots.grid(case.request) if slots.feasible(case.request, start)] == case.expected


def test_the_time_zones_are_the_pinned_ones() -> None:
    local = datetime(2026, 12, 1, 15, 0, tzinfo=UTC).astimezone(ZoneInfo("America/Vancouver"))

    assert local.isoformat() == "2026-12-01T08:00:00-07:00"  # older copies of the zones say -08:00


def write(path: Path, *cases: object) -> str:
    file = path / "cases.json"
    file.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return str(file)


def altered(where: str, value: object) -> dict[str, Any]:
    """The case with the value at a path like ``request.seats`` replaced; ``...`` takes the key away."""
    case: dict[str, Any] = deepcopy(CASE)
    *path, key = where.split(".")
    place: Any = case
    for step in path:
        place = place[int(step) if step.isdecimal() else step]
    if value is ...:
        del place[key]
    else:
        place[key] = value
    return case


def test_one_line_a_case_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    closed = altered("request.interviewers.0.weekly", ...) | {"id": "X2"}

    call_command("slots", write(tmp_path, CASE, closed))

    assert capsys.readouterr().out == "X1 2026-05-04T08:00Z 2026-05-04T08:30Z 2026-05-04T09:00Z\nX2\n"


def test_a_difference_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = altered("expected_starts", ["2026-05-04T08:00Z", "2026-05-04T08:30Z", "2026-05-04T10:00Z"])

    with pytest.raises(SystemExit) as ended:
        call_command("slots", write(tmp_path, case), "--check")

    assert ended.value.code == 1
    assert capsys.readouterr().err == "X1: missing: 2026-05-04T10:00Z\nX1: too many: 2026-05-04T09:00Z\n"


def test_the_cases_are_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("slots", str(FILE), "--check")

    assert len(capsys.readouterr().out.splitlines()) == len(CASES)


def test_why_says_of_every_hidden_time_what_hides_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = altered("request.interviewers.0.busy", [["2026-05-04T08:00Z", "2026-05-04T08:30Z"]])
    case["request"] |= {"from": "2026-05-04T07:30Z", "to": "2026-05-04T10:00Z", "now": "2026-05-04T07:00Z"}
    case["request"] |= {"min_notice": 60, "buffer_before": 10}

    call_command("slots", write(tmp_path, case), "--why", "X1")

    assert capsys.readouterr().out.splitlines() == [
        "X1: 3 of 4 times are not offered.",
        (
            "2026-05-04T07:30Z  too soon for the notice asked for; A: outside their hours (Mon 08:30 in London), "
            "busy 2026-05-04T08:00Z to 2026-05-04T08:30Z"
        ),
        "2026-05-04T08:00Z  A: busy 2026-05-04T08:00Z to 2026-05-04T08:30Z",
        "2026-05-04T08:30Z  A: busy 2026-05-04T08:00Z to 2026-05-04T08:30Z (too close)",
    ]


def test_why_names_those_of_whom_too_few_are_free(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("slots", str(FILE), "--why", "D04")

    assert "2026-05-04T09:00Z  B: outside their hours (Mon 09:00 in UTC); needs 2 of A, B" in capsys.readouterr().out


def test_a_key_nobody_knows_is_told_and_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("slots", write(tmp_path, altered("request.interviewers.0.bufer_before", 15)), "--check")

    assert capsys.readouterr().err == "Case X1, interviewer A: “bufer_before” means nothing here and was passed over.\n"


A_MOMENT = "a moment with its offset, like “2026-03-08T17:00Z”"
TIMES = "times of day from “00:00” to “24:00”"
HOURS = "a list of a weekday, Monday 0, and hours: [0, “09:00”, “17:00”]"


@pytest.mark.parametrize(
    ("where", "value", "sentence"),
    [
        ("id", ..., "Case 1: “id” is missing."),
        ("request", [], "Case X1 has to be an object, {…}, and is []."),
        ("request.from", ..., "Case X1: “from” is missing."),
        ("request.from", "2026-05-04T00:00", f'Case X1: “from” has to be {A_MOMENT}, and is "2026-05-04T00:00".'),
        ("request.to", 5, f"Case X1: “to” has to be {A_MOMENT}, and is 5."),
        ("request.now", "0001-01-01T00:00Z", f'Case X1: “now” has to be {A_MOMENT}, and is "0001-01-01T00:00Z".'),
        ("request.to", "2100-01-01T00:00Z", "Case X1: “from” and “to” are more than ten years apart."),
        ("request.duration", 0, "Case X1: An interview has to last at least a minute."),
        ("request.duration", 1.5, "Case X1: “duration” has to be a whole number, 0 or more, and is 1.5."),
        ("request.duration", True, "Case X1: “duration” has to be a whole number, 0 or more, and is true."),
        ("request.step", 0, "Case X1: The step between two starts has to be from 1 minute to 1440, a day."),
        ("request.min_notice", -5, "Case X1: “min_notice” has to be a whole number, 0 or more, and is -5."),
        ("request.grid_tz", "Mars/X", 'Case X1: “grid_tz” has to be a time zone like “Europe/Paris”, and is "Mars/X".'),
        ("request.seats", [["A", "B"]], "Case X1: “seats” names “B”, who is not among the interviewers."),
        ("request.seats", "A", 'Case X1: “seats” has to be a list, […], and is "A".'),
        ("request.week_start", 7, "Case X1: “week_start” has to be a weekday from 0, Monday, to 6, Sunday, and is 7."),
        (
            "request.candidate_busy",
            [["2026-05-04T10:00Z", "2026-05-04T09:00Z"]],
            (
                "Case X1: “candidate_busy” has to be a list of pairs, a start and an end that is not before it, "
                'and is [["2026-05-04T10:00Z", "2026-05-04T09:00Z"]].'
            ),
        ),
        ("request.interviewers", [5], "Case X1, interviewer 1 has to be an object, {…}, and is 5."),
        (
            "request.interviewers",
            [{"id": "A", "tz": "UTC"}, {"id": "A", "tz": "UTC"}],
            "Case X1: there are two interviewers “A”.",
        ),
        ("request.interviewers.0.tz", ..., "Case X1, interviewer A: “tz” is missing."),
        (
            "request.interviewers.0.weekly",
            [["Monday", "09:00", "10:00"]],
            (
                "Case X1, interviewer A: “weekly” has to be a weekday from 0, Monday, to 6, Sunday, "
                'and is [["Monday", "09:00", "10:00"]].'
            ),
        ),
        (
            "request.interviewers.0.weekly",
            [[0, "09:00"]],
            f'Case X1, interviewer A: “weekly” has to be {HOURS}, and is [[0, "09:00"]].',
        ),
        (
            "request.interviewers.0.weekly",
            [[0, "9 am", "25:00"]],
            f'Case X1, interviewer A: “weekly” has to be {TIMES}, and is [[0, "9 am", "25:00"]].',
        ),
        (
            "request.interviewers.0.weekly",
            [[0, "24:00", "25:00"]],
            (
                "Case X1, interviewer A: “weekly” has to be hours like “09:00”, “17:00”, that start before “24:00”, "
                'and is [[0, "24:00", "25:00"]].'
            ),
        ),
        (
            "request.interviewers.0.overrides",
            {"5 May": []},
            (
                "Case X1, interviewer A: “overrides” has to be an object of dates and hours, "
                '{“2026-05-05”: [[“09:00”, “12:00”]]}, and is {"5 May": []}.'
            ),
        ),
        (
            "request.interviewers.0.bookings",
            [{"id": "x", "start": "2026-05-04T10:00Z", "end": "2026-05-04T09:00Z"}],
            "Case X1, interviewer A: booking x ends before it starts.",
        ),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(tmp_path: Path, where: str, value: object, sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("slots", write(tmp_path, altered(where, value)))

    assert (str(refused.value), refused.value.returncode) == (sentence, 2)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is not JSON: Expecting value: line 1 column 1 (char 0)."),
        (b"[]", "The file has to be an object, {…}, and is []."),
        (b"{}", "The file: “cases” is missing."),
        (b"\xff\xfe", "{file} is not a text in UTF-8."),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "cases.json"
    file.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        call_command("slots", str(file))

    assert (str(refused.value), refused.value.returncode) == (sentence.replace("{file}", str(file)), 2)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.json cannot be read: No such file or directory\."):
        call_command("slots", str(tmp_path / "nowhere.json"))


def test_a_case_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has no case “Z9”"):
        call_command("slots", write(tmp_path, CASE), "--why", "Z9")


def test_nothing_to_compare_with_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Case X1 has no “expected_starts” to compare with"):
        call_command("slots", write(tmp_path, altered("expected_starts", ...)), "--check")
