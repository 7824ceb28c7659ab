"""The company's own words for its messages: read as somebody would read them, tried out, saved."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, admin_required
from hiring.lib.errors import Refusal
from hiring.lib.htmx import fragment
from hiring.mail import wordings
from hiring.mail.letters import Letter
from hiring.mail.models import Message, OwnWording
from hiring.portals import letters as kinds
from hiring.portals.forms import LetterForm


@admin_required
@require_safe
def letters(request: ReviewerRequest) -> HttpResponse:
    own = wordings.own()
    rows = [_row(letter, own.get(letter.kind)) for letter in kinds.ALL.values()]
    return render(request, "reviewer/letters/list.html", {"rows": rows})


@admin_required
@require_http_methods(["GET", "POST"])
def letter(request: ReviewerRequest, kind: str) -> HttpResponse:
    found = _letter(kind)
    form = _form(request, found)
    if form.is_valid():
        try:
            wordings.change(found, form.wording, by=request.user, seen=form.cleaned_data["seen"])
        except wordings.WordingChanged as refusal:
            form.add_error(None, str(refusal))
            form.save_over(wordings.stamp(wordings.own_of(found)))
        else:
            messages.success(request, _("Saved. Messages written from now on say it this way."))
            return redirect("reviewer:letters")
    return _page(request, found, form)


@admin_required
@require_http_methods(["GET", "POST"])
def preview(request: ReviewerRequest, kind: str) -> HttpResponse:
    """What is typed, as somebody would read it. Keeps nothing."""
    found = _letter(kind)
    if request.method != "POST":
        return redirect("reviewer:letter", kind=kind)
    return _page(request, found, _form(request, found))


@admin_required
@require_http_methods(["GET", "POST"])
def test(request: ReviewerRequest, kind: str) -> HttpResponse:
    """Send what is typed to whoever asks, and keep it in the fields."""
    found = _letter(kind)
    if request.method != "POST":
        return redirect("reviewer:letter", kind=kind)
    form = _form(request, found)
    if form.is_valid():
        try:
            kinds.send_test(found, form.wording, form.application, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("A test goes to %(address)s.") % {"address": request.user.email})
    return _page(request, found, form)


@admin_required
@require_POST
def removal(request: ReviewerRequest, kind: str) -> HttpResponse:
    wordings.restore(_letter(kind))
    messages.success(request, _("The original words are back."))
    return redirect("reviewer:letter", kind=kind)


def _letter(kind: str) -> Letter:
    if kind not in kinds.ALL:
        raise Http404
    return kinds.ALL[kind]


def _row(found: Letter, own: OwnWording | None) -> dict[str, object]:
    return {"letter": found, "own": own, "is_used": own is not None and wordings.is_usable(found, own)}


def _form(request: ReviewerRequest, found: Letter) -> LetterForm:
    own = wordings.own_of(found)
    words = wordings.said_by(own) if own else found.wording
    initial = {"subject": words.subject, "text": words.text, "seen": wordings.stamp(own)}
    return LetterForm(request.POST or None, letter=found, initial=initial)


def _page(request: ReviewerRequest, found: Letter, form: LetterForm) -> HttpResponse:
    context = _reading(request, found, form)
    if not request.headers.get("HX-Request"):
        context |= _row(found, wordings.own_of(found)) | {
            "form": form,
            "sends_mail": bool(settings.EMAIL_URL),
            "tested": Message.objects.filter(kind="test", to_email=request.user.email).first(),
        }
    return render(request, fragment("reviewer/letters/letter.html", "preview", request), context)


def _reading(request: ReviewerRequest, found: Letter, form: LetterForm) -> dict[str, object]:
    """The letter as it would be read, or why it cannot be."""
    unreadable = [str(sentence) for name in ("subject", "text") for sentence in form.errors.get(name, [])]
    if unreadable:
        return {"unreadable": unreadable}
    wording = form.wording if form.is_bound else wordings.of(found)
    try:
        return {"reading": kinds.read(found, wording, form.application, by=request.user)}
    except kinds.NobodyInvited as refusal:
        return {"unreadable": [str(refusal)]}
