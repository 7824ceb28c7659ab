"""The same person under two addresses."""

import pytest

from hiring.accounts.models import User
from hiring.pipeline import duplicates
from hiring.pipeline import operations as pipeline
from hiring.pipeline.duplicates import Likeness, NotMergeable
from hiring.pipeline.models import Application, Candidate, Job
from tests import factories


def somebody(name: str, email: str, **fields: object) -> Candidate:
    return Candidate.objects.create(name=name, email=email, **fields)


@pytest.fixture
def joan_clarke(application: Application) -> Candidate:
    Candidate.objects.filter(pk=application.candidate_id).update(
        email="joan.clarke@gmail.com", phone="+33612345678", profile_url="https://www.linkedin.com/in/JoanClarke/"
    )
    return Candidate.objects.get(pk=application.candidate_id)


@pytest.mark.parametrize(
    ("name", "email", "fields", "shares"),
    [
        ("J.", "joanclarke+jobs@googlemail.com", {}, (Likeness.EMAIL,)),
        ("J.", "j@example.test", {"phone": "+33612345678"}, (Likeness.PHONE,)),
        ("J.", "j@example.test", {"profile_url": "http://linkedin.com/in/joanclarke?trk=x"}, (Likeness.PROFILE,)),
        ("clarke,  JOAN", "j@example.test", {}, (Likeness.NAME,)),
        ("Joán Clarke", "j@example.test", {"phone": "+33612345678"}, (Likeness.PHONE, Likeness.NAME)),
    ],
)
def test_a_likeness_is_named(
    joan_clarke: Candidate, name: str, email: str, fields: dict[str, str], shares: tuple[Likeness, ...]
) -> None:
    other = somebody(name, email, **fields)

    assert [(match.candidate, match.shares) for match in duplicates.probable(joan_clarke)] == [(other, shares)]
    assert [match.candidate for match in duplicates.probable(other)] == [joan_clarke]


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Joan", "joan@example.test"),
        ("Joan Clarke Smith", "a@example.test"),
        ("J", "joan.clarke@example.test"),
        ("", "x@y.test"),
    ],
)
def test_who_only_resembles_is_left_alone(joan_clarke: Candidate, name: str, email: str) -> None:
    somebody(name, email)

    assert duplicates.probable(joan_clarke) == []


def test_a_name_of_signs_finds_nobody(joan_clarke: Candidate) -> None:
    assert duplicates.probable(somebody("(.*", ".*@example.test")) == []


def test_merging_keeps_everything_together(joan_clarke: Candidate, version: object, grace: User, job: Job) -> None:
    other = somebody("Joan E. Clarke", "joan@work.test", zone="Europe/London")
    elsewhere = factories.placed(
        other, factories.job("Night lead", question_set=job.stages.get().interview_settings.question_set).stages.get()
    )

    kept = duplicates.merge(joan_clarke, into=other, by=grace)

    assert {application.job.title for application in kept.applications.all()} == {"Support lead", "Night lead"}
    assert (kept.email, kept.phone, kept.zone) == ("joan@work.test", "+33612345678", "Europe/London")
    assert [event.verb for event in elsewhere.events.all()] == ["candidates_merged"]
    assert elsewhere.events.get().details == {"merged": str(joan_clarke.pk), "into": str(other.pk)}
    assert pipeline.known_or_new(name="Joan", email="JOAN.CLARKE@gmail.com") == kept
    assert duplicates.probable(kept) == []


def test_merging_twice_over_leads_to_the_last(joan_clarke: Candidate, grace: User) -> None:
    second, third = somebody("Joan", "second@example.test"), somebody("Joan", "third@example.test")

    duplicates.merge(joan_clarke, into=second, by=grace)
    duplicates.merge(second, into=third, by=grace)

    assert pipeline.known_or_new(name="Joan", email=joan_clarke.email) == third


def test_two_open_applications_for_one_job_are_refused(joan_clarke: Candidate, job: Job, grace: User) -> None:
    other = factories.application(job, "Joan Clark").candidate

    with pytest.raises(NotMergeable, match="Both have an open application for “Support lead”"):
        duplicates.merge(joan_clarke, into=other, by=grace)

    assert joan_clarke.applications.count() == 1


def test_who_was_merged_already_is_refused(joan_clarke: Candidate, grace: User) -> None:
    other = somebody("Joan", "other@example.test")
    duplicates.merge(other, into=joan_clarke, by=grace)

    with pytest.raises(NotMergeable, match="a moment ago"):
        duplicates.merge(other, into=joan_clarke, by=grace)


def test_nobody_is_merged_with_themselves(joan_clarke: Candidate, grace: User) -> None:
    with pytest.raises(NotMergeable, match="one and the same"):
        duplicates.merge(joan_clarke, into=joan_clarke, by=grace)
