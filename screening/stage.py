"""What the pipeline asks of the résumé review."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring.accounts.models import User
from hiring.lib.actors import Actor
from hiring.pipeline.models import Application, JobStage
from hiring.pipeline.stages import Material, Step
from hiring.pipeline.transitions import Move
from screening.models import Document


class ScreeningStage:
    kind = "screening"
    is_scored = False
    name = gettext_lazy("Résumé review")

    def open(self, application: Application, *, by: Actor, note: str = "") -> None:
        """It waits to be read from now on: its stay says so."""

    def check(self, application: Application) -> None:
        """Nothing here is a gate: a person has read it, and says so by moving it on."""

    def close(self, application: Application, step: Move, *, by: Actor) -> None:
        """Whoever stands elsewhere is not in the queue any more."""

    def next_step(self, application: Application) -> Step | None:
        """Nothing to do for the candidate, and that is said; what could not be read is said too."""
        if application.outcome is not None:
            return None
        newest = application.documents.order_by("-created_at").first()
        if newest is not None and newest.state == Document.State.FAILED:
            return Step(
                title=_("We cannot read your document"),
                text=_("Your application is with us and waits. Please send another copy, a PDF for example."),
                url=reverse("candidate:screening:documents"),
                action=_("Send another copy"),
            )
        return Step(
            title=_("We have your application"),
            text=_(
                "There is nothing you need to do. A person reads every application; you will hear from us either way."
            ),
        )

    def promise(self, stage: JobStage) -> str:
        return _("People read your application. No machine decides.")

    def met_by(self, user: User) -> QuerySet[Application]:
        """Nobody: people are read here."""
        return Application.objects.none()

    def materials(self, application: Application) -> list[Material]:
        """The newest document that can be read."""
        newest = application.documents.filter(state=Document.State.READY).order_by("-created_at").first()
        if newest is None:
            return []
        pages = ngettext("%(n)d page", "%(n)d pages", newest.pages) % {"n": newest.pages} if newest.pages else ""
        url = reverse("reviewer:screening:document", args=[newest.pk])
        return [Material(newest.get_kind_display(), pages, url, part="document", styles="css/screening.css")]
