import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from hiring.lib import clock
from scheduling import slotfile, slots
from scheduling.slotfile import Case
from scheduling.slots import Cause, Reason, Request, Span

UNREADABLE = 2  # the exit code
WORDS = {
    Cause.OUTSIDE_RANGE: "outside the range asked about",
    Cause.OFF_GRID: "not a whole step after midnight",
    Cause.TOO_SOON: "too soon for the notice asked for",
    Cause.TOO_FAR_AHEAD: "further ahead than can be booked",
    Cause.CANDIDATE_BUSY: "the candidate is busy",
    Cause.UNKNOWN_PERSON: "nothing is known of their calendar",
    Cause.BUSY: "busy",
    Cause.BOOKED: "has an interview",
    Cause.DAY_FULL: "has all the interviews they take that day",
    Cause.WEEK_FULL: "has all the interviews they take that week",
}


class Command(BaseCommand):
    help = "Print the starts that the calendars in FILE leave open, one line for each case."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="cases as JSON; docs/scheduling.md has the format")
        parser.add_argument("--check", action="store_true", help="exit 1 if a case differs from its expected_starts")
        parser.add_argument("--why", metavar="ID", help="say of every time this case does not offer why it does not")

    def handle(self, *, file: Path, check: bool, why: str | None, **_options: object) -> None:
        cases = _read(file)
        for key in [key for case in cases for key in case.unread]:
            self.stderr.write(f"{key} means nothing here and was passed over.")
        if why is not None:
            self._explain(_find(why, cases, file))
        elif False in [self._answer(case, check=check) for case in cases]:
            sys.exit(1)

    def _answer(self, case: Case, *, check: bool) -> bool:
        """Print the starts of ``case``; whether they are what the file expects, if that is to be checked."""
        found = [_utc(start) for start in slots.starts(case.request)]
        self.stdout.write(" ".join([case.id, *found]))
        if not check:
            return True
        if case.expected is None:
            raise CommandError(f"Case {case.id} has no “expected_starts” to compare with.", returncode=UNREADABLE)
        expected = [_utc(start) for start in case.expected]
        for word, differing in (("missing", set(expected) - set(found)), ("too many", set(found) - set(expected))):
            if differing:
                self.stderr.write(f"{case.id}: {word}: {' '.join(sorted(differing))}")
        return set(found) == set(expected)

    def _explain(self, case: Case) -> None:
        times = slots.grid(case.request)
        hidden = [(start, reasons) for start in times if (reasons := slots.why(case.request, start))]
        self.stdout.write(f"{case.id}: {len(hidden)} of {len(times)} times are not offered.")
        for start, reasons in hidden:
            self.stdout.write(f"{_utc(start)}  {_sentence(case.request, start, reasons)}")


def _read(file: Path) -> list[Case]:
    try:
        return slotfile.read(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.", returncode=UNREADABLE) from problem
    except UnicodeDecodeError as problem:
        raise CommandError(f"{file} is not a text in UTF-8.", returncode=UNREADABLE) from problem
    except slotfile.Malformed as problem:
        raise CommandError(str(problem), returncode=UNREADABLE) from problem


def _find(case_id: str, cases: list[Case], file: Path) -> Case:
    for case in cases:
        if case.id == case_id:
            return case
    raise CommandError(f"{file} has no case “{case_id}”.", returncode=UNREADABLE)


def _sentence(request: Request, start: datetime, reasons: Sequence[Reason]) -> str:
    """Whose calendar is in the way of ``start`` and how, one clause for each person."""
    clauses = []
    for person, theirs in groupby(reasons, key=lambda reason: reason.person):
        words = ", ".join(filter(None, (_words(request, start, reason) for reason in theirs)))
        clauses.append(words if person is None else f"{person}: {words}")
    return "; ".join(filter(None, clauses))


def _words(request: Request, start: datetime, reason: Reason) -> str:
    match reason:
        case Reason(cause=Cause.TOO_FEW_PEOPLE, pool=pool, needed=needed):
            # That one single person is needed is plain from what is said of them.
            return f"needs {needed} of {', '.join(sorted(map(str, pool)))}" if len(pool) != 1 else ""
        case Reason(cause=Cause.OUTSIDE_HOURS, person=person):
            zone = request.people[person].zone
            return f"outside their hours ({start.astimezone(zone):%a %H:%M} in {clock.zone_label(zone.key)})"
        case Reason(cause=cause, span=Span(since, until)):
            overlaps = since < start + timedelta(minutes=request.duration) and start < until
            return f"{WORDS[cause]} {_utc(since)} to {_utc(until)}{'' if overlaps else ' (too close)'}"
        case Reason(cause=cause):
            return WORDS[cause]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
