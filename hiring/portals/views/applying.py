"""Applying, for anybody. Whatever becomes of it, the page after it is the same: it never tells who applied before."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hiring.lib.errors import Refusal
from hiring.pipeline.models import Job
from hiring.portals import applying, roadmap
from hiring.portals.application_form import ApplicationForm
from hiring.portals.views.public import gone, in_company_time

TOO_MANY = 429


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_company_time
def application(request: HttpRequest, slug: str) -> HttpResponse:
    job = Job.objects.public().filter(slug=slug).first()
    if job is None:
        return gone(request, Job.objects.filter(slug=slug).first())
    if request.method != "POST":
        return _form(request, job, ApplicationForm(job=job, initial={"source": request.GET.get("source", "")}))
    if not ratelimit.consume(request, action="apply"):
        typed = ApplicationForm(job=job, initial=request.POST.dict())  # shown again, and nobody looks at another file
        return _form(request, job, typed, status=TOO_MANY)
    form = ApplicationForm(request.POST, request.FILES, job=job)
    if form.is_valid():
        try:
            applying.apply(job, form.sent)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("applied", slug=slug)
    return _form(request, job, form)


@require_safe
@in_company_time
def received(request: HttpRequest, slug: str) -> HttpResponse:
    job = Job.objects.public().filter(slug=slug).first()
    if job is None:
        return gone(request, Job.objects.filter(slug=slug).first())
    return render(request, "public/jobs/received.html", {"job": job, "road": roadmap.of(job)})


def _form(request: HttpRequest, job: Job, form: ApplicationForm, *, status: int = 200) -> HttpResponse:
    context = {"job": job, "form": form, "had_file": bool(request.FILES), "is_too_much": status == TOO_MANY}
    return render(request, "public/jobs/application.html", context, status=status)
