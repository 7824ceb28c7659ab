"""One question, in a draft or in the bank: its words and limits, its anchors, its place."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, admin_required
from hiring.rubrics import drafts, questions
from hiring.rubrics.forms.anchors import AnchorsForm
from hiring.rubrics.forms.questions import BankQuestionForm, QuestionForm, start
from hiring.rubrics.models import Question, QuestionSet

STEPS = {"up": -1, "down": 1}


@admin_required
@require_http_methods(["GET", "POST"])
def add(request: ReviewerRequest, pk: UUID | None = None) -> HttpResponse:
    question_set = get_object_or_404(QuestionSet, pk=pk) if pk else None
    draft = drafts.of(question_set) if question_set else None
    if question_set and draft is None:
        return no_draft(request, question_set.pk)
    form = (QuestionForm if question_set else BankQuestionForm)(request.POST or None)
    if form.is_valid():
        with transaction.atomic():  # a new competency is not kept without its question
            made = questions.add(form.content(), to=draft)
        return redirect("reviewer:rubrics:anchors", made.pk)
    return render(
        request,
        "reviewer/rubrics/question.html",
        {"set": question_set, "form": form, "is_new": True},
        status=422 if form.errors else 200,
    )


@admin_required
@require_http_methods(["GET", "POST"])
def edit(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question = _found(pk)
    if question.version is not None and question.version.published_at is not None:
        return no_draft(request, question.version.question_set_id)
    kind = QuestionForm if question.version else BankQuestionForm
    form, conflict = kind(request.POST or None, initial=start(question)), False
    if form.is_valid():
        try:
            with transaction.atomic():
                edited = questions.edit(question, form.content(), revision=form.cleaned_data["revision"] or 0)
        except drafts.EditedMeanwhile:
            form.show_both(start(question), revision=question.revision)
            conflict = True
        else:
            return redirect("reviewer:rubrics:anchors", edited.pk) if "anchors" in request.POST else _back(edited)
    return render(
        request,
        "reviewer/rubrics/question.html",
        {"set": _set_of(question), "question": question, "form": form, "conflict": conflict},
        status=409 if conflict else 422 if form.errors else 200,
    )


@admin_required
@require_http_methods(["GET", "POST"])
def anchors(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question = _found(pk)
    if question.version is not None and question.version.published_at is not None:
        return no_draft(request, question.version.question_set_id)
    form, conflict = AnchorsForm(request.POST or None, question=question), False
    if form.is_valid():
        try:
            questions.describe_levels(question, form.texts(), revision=form.cleaned_data["revision"])
        except drafts.EditedMeanwhile:
            form.show_both(form.saved, revision=question.revision)
            conflict = True
        else:
            messages.success(request, _("The anchors are saved."))
            return _back(question)
    return render(
        request,
        "reviewer/rubrics/anchors.html",
        {"set": _set_of(question), "question": question, "form": form, "conflict": conflict},
        status=409 if conflict else 422 if form.errors else 200,
    )


@admin_required
@require_POST
def position(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    steps = STEPS.get(request.POST.get("to", ""))
    question = get_object_or_404(Question, pk=pk, version__isnull=False)
    if steps is None:
        raise Http404
    return _back(questions.move(question, steps=steps))


@admin_required
@require_POST
def remove(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question = get_object_or_404(Question, pk=pk)
    questions.remove(question)
    messages.success(request, _("The question is out of this draft."))
    return _back(question)


@admin_required
@require_POST
def to_bank(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    saved = questions.save_to_bank(get_object_or_404(Question, pk=pk))
    messages.success(request, _("Saved to the bank. Say for which roles it is good, so that others find it."))
    return redirect("reviewer:rubrics:question", saved.pk)


@admin_required
@require_POST
def archive(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    question = get_object_or_404(Question, pk=pk, version=None)
    if request.POST.get("archived") == "no":
        questions.unarchive(question)
        messages.success(request, _("The question is back in the bank."))
    else:
        questions.archive(question)
        messages.success(request, _("The question is archived. Sets that use it keep it."))
    return redirect("reviewer:rubrics:bank")


def no_draft(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    """Back to the set ``pk``, which has nothing to change; refused here, where going back would come here again."""
    messages.error(request, _("This set has no draft. Start a new draft to change something."))
    return redirect("reviewer:rubrics:set", pk)


def _found(pk: UUID) -> Question:
    return get_object_or_404(Question.objects.select_related("version__question_set"), pk=pk)


def _set_of(question: Question) -> QuestionSet | None:
    return question.version.question_set if question.version else None


def _back(question: Question) -> HttpResponse:
    if question.version is None:
        return redirect("reviewer:rubrics:bank")
    return redirect("reviewer:rubrics:set", question.version.question_set_id)
