from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.journey
Run = Callable[..., Any]

LIMITS = {"thinkMs": 60_000, "autoStart": False, "limitMs": 120_000, "graceMs": 15_000, "retakes": 2}
STATES = [
    *("elsewhere", "kept", "idle", "asking", "blocked", "thinking", "countdown", "recording", "grace", "stopping"),
    *("watching", "saving", "saved", "failed"),
]
EVENTS = [
    *("open", "ready", "blocked", "record", "cancel", "tick", "started", "finish", "restart", "lost", "stopped"),
    *("empty", "refused", "keep", "again", "stored", "back"),
]

# Every move there is, a second after the state began and with retakes left. What is not here changes nothing.
MOVES = {
    ("kept", "keep"): ("saving", ["keepTake"]),
    ("kept", "again"): ("asking", ["sendRest", "openDevices"]),
    ("idle", "open"): ("asking", ["openDevices"]),
    ("asking", "ready"): ("thinking", []),
    ("asking", "blocked"): ("blocked", []),
    ("blocked", "open"): ("asking", ["openDevices"]),
    ("thinking", "record"): ("countdown", ["beginTake"]),
    ("thinking", "lost"): ("blocked", ["closeDevices"]),
    ("countdown", "cancel"): ("thinking", []),
    ("countdown", "lost"): ("blocked", ["closeDevices"]),
    ("countdown", "refused"): ("failed", ["closeDevices"]),
    ("recording", "started"): ("recording", []),
    ("recording", "finish"): ("stopping", ["stopCapture"]),
    ("recording", "restart"): ("stopping", ["stopCapture"]),
    ("recording", "lost"): ("stopping", ["stopCapture"]),
    ("recording", "refused"): ("stopping", ["stopCapture"]),
    ("recording", "stopped"): ("watching", ["finishTake", "restDevices"]),
    ("recording", "empty"): ("failed", ["dropTake", "closeDevices"]),
    ("grace", "finish"): ("stopping", ["stopCapture"]),
    ("grace", "restart"): ("stopping", ["stopCapture"]),
    ("grace", "lost"): ("stopping", ["stopCapture"]),
    ("grace", "refused"): ("stopping", ["stopCapture"]),
    ("grace", "stopped"): ("watching", ["finishTake", "restDevices"]),
    ("grace", "empty"): ("failed", ["dropTake", "closeDevices"]),
    ("stopping", "stopped"): ("watching", ["finishTake", "restDevices"]),
    ("stopping", "empty"): ("failed", ["dropTake", "closeDevices"]),
    ("watching", "keep"): ("saving", ["keepTake"]),
    ("watching", "again"): ("asking", ["sendRest", "openDevices"]),
    ("watching", "refused"): ("failed", ["closeDevices"]),
    ("saving", "stored"): ("saved", ["closeDevices"]),
    ("saving", "refused"): ("failed", ["closeDevices"]),
    ("saving", "back"): ("watching", []),
    ("saved", "back"): ("watching", []),
    ("failed", "open"): ("asking", ["openDevices"]),
    ("failed", "back"): ("watching", []),
}

STEP = """
const { state = "idle", counted = 0, limits, events } = argument;
let now = 0;
let current = { ...machine.create(limits, { state, counted }), ...argument.set };
const commands = [];
for (const [type, after, problem] of events) {
  now += after;
  const next = machine.step(current, { type, now, problem });
  current = next.machine;
  commands.push(...next.commands);
}
return {
  state: current.state, commands, seconds: machine.elapsedMs(current, now) / 1000, left: machine.retakesLeft(current),
  again: machine.canRecordAgain(current), counted: current.counted, problem: current.problem,
  interruption: current.interruption, lastCall: machine.isLastCall(current, now),
};
"""


def test_every_state_meets_every_event(modules: Run) -> None:
    outcomes = modules(
        """
        const outcomes = [];
        for (const state of argument.states) for (const type of argument.events) {
          const before = machine.create(argument.limits, { state, counted: 1 });
          const { machine: after, commands } = machine.step(before, { type, now: 1000, problem: { code: "x" } });
          outcomes.push([state, type, after === before ? null : [after.state, commands]]);
        }
        return outcomes;
        """,
        {"states": STATES, "events": EVENTS, "limits": LIMITS},
    )

    moved = {(state, event): (to[0], to[1]) for state, event, to in outcomes if to is not None}
    assert moved == MOVES
    assert len(outcomes) == len(STATES) * len(EVENTS)


def test_every_state_but_the_last_has_a_way_on() -> None:
    assert {state for state, _ in MOVES} == set(STATES) - {"elsewhere"}


@pytest.mark.parametrize(
    ("state", "after", "to", "commands"),
    [
        ("thinking", 3_600_000, "thinking", []),
        ("countdown", 2999, "countdown", []),
        ("countdown", 3000, "recording", ["startCapture"]),
        ("recording", 119_999, "recording", []),
        ("recording", 120_000, "grace", []),
        ("grace", 14_999, "grace", []),
        ("grace", 15_000, "stopping", ["stopCapture"]),
        ("watching", 3_600_000, "watching", []),
    ],
)
def test_time_moves_what_it_may(modules: Run, state: str, after: int, to: str, commands: list[str]) -> None:
    end = modules(STEP, {"limits": LIMITS, "state": state, "events": [["tick", after]]})

    assert (end["state"], end["commands"]) == (to, commands)


