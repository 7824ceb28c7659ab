"""The one vocabulary of what happens to an application: the timeline, the audit log and the statistics read it."""

from django.utils.translation import gettext_lazy as _

from hiring.lib.actors import Actor
from hiring.pipeline.models import Application, Event, Remark

VERBS = {
    "application_added": _("Added to the pipeline"),
    "document_received": _("Sent a document"),
    "document_failed": _("A document could not be shown"),
    "candidates_merged": _("Found to be the same person as another candidate"),
    "candidate_kept_in_mind": _("Kept in mind for a later job"),
    "candidate_let_go": _("Taken out of the talent pool"),
    "application_held": _("Put on hold"),
    "application_resumed": _("Taken off hold"),
    "application_received": _("Applied"),
    "application_repeated": _("Applied again; told that we have it"),
    "stage_not_begun": _("The first stage could not begin by itself"),
    "application_advanced": _("Moved on"),
    "stage_skipped": _("Moved on without the stage’s gate"),
    "application_rejected": _("Not moving forward"),
    "application_withdrawn": _("Withdrew"),
    "application_hired": _("Hired"),
    "application_reopened": _("Opened again"),
    "decision_made": _("Decided"),
    "decision_undone": _("Decision undone"),
    "promise_lapsing": _("The team was told that the promised answer is due"),
    "promise_renewed": _("Told that we need longer"),
    "interview_invited": _("Invited to the one-way interview"),
    "invitation_resent": _("Invitation sent again"),
    "candidate_reminded": _("Reminded"),
    "deadline_extended": _("Given more time"),
    "message_resent": _("Message sent again"),
    "link_revoked": _("Link revoked"),
    "link_renewed": _("New link sent"),
    "link_entered": _("Opened their link"),
    "device_signed_out": _("Signed out a device"),
    "consent_given": _("Agreed to be recorded"),
    "interview_started": _("Began recording"),
    "answer_received": _("An answer arrived"),
    "answer_playable": _("An answer can be watched"),
    "answer_failed": _("An answer could not be prepared"),
    "answer_retried": _("Asked for an answer to be prepared again"),
    "interview_submitted": _("Handed in the answers"),
    "reviewer_assigned": _("Reviewer assigned"),
    "reviewer_released": _("Reviewer released"),
    "scorecard_submitted": _("Scorecard handed in"),
    "live_round_offered": _("Invited to choose a time"),
    "no_times_found": _("Found no free time"),
    "booking_confirmed": _("Booked a time"),
    "booking_moved": _("Moved the booking"),
    "booking_cancelled": _("Called the booking off"),
    "booking_missed": _("Somebody did not come"),
}


def record(application: Application, verb: str, *, by: Actor, remark: str = "", **details: object) -> Event:
    """Add ``verb`` to the history of ``application``. ``details`` holds ids and counts, never personal data; words that
    somebody typed are a ``remark``.

    Raises ``KeyError`` for a verb that is not in the vocabulary.
    """
    VERBS[verb]
    event = Event.objects.create(
        application=application, verb=verb, actor_kind=by.actor_kind, actor_id=by.actor_id, details=details
    )
    if remark:
        Remark.objects.create(event=event, text=remark)
    return event
