"""Northwind hires a support lead: every step is the operation a person would have called."""

import secrets
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from hiring.accounts import operations as accounts
from hiring.accounts.models import User
from hiring.pipeline import links, starter
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Job
from hiring.portals.demo import browser, clips, more_words, rest, words
from hiring.portals.demo.words import Card, Colleague, DemoCandidate
from hiring.rubrics import scorecards, sets
from hiring.rubrics import starter as rubrics
from hiring.rubrics.models import QuestionCompetency, QuestionSet
from interviews import operations, reviewing, setup
from interviews.models import Answer, Interview

COMPANY = "Northwind"
STAGES = ("screening", "interview", "live", "booked", "decided")  # where a candidate's link can be had
RECORDED = (words.MAYA, words.TOMAS, words.AISHA, words.JONAS)


@dataclass(frozen=True)
class SignIn:
    """How somebody of the demo gets in; the password is this installation's own."""

    name: str
    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Told:
    """``links`` are the ways in of candidates, by where they stand (``STAGES``), ``candidate_link`` the one asked for.
    They are paths: the host depends on where it is run."""

    people: list[SignIn]
    candidate_link: str
    links: dict[str, str]


def tell(*, at: str = "interview") -> Told:
    """Make the demo company in an empty database; ``at`` is where the candidate stands whose link is told first.

    Raises ``AlreadySetUp`` where somebody works already.
    """
    passwords = {person: secrets.token_urlsafe(9) for person in (words.ADA, words.GRACE, words.KATHERINE, words.ALAN)}
    ada = accounts.first_run(
        company=COMPANY,
        name=words.ADA.name,
        email=words.ADA.email,
        password=passwords[words.ADA],
        zone="Europe/Brussels",
    )
    team = {person: _hire(person, passwords[person]) for person in passwords if person is not words.ADA}
    grace, katherine, alan = team[words.GRACE], team[words.KATHERINE], team[words.ALAN]
    starter.ensure()
    question_set, guide = _publish(rubrics.support_lead("Support lead"), ada), _publish(rubrics.first_talk(), ada)
    job = _open("Customer support lead", words.JOB, "Record first, meet later", team, by=ada)
    setup.ask(job.stages.get(kind="interview"), question_set, days_to_answer=7)
    rest.prepare(job, guide, [grace, katherine], by=ada)

    with tempfile.TemporaryDirectory() as folder:
        said = _speak(RECORDED, Path(folder))
        maya, tomas, aisha = (_hand_in(job, person, said, grace) for person in RECORDED[:3])
        _record(_agree(_come_in(_invite(job, words.JONAS, grace))), words.JONAS, said)

    for interview in (maya, tomas, aisha):
        for reviewer in (katherine, alan):
            reviewing.assign(interview, reviewer, by=grace)
    _score(maya, words.MAYA_BY_KATHERINE, katherine)
    _score(maya, words.MAYA_BY_ALAN, alan)
    _score(tomas, words.TOMAS_BY_ALAN, alan)
    _score(tomas, words.TOMAS_BY_KATHERINE, katherine)

    _come_in(_invite(job, words.PRIYA, grace))
    _invite(job, words.SAM, grace)
    _add(job, words.ELIF, grace)
    robin = _invite(job, words.ROBIN, grace)
    ways_in = {"interview": f"/c/{links.secret_of(robin.link)}/"} | rest.fill_support(job, grace, katherine)
    _open_others(team, question_set, guide, by=ada)
    people = [SignIn(person.name, person.title, person.email, password) for person, password in passwords.items()]
    return Told(people, ways_in[at], ways_in)


def _hire(person: Colleague, password: str) -> User:
    colleague = accounts.add_staff(name=person.name, email=person.email)
    colleague.set_password(password)  # as if they had followed the link in their mail
    colleague.save(update_fields=["password"])
    return colleague


def _publish(question_set: QuestionSet, by: User) -> QuestionSet:
    draft = question_set.versions.get()
    sets.publish(draft, by=by, revision=draft.revision)
    return question_set


