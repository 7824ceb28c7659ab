"""Everything the API's description allows, and much it does not, asked of the API itself in somebody's name.

The cases are schemathesis's; a share of the ids, moments and numbers in them is replaced by ones that exist, or nearly
every answer would be a 404. Each request is rolled back, so that the last finds what the first did. Imported by whom it
serves and no sooner: loading schemathesis takes over a second.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup, ServerError
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hiring.accounts.models import User
from hiring.api.operations import create_token
from hiring.pipeline import decisions
from hiring.pipeline.models import Application, Decision, Job, JobStage, RejectReason
from hiring.rubrics.models import Assessment, Question, QuestionCompetency, QuestionSetVersion, ReviewAssignment
from interviews import recording
from interviews.models import Interview, Take
from scheduling import queries, slots
from scheduling.models import Booking, LiveRound
from tests import factories, live_cast
from tests.architecture.world import World

Operation = APIOperation[Any, Any, Any, Any]
ROLES = ("admin", "recruiter", "hiring_manager", "assigned")  # the last an interviewer who is asked for something
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
MODES = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
REAL, ODDLY = 0.7, 0.05  # the shares of values that are replaced by ones that exist, and by odd ones
FIRST_NO = 300
UNTHROTTLED = 50  # requests, fewer than anybody may send in a minute

KINDS = {
    "applications": Application,
    "jobs": Job,
    "bookings": Booking,
    "live-rounds": LiveRound,
    "interviews": Interview,
    "takes": Take,
}
NAMED = {
    "application": Application,
    "job": Job,
    "round": LiveRound,
    "stage": JobStage,
    "reason": RejectReason,
    "question": Question,
    "pair": QuestionCompetency,
}
ODD: list[object] = [
    "a\0b",
    "x" * 100_000,
    "\u202e\u0301\U0001f468\u200d",
    "9" * 400,
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "2026-02-30T25:61:00Z",
    "\u0663",
    -1,
    2**63,
    1e308,
    True,
]
PLAIN: dict[str, list[object]] = {
    "phone": [live_cast.CANDIDATE_PHONE, "12"],
    "version": [0, 1],
    "epoch": [1],
    "value": [3],
    "outcome": ["hired", "rejected"],
    "zone": ["Europe/London", ""],
}


@dataclass
class Tally:
    """What became of one role's cases."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)  # by operation and status
    faults: list[str] = field(default_factory=list)
    undocumented: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return self.answers.total()

    @property
    def statuses(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for (_operation, status), number in self.answers.items():
            found[status] += number
        return found

    @property
    def done(self) -> set[str]:
        """The operations that did what they are for at least once."""
        return {operation for operation, status in self.answers if status < FIRST_NO}


@dataclass(frozen=True)
class Known:
    """What exists: ids by the word before them in an address, by what follows them there, and values by field name."""

    ids: Mapping[str, list[str]]
    fitting: Mapping[str, list[str]]
    values: Mapping[str, list[object]]
    take: Take

    def ids_for(self, path: str) -> tuple[list[str], list[str]]:
        """The ids ``path`` could do something with, and all that name such a thing."""
        _root, _api, _version, kind, _id, *rest = path.split("/")
        everything = self.ids[kind]
        return self.fitting.get("/".join([kind, *rest]), everything), everything


def furnish(world: World, people: Mapping[str, User], version: QuestionSetVersion) -> Known:
    """What ``world`` has, and beside it whoever something can be done with: invited, told, moved, met."""
    job, reviewer = Job.objects.get(pk=world.places["job"]["pk"]), people["assigned"]
    live = live_cast.live_round(job, [reviewer.interviewer_profile])
    now = timezone.now().replace(second=0, microsecond=0)
    bookings = {}
    for name, hours, state in (
        ("Dorothy Vaughan", -1, Booking.State.CONFIRMED),
        ("Lynn Margulis", -48, Booking.State.COMPLETED),
        ("Chien-Shiung Wu", 30, Booking.State.CANCELLED_BY_TEAM),
        ("Maria Mitchell", 54, Booking.State.CONFIRMED),
    ):
        made = live_cast.offer(factories.application(job, name), live, expires_at=now + timedelta(days=20))
        start = now + timedelta(hours=hours)
        bookings[name] = live_cast.booked(made, live, start, reviewer.interviewer_profile, state=state)
    chooses = live_cast.offer(factories.application(job, "Barbara Liskov"), live, expires_at=now + timedelta(days=20))
    earlier = LiveRound.objects.get(pk=world.places["live round"]["pk"])
    moves_on = factories.placed(factories.candidate("Sally Ride"), earlier.stage)
    waits, closed = (factories.application(job, name) for name in ("Ida Noddack", "Grete Hermann"))
    no, why, recruiter = Decision.Outcome.REJECTED, factories.reason(), people["recruiter"]
    decisions.decide(waits, no, by=recruiter, reason=why)
    decisions.release(decisions.decide(closed, no, by=recruiter, reason=why))
    met = bookings["Dorothy Vaughan"]
    met.assessment = Assessment.objects.create(kind=Assessment.Kind.BOOKING, version=version)
    met.save(update_fields=["assessment"])
    ReviewAssignment.objects.create(assessment=met.assessment, reviewer=reviewer)
    invited = factories.interview(factories.application(job, "Cecilia Payne"), version, consented=True)
    begun = recording.begin_take(invited.answers.all()[0], by=invited.application.candidate)
    fitting: dict[str, object] = {
        "applications/slots/": chooses.application_id,
        "applications/bookings/": chooses.application_id,
        "applications/offer/": chooses.application_id,
        "applications/advancement/": moves_on.pk,
        "applications/invitation/": world.places["fresh application"]["pk"],
        "applications/reopening/": closed.pk,
        "applications/decision/": moves_on.pk,
        "applications/decision/telling/": waits.pk,
        "bookings/new-time/": bookings["Maria Mitchell"].pk,
        "bookings/slots/": bookings["Maria Mitchell"].pk,
        "bookings/cancellation/": bookings["Maria Mitchell"].pk,
        "bookings/absence/": met.pk,
        "bookings/scorecard/": met.pk,
        "bookings/scorecard/submission/": met.pk,
        "interviews/scorecard/": world.places["interview"]["pk"],
        **dict.fromkeys([f"takes/{what}/" for what in ("chunks", "completion", "pieces", "token")], begun.pk),
    }
    return Known(
        ids={name: _ids(model) for name, model in KINDS.items()},
        fitting={tail: [str(pk)] for tail, pk in fitting.items()},
        values=_values(slots.starts(queries.request(live, timezone.now()))),
        take=begun,
    )


def ask_everything(user: User, known: Known, *, examples: int) -> Tally:
    """Ask ``examples`` cases, three or more, of every operation in the name of ``user``: the same ones each time."""
    tally, key = Tally(), create_token(user, name="fuzz")
    with _in_this_transaction():
        for operation in _operations():
            headers = {"Authorization": f"Bearer {key.secret}"}
            if "/takes/" in operation.path:
                headers = {"Authorization": f"Take {recording.pass_for(known.take).sign()}"}
            _ask(operation, known, headers, tally, examples, Random(f"{user.email} {operation.label}"))  # noqa: S311 (the same cases each time)
    return tally


@contextmanager
def _in_this_transaction() -> Iterator[None]:
    """A request does not close the connection it would be rolled back on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def _ask(
    operation: Operation, known: Known, headers: dict[str, str], tally: Tally, examples: int, chance: Random
) -> None:
    for mode, share in Counter(MODES).items():

        @seed(chance.getrandbits(32))
        @settings(
            max_examples=examples * share // len(MODES),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def each(case: Case[Any]) -> None:
            _make_real(chance, case, known)
            if tally.cases % UNTHROTTLED == 0:
                cache.clear()
            _send(case, headers, tally)

        each()


def _operations() -> Iterator[Operation]:
    described = schemathesis.openapi.from_path("openapi.yaml")
    described.app = get_wsgi_application()
    for found in described.get_all_operations():
        if not isinstance(found, Ok):
            raise found.err()
        yield found.ok()


def _send(case: Case[Any], headers: dict[str, str], tally: Tally) -> None:
    """One request that leaves nothing behind, and what is wrong with its answer."""
    words = f"{case.method} {case.formatted_path} {case.query} {case.body!r}"[:300]
    with transaction.atomic():
        response = case.call(headers=headers)
        try:
            connection.check_constraints()  # those that wait for the end of a transaction
        except IntegrityError as error:
            tally.faults.append(f"{words}: {error}")
        transaction.set_rollback(True)
    tally.answers[case.operation.label, response.status_code] += 1
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        for failure in group.exceptions:
            found = tally.faults if isinstance(failure, ServerError) else tally.undocumented
            found.append(f"{words}: {response.status_code} {failure}")


def _make_real(chance: Random, case: Case[Any], known: Known) -> None:
    if case.path_parameters and chance.random() < REAL:
        found = chance.choice(chance.choice(known.ids_for(case.path)))
        case.path_parameters = dict.fromkeys(case.path_parameters, found)
    if case.query:
        case.query = _real(chance, case.query, known)
    if isinstance(case.body, dict | list):
        case.body = _real(chance, case.body, known)


def _real(chance: Random, said: Any, known: Known, name: str = "") -> Any:
    """``said`` with some of its values replaced by ones that exist under that ``name``, and a few by odd ones."""
    if known.values.get(name) and chance.random() < REAL:
        return chance.choice(known.values[name])
    if isinstance(said, list):
        return [_real(chance, one, known) for one in said]
    if isinstance(said, dict):
        return {name: _real(chance, value, known, name) for name, value in said.items()}
    return chance.choice(ODD) if chance.random() < ODDLY else said


def _values(free: list[datetime]) -> dict[str, list[object]]:
    now = timezone.now()
    moments = [*free[:3], now, now - timedelta(days=3), now + timedelta(days=20)]
    dates: dict[str, list[object]] = {
        name: [moment.isoformat() for moment in moments] for name in ("start", "from", "to", "release_at")
    }
    return {**{name: [*_ids(model)] for name, model in NAMED.items()}, **dates, **PLAIN}


def _ids(model: Any) -> list[str]:
    return [str(pk) for pk in model.objects.order_by().values_list("pk", flat=True)]
