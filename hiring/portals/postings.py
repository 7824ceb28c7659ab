"""Open jobs elsewhere: what search engines read on a job's page, a feed of them all, a frame in another site."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from hiring.accounts.models import Company
from hiring.lib import prose
from hiring.pipeline.models import Job

IN_FEED = 50


def newest() -> QuerySet[Job]:
    """The open jobs a feed or a frame lists."""
    return Job.objects.public().order_by("-published_at")[:IN_FEED]


def snippet() -> str:
    """What shows the open jobs in another site: HTML to paste."""
    source, title = f"{settings.BASE_URL}{reverse('embed')}", escape(_("Open jobs"))
    return f'<iframe src="{source}" title="{title}" width="100%" height="600" style="border: 0"></iframe>'


def address(job: Job) -> str:
    """The whole address of ``job``'s page."""
    return f"{settings.BASE_URL}{reverse('job', args=[job.slug])}"


def structured(job: Job) -> dict[str, Any]:
    """``job`` as schema.org's ``JobPosting``, for a public job. What we do not know is left out rather than guessed."""
    company = Company.objects.current()
    known: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": str(prose.render(job.description)),
        "datePosted": job.published_at.isoformat() if job.published_at else None,
        "url": address(job),
        "directApply": True,
        "identifier": {"@type": "PropertyValue", "name": company.name if company else "Callback", "value": str(job.pk)},
        "hiringOrganization": {
            "@type": "Organization",
            "name": company.name if company else "Callback",
            "sameAs": settings.BASE_URL,
        },
    }
    if job.location:
        place = {"@type": "PostalAddress", "addressLocality": job.location}
        known["jobLocation"] = {"@type": "Place", "address": place}
    return known


def feed() -> str:
    """The newest open jobs as RSS 2.0."""
    company = Company.objects.current()
    name = company.name if company else "Callback"
    made = Rss201rev2Feed(
        title=_("Open jobs at %(company)s") % {"company": name},
        link=f"{settings.BASE_URL}/",
        description=_("Every job %(company)s is hiring for, the newest first.") % {"company": name},
        feed_url=f"{settings.BASE_URL}{reverse('feed')}",
    )
    for job in newest():
        made.add_item(
            title=job.title,
            link=address(job),
            description=str(prose.render(job.description)),
            unique_id=str(job.pk),
            unique_id_is_permalink=False,
            pubdate=job.published_at,
            categories=[job.location] if job.location else (),
        )
    return str(made.writeString("utf-8"))
