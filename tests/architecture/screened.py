"""A résumé review in the world of all routes: somebody waits with a document, somebody else was just decided about."""

from typing import Any

from hiring.accounts.models import User
from hiring.pipeline import decisions
from hiring.pipeline.models import Decision, Job, JobMember, JobStage
from screening.models import Criterion, Document, KnockoutQuestion
from tests import factories


def places(like: Job, *, by: User) -> dict[str, dict[str, Any]]:
    """The arguments of its routes, in a job with the same people as ``like``."""
    job = Job.objects.create(title="Read first", slug="read-first")
    JobMember.objects.bulk_create(JobMember(job=job, user=one.user, role=one.role) for one in like.members.all())
    stage = JobStage.objects.create(job=job, position=1, kind="screening", name="Résumé review")
    waiting = factories.placed(factories.candidate("Sophie Germain"), stage)
    decided = factories.placed(factories.candidate("Niels Abel"), stage)
    decision = decisions.decide(decided, Decision.Outcome.REJECTED, by=by, reason=factories.reason())
    document = Document.objects.create(
        application=waiting, name="cv.pdf", media_type="application/pdf", bytes=1, sha256="0", state="ready", pages=1
    )
    criterion = Criterion.objects.create(stage=stage, text="Has led a team", terms="led")
    question = KnockoutQuestion.objects.create(stage=stage, text="May you work in France?", flags_when=["no"])
    return {
        "review": {"stage": stage.pk},
        "reviewed": {"stage": stage.pk, "pk": waiting.pk},
        "review decision": {"stage": stage.pk, "pk": decision.pk},
        "criterion": {"stage": stage.pk, "pk": criterion.pk},
        "knock-out": {"stage": stage.pk, "pk": question.pk},
        "document": {"pk": document.pk},
        "document owner": {"pk": waiting.pk},
        "two candidates": {"pk": waiting.candidate_id, "other": decided.candidate_id},
    }
