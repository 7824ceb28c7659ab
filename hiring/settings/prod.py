"""Behind TLS. Refuses to start without the secrets only the operator can know."""

from django.core.exceptions import ImproperlyConfigured

from hiring.settings.base import *  # noqa: F403 (a settings file is its base plus differences)
from hiring.settings.base import BASE_URL, S3_ACCESS_KEY, S3_SECRET_KEY, SECRET_KEY

for _name, _value in {"SECRET_KEY": SECRET_KEY, "S3_ACCESS_KEY": S3_ACCESS_KEY, "S3_SECRET_KEY": S3_SECRET_KEY}.items():
    if not _value:
        raise ImproperlyConfigured(f"Set {_name} (or {_name}_FILE): it has no default outside development.")

SECURE_SSL_REDIRECT = not BASE_URL.startswith("http://localhost")  # browsers count it as secure; nobody else may
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
ADMINS_NEED_SECOND_FACTOR = True
