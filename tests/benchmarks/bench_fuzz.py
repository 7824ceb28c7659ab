"""5,000 cases made from the API's own description, in four people's names: nothing breaks, nothing is undescribed."""

import pytest

from hiring.accounts.models import User
from hiring.rubrics.models import QuestionSetVersion
from tests.architecture import fuzz
from tests.architecture.world import World
from tests.benchmarks.conftest import Report

CASES = 5000
EXAMPLES = 42  # of each operation and role; some have fewer that differ


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_five_thousand_cases(
    world: World, people: dict[str, User], version: QuestionSetVersion, report: Report
) -> None:
    known = fuzz.furnish(world, people, version)

    tallies = {role: fuzz.ask_everything(people[role], known, examples=EXAMPLES) for role in fuzz.ROLES}

    for role, tally in tallies.items():
        answers = ", ".join(f"{status}: {number}" for status, number in sorted(tally.statuses.items()))
        words = f"API cases as {role.replace('_', ' ').replace('assigned', 'interviewer')}"
        report(words, tally.cases, "", must="–", met=True, figure=f"{tally.cases} ({answers})")
    cases = sum(tally.cases for tally in tallies.values())
    faults = [found for tally in tallies.values() for found in tally.faults]
    undocumented = [found for tally in tallies.values() for found in tally.undocumented]
    asked = {operation for tally in tallies.values() for operation, _status in tally.answers}
    done = set().union(*(tally.done for tally in tallies.values()))
    print("\n".join([*faults, *undocumented][:20]))  # noqa: T201 (pytest shows it when the figures are not met)
    report("API cases made from its description", cases, "", must=f"≥ {CASES}", met=cases >= CASES, figure=f"{cases}")
    report(
        "… operations that did what they are for",
        len(done),
        "",
        must="–",
        met=True,
        figure=f"{len(done)} of {len(asked)}",
    )
    report("… answered 5xx", len(faults), "", must="0", met=not faults, figure=f"{len(faults)}")
    report("… undocumented", len(undocumented), "", must="0", met=not undocumented, figure=f"{len(undocumented)}")
