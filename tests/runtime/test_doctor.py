import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from hiring.accounts import setup_key
from hiring.accounts.models import User
from hiring.celery import app
from hiring.runtime import doctor
from hiring.runtime.services import ports


@pytest.fixture
def broker_of_the_tests(settings: Settings) -> None:
    """The Celery application reads its settings once; ours name this worker's Valkey."""
    assert app.conf.broker_url == settings.REDIS_URL


@pytest.mark.django_db
def test_a_healthy_installation_lacks_nothing_but_its_workers(broker_of_the_tests: None, open_store: None) -> None:
    found = {finding.name: finding.is_well for finding in doctor.findings()}

    assert found == {
        "python": True,
        "ffmpeg": True,
        "disk": True,
        "secret key": True,
        "mail": True,
        "database": True,
        "migrations": True,
        "first run": True,
        "valkey": True,
        "storage": True,
        "recordings": True,
        "uploads": True,
        "workers": False,
    }


@pytest.mark.django_db
def test_what_is_red_comes_with_a_fix_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", no_color=True)

    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert "ok   migrations  all applied" in said
    assert "RED  workers     none answers for default, mail, media" in said
    assert "→ Start them: make run, or docker compose up." in said


@pytest.mark.django_db
def test_the_setup_key_is_told_at_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.how_to_begin() == (
        f"nobody works here yet; begin at http://localhost:8000/welcome/ with the setup key {setup_key.key()}"
    )

    call_command("prepare")

    assert doctor.how_to_begin() in capsys.readouterr().out


def test_it_is_told_no_longer_once_somebody_works_here(ada: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prepare")
    names = [finding.name for finding in doctor.findings()]

    assert "first run" not in names
    assert setup_key.key() not in capsys.readouterr().out


def test_development_has_no_key_to_tell(settings: Settings) -> None:
    settings.FIRST_RUN_NEEDS_KEY = False

    assert doctor.how_to_begin() == "nobody works here yet; begin at http://localhost:8000/welcome/"


@pytest.mark.django_db
def test_a_missing_migration_is_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    found = doctor.migrations()

    assert (found.is_well, found.detail, found.fix) == (False, "1 not applied", "Type: python manage.py prepare")


def test_a_machine_without_ffmpeg_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert (doctor.ffmpeg().is_well, doctor.ffmpeg().detail) == (False, "not found")


def test_an_old_ffmpeg_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ffmpeg", "ffprobe"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'ffmpeg version 4.3.6-0+deb11u1 Copyright (c) 2000-2023'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{Path(shutil.which('sh') or '/bin/sh').parent}")

    assert (doctor.ffmpeg().is_well, doctor.ffmpeg().detail) == (False, "4.3.6-0+deb11u1")


def test_a_short_secret_key_is_told_so(settings: Settings) -> None:
    settings.SECRET_KEY = "hunter2"

    assert doctor.secret_key().detail == "only 7 characters"


def test_pages_the_bucket_does_not_know_may_not_upload(object_store: None, settings: Settings) -> None:
    settings.BASE_URL = "https://elsewhere.example"

    found = doctor.uploads_from_pages()

    assert not found.is_well
    assert "manage.py prepare" in found.fix


def test_a_public_address_nobody_reaches_is_told_so(object_store: None, settings: Settings) -> None:
    settings.S3_PUBLIC_URL = f"http://127.0.0.1:{ports.free(1)[0]}"

    assert not doctor.uploads_from_pages().is_well


def test_a_key_the_store_does_not_know_is_told_so(object_store: None, settings: Settings) -> None:
    settings.S3_SECRET_KEY = "wrong"

    assert not doctor.round_trip().is_well
    assert doctor.round_trip().fix == "May S3_ACCESS_KEY write, read and delete in the bucket?"