def test_recording_starts_by_itself_only_where_configured(modules: Run) -> None:
    limits = {**LIMITS, "autoStart": True}

    early = modules(STEP, {"limits": limits, "state": "thinking", "events": [["tick", 59_999]]})
    due = modules(STEP, {"limits": limits, "state": "thinking", "events": [["tick", 60_000]]})
    unlimited = {**limits, "thinkMs": None}
    never = modules(STEP, {"limits": unlimited, "state": "thinking", "events": [["tick", 9_000_000]]})

    assert [early["state"], due["state"], never["state"]] == ["thinking", "countdown", "thinking"]
    assert due["commands"] == ["beginTake"]


def test_the_clock_starts_with_the_recorder_not_with_the_button(modules: Run) -> None:
    events = [["tick", 3000], ["started", 400], ["tick", 5000]]

    end = modules(STEP, {"limits": LIMITS, "state": "countdown", "events": events})

    assert end["seconds"] == 5


def test_a_whole_answer(modules: Run) -> None:
    events = [["open", 0], ["ready", 500], ["record", 9000], ["tick", 3000], ["started", 100], ["tick", 120_000]]
    events += [["finish", 4000], ["stopped", 200], ["keep", 1000], ["stored", 300]]

    end = modules(STEP, {"limits": LIMITS, "events": events})

    assert end["state"] == "saved"
    assert end["seconds"] == 124
    assert end["commands"] == [
        *("openDevices", "beginTake", "startCapture", "stopCapture"),
        *("finishTake", "restDevices", "keepTake", "closeDevices"),
    ]


def test_starting_over_goes_on_thinking_and_uses_a_retake(modules: Run) -> None:
    events = [["restart", 8000], ["stopped", 100]]

    end = modules(STEP, {"limits": LIMITS, "state": "recording", "events": events})

    assert (end["state"], end["counted"], end["commands"]) == ("thinking", 1, ["stopCapture", "finishTake"])


@pytest.mark.parametrize(("counted", "left"), [(0, 2), (1, 1), (2, 0)])
def test_retakes_left_while_recording(modules: Run, counted: int, left: int) -> None:
    end = modules(STEP, {"limits": LIMITS, "state": "recording", "counted": counted, "events": []})

    assert end["left"] == left


def test_the_number_on_the_button_does_not_jump_when_recording_ends(modules: Run) -> None:
    running = modules(STEP, {"limits": LIMITS, "state": "recording", "events": []})
    ended = modules(STEP, {"limits": LIMITS, "state": "recording", "events": [["finish", 5000], ["stopped", 100]]})

    assert running["left"] == ended["left"] == 2


def test_the_last_take_can_neither_start_over_nor_be_repeated(modules: Run) -> None:
    recording = {"limits": LIMITS, "state": "recording", "counted": 2}

    over = modules(STEP, {**recording, "events": [["restart", 5000]]})
    again = modules(STEP, {**recording, "events": [["finish", 5000], ["stopped", 100], ["again", 100]]})

    assert over["state"] == "recording"
    assert (again["state"], again["again"]) == ("watching", False)


def test_without_a_limit_there_is_always_another_take(modules: Run) -> None:
    limits = {**LIMITS, "retakes": None}

    end = modules(STEP, {"limits": limits, "state": "watching", "counted": 40, "events": [["again", 100]]})

    assert (end["state"], end["left"]) == ("asking", None)


def test_a_lost_camera_keeps_what_exists_and_costs_nothing(modules: Run) -> None:
    events = [["lost", 34_000, {"code": "camera"}], ["lost", 10, {"code": "microphone"}], ["stopped", 100]]

    end = modules(STEP, {"limits": LIMITS, "state": "recording", "counted": 2, "events": events})

    assert (end["state"], end["seconds"], end["counted"], end["again"]) == ("watching", 34, 2, True)
    assert end["interruption"] == {"code": "camera"}


def test_a_recorder_that_stops_by_itself_keeps_what_exists(modules: Run) -> None:
    end = modules(STEP, {"limits": LIMITS, "state": "recording", "events": [["stopped", 9000]]})

    assert (end["state"], end["counted"], end["interruption"]) == ("watching", 0, {"code": "recorder"})


def test_the_end_is_announced_ten_seconds_before(modules: Run) -> None:
    before = modules(
        STEP, {"limits": LIMITS, "state": "recording", "events": [["tick", 0]], "set": {"since": -109_900}}
    )
    near = modules(STEP, {"limits": LIMITS, "state": "recording", "events": [["tick", 0]], "set": {"since": -110_000}})

    assert [before["lastCall"], near["lastCall"]] == [False, True]


def test_an_event_out_of_place_changes_nothing(modules: Run) -> None:
    events = [["keep", 1], ["stored", 1], ["stopped", 1], ["finish", 1]]

    end = modules(STEP, {"limits": LIMITS, "state": "thinking", "events": events})

    assert (end["state"], end["commands"]) == ("thinking", [])
