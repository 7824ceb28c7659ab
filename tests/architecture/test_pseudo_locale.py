"""Every page, form, answer and mail in a language nobody speaks: what stays readable never went through gettext."""

import functools
import html
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from typing import cast
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from django.utils import timezone, translation

from hiring.accounts.models import Company, User
from hiring.lib.actors import SYSTEM
from hiring.mail.models import Message
from hiring.pipeline import decisions, events, lapsing, letters, links
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, CandidateLink, Decision
from hiring.portals import applying
from hiring.portals import operations as portals
from hiring.portals.applying import Sent
from hiring.portals.letters import ALL
from interviews import operations, reviewing, waiting
from interviews.models import Interview
from tests import factories
from tests.architecture import forms, talked
from tests.architecture.access import TABLE
from tests.architecture.forms import Form
from tests.architecture.test_access import CLASSIFIED, ROUTES
from tests.architecture.world import World
from tests.pseudo import CODE
from tests.spoken import Typed, texts

LANGUAGE = {"accept-language": "en-XA"}
STAFF = ["interviewer", "assigned", "hiring_manager", "recruiter", "admin"]
NOT_FOR_PEOPLE = {"styleguide", "styleguide-candidate", "api:docs"}  # our own samples, and the API's reference
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
IN_ENGLISH = "reviewer:rubrics:set-example"  # the set it makes is an example, and marked as English
MOST_PAGES = 400
ALIKE = 2


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Nothing ``client`` does within leaves a row or a cookie behind: who signs out is in again."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def opened(client: Client, url: str) -> HttpResponse:
    return cast("HttpResponse", client.get(url, headers=LANGUAGE, follow=True))


def body(response: HttpResponse) -> str:
    """The page, or nothing where the answer is none."""
    return response.content.decode() if "text/html" in response.headers.get("Content-Type", "") else ""