def _open(title: str, description: str, process: str, team: dict[Colleague, User], *, by: User) -> Job:
    job = pipeline.open_job(
        title=title,
        by=team[words.GRACE],
        location="Ghent or remote",
        description=description,
        template=rest.template(process),
    )
    for person, colleague in team.items():
        pipeline.add_member(job, colleague, role=person.role, by=by)
    return job


def _open_others(team: dict[Colleague, User], question_set: QuestionSet, guide: QuestionSet, *, by: User) -> None:
    grace, katherine, alan = team[words.GRACE], team[words.KATHERINE], team[words.ALAN]
    engineer = _open("Backend engineer", more_words.ENGINEER, "Meet right away", team, by=by)
    rest.prepare(engineer, guide, [katherine, alan], by=by)
    rest.fill_engineering(engineer, grace)
    season = _open(rest.SEASON, more_words.SEASON, "Many seats at once", team, by=by)
    rest.prepare(season, guide, [alan], by=by)
    rest.fill_season(season, question_set, by=grace)


def _speak(people: Iterable[DemoCandidate], folder: Path) -> dict[str, tuple[Path, float]]:
    """Every answer as a clip and its length in seconds, by its words."""

    def film(person: DemoCandidate, number: int) -> tuple[str, tuple[Path, float]]:
        studio = folder / f"{person.looks}-{person.name}-{number}"
        studio.mkdir()
        text = person.answers[number]
        return text, (studio / "clip.mp4", clips.record(text, clips.PEOPLE[person.looks], studio / "clip.mp4"))

    with ThreadPoolExecutor(2) as studios:
        takes = [studios.submit(film, person, number) for person in people for number in range(len(person.answers))]
        return dict(take.result() for take in takes)


def _add(job: Job, person: DemoCandidate, grace: User) -> Application:
    return pipeline.add_candidate(job, name=person.name, email=person.email, zone=person.zone, by=grace)


def _invite(job: Job, person: DemoCandidate, grace: User) -> Interview:
    """Read and moved on: that invites."""
    return pipeline.advance(_add(job, person, grace), by=grace).interviews.get()


def _come_in(interview: Interview) -> Interview:
    links.enter(interview.link, label="Firefox on Android")
    return interview


def _agree(interview: Interview) -> Interview:
    operations.consent(interview, by=interview.application.candidate, locale="en")
    return interview


def _record(interview: Interview, person: DemoCandidate, said: dict[str, tuple[Path, float]]) -> None:
    answers: list[Answer] = list(interview.answers.select_related("question", "interview__application__candidate"))
    for text, answer in zip(person.answers, answers, strict=False):
        clip, seconds = said[text]
        take = browser.record(answer, clip, seconds=seconds)
        operations.choose(answer, take, by=interview.application.candidate)


def _hand_in(job: Job, person: DemoCandidate, said: dict[str, tuple[Path, float]], grace: User) -> Interview:
    interview = _agree(_come_in(_invite(job, person, grace)))
    _record(interview, person, said)
    return operations.submit(interview, by=interview.application.candidate)


def _score(interview: Interview, card: Card, reviewer: User) -> None:
    """Write ``card`` as ``reviewer``; one without a recommendation stays a draft."""
    questions: list[UUID] = list(interview.answers.values_list("question_id", flat=True))
    asked = QuestionCompetency.objects.filter(question__version=interview.version)
    pairs = asked.order_by("question__position", "position").values_list("pk", flat=True)
    notes = (scorecards.Note(questions[number], second, text) for number, second, text in card.notes)
    draft = scorecards.Draft(
        scores=dict(zip(pairs, card.scores, strict=False)),
        notes=tuple(notes),
        recommendation=card.recommendation,
        reason=card.reason,
    )
    saved = reviewing.save_draft(interview, draft, version=0, by=reviewer)
    if card.recommendation:
        reviewing.submit(interview, version=saved.version, by=reviewer)
