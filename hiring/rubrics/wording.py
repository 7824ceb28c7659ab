"""What the script of a scorecard's page says: how the draft stands, and what to do when it stands in two places."""

from django.utils.translation import gettext as _

from hiring.rubrics.models import Scorecard


def card_strings() -> dict[str, str]:
    """The words, by the names the script knows them by; ``%s`` is what it puts in."""
    return {
        "saved": _("Saved %s"),
        "saving": _("Saving…"),
        "offline": _("No connection. Kept on this device, and sent when you are back."),
        "signedOut": _("You are signed out. Your draft is kept on this device: sign in, and load this page again."),
        "refused": _("Not saved: %s"),
        "gone": _("This card can no longer be changed. Load the page again to see it as it is."),
        "conflict": _("Changed in two places: choose below"),
        "mine": _("Here: %s"),
        "theirs": _("There: %s"),
        "noEvidence": _("no evidence"),
        "reason": _("Reason"),
        "recommendation": _("Recommendation"),
        **{f"recommendation-{value}": str(label) for value, label in Scorecard.Recommendation.choices},
        "progress": _("%s of %s scored"),
    }
