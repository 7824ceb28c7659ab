from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.lib import pages
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Job, JobMember
from hiring.rubrics.models import QuestionSet, QuestionSetVersion
from interviews import operations as interviewing
from interviews import reviewing
from interviews.models import Interview, InterviewSettings
from tests import factories


def job_url(job: Job, **query: str) -> Any:
    return reverse("reviewer:job", args=[job.pk], query=query)


def rows(response: Any) -> Any:
    return [(row.application.candidate.name, row.standing.key) for row in response.context["listing"].rows]


def told(application: Application, state: str) -> Any:
    return Message.objects.create(
        kind="invitation",
        dedupe_key=f"test:{application.pk}:{state}:{Message.objects.count()}",
        about=application.pk,
        to_email=application.candidate.email,
        subject="Your interview",
        text=f"Open {Message.LINK}",
        state=state,
    )


@pytest.fixture
def everybody(job: Job, version: QuestionSetVersion, grace: User) -> Any:
    """One candidate in every standing."""
    names = ["to_invite", "bounced", "invited", "opened", "started", "overdue", "submitted", "scored", "withdrawn"]
    people = {name: factories.application(job, name) for name in names}
    for name in ("bounced", "invited", "opened", "started", "overdue"):
        factories.interview(people[name], version)
    told(people["bounced"], Message.State.BOUNCED)
    told(people["invited"], Message.State.BOUNCED)
    told(people["invited"], Message.State.SENT)
    people["opened"].links.update(entered_at=timezone.now())
    people["started"].interviews.update(status=Interview.Status.STARTED)
    people["overdue"].interviews.update(deadline_at=timezone.now() - timedelta(hours=1))
    factories.submitted(people["submitted"], version)
    scored = factories.submitted(people["scored"], version)
    for reviewer in (grace, factories.user("Hedy"), factories.user("Radia")):
        scored.assessment.scorecards.create(reviewer=reviewer, submitted_at=timezone.now())
    Application.objects.filter(pk=people["withdrawn"].pk).update(outcome="withdrawn", closed_at=timezone.now())
    return people


def test_every_standing_is_told_and_found_by_its_filter(
    job: Job, grace: User, signed_in: Callable[[User], Client], everybody: dict[str, Application]
) -> None:
    browser = signed_in(grace)

    shown = rows(browser.get(job_url(job)))

    assert sorted(shown) == sorted((name, name) for name in everybody)
    for name in everybody:
        assert rows(browser.get(job_url(job, status=name))) == [(name, name)]


def test_inviting_is_offered_where_somebody_can_be_invited(
    job: Job, grace: User, signed_in: Callable[[User], Client], everybody: dict[str, Application]
) -> None:
    browser, invite = signed_in(grace), 'name="action" value="invite"'

    asked_something = browser.get(job_url(job)).content.decode()
    others = browser.get(job_url(job, status="scored")).content.decode()
    InterviewSettings.objects.all().delete()
    asks_nothing = browser.get(job_url(job)).content.decode()

    assert [invite in page for page in (asked_something, others, asks_nothing)] == [True, False, False]


@pytest.mark.parametrize(("q", "found"), [("joan", 1), ("CLARKE@", 1), ("nobody", 0), ("", 1)])
def test_somebody_is_found_by_name_or_address(
    job: Job, grace: User, signed_in: Callable[[User], Client], application: Application, q: str, found: int
) -> None:
    assert len(rows(signed_in(grace).get(job_url(job, q=q)))) == found


@pytest.mark.parametrize(
    "query", [{"q": "a\0b"}, {"status": "x"}, {"cursor": "\0"}, {"cursor": "AAAA"}, {"q": "x" * 999}]
)
def test_an_odd_address_is_no_error(
    job: Job, grace: User, signed_in: Callable[[User], Client], application: Application, query: dict[str, str]
) -> None:
    assert signed_in(grace).get(job_url(job, **query)).status_code == 200


