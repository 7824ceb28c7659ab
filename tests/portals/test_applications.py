from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hiring.accounts.models import User
from hiring.lib.actors import SYSTEM
from hiring.mail import reading
from hiring.mail.models import Message
from hiring.pipeline import events, links
from hiring.pipeline.models import Application, Event, Job
from hiring.portals.timeline import timeline
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations as interviewing
from interviews import reviewing
from interviews.models import Interview, InterviewSettings
from tests import factories


@pytest.fixture
def invited(application: Application, grace: User) -> Any:
    """Joan's interview, invited by Grace through the door everybody uses."""
    return interviewing.invite(application, by=grace)


def url(name: str, application: Application | Message, *more: object) -> Any:
    return reverse(f"reviewer:{name}", args=[application.pk, *more])


def words(response: Any) -> Any:
    return " ".join(response.content.decode().split())


def test_the_page_says_where_it_stands(
    application: Application, invited: Interview, grace: User, signed_in: Callable[[User], Client]
) -> None:
    page = words(signed_in(grace).get(url("application", application)))

    assert "Invited to the one-way interview" in page
    assert "To be read on screen" in page
    assert "not opened yet" in page


@pytest.mark.parametrize(("who", "sees"), [("ada", True), ("grace", True), ("katherine", False)])
def test_the_candidates_own_link_is_for_those_who_may_invite(
    request: pytest.FixtureRequest,
    application: Application,
    invited: Interview,
    signed_in: Callable[[User], Client],
    who: str,
    sees: bool,
) -> None:
    secret = links.secret_of(invited.link)
    message = Message.objects.get(about=application.pk)
    browser = signed_in(request.getfixturevalue(who))

    pages = words(browser.get(url("application", application))) + words(browser.get(url("message", message)))

    assert (secret in pages) is sees


def test_the_invitation_can_be_read_before_it_is_sent(
    application: Application, grace: User, katherine: User, signed_in: Callable[[User], Client]
) -> None:
    recruiters = words(signed_in(grace).get(url("application", application)))
    managers = words(signed_in(katherine).get(url("application", application)))

    assert "2 questions, one at a time." in recruiters
    assert "See what to expect" in recruiters  # the button, which leads nowhere yet
    assert Message.LINK not in recruiters
    assert "one at a time" not in managers


def test_the_page_says_why_nobody_can_be_invited_yet(
    application: Application, grace: User, signed_in: Callable[[User], Client]
) -> None:
    InterviewSettings.objects.all().delete()

    page = words(signed_in(grace).get(url("application", application)))

    assert "has no question set yet. Choose one first." in page
    assert reverse("reviewer:application-invitation", args=[application.pk]) not in page


def test_inviting_from_the_page(application: Application, grace: User, signed_in: Callable[[User], Client]) -> None:
    signed_in(grace).post(url("application-invitation", application))

    assert application.interviews.get().status == "invited"


