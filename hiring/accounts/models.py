"""Who works here, and for which company. Candidates are never users."""

from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.lib import memo
from hiring.lib.fields import UUIDModel

LONGEST_RETENTION_DAYS = 3650


def validate_zone(value: str) -> None:
    """Raise ``ValidationError`` unless ``value`` names an IANA time zone."""
    if value not in available_timezones():
        raise ValidationError(_("“%(value)s” is not a time zone we know, like Europe/Paris."), params={"value": value})


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A staff member who signs in with ``email``; without ``password`` they set one from a link first."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_admin=True, **fields)


class User(UUIDModel, AbstractBaseUser, PermissionsMixin):
    """A member of staff: recruiter, hiring manager or interviewer by their jobs, or admin of everything."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_admin = models.BooleanField(_("admin"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    actor_kind = "user"

    class Meta:
        ordering = ["name", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def actor_id(self) -> UUID:
        return self.pk

    @property
    def is_staff(self) -> bool:
        return self.is_admin

    def get_short_name(self) -> str:
        return self.name.split(" ", maxsplit=1)[0] or self.email


class CompanyManager(models.Manager["Company"]):
    def current(self) -> "Company | None":
        """The company of this installation, or ``None`` before the first run."""
        return memo.once("company", self.first)


class Company(models.Model):
    """The one company of this installation. "Five business days" means its days."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=120)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_zone])
    locale = models.CharField(_("language"), max_length=12, default="en")
    working_days = models.CharField(_("working days"), max_length=7, default="01234")
    holidays = models.JSONField(_("holidays"), default=list, blank=True)
    reply_to = models.EmailField(_("replies go to"))
    privacy_contact = models.EmailField(_("privacy contact"))
    retention_days = models.PositiveIntegerField(_("days recordings are kept"), default=180)

    objects = CompanyManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="company_is_one_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="company_retention_sane",
                condition=Q(retention_days__gte=1, retention_days__lte=LONGEST_RETENTION_DAYS),
            ),
        ]

    def __str__(self) -> str:
        return self.name