def test_pages_meet_without_gap_or_overlap(
    job: Job, grace: User, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = [factories.application(job, f"Person {number}").pk for number in range(7)]
    monkeypatch.setattr(pages.page, "__kwdefaults__", {**(pages.page.__kwdefaults__ or {}), "size": 3})
    browser, url, seen = signed_in(grace), job_url(job), []

    while url:
        response = browser.get(url)
        seen += [row.application.pk for row in response.context["listing"].rows]
        url = response.context["listing"].older_url
    back = browser.get(browser.get(response.context["listing"].newer_url).context["listing"].newer_url)

    assert seen == everybody[::-1]
    assert [row.application.pk for row in back.context["listing"].rows] == seen[:3]
    assert not back.context["listing"].newer_url


@pytest.mark.parametrize("where", ["job", "jobs", "home"])
def test_a_list_asks_the_database_as_often_for_fifty_as_for_one(
    where: str,
    job: Job,
    version: QuestionSetVersion,
    grace: User,
    signed_in: Callable[[User], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def fill(number: int) -> None:
        person = factories.application(job, f"Person {number}")
        interview = factories.submitted(person, version)
        told(person, Message.State.BOUNCED)
        if number % 2:
            reviewing.assign(interview, grace, by=grace)

    url = job_url(job) if where == "job" else reverse(f"reviewer:{where}")
    browser = signed_in(grace)
    fill(1)
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    for number in range(2, 51):
        fill(number)
        if where == "jobs":
            made = factories.job(f"Job {number}", question_set=version.question_set, recruiter=grace)
            factories.application(made, "Somebody")

    with django_assert_num_queries(len(one)):
        browser.get(url)


def test_an_interviewer_sees_the_job_and_no_names(
    job: Job,
    version: QuestionSetVersion,
    alan: User,
    signed_in: Callable[[User], Client],
    application: Application,
    ada: User,
) -> None:
    interview = factories.submitted(application, version)
    reviewing.assign(interview, alan, by=ada)

    page = signed_in(alan).get(job_url(job)).content.decode()

    assert "Joan" not in page
    assert reverse("reviewer:interviews:cockpit", args=[interview.pk]) in page


def test_a_job_is_opened_with_what_it_asks(
    grace: User, job: Job, version: QuestionSetVersion, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(grace).post(
        reverse("reviewer:job-opening"),
        {
            "title": "Night nurse",
            "location": "Lyon",
            "description": "**Nights** only <script>alert(1)</script>",
            "question_set": version.question_set.pk,
            "days_to_answer": "5",
            "cards_needed": "3",
            "decision_days": "7",
        },
    )

    opened = Job.objects.get(title="Night nurse")
    assert answer.headers["Location"] == reverse("reviewer:job-settings", args=[opened.pk])
    assert opened.stages.get().interview_settings.days_to_answer == 5
    assert (opened.cards_needed, opened.decision_days) == (3, 7)


def test_the_only_question_set_is_chosen_already(
    version: QuestionSetVersion, ada: User, signed_in: Callable[[User], Client]
) -> None:
    browser, page = signed_in(ada), reverse("reviewer:job-opening")
    only = f'<option value="{version.question_set_id}" selected>'

    assert only in browser.get(page).content.decode()

    factories.published("Sales", ("Why?", "Curiosity"), by=ada)
    assert only not in browser.get(page).content.decode()


def test_a_draft_cannot_be_asked(grace: User, job: Job, signed_in: Callable[[User], Client]) -> None:
    draft = QuestionSet.objects.create(name="Draft")

    page = signed_in(grace).post(
        reverse("reviewer:job-stage", args=[job.pk, job.stages.get().pk]),
        {"name": "One-way", "question_set": draft.pk, "days_to_answer": 5},
    )

    assert page.context["form"].errors.keys() == {"question_set"}


def test_an_interviewer_opens_no_job(alan: User, job: Job, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(alan).get(reverse("reviewer:job-opening")).status_code == 403


def test_adding_one_person_and_inviting_them(job: Job, grace: User, signed_in: Callable[[User], Client]) -> None:
    answer = signed_in(grace).post(
        reverse("reviewer:job-candidates", args=[job.pk]),
        {"name": "Mary Shelley", "email": "mary@example.test", "invite": "on"},
    )

    added = Application.objects.get(candidate__email="mary@example.test")
    assert answer.headers["Location"] == reverse("reviewer:application", args=[added.pk])
    assert added.interviews.get().status == "invited"


def test_adding_somebody_twice_says_so_and_keeps_what_was_typed(
    job: Job, grace: User, application: Application, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(grace).post(
        reverse("reviewer:job-candidates", args=[job.pk]), {"name": "Joanna", "email": "joan.clarke@example.test"}
    )

    assert page.status_code == 200
    assert "is already in “Support lead”" in page.content.decode()
    assert "Joanna" in page.content.decode()


PASTED = """Mary Shelley, mary@example.test
"Byron, Ada" <byron@example.test>
Grace Murray\tgrace.murray@example.test
emmy@example.test; Emmy Noether

Mary S., MARY@example.test
"""


def test_a_pasted_list_is_added_and_invited(job: Job, grace: User, signed_in: Callable[[User], Client]) -> None:
    signed_in(grace).post(reverse("reviewer:job-candidates", args=[job.pk]), {"people": PASTED, "invite_all": "on"})

    added = Application.objects.filter(job=job)
    assert sorted(added.values_list("candidate__name", flat=True)) == [
        "Byron, Ada",
        "Emmy Noether",
        "Grace Murray",
        "Mary Shelley",
    ]
    assert Interview.objects.filter(application__in=added).count() == 4


def test_a_line_nobody_can_read_stops_the_list_and_is_named(
    job: Job, grace: User, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(grace).post(
        reverse("reviewer:job-candidates", args=[job.pk]), {"people": "Mary, mary@example.test\nno address here"}
    )

    assert "Line 2, “no address here”" in page.content.decode().replace("&nbsp;", " ")
    assert not Application.objects.filter(job=job).exists()


def test_an_address_under_two_names_is_taken_once_and_told(
    job: Job, grace: User, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(grace).post(
        reverse("reviewer:job-candidates", args=[job.pk]),
        {"people": "Omar Diaz, omar@example.test\nOmar Twice, OMAR@example.test\nOmar Diaz, omar@example.test"},
        follow=True,
    )

    assert [application.candidate.name for application in job.applications.all()] == ["Omar Diaz"]
    assert "Line 2: OMAR@example.test stands in the list already, with another name." in page.content.decode()
    assert "Line 3" not in page.content.decode()


def test_of_a_list_those_already_here_are_told_apart(
    job: Job, grace: User, application: Application, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(grace).post(
        reverse("reviewer:job-candidates", args=[job.pk]),
        {"people": "Mary, mary@example.test\nJoan, joan.clarke@example.test"},
        follow=True,
    )

    assert next(str(message) for message in page.context["messages"]) == "1 candidate added."
    assert "already in" in str(list(page.context["messages"])[1])


def test_inviting_those_ticked(
    job: Job, grace: User, application: Application, signed_in: Callable[[User], Client]
) -> None:
    other = factories.application(job, "Mary Shelley")

    page = signed_in(grace).post(
        reverse("reviewer:job-invitations", args=[job.pk]), {"application": [application.pk, other.pk]}, follow=True
    )

    assert [str(message) for message in page.context["messages"]] == ["2 candidates invited."]
    assert Interview.objects.filter(application__job=job).count() == 2


def test_inviting_somebody_twice_is_told_and_the_others_go_out(
    job: Job, grace: User, application: Application, signed_in: Callable[[User], Client]
) -> None:
    interviewing.invite(application, by=grace)
    other = factories.application(job, "Mary Shelley")

    page = signed_in(grace).post(
        reverse("reviewer:job-invitations", args=[job.pk]), {"application": [application.pk, other.pk]}, follow=True
    )

    sentences = [str(message) for message in page.context["messages"]]
    assert sentences[0] == "1 candidate invited."
    assert sentences[1].startswith("Joan Clarke: ")


def test_ticking_nobody_or_a_stranger_invites_nobody(
    job: Job, grace: User, version: QuestionSetVersion, application: Application, signed_in: Callable[[User], Client]
) -> None:
    foreign = factories.application(factories.job("Other", question_set=version.question_set), "Mary Shelley")
    browser, url = signed_in(grace), reverse("reviewer:job-invitations", args=[job.pk])

    for chosen in ([], [foreign.pk], ["no-uuid"]):
        browser.post(url, {"application": chosen})

    assert not Interview.objects.exists()


def test_taking_somebody_off_a_job_releases_them_from_cards_not_in(
    job: Job,
    version: QuestionSetVersion,
    grace: User,
    alan: User,
    application: Application,
    signed_in: Callable[[User], Client],
) -> None:
    interview = factories.submitted(application, version)
    reviewing.assign(interview, alan, by=grace)

    signed_in(grace).post(reverse("reviewer:job-member-removal", args=[job.pk, alan.pk]))

    assert not JobMember.objects.filter(job=job, user=alan).exists()
    assert not interview.assessment.assignments.standing().exists()
    assert signed_in(alan).get(reverse("reviewer:interviews:cockpit", args=[interview.pk])).status_code == 404


def test_a_stranger_cannot_be_made_a_member_by_a_hiring_manager(job: Job, katherine: User, outsider: User) -> None:
    browser = Client()
    browser.force_login(katherine)

    answer = browser.post(reverse("reviewer:job-members", args=[job.pk]), {"user": outsider.pk, "role": "interviewer"})

    assert answer.status_code == 404
    assert not JobMember.objects.filter(user=outsider).exists()
