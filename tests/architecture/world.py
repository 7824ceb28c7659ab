"""One company in which everybody stands somewhere, for the tests that walk all routes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import User
from hiring.api.operations import create_token
from hiring.mail.models import Message
from hiring.pipeline import decisions, links, pool
from hiring.pipeline.models import Application, Batch, BatchLine, Decision, Job
from hiring.portals.models import SavedFilter
from hiring.rubrics.models import Assessment, QuestionSetVersion
from interviews.models import Interview
from scheduling.models import Booking, LiveRound, Offer
from tests import factories, live_cast
from tests.architecture import screened

ACTORS = (
    "anonymous",
    "candidate",
    "other_candidate",
    "outsider",
    "interviewer",
    "assigned",
    "hiring_manager",
    "recruiter",
    "admin",
    "token",
)
MISSING = UUID("00000000-0000-4000-8000-000000000000")


@dataclass(frozen=True)
class World:
    """``clients`` by actor. ``places`` are the arguments of routes, by what they point at."""

    clients: dict[str, Client]
    places: dict[str, dict[str, Any]]


def build(people: dict[str, User], mine: Interview, fresh: Application, draft: QuestionSetVersion) -> World:
    """The world around Joan's interview: handed in, one answer chosen, one reviewer asked."""
    return World(clients=_clients(people, mine), places=_places(people, mine, fresh, draft))


def _clients(people: dict[str, User], mine: Interview) -> dict[str, Client]:
    clients = {"anonymous": Client(), "candidate": _candidate(mine)}
    for actor in ("outsider", "interviewer", "assigned", "hiring_manager", "recruiter", "admin"):
        clients[actor] = Client()
        clients[actor].force_login(people[actor])
    stranger = factories.application(mine.application.job, "Mary Shelley")
    clients["other_candidate"] = _candidate(factories.interview(stranger, mine.version))
    key = create_token(people["recruiter"], name="test")
    clients["token"] = Client(headers={"authorization": f"Bearer {key.secret}"})
    return clients


def _candidate(interview: Interview) -> Client:
    client = Client()
    client.cookies[settings.CANDIDATE_COOKIE] = links.enter(interview.link, label="Firefox on Android").secret
    return client


def _batch(application: Application, by: User) -> Batch:
    batch = Batch.objects.create(job=application.job, action=Batch.Action.REMIND, by=by)
    BatchLine.objects.create(batch=batch, application=application)
    return batch


def _message(mine: Interview) -> Message:
    return Message.objects.create(
        kind="invitation",
        dedupe_key=f"world:{uuid4()}",
        about=mine.application_id,
        link=mine.link_id,
        to_email=mine.application.candidate.email,
        subject="Your interview",
        text=f"Open {Message.LINK}",
        state=Message.State.SENT,
    )


def _asked(draft: QuestionSetVersion, published: QuestionSetVersion) -> dict[str, dict[str, Any]]:
    question = draft.questions.order_by("position")[0]
    competency = question.competencies.order_by("position")[0].competency
    return {
        "set": {"pk": draft.question_set_id},
        "version": {"pk": published.question_set_id, "number": published.number},
        "preview": {"version": draft.pk},
        "preview question": {"version": draft.pk, "question": question.pk},
        "question": {"pk": question.pk},
        "competency": {"pk": competency.pk},
    }


