"""For the tests: fast hashing, a fixed secret, the services that tests/conftest.py started."""

from hiring.settings.base import *  # noqa: F403 (a settings file is its base plus differences)
from hiring.settings.base import INSTALLED_APPS

SECRET_KEY = "tests-only-" + "x" * 48
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
CANDIDATE_COOKIE = "candidate"
STYLEGUIDE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # straight from static/: nothing is collected for the tests
