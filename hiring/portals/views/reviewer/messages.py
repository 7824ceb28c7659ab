from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.mail import reading
from hiring.mail.models import Message
from hiring.pipeline import messages as told
from hiring.pipeline.models import Application
from hiring.portals import queries


@reviewer_required
@require_safe
def message(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(told.for_reviewer(request.user), pk=pk)
    application = queries.application_of(found)
    may_manage = _may_manage(request, found)
    context = {
        "message": found,
        "application": application,
        "text": told.shown(found, request.user),
        "link_url": reading.link_url(found.link) if found.link and may_manage else reading.staff_link(found),
        "may_manage": may_manage,
    }
    return render(request, "reviewer/messages/message.html", context)


@reviewer_required
@require_POST
def resending(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    managed = Application.objects.managed_by(request.user).values("pk")
    found = get_object_or_404(told.for_reviewer(request.user).filter(about__in=managed), pk=pk)
    again = told.send_again(found, by=request.user)
    messages.success(request, _("It goes out again."))
    return redirect("reviewer:message", pk=again.pk)


def _may_manage(request: ReviewerRequest, found: Message) -> bool:
    """Recruiters of the job and admins: they may see the candidate's own link, and send again."""
    application = queries.application_of(found)
    return application is not None and Application.objects.managed_by(request.user).contains(application)
