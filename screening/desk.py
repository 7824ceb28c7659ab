"""All that the page of one application in a résumé review shows, gathered before the template runs."""

from dataclasses import dataclass

from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline import rules, transitions
from hiring.pipeline.forms import HoldForm
from hiring.pipeline.models import Application, JobStage
from screening import knockouts, queries, suspects, viewing
from screening.forms import DocumentForm, RejectForm
from screening.highlighting import Terms
from screening.models import Criterion, Document, KnockoutAnswer
from screening.queries import CriterionLine, Queue
from screening.suspects import Suspect


@dataclass(frozen=True)
class Asked:
    """What the address of the page says: which document, and what to search for."""

    document: str
    sought: str


@dataclass(frozen=True)
class Tally:
    """How far the reviewer's own marks are, and how many musts they found."""

    marked: int
    total: int
    musts: int
    musts_found: int


@dataclass(frozen=True)
class Desk:
    application: Application
    documents: list[Document]
    shown: viewing.Shown | None
    criteria: list[CriterionLine]
    tally: Tally
    answers: list[tuple[KnockoutAnswer, str]]
    following: JobStage | None
    may_manage: bool
    duplicates: list[Suspect]

    @property
    def here(self) -> str:
        """The address of this application's other documents, up to which one."""
        return f"?application={self.application.pk}&"

    @property
    def keep(self) -> list[tuple[str, str]]:
        """What a search within the document keeps of the address."""
        opened = [("document", str(self.shown.document.pk))] if self.shown else []
        return [("application", str(self.application.pk)), *opened]

    @property
    def needs(self) -> list[tuple[str, list[CriterionLine]]]:
        """The criteria by how much they matter."""
        groups = [
            (str(need.label), [line for line in self.criteria if line.criterion.need == need])
            for need in Criterion.Need
        ]
        return [group for group in groups if group[1]]

    @property
    def flags(self) -> int:
        return sum(answer.is_flagged for answer, _words in self.answers)


def desk(queue: Queue, asked: Asked, user: User) -> Desk | None:
    """The application that is open in ``queue`` for ``user``; ``None`` when nobody waits."""
    if queue.current is None:
        return None
    application = Application.objects.select_related("candidate", "job", "stage").get(pk=queue.current.pk)
    documents = queries.documents(application)
    chosen = next((each for each in documents if str(each.pk) == asked.document), next(iter(documents), None))
    criteria = lines(queue.stage, application, user, chosen)
    wanted = tuple(term for line in criteria for term in line.criterion.term_list)
    return Desk(
        application=application,
        documents=documents,
        shown=viewing.shown(chosen, by=user, terms=Terms(wanted, asked.sought)) if chosen else None,
        criteria=criteria,
        tally=_tally(criteria),
        answers=knockouts.said(queries.answers(application)),
        following=transitions.following(application),
        may_manage=rules.may_manage(user, application.job),
        duplicates=suspects.suspects(application.candidate, user),
    )


def beside(stage: JobStage, user: User) -> dict[str, object]:
    """What the queue's page shows whoever is open."""
    return {
        "undoable": queries.undoable(stage, user),
        "may_manage": rules.may_manage(user, stage.job),
        "hold_form": HoldForm(auto_id="hold_%s"),
        "reject_form": RejectForm(auto_id="reject_%s"),
        "document_form": DocumentForm(auto_id="add_%s"),
        "now": timezone.now(),
    }


def tally(stage: JobStage, application: Application, user: User) -> Tally:
    return _tally(lines(stage, application, user, None))


def lines(stage: JobStage, application: Application, user: User, document: Document | None) -> list[CriterionLine]:
    """The criteria of ``stage`` with what was found of each. Others' marks are there once one's own is made: what
    somebody else saw first is what one sees."""
    given = queries.marks(application)
    found = []
    for criterion in queries.criteria(stage):
        of_it = [mark for mark in given if mark.criterion_id == criterion.pk]
        own = next((mark.value for mark in of_it if mark.by_id == user.pk), "")
        others = [mark for mark in of_it if mark.by_id != user.pk] if own else []
        found.append(CriterionLine(criterion, own, others, viewing.hits(document, criterion.term_list)))
    return found


def _tally(criteria: list[CriterionLine]) -> Tally:
    musts = [line for line in criteria if line.criterion.need == Criterion.Need.MUST]
    return Tally(
        marked=sum(bool(line.own) for line in criteria),
        total=len(criteria),
        musts=len(musts),
        musts_found=sum(line.own == "yes" for line in musts),
    )
