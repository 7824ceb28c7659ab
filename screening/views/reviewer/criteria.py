"""What a résumé review looks for, and what everybody is asked when they apply."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline.models import JobStage
from screening import criteria as setup
from screening import knockouts, queries
from screening.forms import CriterionForm, QuestionForm
from screening.models import Criterion, KnockoutQuestion

PAGE = "reviewer/screening/criteria.html"


@reviewer_required
@require_http_methods(["GET", "HEAD", "POST"])
def criteria(request: ReviewerRequest, stage: UUID) -> HttpResponse:
    review = _review(request, stage)
    form = CriterionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        setup.add_criterion(review, **form.cleaned_data)
        return redirect("reviewer:screening:criteria", stage)
    return _page(request, review, criterion_form=form)


@reviewer_required
@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    row = get_object_or_404(Criterion.objects.filter(archived_at__isnull=True), pk=pk, stage=review)
    form = CriterionForm(request.POST or None, initial={"text": row.text, "need": row.need, "terms": row.terms})
    if request.method == "POST" and form.is_valid():
        setup.change_criterion(row, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("reviewer:screening:criteria", stage)
    return render(request, "reviewer/screening/criterion.html", {"stage": review, "form": form, "row": row})


@reviewer_required
@require_POST
def criterion_removal(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    row = get_object_or_404(Criterion, pk=pk, stage=_review(request, stage))
    setup.retire_criterion(row)
    messages.success(request, _("“%(text)s” is looked for no more.") % {"text": row})
    return redirect("reviewer:screening:criteria", stage)


@reviewer_required
@require_POST
def question_new(request: ReviewerRequest, stage: UUID) -> HttpResponse:
    review = _review(request, stage)
    form = QuestionForm(request.POST)
    if form.is_valid():
        setup.add_question(review, **form.as_row())
        return redirect("reviewer:screening:criteria", stage)
    return _page(request, review, question_form=form)


@reviewer_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    row = get_object_or_404(KnockoutQuestion.objects.filter(archived_at__isnull=True), pk=pk, stage=review)
    form = QuestionForm(request.POST or None, initial=QuestionForm.said_by(row))
    if request.method == "POST" and form.is_valid():
        setup.change_question(row, **form.as_row())
        messages.success(request, _("Saved."))
        return redirect("reviewer:screening:criteria", stage)
    return render(request, "reviewer/screening/question.html", {"stage": review, "form": form, "row": row})


@reviewer_required
@require_POST
def question_removal(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    row = get_object_or_404(KnockoutQuestion, pk=pk, stage=_review(request, stage))
    setup.retire_question(row)
    messages.success(request, _("“%(text)s” is asked no more.") % {"text": row})
    return redirect("reviewer:screening:criteria", stage)


def _review(request: ReviewerRequest, stage: UUID) -> JobStage:
    return get_object_or_404(queries.managed_stages(request.user), pk=stage)


def _page(
    request: ReviewerRequest,
    review: JobStage,
    criterion_form: CriterionForm | None = None,
    question_form: QuestionForm | None = None,
) -> HttpResponse:
    context = {
        "stage": review,
        "criteria": queries.criteria(review),
        "questions": knockouts.described(review),
        "criterion_form": criterion_form or CriterionForm(),
        "question_form": question_form or QuestionForm(auto_id="question_%s"),
    }
    return render(request, PAGE, context)
