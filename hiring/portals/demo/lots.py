"""What becomes of somebody who applies: drawn by chance, with the days between. Pure: the moment is the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from hiring.pipeline.models import JobStage

LONGEST_AGO = 60.0  # days
PATIENCE = 4.0  # days in a stage, on average
ENDING, STAYING = 0.2, 0.55  # who draws less than the first ends in a stage, who draws more than the second goes on
HIRED, WITHDRAWN = 0.4, 0.85  # of those who end: less than the first in the last stage, more than the second anywhere
UNTOLD = 0.02  # of those who wait, some are decided about
SOURCES = ("Company site", "Job board", "A colleague", "Fair", "")
FIRST_NAMES = (
    *("Amara", "Ben", "Chloé", "Daniel", "Esra", "Femi", "Greta", "Hiro", "Inès", "Jakub", "Kaya", "Liam", "Mirela"),
    *("Noor", "Oskar", "Pilar", "Quentin", "Rosa", "Sanna", "Théo", "Uma", "Viktor", "Wanda", "Xavi", "Yara", "Zoë"),
)
LAST_NAMES = (
    *("Abbas", "Bergström", "Costa", "Dubois", "Eriksen", "Fischer", "García", "Hansen", "Ionescu", "Janssens"),
    *("Kowalska", "Lopez", "Moreau", "Nowak", "Okonkwo", "Peeters", "Quispe", "Rossi", "Schmidt", "Tanaka"),
    *("Usman", "Van Dyck", "Weber", "Xu", "Yılmaz", "Zieliński", "Åkesson"),
)


@dataclass(frozen=True)
class Visit:
    """A time in a stage. ``until`` is nothing while it lasts; ``luck`` from 0 to 1 says how far they are in it."""

    stage: JobStage
    since: datetime
    until: datetime | None
    goes_on: bool
    luck: float


@dataclass(frozen=True)
class Lot:
    """Somebody's way through the stages. ``outcome`` is empty while open, ``decision`` while nobody decided."""

    visits: tuple[Visit, ...]
    outcome: str
    decision: str
    ended_at: datetime
    promised_days: float
    source: str

    @property
    def is_decided(self) -> bool:
        """Somebody decided; whether the candidate knows is ``outcome``."""
        return bool(self.decision)


def draw(chance: Random, stages: Sequence[JobStage], now: datetime) -> Lot:
    """The way of one person who applied within the last two months, as far as it has come by ``now``."""
    at = now - timedelta(days=chance.uniform(0.1, LONGEST_AGO))
    visits: list[Visit] = []
    for stage in stages:
        leaves = at + timedelta(days=chance.expovariate(1 / PATIENCE) + 0.05)
        fate, luck = chance.random(), chance.random()
        ends, goes_on = fate < ENDING, fate > STAYING and stage is not stages[-1]
        if leaves >= now or not (ends or goes_on):
            visits.append(Visit(stage, at, None, goes_on=False, luck=luck))
            return _lot(chance, visits, now, outcome="")
        visits.append(Visit(stage, at, leaves, goes_on=goes_on, luck=luck))
        if ends:
            return _lot(chance, visits, now, outcome=_ending(chance, is_last=stage is stages[-1]))
        at = leaves
    raise ValueError("A job without stages has nobody in it.")


def _ending(chance: Random, *, is_last: bool) -> str:
    fate = chance.random()
    if is_last and fate < HIRED:
        return "hired"
    return "withdrawn" if fate > WITHDRAWN else "rejected"


def _lot(chance: Random, visits: list[Visit], now: datetime, *, outcome: str) -> Lot:
    ended_at = visits[-1].until or now
    decision = outcome if outcome in {"hired", "rejected"} else ""
    if not outcome and chance.random() < UNTOLD:
        decision = "rejected"
    return Lot(tuple(visits), outcome, decision, ended_at, chance.uniform(3, 70), chance.choice(SOURCES))