def reached(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """The address and the page of whatever ``client`` gets to by links from ``starts``."""
    waiting, seen = deque(starts), set(starts)
    while waiting:
        url = waiting.popleft()
        with undone(client):
            page = body(opened(client, url))
        yield url, page
        for link in LINK.findall(page):
            path = urljoin(url, html.unescape(link)).partition("#")[0]
            is_ours = not urlsplit(path).netloc and not path.startswith("/api/")
            if is_ours and path not in seen and len(seen) < MOST_PAGES:
                seen.add(path)
                waiting.append(path)


def complaints(typed: Typed, pages: Iterable[tuple[str, str]]) -> list[str]:
    """What was said outside gettext on ``pages``: page and text, once each."""
    found = {f"{where}: {text}" for where, page in pages for text in typed.untranslated(texts(page))}
    return sorted(found)


def of_the_table(world: World, actor: str) -> Iterator[tuple[str, str]]:
    for name in CLASSIFIED:
        if name not in NOT_FOR_PEOPLE and "GET" in TABLE[name].methods:
            with undone(world.clients[actor]):
                response = opened(world.clients[actor], ROUTES[name].url(world.places[TABLE[name].place]))
            yield name, body(response)


@pytest.mark.parametrize("actor", ["anonymous", "candidate", "outsider", *STAFF])
def test_every_page_and_every_way_of_being_turned_away(actor: str, world: World, pseudo: str) -> None:
    Company.objects.update(locale=pseudo)  # for the mails that can be read on a page

    assert complaints(Typed(), of_the_table(world, actor)) == []


@pytest.fixture
def busy(world: World, grace: User, alan: User) -> World:
    """The same company after some weeks: candidates wherever one can stand, everything that can have happened."""
    Company.objects.update(locale=CODE)
    application = Application.objects.get(pk=world.places["application"]["pk"])
    for verb in events.VERBS:
        for actor in (grace, application.candidate, SYSTEM):
            events.record(application, verb, by=actor, **({"reviewer": str(alan.pk)} if "reviewer" in verb else {}))
    message = Message.objects.get(pk=world.places["message"]["pk"])
    for state in Message.State:
        message.pk, message.state, message.dedupe_key = uuid4(), state, f"pseudo:{state}"
        message.save(force_insert=True)
    version = Interview.objects.get(pk=world.places["interview"]["pk"]).version
    for status in Interview.Status:
        made = factories.interview(factories.application(application.job, f"Number {status}"), version)
        if status == Interview.Status.SUBMITTED:
            made.submitted_at, made.receipt = timezone.now(), "0"
        if status == Interview.Status.STARTED:
            made.deadline_at = timezone.now() - timedelta(days=1)
        made.status = status
        made.save()
    return world


@pytest.mark.parametrize("actor", STAFF)
def test_every_page_of_a_busy_company(actor: str, busy: World, pseudo: str) -> None:
    pages = list(reached(busy.clients[actor], "/review/"))

    assert complaints(Typed(), pages) == []
    assert len(pages) > 5


def recorded(interview: Interview, state: str) -> None:
    operations.consent(interview, by=interview.application.candidate, locale="en")
    first, *_ = interview.answers.all()
    why = {"failure": "input", "failure_flaw": "damaged", "failure_text": "0"} if state == "failed" else {}
    factories.take(first, state=state, **why)


def ready(interview: Interview) -> None:
    operations.consent(interview, by=interview.application.candidate, locale="en")
    for answer in interview.answers.all():
        factories.playable(answer)


def sent(interview: Interview) -> None:
    ready(interview)
    operations.submit(interview, by=interview.application.candidate)


def late(interview: Interview) -> None:
    ready(interview)
    Interview.objects.filter(pk=interview.pk).update(deadline_at=timezone.now() - timedelta(days=9))


def revoked(interview: Interview) -> None:
    links.revoke(interview.link, by=SYSTEM)


def expired(interview: Interview) -> None:
    CandidateLink.objects.update(expires_at=timezone.now() - timedelta(days=1))


def untouched(interview: Interview) -> None:
    """Invited, and nothing since."""


STANDINGS = [untouched, ready, sent, late, revoked, expired]
STANDINGS += [functools.partial(recorded, state=state) for state in ("recording", "received", "failed", "abandoned")]


@pytest.mark.parametrize("happened", STANDINGS)
def test_every_page_of_a_candidate(
    happened: Callable[[Interview], None], interview: Interview, joan: Client, pseudo: str
) -> None:
    happened(interview)
    starts = ["/c/", f"/c/{links.secret_of(interview.link)}/", "/c/nobody-gave-this/"]
    starts += [f"/c/interviews/{interview.pk}/{place}" for place in ("", "consent/", "check/", "review/", "receipt/")]

    assert complaints(Typed(), reached(joan, *starts)) == []


def fillings(form: Form) -> Iterator[dict[str, list[str]]]:
    """As it stands, with nothing in it, and with what no field takes."""
    yield form.values
    hidden = {name: value for name, value in form.values.items() if name not in form.typed}
    yield {name: value for name, value in hidden.items() if name == "seen"}
    yield hidden | {name: ["0" * 5000] for name in form.typed}
    yield hidden | {name: ["@"] for name in form.typed}


def answered(client: Client, pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What comes back for every form of ``pages``, filled in well and badly; of forms that go to one route, for two."""
    tried = Counter[tuple[str, ...]]()
    for url, page in pages:
        for form in forms.read(page):
            target = urljoin(url, form.action.partition("#")[0] or url)
            route = resolve(urlsplit(target).path).view_name
            kind = (route, *form.values)
            if form.method != "post" or route == IN_ENGLISH or tried[kind] == ALIKE:
                continue
            tried[kind] += 1
            for values in fillings(form):
                with undone(client):
                    response = client.post(target, values, headers=LANGUAGE, follow=True)
                    yield f"POST {target}", body(cast("HttpResponse", response))


@pytest.mark.parametrize("actor", ["anonymous", "candidate", "other_candidate", "assigned", "recruiter", "admin"])
def test_every_answer_to_a_form(actor: str, busy: World, pseudo: str) -> None:
    client, start = busy.clients[actor], "/review/" if actor in STAFF else "/c/"
    pages = list(reached(client, start, "/accounts/login/", "/accounts/password/reset/", "/verify/"))
    pages += [(ROUTES[name].url(busy.places[TABLE[name].place]), page) for name, page in of_the_table(busy, actor)]

    assert complaints(Typed(), answered(client, pages)) == []


FOR_PROGRAMS = {"code", "type", "application", "booking", "times"}


def strings(value: object) -> Iterator[str]:
    """Every text in the JSON ``value`` but codes, ids, moments and addresses."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from () if name in FOR_PROGRAMS else strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("actor", ["anonymous", "token", "admin", "candidate"])
@pytest.mark.parametrize("sent", ["{}", "{", "[" * 5000, '{"name": 0, "email": "0", "epoch": 0, "pieces": [{}]}'])
def test_every_problem_of_the_api(actor: str, sent: str, world: World, pseudo: str) -> None:
    found, typed = set(), Typed()
    for name in CLASSIFIED:
        if not ROUTES[name].path.startswith("api/") or name in {"api:schema", *NOT_FOR_PEOPLE}:
            continue
        url = ROUTES[name].url(world.places[TABLE[name].place])
        for method in ("GET", "POST", "PUT", "DELETE"):
            with undone(world.clients[actor]):
                response = world.clients[actor].generic(method, url, sent, "application/json", headers=LANGUAGE)
            if "problem" in response.headers.get("Content-Type", ""):
                found |= {
                    f"{method} {name}: {text}" for text in typed.untranslated(strings(json.loads(response.content)))
                }

    assert found == set()


def test_every_mail(application: Application, ada: User, grace: User, katherine: User, pseudo: str) -> None:
    Company.objects.update(locale=pseudo)
    with translation.override(pseudo):
        interview = operations.invite(application, by=grace)
        operations.resend_invitation(interview, by=grace)
        waiting.renew_link(interview, by=grace)
        waiting.remind(interview, by=grace)
        waiting.extend(interview, until=timezone.now().date() + timedelta(days=20), by=grace)
        reviewing.assign(interview, katherine, by=grace)
        sent(interview)
        letters.moved_on(application, by=katherine, together=application.pk, key=application.pk)
        late = interview.application.obligations.owed().get().due_at
        lapsing.warn_due(late)
        lapsing.renew_due(late)
        decisions.release(decisions.decide(application, Decision.Outcome.HIRED, by=grace, anyway="x"))
        pipeline.reopen(application, by=grace, reason="Said no")
        decisions.release(decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason()))
        sent_in = Sent(name="Emmy Noether", email="emmy@example.test")
        emmy = applying.apply(factories.published_job(application.job), sent_in)
        assert emmy is not None
        Application.objects.filter(pk=emmy.pk).update(created_at=timezone.now() - timedelta(days=2))
        applying.apply(application.job, sent_in)
        talked.talk(emmy, by=grace)
        pipeline.withdraw(emmy, by=emmy.candidate, reason="0")
    portals.send_password_link(
        portals.add_colleague(name="Edgar", email="e@northwind.test", is_admin=False, by=ada), by=ada
    )

    told = list(Message.objects.order_by("created_at"))
    Message.objects.update(subject="", text="", to_name="")
    typed = Typed()
    wrong = [
        f"{message.kind}: {text}"
        for message in told
        for text in typed.untranslated([message.subject, *message.text.splitlines(), *texts(message.html)])
    ]

    assert wrong == []
    assert {message.kind for message in told} == {*ALL} - {"staff_password"}


def test_a_mail_is_in_the_language_of_its_reader(application: Application, grace: User, pseudo: str) -> None:
    with translation.override(pseudo):
        interview = operations.invite(application, by=grace)
        waiting.remind(interview, by=grace)
        waiting.renew_link(interview, by=grace)
        sent(interview)

    wrong = [told.kind for told in Message.objects.all() if "⟦" in told.subject + told.text + told.html]
    assert wrong == []
    assert Message.objects.count() > 3
