"""Who still owes a card: to them others' opinions do not exist."""

from uuid import UUID

from hiring.accounts.models import User
from hiring.rubrics.models import ReviewAssignment, Scorecard


def owed(user: User) -> set[UUID]:
    """The applications ``user`` is asked to score something of, and has not yet. One query."""
    asked = ReviewAssignment.objects.standing().filter(reviewer=user)
    rows = asked.exclude(assessment__scorecards__in=Scorecard.objects.submitted().of(user)).values_list(
        "assessment__interview__application", "assessment__booking__offer__application"
    )
    return {application for row in rows for application in row if application is not None}
