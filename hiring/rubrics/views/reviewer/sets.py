"""Question sets: the list, one set with its draft beside what is published, publishing, cloning, archiving."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, admin_required, reviewer_required
from hiring.lib.errors import Refusal
from hiring.lib.htmx import fragment
from hiring.rubrics import drafts, queries, questions, sets, starter
from hiring.rubrics.forms.questions import LimitsForm
from hiring.rubrics.forms.sets import CloneForm, DetailsForm, PickForm, RevisionForm, SetForm
from hiring.rubrics.models import QuestionSet
from hiring.rubrics.views.reviewer import bank
from hiring.rubrics.views.reviewer.questions import no_draft


@reviewer_required
@require_GET
def list_sets(request: ReviewerRequest) -> HttpResponse:
    archived = request.GET.get("status") == "archived"
    page = Paginator(queries.sets(archived=archived), queries.PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "reviewer/rubrics/sets.html",
        {"rows": [queries.set_row(each) for each in page], "page": page, "archived": archived},
    )


@admin_required
@require_http_methods(["GET", "POST"])
def new(request: ReviewerRequest) -> HttpResponse:
    form = SetForm(request.POST or None)
    if form.is_valid():
        made = sets.create(form.cleaned_data["name"])
        return redirect("reviewer:rubrics:set", made.pk)
    return render(request, "reviewer/rubrics/set_new.html", {"form": form}, status=422 if form.errors else 200)


@admin_required
@require_POST
def example(request: ReviewerRequest) -> HttpResponse:
    made = starter.support_lead()
    messages.success(request, _("Here is an example. Change what does not fit your company, then publish it."))
    return redirect("reviewer:rubrics:set", made.pk)


@reviewer_required
@require_GET
def show(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question_set = get_object_or_404(QuestionSet, pk=pk)
    page = queries.set_page(question_set)
    return render(
        request,
        fragment("reviewer/rubrics/set.html", "versions", request),
        {
            "set": question_set,
            "page": page,
            "may_edit": request.user.is_admin,
            "many": questions.MANY_QUESTIONS,
            "most": questions.MOST_QUESTIONS,
        },
    )


@reviewer_required
@require_GET
def version(request: ReviewerRequest, pk: UUID, number: int) -> HttpResponse:
    found = get_object_or_404(queries.loaded(), question_set=pk, number=number, published_at__isnull=False)
    return render(
        request, "reviewer/rubrics/version.html", {"set": found.question_set, "rubric": queries.rubric(found)}
    )


@admin_required
@require_http_methods(["GET", "POST"])
def details(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question_set = get_object_or_404(QuestionSet, pk=pk)
    draft = drafts.of(question_set)
    intro = draft.intro if draft else ""
    form = DetailsForm(request.POST or None, initial={"name": question_set.name, "intro": intro, "seen": intro})
    conflict = False
    if form.is_valid():
        try:
            sets.describe(question_set, **form.cleaned_data)
        except drafts.EditedMeanwhile:
            form.show_both(intro)
            conflict = True
        else:
            return redirect("reviewer:rubrics:set", pk)
    return render(
        request,
        "reviewer/rubrics/set_details.html",
        {"set": question_set, "draft": draft, "form": form, "theirs": intro, "conflict": conflict},
        status=409 if conflict else 422 if form.errors else 200,
    )


@admin_required
@require_POST
def start_draft(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    sets.draft(get_object_or_404(QuestionSet, pk=pk))
    return redirect("reviewer:rubrics:set", pk)


@admin_required
@require_POST
def discard_draft(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    draft = drafts.of(get_object_or_404(QuestionSet, pk=pk))
    if draft is None:
        return no_draft(request, pk)
    sets.discard(draft)
    messages.success(request, _("The draft is gone. What is published is unchanged."))
    return redirect("reviewer:rubrics:set", pk)


@reviewer_required
@require_GET
def estimate(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    draft = drafts.of(get_object_or_404(QuestionSet, pk=pk))
    form = LimitsForm(request.GET)
    if draft is None or not form.is_valid():
        return HttpResponse(status=204)
    return render(
        request, "reviewer/rubrics/estimate.html", {"estimate": queries.estimate_with(draft, **form.cleaned_data)}
    )


@admin_required
@require_http_methods(["GET", "POST"])
def publication(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    draft = drafts.of(get_object_or_404(QuestionSet, pk=pk))
    if draft is None:
        return no_draft(request, pk)
    form = RevisionForm(request.POST or None)
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            sets.publish(draft, by=request.user, revision=form.cleaned_data["revision"])
        except (sets.Incomplete, drafts.EditedMeanwhile) as refused:
            refusal = refused
        else:
            messages.success(request, _("Published. Everybody invited from now on is asked these questions."))
            return redirect("reviewer:rubrics:set", pk)
    page = queries.set_page(draft.question_set)
    return render(
        request,
        "reviewer/rubrics/publication.html",
        {
            "set": draft.question_set,
            "page": page,
            "draft": page.draft,
            "gaps": sets.gaps_in(draft),
            "refusal": refusal,
            "many": questions.MANY_QUESTIONS,
        },
        status=409 if refusal else 200,
    )


@admin_required
@require_POST
def clone(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question_set = get_object_or_404(QuestionSet, pk=pk)
    form = CloneForm(request.POST, question_set=question_set)
    if not form.is_valid():
        raise Refusal(form.first_error())
    made = sets.clone(form.cleaned_data["version"], name=form.cleaned_data["name"])
    messages.success(request, _("This is your copy. The set it came from is unchanged."))
    return redirect("reviewer:rubrics:set", made.pk)


@admin_required
@require_POST
def archive(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question_set = get_object_or_404(QuestionSet, pk=pk)
    if request.POST.get("archived") == "no":
        sets.unarchive(question_set)
        messages.success(request, _("“%(name)s” is back on the list.") % {"name": question_set})
    else:
        sets.archive(question_set)
        messages.success(
            request, _("“%(name)s” is archived. Interviews already sent go on as they are.") % {"name": question_set}
        )
    return redirect("reviewer:rubrics:set", pk)


@admin_required
@require_http_methods(["GET", "POST"])
def from_bank(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    draft = drafts.of(get_object_or_404(QuestionSet, pk=pk))
    if draft is None:
        return no_draft(request, pk)
    form = PickForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        for question in form.cleaned_data["questions"]:
            questions.copy(question, to=draft)
        return redirect("reviewer:rubrics:set", pk)
    return render(
        request,
        "reviewer/rubrics/set_bank.html",
        {"set": draft.question_set, "form": form, **bank.listed(request, in_use=True)},
        status=422 if form.errors else 200,
    )
