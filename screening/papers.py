"""What somebody applied with, for pages that speak of the whole application: documents, answers, who they may be."""

from dataclasses import dataclass

from django.urls import reverse

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from screening import knockouts, queries, suspects
from screening.models import Document, KnockoutAnswer
from screening.suspects import Suspect


@dataclass(frozen=True)
class Papers:
    """``queue_url`` is empty unless the application waits to be read."""

    documents: list[Document]
    answers: list[tuple[KnockoutAnswer, str]]
    duplicates: list[Suspect]
    queue_url: str


def of(application: Application, user: User) -> Papers:
    """For ``user``, who oversees ``application``. At most four queries."""
    waits = application.stage.kind == queries.KIND and application.outcome is None
    return Papers(
        documents=queries.documents(application),
        answers=knockouts.said(queries.answers(application)),
        duplicates=suspects.suspects(application.candidate, user),
        queue_url=f"{reverse('reviewer:screening:queue', args=[application.stage_id])}?application={application.pk}"
        if waits
        else "",
    )
