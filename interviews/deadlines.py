"""How long an interview is open. Generous by rule: only ever later, and what began in time is accepted."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hiring.lib import clock
from interviews.models import Interview

SENDING = timedelta(hours=24)  # after the deadline: for recordings that began in time, and for pressing the button
BETWEEN_REMINDERS = timedelta(hours=20)  # "once a day", whatever the hour
READING = timedelta(days=30)  # after the deadline: for the link to show how it stands


def of(invited_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The end of the last day to answer, where the candidate is."""
    return clock.end_of_day_after(invited_at, days, zone)


def link_expiry(deadline: datetime) -> datetime:
    return deadline + READING


def is_open(interview: Interview, now: datetime) -> bool:
    """Whether a recording may begin at ``now``."""
    return now <= interview.deadline_at


def may_send(interview: Interview, now: datetime) -> bool:
    """Whether the answers may be handed in at ``now``."""
    return now <= interview.deadline_at + SENDING
