"""What a candidate sent us, whether we can read it, and sending something better."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hiring.lib.errors import Refusal
from hiring.pipeline.access import CandidateRequest, candidate_required
from screening import documents as intake
from screening.forms import DocumentForm
from screening.models import Document


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def documents(request: CandidateRequest) -> HttpResponse:
    application = request.application
    is_open = application.outcome is None
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if request.method == "POST" and is_open and form.is_valid():
        try:
            intake.add(application, form.cleaned_data["document"], by=application.candidate)
        except Refusal as refusal:
            form.add_error("document", str(refusal))
        else:
            messages.success(request, _("It is here. Thank you: whoever reads your application sees it first."))
            return redirect("candidate:screening:documents")
    sent = Document.objects.for_candidate(application)
    return render(request, "candidate/documents.html", {"documents": sent, "form": form, "is_open": is_open})
