import json
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics.models import Scorecard
from interviews.models import Interview, MediaAccess, Take

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_demo_company_is_populated_and_its_sign_ins_work(tmp_path: Path) -> None:
    kept = tmp_path / "demo.json"

    call_command("seed_demo", sign_ins=kept, verbosity=0)

    told = json.loads(kept.read_text(encoding="utf-8"))
    statuses = Interview.objects.order_by("status").values_list("status", flat=True)
    assert list(statuses) == ["invited"] * 3 + ["started"] + ["submitted"] * 3
    assert Application.objects.filter(interviews=None).count() == 1
    assert set(Take.objects.values_list("state", flat=True)) == {Take.State.PLAYABLE}
    assert Take.objects.exclude(analysed_at=None).count() == Take.objects.count() == 13
    assert (Scorecard.objects.submitted().count(), Scorecard.objects.count()) == (3, 4)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert Client().get(told["candidate_link"]).status_code == 200
    ada = told["people"][0]
    signed_in = Client().post("/accounts/login/", {"login": ada["email"], "password": ada["password"]})
    assert signed_in.headers["Location"] == "/review/"
    assert not MediaAccess.objects.exists()


def test_an_installation_in_use_is_left_alone(ada: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_demo", sign_ins=tmp_path / "demo.json", verbosity=0)

    assert list(User.objects.all()) == [ada]
