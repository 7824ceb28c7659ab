"""What stands before and after the one-way interview at Northwind, and its two other jobs: all by the operations
people would have used."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline import decisions, links, pool, process
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Decision, Job, JobStage, ProcessTemplate, RejectReason, Role
from hiring.portals import applying
from hiring.portals.applying import Sent
from hiring.portals.demo import crowd, more_words, resumes
from hiring.portals.demo.more_words import Resume
from hiring.rubrics.models import QuestionSet
from interviews import setup
from scheduling import availability, queries, rounds, slots
from scheduling import operations as meeting
from scheduling.models import LiveRound
from screening import criteria, documents, knockouts
from screening import operations as reading
from screening.models import Criterion, KnockoutQuestion

CROWD = 60
SEASON = "Winter warehouse team"
TEAM_PHONE, THEIR_PHONE = "+3292345678", "+32470123456"
ROOM = "https://meet.northwind.example/{uid}"
PHONES = {"team_phone": TEAM_PHONE, "meeting_url": ROOM}


def grow(number: int) -> list[str]:
    """Let so many more people apply to the job that seeks many. Returns what is wrong with it then: nothing."""
    season = Job.objects.get(title=SEASON)
    crowd.fill(season, number, by=season.members.filter(role=Role.RECRUITER)[0].user, seed=2)
    return crowd.problems(season)


def template(name: str) -> ProcessTemplate:
    return ProcessTemplate.objects.get(name=name)


def prepare(job: Job, guide: QuestionSet, team: list[User], *, by: User) -> None:
    """What the stages of ``job`` look for and ask, and who meets its candidates."""
    for stage in job.stages.all():
        if stage.kind == "screening":
            _look_for(stage)
        elif stage.kind == "live":
            for member in team:
                availability.change_week(member, availability.OFFICE_HOURS)
            live = rounds.of(stage)
            rounds.change(live, {**PHONES, "question_set": guide}, [[member] for member in team], by=by)
    process.publish(job)


def fill_support(job: Job, grace: User, katherine: User) -> dict[str, str]:
    """Everybody but those who record. Returns a candidate's link by the stage they stand in."""
    waiting = [_apply(job, resume) for resume in (more_words.NORA, more_words.IVAN, more_words.LUCIA, more_words.BEN)]
    reading.hold(waiting[-1], waiting[-1].stage, by=grace, reason=more_words.HELD_BECAUSE)

    nadia = _to_live(_add(job, more_words.NADIA, grace), more_words.MET_BEFORE, more_words.NADIA_NOTE, grace)
    _book(nadia)
    oskar = _to_live(_add(job, more_words.OSKAR, grace), more_words.REFERRED, more_words.OSKAR_NOTE, grace)
    wen = _to_live(_add(job, more_words.WEN, grace), more_words.REFERRED, more_words.WEN_NOTE, grace)
    hired = decisions.decide(
        wen, Decision.Outcome.HIRED, by=katherine, words=more_words.WEN_NOTE, anyway=more_words.WEN_BECAUSE
    )
    decisions.release(hired)

    reason = RejectReason.objects.exclude(words="").order_by("position")[0]
    piotr, samir = (_add(job, who, grace) for who in (more_words.PIOTR, more_words.SAMIR))
    decisions.release(decisions.decide(piotr, Decision.Outcome.REJECTED, by=grace, reason=reason))
    pool.keep_in_mind(piotr, note=more_words.PIOTR_KEPT, by=grace)
    tomorrow = timezone.now() + timedelta(days=1)
    decisions.decide(samir, Decision.Outcome.REJECTED, by=grace, reason=reason, release_at=tomorrow)
    return {"screening": _link(waiting[0]), "live": _link(oskar), "booked": _link(nadia), "decided": _link(piotr)}


def fill_engineering(job: Job, grace: User) -> None:
    """A job without a one-way stage: four people, one of whom chooses a time."""
    people = [_add(job, who, grace) for who in more_words.ENGINEERS]
    pool.keep_in_mind(people[0], note=more_words.HANA_KEPT, by=grace)
    pipeline.advance(people[-1], by=grace, note=more_words.JO_NOTE)


def fill_season(job: Job, question_set: QuestionSet, *, by: User) -> None:
    """Sixty at once, wherever in the process one can stand."""
    setup.ask(job.stages.filter(kind="interview")[0], question_set, days_to_answer=5)
    crowd.fill(job, CROWD, by=by)


def _look_for(stage: JobStage) -> None:
    must, should = Criterion.Need.MUST, Criterion.Need.SHOULD
    criteria.add_criterion(stage, text=more_words.LED_A_TEAM, terms="team lead, shift lead, led", need=must)
    criteria.add_criterion(stage, text=more_words.WRITES, terms="mail, chat, guide", need=must)
    criteria.add_criterion(stage, text=more_words.KNOWS_TOOLS, terms="ticket, support", need=should)
    criteria.add_question(stage, text=more_words.DUTCH, kind=KnockoutQuestion.Kind.YES_NO, flags_when=[knockouts.NO])


def _apply(job: Job, who: Resume) -> Application:
    """As they would have: the form, with its file and its answers."""
    file: ContentFile[bytes] = getattr(resumes, who.kind)(who.lines, f"{who.name} CV")
    answers = {f"{knockouts.PREFIX}{question.pk}": who.speaks_dutch for question in knockouts.asked(job)}
    sent = Sent(
        name=who.name,
        email=who.email,
        zone=who.zone,
        source="demo",
        resume=documents.check(file),
        answers=answers,
    )
    application = applying.apply(job, sent)
    if application is None:
        raise RuntimeError(f"{who.name} applied twice")
    return application


def _add(job: Job, who: tuple[str, str, str], by: User) -> Application:
    name, email, zone = who
    return pipeline.add_candidate(job, name=name, email=email, zone=zone, by=by)


def _to_live(application: Application, reason: str, note: str, by: User) -> Application:
    """From the résumé past the one-way interview, for a reason, into the live round."""
    moved = pipeline.advance(application, by=by)
    return pipeline.skip(moved, by=by, reason=reason, note=note)


def _book(application: Application) -> None:
    """The first time there is."""
    offer = application.offers.get()
    live = LiveRound.objects.get(stage=application.stage)
    free = slots.starts(queries.request(live, timezone.now(), of=offer))
    meeting.confirm(offer, free[0], phone=THEIR_PHONE, by=application.candidate)


def _link(application: Application) -> str:
    return f"/c/{links.secret_of(links.lasting(application))}/"
