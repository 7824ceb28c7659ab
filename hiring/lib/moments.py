"""A moment in words people read, in the zone that is current and with that zone named."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring.lib import clock


def moment(at: datetime) -> str:
    """``Saturday 28 November 2026, 23:59 (Paris time)``."""
    return _("%(moment)s (%(zone)s)") % {
        "moment": date_format(timezone.localtime(at), pgettext("date format", "l j F Y, H:i")),
        "zone": zone(),
    }


def day(at: datetime) -> str:
    """``Saturday 28 November 2026``: for promises, where the hour would say more than is meant."""
    return date_format(timezone.localtime(at), pgettext("date format", "l j F Y"))


def zone() -> str:
    """What the current zone is called: ``Paris time``; ``UTC`` has no city."""
    name = timezone.get_current_timezone_name()
    return name if name == "UTC" else _("%(city)s time") % {"city": clock.zone_label(name)}
