"""Watching and scoring a handed-in interview: who is asked, what they save, what they hand in.

The rules of cards and of who may see them are ``hiring.rubrics``'s; here they meet the answers and the history.
"""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib import memo, storage
from hiring.lib.errors import Refusal
from hiring.pipeline import events
from hiring.pipeline.models import Job
from hiring.rubrics import assignments, scorecards, visibility
from hiring.rubrics.models import ReviewAssignment, Scorecard, ScoreSighting
from interviews import letters, queries, rules
from interviews.models import Interview, MediaAccess, Take

MEDIA_MINUTES = 15
CONTENT_TYPES = {"video.mp4": "video/mp4", "video.webm": "video/webm"}


class NotOnJob(Refusal):
    code = "not_on_job"


class Withdrawn(Refusal):
    code = "withdrawn"


class NotHandedIn(Refusal):
    code = "not_handed_in"


class StillPreparing(Refusal):
    code = "still_preparing"


class Playback(NamedTuple):
    """Addresses of one recording, all good for ``good_for`` seconds."""

    video: str
    type: str
    poster: str
    peaks: str
    good_for: int


def possible_reviewers(job: Job) -> list[User]:
    """Who can be asked to score candidates of ``job``: its active members and the admins."""

    def ask() -> list[User]:
        return list(User.objects.filter(Q(is_admin=True) | Q(memberships__job=job), is_active=True).distinct())

    return memo.once(("possible reviewers", job.pk), ask)


def cards_needed(job: Job) -> int:
    """How many cards a decision about a candidate of ``job`` rests on: the job's number, 1 where only one can score."""
    return min(job.cards_needed, 1) if len(possible_reviewers(job)) == 1 else job.cards_needed


@transaction.atomic
def assign(interview: Interview, reviewer: User, *, by: User) -> ReviewAssignment:
    """Ask ``reviewer`` to score ``interview``: one event, and a mail once there is something to watch.

    Raises ``Withdrawn``, ``NotOnJob``, ``HasSeenScores`` and ``AlreadyAssigned``.
    """
    if interview.status == Interview.Status.WITHDRAWN:
        raise Withdrawn(_("The candidate has withdrawn; there is nothing to score."))
    if reviewer not in possible_reviewers(interview.application.job):
        raise NotOnJob(_("%(name)s is not on this job. Add them to the job first.") % {"name": reviewer})
    assignment = assignments.assign(interview.assessment, reviewer)
    events.record(interview.application, "reviewer_assigned", by=by, reviewer=str(reviewer.pk))
    if interview.status == Interview.Status.SUBMITTED and reviewer != by:
        letters.review_wanted(interview, [reviewer])
    return assignment


def asked(interview: Interview) -> list[User]:
    """Everybody whose card is wanted."""
    standing = ReviewAssignment.objects.standing().filter(assessment=interview.assessment_id, reviewer__is_active=True)
    return [assignment.reviewer for assignment in standing.select_related("reviewer")]


@transaction.atomic
def release(interview: Interview, reviewer: User, *, by: User) -> ReviewAssignment:
    """No longer ask ``reviewer`` to score ``interview``: one event. Raises ``CardIsIn`` and ``NotAssigned``."""
    assignment = assignments.release(interview.assessment, reviewer)
    events.record(interview.application, "reviewer_released", by=by, reviewer=str(reviewer.pk))
    return assignment


def show_scores(interview: Interview, *, by: User) -> ScoreSighting:
    """Let ``by``, who oversees the candidate, see the scores from now on: they can no longer be asked to score.

    Raises ``OwnCardFirst`` and ``NothingToSee``.
    """
    return visibility.reveal(interview.assessment, to=by)


def show_all_scores(interviews: Collection[UUID], *, by: User) -> int:
    """``show_scores`` of many at once, as a ranking needs them: those that can be shown are, and how many those are."""
    overseen = Interview.objects.overseen_by(by).filter(pk__in=interviews)
    return visibility.reveal_all(list(overseen.values_list("assessment", flat=True)), to=by)


def save_draft(interview: Interview, draft: scorecards.Draft, *, version: int, by: User) -> Scorecard:
    """Keep ``draft`` as the whole card of ``by``. Raises ``NotHandedIn`` and what ``scorecards.save`` raises."""
    _must_be_in(interview)
    pairs = queries.scoreable_pairs(interview)
    return scorecards.save(interview.assessment, draft, version=version, pairs=pairs, by=by)


@transaction.atomic
def submit(interview: Interview, *, version: int, by: User) -> Scorecard:
    """Hand in the card of ``by``: one event, nothing of what it says in it.

    Raises ``NotHandedIn``, ``StillPreparing`` while an answer cannot be watched yet, and what ``scorecards.submit``
    raises.
    """
    _must_be_in(interview)
    if Take.objects.filter(chosen_for__interview=interview, state__in=queries.ON_THE_WAY).exists():
        raise StillPreparing(_("One answer is still being prepared. Your draft is safe; hand it in after watching."))
    pairs = queries.scoreable_pairs(interview)
    card = scorecards.submit(interview.assessment, version=version, pairs=pairs, by=by)
    events.record(interview.application, "scorecard_submitted", by=by, scorecard=str(card.pk))
    return card


def open_media(take: Take, *, by: User) -> Playback:
    """Addresses of a playable ``take`` for ``by``, good for 15 minutes; that they were given is written down."""
    MediaAccess.objects.create(take=take, user=by)
    folder = rules.media_prefix(take.pk, take.revision)

    def address(name: str, content_type: str) -> str:
        return storage.presign_get(f"{folder}{name}", content_type=content_type, minutes=MEDIA_MINUTES)

    analysed = take.analysed_at is not None
    return Playback(
        video=address(take.video, CONTENT_TYPES[take.video]),
        type=CONTENT_TYPES[take.video],
        poster=address("poster.jpg", "image/jpeg") if analysed else "",
        peaks=address("peaks.json", "application/json") if analysed else "",
        good_for=MEDIA_MINUTES * 60,
    )


def _must_be_in(interview: Interview) -> None:
    if interview.status != Interview.Status.SUBMITTED:
        raise NotHandedIn(_("The answers have not been handed in yet; there is nothing to score."))
