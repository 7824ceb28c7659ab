"""On a developer's machine: debug pages, the style guide, a secret kept below ``.local/``."""

import os
import secrets
import sys
from pathlib import Path

import environ

# The addresses of what `manage.py dev` started, for the commands typed in another terminal. What is set already wins.
_folder = Path(os.environ.get("LOCAL_FOLDER", Path(__file__).resolve().parent.parent.parent / ".local"))
environ.Env.read_env(_folder / "env")

from hiring.settings.base import *  # noqa: E402, F403 (a settings file is its base plus differences)
from hiring.settings.base import BASE_URL, LOCAL_FOLDER, SECRET_KEY  # noqa: E402 (after the line that sets the environment)

DEBUG = True
STYLEGUIDE = True
FIRST_RUN_NEEDS_KEY = False  # only this machine reaches it
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [BASE_URL, BASE_URL.replace("//localhost", "//127.0.0.1")]
CANDIDATE_COOKIE = "candidate"  # the __Host- prefix needs https
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if not SECRET_KEY:
    _kept = LOCAL_FOLDER / "secret_key"
    if not _kept.exists():
        try:
            LOCAL_FOLDER.mkdir(parents=True, exist_ok=True)
            _kept.touch(mode=0o600)
            _kept.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        except OSError as _error:
            sys.exit(f"Nothing can be written below {LOCAL_FOLDER}: {_error.strerror}.")
    SECRET_KEY = _kept.read_text(encoding="utf-8").strip()
