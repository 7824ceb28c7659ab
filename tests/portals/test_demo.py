import json
import stat
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Decision, Job, PoolEntry
from hiring.portals.demo import crowd
from hiring.portals.demo.story import STAGES
from hiring.rubrics.models import Scorecard
from interviews.models import Interview, MediaAccess, Take
from scheduling.models import Booking
from screening.documents import MEDIA_TYPES
from screening.models import Document

TYPES = [MEDIA_TYPES[kind] for kind in ("pdf", "docx", "txt")]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_demo_company_is_populated_and_its_sign_ins_work(tmp_path: Path) -> None:
    kept = tmp_path / "demo.json"

    call_command("seed_demo", sign_ins=kept, at="live", applications=120, verbosity=0)

    told = json.loads(kept.read_text(encoding="utf-8"))
    support = Application.objects.filter(job__slug="customer-support-lead")
    statuses = Interview.objects.filter(application__in=support).order_by("status").values_list("status", flat=True)
    assert list(statuses) == ["invited"] * 3 + ["started"] + ["submitted"] * 3 + ["withdrawn"] * 3
    assert Counter(support.filter(outcome=None).values_list("stage__kind", flat=True)) == {
        "screening": 6,
        "interview": 7,
        "live": 2,
    }
    assert Counter(support.exclude(outcome=None).values_list("outcome", flat=True)) == {"hired": 1, "rejected": 1}
    assert Decision.objects.pending().filter(application__in=support).count() == 1
    assert set(Document.objects.values_list("media_type", flat=True)) == set(TYPES)
    assert Booking.objects.get(state=Booking.State.CONFIRMED).application in support
    assert Application.objects.filter(job__title="Backend engineer").count() == 4
    assert list(PoolEntry.objects.values_list("candidate__applications__outcome", flat=True)) == [None, "rejected"]
    winter = Job.objects.get(title="Winter warehouse team")
    assert Application.objects.count() == 120
    assert (winter.applications.count(), crowd.problems(winter)) == (120 - 4 - support.count(), [])
    assert set(Take.objects.values_list("state", flat=True)) == {Take.State.PLAYABLE}
    assert Take.objects.exclude(analysed_at=None).count() == Take.objects.count() == 13
    cards = Scorecard.objects.filter(assessment__interview__application__in=support)
    assert (cards.submitted().count(), cards.count()) == (3, 4)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sorted(told["links"]) == sorted(STAGES)
    for link in told["links"].values():
        assert Client().get(link).status_code == 200
    assert told["candidate_link"] == told["links"]["live"]
    ada = told["people"][0]
    signed_in = Client().post("/accounts/login/", {"login": ada["email"], "password": ada["password"]})
    assert signed_in.headers["Location"] == "/review/"
    assert not MediaAccess.objects.exists()


def test_an_installation_in_use_is_left_alone(ada: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_demo", sign_ins=tmp_path / "demo.json", verbosity=0)

    assert list(User.objects.all()) == [ada]
