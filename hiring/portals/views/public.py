"""Pages for anybody who comes by: the jobs there are, and what happens to those who apply."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from hiring.accounts.models import User
from hiring.lib import pages
from hiring.pipeline import promises
from hiring.pipeline.models import Candidate, Job
from hiring.portals import postings, roadmap

P = ParamSpec("P")
OTHERS = 5


def in_company_time(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Days on the page are the company's: it is the company that promises them."""

    @wraps(view)
    def told(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with timezone.override(promises.zone_of(Candidate())):
            return view(request, *args, **kwargs)

    return told


@require_safe
@in_company_time
def front(request: HttpRequest) -> HttpResponse:
    found = pages.page(Job.objects.public(), cursor=request.GET.get("cursor", ""))
    return render(request, "public/front.html", {"jobs": found})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(postings.feed(), content_type="application/rss+xml; charset=utf-8")


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # nothing is done here and nobody is known: only links that leave the frame
@in_company_time
def embed(request: HttpRequest) -> HttpResponse:
    """The open jobs within the company's own site."""
    return render(request, "public/embed.html", {"jobs": postings.newest()})


@require_safe
@in_company_time
def job(request: HttpRequest, slug: str) -> HttpResponse:
    found = Job.objects.filter(slug=slug).first()
    if found is None or not may_read(request, found):
        return gone(request, found)
    context = {
        "job": found,
        "road": roadmap.of(found),
        "is_public": found.is_public,
        "source": request.GET.get("source", ""),
    }
    return render(request, "public/jobs/job.html", context)


def may_read(request: HttpRequest, job: Job) -> bool:
    """Whoever works on a job sees its page before it is published, and after."""
    if job.is_public:
        return True
    user = request.user
    return isinstance(user, User) and Job.objects.for_reviewer(user).filter(pk=job.pk).exists()


def gone(request: HttpRequest, job: Job | None) -> HttpResponse:
    """What somebody finds who comes too late, or to a job that is not there: the others. A draft is not there."""
    closed = job if job is not None and job.archived_at and job.published_at else None
    context = {"job": closed, "others": Job.objects.public().order_by("-published_at")[:OTHERS]}
    return render(request, "public/jobs/gone.html", context, status=410 if closed else 404)