def _places(
    people: dict[str, User], mine: Interview, fresh: Application, draft: QuestionSetVersion
) -> dict[str, dict[str, Any]]:
    application, answer = mine.application, mine.answers.order_by("question__position")[0]
    decided, told = (_hired(application.job, name, by=people["recruiter"]) for name in ("Lise Meitner", "Max Born"))
    decisions.release(told.decisions.get())
    _scored(application.job, mine.version, [people["recruiter"], people["hiring_manager"]])
    assigned, begins = people["assigned"], factories.process_stage("interview")
    saved = SavedFilter.objects.create(
        user=people["recruiter"], job=application.job, name="Waiting long", query="sort=waiting"
    )
    return {
        "": {},
        "job": {"pk": application.job_id},
        "job stage": {"pk": application.job_id, "stage": application.stage_id},
        "process": {"pk": begins.template_id},
        "process stage": {"pk": begins.template_id, "stage": begins.pk},
        "reason": {"pk": factories.reason().pk},
        "published job": {"slug": factories.published_job(application.job).slug},
        "saved filter": {"pk": application.job_id, "saved": saved.pk},
        "member": {"pk": application.job_id, "user": people["interviewer"].pk},
        "application": {"pk": application.pk},
        "fresh application": {"pk": fresh.pk},
        "decided application": {"pk": decided.pk},
        "told application": {"pk": told.pk},
        "kept in mind": {"pk": pool.keep_in_mind(told, note="Calm and exact", by=people["recruiter"]).pk},
        "batch": {"pk": application.job_id, "batch": _batch(application, people["recruiter"]).pk},
        "seat": {"pk": application.pk, "user": assigned.pk},
        "message": {"pk": _message(mine).pk},
        "letter": {"kind": "invitation"},
        "person": {"pk": people["outsider"].pk},
        "date of hours": {"pk": people["outsider"].pk, "date": uuid4()},
        "time off": {"pk": people["outsider"].pk, "off": uuid4()},
        "api token": {"pk": people["recruiter"].api_tokens.get().pk},
        "interview": {"pk": mine.pk},
        "interview seat": {"pk": mine.pk, "reviewer": assigned.pk},
        "interview answer": {"pk": mine.pk, "answer": answer.pk},
        "interview question": {"pk": mine.pk, "question": answer.question_id},
        "interview take": {"pk": mine.pk, "take": answer.chosen_take_id},
        "take": {"take": answer.chosen_take_id},
        "device": {"pk": links.enter(mine.link, label="Safari on iPhone").device.pk},
        "link": {"token": links.secret_of(mine.link)},
        "receipt": {"code": mine.receipt},
        **_asked(draft, mine.version),
        **screened.places(application.job, by=people["recruiter"]),
        **_live(application, assigned, mine.version),
        "password link": {
            "uidb36": user_pk_to_url_str(people["outsider"]),
            "key": default_token_generator.make_token(people["outsider"]),
        },
    }


def _hired(job: Job, name: str, *, by: User) -> Application:
    """Somebody who is not told yet."""
    decided = factories.application(job, name)
    decisions.decide(decided, Decision.Outcome.HIRED, by=by, anyway="They were here before.")
    return decided


def _scored(job: Job, version: QuestionSetVersion, by: list[User]) -> None:
    """Somebody whose answers have their scores, for the pages that show them."""
    interview = factories.submitted(factories.application(job, "Hedy Lamarr"), version)
    for value, reviewer in enumerate(by, start=3):
        factories.card(interview, reviewer, value=value)


def _live(application: Application, assigned: User, guide: QuestionSetVersion) -> dict[str, dict[str, Any]]:
    """A live round in which Joan holds a time, and a later one she has booked, with whoever is assigned in it."""
    person = live_cast.interviewer(assigned)
    first, second = (live_cast.live_round(application.job, [person]) for _round in range(2))
    now = timezone.now()
    soon = (now + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    offers = [_offer(application, live) for live in (first, second)]
    held = {"state": Booking.State.HELD, "expires_at": now + timedelta(minutes=10)}
    live_cast.booked(offers[0], first, soon, person, **held)
    assessment = Assessment.objects.create(kind=Assessment.Kind.BOOKING, version=guide)
    booking = live_cast.booked(offers[1], second, soon + timedelta(hours=2), person, assessment=assessment)
    return {
        "live stage": {"pk": first.stage_id},
        "live round": {"pk": first.pk},
        "offer": {"pk": offers[0].pk},
        "booking": {"pk": booking.pk},
    }


def _offer(to: Application, live: LiveRound) -> Offer:
    until = timezone.now() + timedelta(days=20)
    link = links.issue(to, expires_at=until)
    return Offer.objects.create(application=to, stage=live.stage, link=link, note="Come and talk", expires_at=until)
