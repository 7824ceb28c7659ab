"""On a developer's machine: debug pages, the style guide, a secret kept below ``.local/``."""

import secrets

from hiring.settings.base import *  # noqa: F403 (a settings file is its base plus differences)
from hiring.settings.base import BASE_DIR, SECRET_KEY

DEBUG = True
STYLEGUIDE = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
CANDIDATE_COOKIE = "candidate"  # the __Host- prefix needs https
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if not SECRET_KEY:
    _kept = BASE_DIR / ".local" / "secret_key"
    if not _kept.exists():
        _kept.parent.mkdir(exist_ok=True)
        _kept.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        _kept.chmod(0o600)
    SECRET_KEY = _kept.read_text(encoding="utf-8").strip()