def test_inviting_twice_is_refused_in_words(
    application: Application, invited: Interview, grace: User, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(grace)

    page = browser.post(
        url("application-invitation", application),
        follow=True,
        headers={"referer": "http://testserver" + url("application", application)},
    )

    assert page.redirect_chain[0][0].endswith(url("application", application))
    assert "invited already" in words(page) or "already" in words(page)
    assert application.interviews.count() == 1


def test_sending_again_keeps_the_link_and_a_new_link_ends_the_old(
    application: Application, invited: Interview, grace: User, signed_in: Callable[[User], Client]
) -> None:
    browser, old = signed_in(grace), invited.link

    browser.post(url("application-resending", application))
    invited.refresh_from_db()
    assert invited.link == old

    browser.post(url("application-link", application))
    invited.refresh_from_db()
    assert invited.link != old
    old.refresh_from_db()
    assert old.revoked_at is not None


def test_a_revoked_link_opens_nothing_and_its_message_is_not_sent_again(
    application: Application, invited: Interview, grace: User, signed_in: Callable[[User], Client]
) -> None:
    browser, message = signed_in(grace), Message.objects.get(about=application.pk)

    browser.post(url("application-revocation", application))
    browser.post(url("message-resending", message))

    invited.link.refresh_from_db()
    assert not links.is_open(invited.link)
    assert Message.objects.filter(about=application.pk).count() == 1


@pytest.mark.parametrize(("who", "said"), [("grace", "Copy the words below"), ("katherine", "A recruiter of this job")])
def test_without_a_mail_server_it_is_said_who_passes_a_message_on(
    application: Application,
    invited: Interview,
    who: str,
    said: str,
    signed_in: Callable[[User], Client],
    request: pytest.FixtureRequest,
) -> None:
    message = Message.objects.get(about=application.pk)
    Message.objects.update(state=Message.State.ON_SCREEN)

    assert said in words(signed_in(request.getfixturevalue(who)).get(url("message", message)))


def test_a_message_goes_out_again_as_its_own_row(
    application: Application, invited: Interview, grace: User, signed_in: Callable[[User], Client]
) -> None:
    message = Message.objects.get(about=application.pk)

    answer = signed_in(grace).post(url("message-resending", message))

    again = Message.objects.filter(about=application.pk).exclude(pk=message.pk).get()
    assert answer.headers["Location"] == reverse("reviewer:message", args=[again.pk])
    assert again.text == message.text


def test_every_message_is_on_the_page_with_its_state(
    application: Application, grace: User, signed_in: Callable[[User], Client]
) -> None:
    for state in Message.State:
        Message.objects.create(
            kind="test",
            dedupe_key=f"test:{state}",
            about=application.pk,
            to_email=application.candidate.email,
            subject=f"About {state}",
            text="Words",
            state=state,
            failure="The mailbox is full." if state == Message.State.BOUNCED else "",
        )

    page = words(signed_in(grace).get(url("application", application)))

    for state in Message.State:
        assert f"About {state}" in page
        assert str(state.label) in page
    assert "The mailbox is full." in page


def test_asking_and_releasing_a_reviewer(
    application: Application,
    version: QuestionSetVersion,
    grace: User,
    katherine: User,
    alan: User,
    signed_in: Callable[[User], Client],
) -> None:
    interview = factories.submitted(application, version)
    browser = signed_in(katherine)

    browser.post(url("application-reviewers", application), {"reviewer": alan.pk})
    assert [seat.reviewer for seat in interview.assessment.assignments.standing()] == [alan]

    browser.post(url("application-release", application, alan.pk))
    assert not interview.assessment.assignments.standing().exists()


def test_a_stranger_to_the_job_is_not_asked(
    application: Application,
    version: QuestionSetVersion,
    grace: User,
    outsider: User,
    signed_in: Callable[[User], Client],
) -> None:
    interview = factories.submitted(application, version)

    page = signed_in(grace).post(url("application-reviewers", application), {"reviewer": outsider.pk}, follow=True)

    assert "Choose one of the people on this job." in words(page)
    assert not interview.assessment.assignments.exists()


def test_before_the_invitation_there_is_nothing_to_send_again(
    application: Application, grace: User, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(grace).post(url("application-resending", application), follow=True)

    assert "Joan Clarke has not been invited yet." in words(page)


def test_who_still_owes_a_card_learns_nothing_of_others(
    application: Application,
    version: QuestionSetVersion,
    grace: User,
    katherine: User,
    alan: User,
    signed_in: Callable[[User], Client],
) -> None:
    interview = factories.submitted(application, version)
    for reviewer in (katherine, alan):
        reviewing.assign(interview, reviewer, by=grace)
    interview.assessment.scorecards.create(reviewer=alan, submitted_at=timezone.now())
    application.events.create(
        verb="scorecard_submitted", actor_kind="user", actor_id=alan.pk, details={}, at=timezone.now()
    )

    blind = words(signed_in(katherine).get(url("application", application)))
    open_eyed = words(signed_in(grace).get(url("application", application)))

    assert "Scorecard handed in" not in blind
    assert "scorecard in" not in blind
    assert "scorecards in" not in blind
    assert "Scorecard handed in" in open_eyed
    assert "1 of 2 scorecards in" in open_eyed


def test_the_timeline_is_in_human_words(
    application: Application, invited: Interview, grace: User, alan: User, katherine: User
) -> None:
    reviewing.assign(invited, alan, by=katherine)
    links.enter(invited.link, label="Firefox")

    told = [(str(moment.text), moment.by) for moment in timeline(application, hide_cards_from=None)]

    assert told == [
        ("Opened their link", "Joan Clarke"),
        ("Reviewer assigned: Alan", "Katherine"),
        ("Invited to the one-way interview", "Grace"),
    ]


@pytest.mark.parametrize(
    ("verbs", "lines"),
    [
        (["answer_received", "answer_playable"], ["An answer arrived and can be watched"]),
        (["answer_received", "answer_playable"] * 4, ["4 answers arrived and can be watched"]),
        (["answer_received"] * 2 + ["answer_playable"], ["An answer can be watched", "2 answers arrived"]),
        (
            ["answer_received", "interview_submitted", "answer_playable"],
            ["An answer can be watched", "Handed in the answers", "An answer arrived"],
        ),
        (["answer_received", "answer_failed"], ["An answer could not be prepared", "An answer arrived"]),
    ],
)
def test_recordings_that_follow_one_another_are_one_line(
    application: Application, verbs: list[str], lines: list[str]
) -> None:
    for minute, verb in enumerate(verbs, 1):
        at = timezone.now() + timedelta(minutes=minute)
        application.events.create(verb=verb, actor_kind="candidate", details={}, at=at)

    told = [str(moment.text) for moment in timeline(application, hide_cards_from=None)]

    assert told == lines


def test_a_mail_to_staff_is_for_admins(ada: User, grace: User, signed_in: Callable[[User], Client]) -> None:
    message = Message.objects.create(
        kind="staff_welcome", dedupe_key="x", to_email="hedy@northwind.test", subject="Welcome", text="Set it here"
    )

    assert "Set it here" in words(signed_in(ada).get(url("message", message)))
    assert signed_in(grace).get(url("message", message)).status_code == 404


def test_a_link_is_never_stored_in_a_message(application: Application, invited: Interview) -> None:
    message = Message.objects.get(about=application.pk)

    assert links.secret_of(invited.link) not in message.text + message.html
    assert links.secret_of(invited.link) in reading.text_with_link(message)


def test_how_often_somebody_tried_an_answer_is_not_told(
    application: Application, version: QuestionSetVersion, grace: User, signed_in: Callable[[User], Client]
) -> None:
    interview = factories.interview(application, version)
    for answer in interview.answers.all():
        for chosen in (False, False, True):
            take = factories.playable(answer, chosen=chosen)
            for verb in ("answer_received", "answer_playable"):
                events.record(application, verb, by=SYSTEM, take=str(take.pk))

    assert "2 answers arrived and can be watched" in words(signed_in(grace).get(url("application", application)))


def test_without_a_mail_server_the_sender_is_told_to_pass_it_on(
    application: Application, grace: User, signed_in: Callable[[User], Client]
) -> None:
    page = words(signed_in(grace).post(url("application-invitation", application), follow=True))

    assert "open the message below and pass it on yourself" in page


def test_the_page_asks_its_questions_once(
    job: Job,
    application: Application,
    version: QuestionSetVersion,
    grace: User,
    alan: User,
    django_assert_max_num_queries: Any,
) -> None:
    factories.stage(job, "interview", "Second interview")
    interview = factories.submitted(application, version)
    factories.card(interview, alan)
    client = Client()
    client.force_login(grace)

    with django_assert_max_num_queries(25):
        page = client.get(f"/review/applications/{application.pk}/")

    assert page.status_code == 200


def test_where_they_found_us_is_said(
    application: Application, grace: User, signed_in: Callable[[User], Client]
) -> None:
    assert "found us through" not in words(signed_in(grace).get(url("application", application)))

    Application.objects.update(source="<newsletter>")

    assert "found us through &lt;newsletter&gt;" in words(signed_in(grace).get(url("application", application)))


def test_events_of_one_moment_keep_their_order(application: Application) -> None:
    now = timezone.now()
    verbs = ("candidate_reminded", "invitation_resent", "link_renewed", "deadline_extended")
    Event.objects.bulk_create(Event(application=application, verb=verb, actor_kind="system", at=now) for verb in verbs)

    assert [event.verb for event in application.events.all()] == list(verbs)
    told = [moment.text for moment in timeline(application, hide_cards_from=None)]
    assert told == [events.VERBS[verb] for verb in reversed(verbs)]


def test_on_hold_with_a_reason_and_off_again(
    application: Application, grace: User, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(grace)

    browser.post(url("application-hold", application), {"reason": "Waiting for the budget"})
    held = words(browser.get(url("application", application)))
    listed = words(browser.get(reverse("reviewer:job", args=[application.job_id])))
    browser.post(url("application-hold-removal", application))

    assert "Waiting for the budget" in held
    assert "Take off hold" in held
    assert "on hold" in listed
    assert "Take off hold" not in words(browser.get(url("application", application)))


def test_a_hold_without_a_reason_is_asked_for_one(
    application: Application, grace: User, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(grace).post(url("application-hold", application), {"reason": " "}, follow=True)

    assert "Say for the team what you wait for." in words(answer)
    assert application.stays.get().held_at is None
