"""Everything the product can be told, read from the environment once, here.

Secrets may also come from a file: ``SECRET_KEY_FILE`` is read when ``SECRET_KEY`` is not set. A wrong value stops the
process with the variable's name.
"""

import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

zoneinfo.reset_tzpath(to=[])  # the pinned tzdata wheel, never the operating system's older copy

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.FileAwareEnv()
LOCAL_FOLDER: Path = Path(env.str("LOCAL_FOLDER", default=str(BASE_DIR / ".local")))  # what `make run` keeps

DEBUG = False
SECRET_KEY: str = env.str("SECRET_KEY", default="")
BASE_URL: str = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname or "localhost"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])

INSTALLED_APPS = [
    "hiring.accounts.apps.AccountsConfig",
    "hiring.mail.apps.MailConfig",
    "hiring.pipeline.apps.PipelineConfig",
    "hiring.rubrics.apps.RubricsConfig",
    "hiring.portals.apps.PortalsConfig",
    "hiring.api.apps.ApiConfig",
    "hiring.runtime.apps.RuntimeConfig",
    "screening.apps.ScreeningConfig",
    "interviews.apps.InterviewsConfig",
    "scheduling.apps.SchedulingConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its widgets, found by the same loaders as our overrides of them
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

# What an application can stand in. Each is a small object (hiring.pipeline.stages.Stage) that opens and closes it.
HIRING_STAGES: dict[str, str] = {
    "screening": "screening.stage.ScreeningStage",
    "interview": "interviews.stage.OneWayStage",
    "live": "scheduling.stage.LiveStage",
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hiring.portals.middleware.PrivacyHeadersMiddleware",
    "hiring.portals.middleware.BodySizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hiring.portals.middleware.SecondFactorMiddleware",
    "hiring.portals.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "hiring.urls"
WSGI_APPLICATION = "hiring.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hiring.portals.context.company",
            ],
        },
    },
]

# Data. No pool: psycopg2 has none, so connections persist and are checked.
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql://callback@127.0.0.1:5432/callback")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {}).update(
    connect_timeout=3,
    # The last is of disks without heads: as it comes, PostgreSQL reads a whole table rather than fifty rows of it.
    options="-c statement_timeout=10s -c lock_timeout=2s -c idle_in_transaction_session_timeout=30s"
    " -c random_page_cost=1.1",
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "hiring.lib.cache.SteadyCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}

# Recordings. Two addresses of one store: the server's, and the browsers', whose host is part of each signature.
S3_ENDPOINT_URL: str = env.str("S3_ENDPOINT_URL", default="http://127.0.0.1:8333")
S3_PUBLIC_URL: str = env.str("S3_PUBLIC_URL", default=S3_ENDPOINT_URL)
S3_ACCESS_KEY: str = env.str("S3_ACCESS_KEY", default="")
S3_SECRET_KEY: str = env.str("S3_SECRET_KEY", default="")
S3_BUCKET: str = env.str("S3_BUCKET", default="callback")
S3_REGION: str = env.str("S3_REGION", default="us-east-1")

# Work. The row is the truth and the queue a hint: no result backend, no Celery retries.
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TASK_PUBLISH_RETRY = False  # a lost wake-up costs one sweep, not a request
# Longer than the longest time limit (assembly, 1,800 s): a redelivery would mean a second transcode.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2400,
    "socket_connect_timeout": 2,
    "socket_timeout": 2,
    "max_retries": 1,  # kombu would hold a request for six seconds while the queue is down
    "interval_start": 0.1,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# People and sign-in.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reviewer:home"
ACCOUNT_ADAPTER = "hiring.portals.adapter.StaffAdapter"
ACCOUNT_FORMS = {
    "login": "hiring.accounts.forms.SignInForm",
    "reset_password": "hiring.accounts.forms.ForgottenPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from us
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # a second factor is still asked for
ADMINS_NEED_SECOND_FACTOR = False
FIRST_RUN_NEEDS_KEY = True
ACCOUNT_RATE_LIMITS = {"apply": "60/h/ip"}  # besides allauth's own; a library or a school is one address
MFA_TOTP_ISSUER = "Callback"
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", default=0)
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CANDIDATE_COOKIE = "__Host-candidate"

# Mail. Without a server, messages are written and readable on screen.
EMAIL_URL: str = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("MAIL_FROM", default="Callback <callback@localhost>")

# Pages.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # unused: hiring.lib.storage is the only door
    "staticfiles": {"BACKEND": "hiring.lib.staticfiles.HashedModulesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LARGEST_BODY = 20 * 1024 * 1024  # one résumé of 10 MB, twice over: who sends a little too much reads why on the form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
STYLEGUIDE = False


def origin(url: str) -> str:
    """The scheme and host of ``url``, as a CSP source. Raises ``ImproperlyConfigured`` when there is none."""
    parts = urlsplit(url)
    if not parts.scheme or not parts.netloc:
        raise ImproperlyConfigured(f"S3_PUBLIC_URL must be a full URL like https://media.example.org, not {url!r}")
    return f"{parts.scheme}://{parts.netloc}"


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", origin(S3_PUBLIC_URL)],
        "media-src": [SELF, "blob:", origin(S3_PUBLIC_URL)],
        "connect-src": [SELF, origin(S3_PUBLIC_URL)],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["hiring.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["hiring.api.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "hiring.api.schema.Schema",
    "EXCEPTION_HANDLER": "hiring.api.problems.handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Callback API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {
        "ApplicationOutcome": "hiring.pipeline.models.Application.Outcome",
        "DecisionOutcome": "hiring.pipeline.models.Decision.Outcome",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "hiring.lib.redaction.Secrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own handlers know no filter, and mail whole requests.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
