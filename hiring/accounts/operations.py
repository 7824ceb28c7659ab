"""The first run, and what an admin does about the company and the people who work in it."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import Company, User
from hiring.lib.errors import Refusal

FIRST_RUN_LOCK = 0x63616C6C  # any number nobody else locks; two first runs at once take turns on it


class AlreadySetUp(Refusal):
    code = "already_set_up"


class AlreadyStaff(Refusal):
    code = "already_staff"


class LastAdmin(Refusal):
    code = "last_admin"


class NotYourself(Refusal):
    code = "not_yourself"


def needs_first_run() -> bool:
    """Whether nobody works here yet."""
    return not User.objects.exists()


@transaction.atomic
def first_run(*, company: str, name: str, email: str, password: str, zone: str = "UTC") -> User:
    """Make the company and its first admin, who signs in with ``email``.

    Of two at once one wins; the other, and everybody after, is refused with ``AlreadySetUp``. Raises Django's
    ``ValidationError`` for a weak password and for a zone nobody knows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_RUN_LOCK])
    if not needs_first_run():
        raise AlreadySetUp(_("This installation already has its first admin. Sign in, or ask them to add you."))
    if Company.objects.current() is None:
        fresh = Company(name=company, zone=zone, reply_to=email, privacy_contact=email)
        fresh.clean_fields()
        fresh.save()
    return add_admin(name=name, email=email, password=password)


def add_admin(*, name: str, email: str, password: str) -> User:
    """An admin with a password of their own. Raises ``ValidationError`` for a weak one, ``AlreadyStaff`` if known."""
    validate_password(password, User(name=name, email=email))
    return _create(name=name, email=email, password=password, is_admin=True)


def add_staff(*, name: str, email: str, is_admin: bool = False) -> User:
    """A colleague without a password: they set one from the link that is sent to them. Refused if they work here."""
    return _create(name=name, email=email, password=None, is_admin=is_admin)


def _create(*, name: str, email: str, password: str | None, is_admin: bool) -> User:
    User(name=name, email=email).clean_fields(exclude=["password"])
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, name=name, is_admin=is_admin)
    except IntegrityError as error:
        raise AlreadyStaff(_("%(email)s already belongs to somebody who works here.") % {"email": email}) from error


@transaction.atomic
def change_staff(person: User, *, name: str, is_admin: bool, by: User) -> User:
    """Change what ``person`` is called and whether they are an admin. The last admin stays one."""
    if person.is_admin and not is_admin:
        _keep_an_admin(person)
    person.name, person.is_admin = name, is_admin
    person.save(update_fields=["name", "is_admin"])
    return person


@transaction.atomic
def deactivate(person: User, *, by: User) -> None:
    """End ``person``'s access: every session and, with their account, every API token.

    What they did stays under their name. Refuses the last admin, and yourself.
    """
    if person == by:
        raise NotYourself(_("You can’t deactivate yourself. Ask another admin to."))
    _keep_an_admin(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)


def reactivate(person: User, *, by: User) -> None:
    """Let ``person`` sign in again, with the password they had. Earlier sessions stay ended."""
    person.is_active = True
    person.save(update_fields=["is_active"])


def remove_second_factor(person: User, *, by: User) -> None:
    """Let ``person``, who lost phone and codes, in by password alone until they set up another. Refuses yourself.

    Your own is turned off on your own page, which asks first whether it is still you.
    """
    if person == by:
        raise NotYourself(_("Turn your own second factor off on its own page, in the menu under your initials."))
    Authenticator.objects.filter(user=person).delete()


def change_company(
    company: Company,
    *,
    name: str,
    zone: str,
    working_days: str,
    holidays: list[str],
    reply_to: str,
    privacy_contact: str,
    retention_days: int,
) -> Company:
    """Change what the company is called and how its days count. Promises made before keep the days they had.

    ``holidays`` are ISO dates; ``working_days`` the digits of the weekdays, Monday 0.
    """
    company.name, company.zone, company.working_days = name, zone, working_days
    company.holidays = sorted(set(holidays))
    company.reply_to, company.privacy_contact, company.retention_days = reply_to, privacy_contact, retention_days
    company.save()
    return company


def _keep_an_admin(leaving: User) -> None:
    # Locked in order of id: two admins deactivating each other take turns, and the second is refused.
    admins = User.objects.select_for_update().filter(is_admin=True, is_active=True).order_by("pk")
    if not [admin for admin in admins if admin.pk != leaving.pk]:
        raise LastAdmin(
            _("%(name)s is the only admin who can sign in. Make somebody else an admin first.") % {"name": leaving}
        )


def _end_sessions(person: User) -> None:
    # Sessions carry their user inside, unindexed; a company's staff is few enough to look through them all.
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
