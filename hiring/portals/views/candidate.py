"""A candidate's way in, the page they come back to, and the browsers they are signed in with."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hiring.lib.errors import Refusal
from hiring.pipeline import links, operations, stages
from hiring.pipeline.access import CandidateRequest, candidate_required, let_in
from hiring.pipeline.devices import label
from hiring.pipeline.models import CandidateDevice, CandidateLink, Obligation
from hiring.portals import road
from hiring.portals.forms import WithdrawalForm
from interviews import locks, record_page, waiting
from interviews.models import Interview

LETTERS_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    link = links.find(token)
    if link is None or not links.is_open(link):
        return _ended(request, token, link)
    if request.method != "POST":  # mail scanners come this far: nothing may change
        return render(request, "candidate/enter.html", {"link": link, "application": link.application})
    waiting.learn_zone(link.application, request.POST.get("zone", ""))
    response = redirect("candidate:home")
    known = links.device_of(request.COOKIES.get(settings.CANDIDATE_COOKIE, ""))
    if known is None or known.link_id != link.pk:
        let_in(response, links.enter(link, label=label(request.headers.get("User-Agent", ""))))
    return response


@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    link = links.find(token)
    if link is not None and links.is_open(link):
        return redirect("candidate:enter", token)
    interview = _interview_behind(link)
    if link is None or interview is None:
        return _ended(request, token, link)
    try:
        waiting.renew_link(interview, by=link.application.candidate)
    except Refusal as refusal:
        return _ended(request, token, link, refusal=refusal)
    return render(request, "candidate/link_sent.html")


@require_safe
@candidate_required
def home(request: CandidateRequest) -> HttpResponse:
    application = request.application
    promised = application.obligations.owed().filter(kind=Obligation.Kind.DECISION).first()
    interview = application.interviews.filter(status__in=locks.OPEN).first()
    is_started = interview is not None and interview.status == Interview.Status.STARTED
    return render(
        request,
        "candidate/home.html",
        {
            "application": application,
            "step": stages.of(application).next_step(application),
            "stops": road.stops(application),
            "letters": road.letters(application)[:LETTERS_SHOWN],
            "promised": promised,
            "drain": record_page.for_draining(request, interview) if interview and is_started else None,
            "interview": interview,
            "may_take_more_time": interview is not None and waiting.may_take_more_time(interview),
        },
    )


@require_safe
@candidate_required
def letters(request: CandidateRequest) -> HttpResponse:
    context = {"application": request.application, "letters": road.letters(request.application)}
    return render(request, "candidate/letters.html", context)


@require_safe
@candidate_required
def letter(request: CandidateRequest, pk: UUID) -> HttpResponse:
    message = get_object_or_404(road.letters(request.application), pk=pk)
    return render(request, "candidate/letter.html", {"letter": message, "text": road.text(message)})


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def withdrawal(request: CandidateRequest) -> HttpResponse:
    application = request.application
    if application.outcome is not None:
        return redirect("candidate:home")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.withdraw(application, by=application.candidate, reason=form.cleaned_data["reason"])
        return redirect("candidate:home")
    return render(request, "candidate/withdrawal.html", {"application": application, "form": form})


@require_safe
@candidate_required
def devices(request: CandidateRequest) -> HttpResponse:
    known = CandidateDevice.objects.for_candidate(request.application)
    listed = sorted(known, key=lambda device: device != request.device)  # this one first, then as they were used
    return render(request, "candidate/devices.html", {"application": request.application, "devices": listed})


@require_POST
@candidate_required
def device_removal(request: CandidateRequest, pk: UUID) -> HttpResponse:
    theirs = CandidateDevice.objects.for_candidate(request.application).select_related("link__application")
    device = get_object_or_404(theirs, pk=pk)
    links.sign_out(device, by=request.application.candidate)
    if device == request.device:
        response = redirect("candidate:home")
        response.delete_cookie(settings.CANDIDATE_COOKIE)
        return response
    messages.success(request, _("%(device)s is signed out.") % {"device": device.label})
    return redirect("candidate:devices")


@require_POST
@candidate_required
def other_devices_removal(request: CandidateRequest) -> HttpResponse:
    ended = links.sign_out_others(request.device, by=request.application.candidate)
    said = ngettext("One other device is signed out.", "%(n)d other devices are signed out.", ended) % {"n": ended}
    messages.success(request, said if ended else _("No other device was signed in."))
    return redirect("candidate:devices")


def _ended(
    request: HttpRequest, token: str, link: CandidateLink | None, *, refusal: Refusal | None = None
) -> HttpResponse:
    """Why this link opens nothing, and what to do; the same status whatever the reason."""
    reason = "unknown" if link is None else "revoked" if link.revoked_at else "expired"
    may_renew = refusal is None and _interview_behind(link) is not None
    words = {"reason": reason, "token": token, "may_renew": may_renew, "refusal": refusal}
    return render(request, "candidate/link_ended.html", words, status=404)


def _interview_behind(link: CandidateLink | None) -> Interview | None:
    """The interview an ended link was for, while there is still something to come back to."""
    if link is None or link.application.outcome is not None:
        return None
    return Interview.objects.for_candidate(link.application).first()
