from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline import events, links
from hiring.pipeline.models import CandidateLink, Event
from interviews.models import Interview


def test_the_secret_opens_the_link_and_is_not_stored(interview: Interview) -> None:
    secret = links.secret_of(interview.link)

    found = links.find(secret)

    assert found == interview.link
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pipeline_candidatelink t WHERE t::text LIKE %s", [f"%{secret}%"])
        assert cursor.fetchone() == (0,)


def test_a_wrong_secret_opens_nothing(interview: Interview) -> None:
    assert links.find("a" * 43) is None


def test_entering_is_one_event_however_many_devices(interview: Interview) -> None:
    links.enter(interview.link, label="phone")
    links.enter(interview.link, label="laptop")

    assert [event.verb for event in interview.application.events.all()] == ["link_entered"]
    assert interview.link.devices.count() == 2


def test_a_device_is_found_by_its_cookie(interview: Interview) -> None:
    entry = links.enter(interview.link, label="phone")

    assert links.device_of(entry.secret) == entry.device


def test_revoking_ends_every_device(interview: Interview, grace: User) -> None:
    entry = links.enter(interview.link, label="phone")

    links.revoke(interview.link, by=grace)

    interview.link.refresh_from_db()
    assert not links.is_open(interview.link)
    assert links.device_of(entry.secret) is None


def test_expiry_ends_every_device(interview: Interview) -> None:
    entry = links.enter(interview.link, label="phone")

    CandidateLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert links.device_of(entry.secret) is None


@pytest.mark.parametrize("rewrite", [lambda: Event.objects.update(verb="x"), lambda: Event.objects.all().delete()])
def test_history_cannot_be_rewritten(interview: Interview, grace: User, rewrite: Callable[[], object]) -> None:
    events.record(interview.application, "interview_invited", by=grace)

    with pytest.raises(IntegrityError, match="events are never changed"):
        rewrite()
