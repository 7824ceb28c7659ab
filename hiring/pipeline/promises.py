"""What we promised a candidate, and by when: business days are the company's, read in its own zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from hiring.accounts.models import Company
from hiring.lib import clock
from hiring.pipeline.models import Application, Candidate, Job, Obligation


def zone_of(candidate: Candidate) -> ZoneInfo:
    """The zone a candidate's times are told in: their own once a browser told us, the company's until then."""
    if candidate.zone:
        return ZoneInfo(candidate.zone)
    company = Company.objects.current()
    return ZoneInfo(company.zone if company else "UTC")


def decision_due(job: Job, since: datetime) -> datetime:
    """The end of the last of ``job``'s business days to decide in, counted from the company's day of ``since``."""
    company = Company.objects.current() or Company()
    zone = ZoneInfo(company.zone)
    last = clock.business_days_after(
        since.astimezone(zone).date(),
        job.decision_days,
        working_days={int(day) for day in company.working_days if day.isdigit()},
        holidays={date.fromisoformat(day) for day in company.holidays},
    )
    return clock.end_of_day(last, zone)


def promise_decision(application: Application, *, since: datetime) -> Obligation:
    """Owe ``application`` a decision; one that is owed already stays as it was promised."""
    owed = Obligation.objects.owed().filter(application=application, kind=Obligation.Kind.DECISION).first()
    if owed is not None:
        return owed
    return Obligation.objects.create(
        application=application, kind=Obligation.Kind.DECISION, due_at=decision_due(application.job, since)
    )


def keep(application: Application) -> None:
    """What we owed ``application`` has happened: they hear how it goes on."""
    Obligation.objects.owed().filter(application=application).update(kept_at=timezone.now())
