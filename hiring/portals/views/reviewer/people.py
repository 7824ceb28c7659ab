from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts import operations as accounts
from hiring.accounts.access import ReviewerRequest, admin_required
from hiring.accounts.forms import PersonForm, StaffForm
from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail.models import Message
from hiring.portals import operations


@admin_required
@require_http_methods(["GET", "POST"])
def people(request: ReviewerRequest) -> HttpResponse:
    form = StaffForm(request.POST or None)
    if form.is_valid():
        try:
            person = operations.add_colleague(**form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s is added. %(how)s") % {"name": person, "how": _how_they_know()})
            return redirect("reviewer:person", pk=person.pk)
    everybody = User.objects.order_by("-is_active", "name").prefetch_related("memberships__job")
    return render(request, "reviewer/people/list.html", {"people": everybody, "form": form})


@admin_required
@require_http_methods(["GET", "POST"])
def person(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST or None, initial={"name": found.name, "is_admin": found.is_admin})
    if form.is_valid():
        try:
            accounts.change_staff(found, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("reviewer:people")
    told = Message.objects.filter(to_email=found.email, about__isnull=True)[:10]
    context = {
        "person": found,
        "form": form,
        "memberships": found.memberships.select_related("job"),
        "told": told,
        "has_second_factor": is_mfa_enabled(found),
    }
    return render(request, "reviewer/people/person.html", context)


@admin_required
@require_POST
def password(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(User.objects.filter(is_active=True), pk=pk)
    operations.send_password_link(found, by=request.user)
    messages.success(request, _how_they_know())
    return redirect("reviewer:person", pk=pk)


@admin_required
@require_POST
def deactivation(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    accounts.deactivate(found, by=request.user)
    messages.success(request, _("%(name)s can no longer sign in, from this moment on.") % {"name": found})
    return redirect("reviewer:people")


@admin_required
@require_POST
def reactivation(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    accounts.reactivate(found, by=request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": found})
    return redirect("reviewer:people")


@admin_required
@require_POST
def second_factor_removal(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    accounts.remove_second_factor(found, by=request.user)
    messages.success(request, _("%(name)s signs in with their password alone now.") % {"name": found})
    return redirect("reviewer:person", pk=pk)


def _how_they_know() -> str:
    if settings.EMAIL_URL:
        return _("A mail with a link to set their password is on its way; it works for three days.")
    return _(
        "There is no mail server yet: open the message below and pass the link on yourself; it works for three days."
    )
