from uuid import UUID

import pytest

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Event, Job, JobMember, Role
from hiring.rubrics import assignments, scorecards
from hiring.rubrics.models import ReviewAssignment, Scorecard
from hiring.rubrics.scorecards import Draft
from interviews import operations, queries, reviewing
from interviews.models import Interview, MediaAccess, Take
from tests import factories
from tests.review_cast import SECRETS, full, hand_in

pytestmark = pytest.mark.django_db


def verbs(interview: Interview) -> list[str]:
    return list(interview.application.events.values_list("verb", flat=True))


def test_asking_somebody_to_score_is_one_event(handed_in: Interview, grace: User, alan: User) -> None:
    reviewing.assign(handed_in, alan, by=grace)

    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.details) == ("reviewer_assigned", grace.pk, {"reviewer": str(alan.pk)})


def test_whoever_is_asked_hears_of_it_once_there_is_something_to_watch(
    handed_in: Interview, grace: User, alan: User
) -> None:
    reviewing.assign(handed_in, alan, by=grace)
    reviewing.assign(handed_in, grace, by=grace)
    reviewing.release(handed_in, alan, by=grace)
    reviewing.assign(handed_in, alan, by=grace)

    wanted = Message.objects.get(kind="review_wanted")
    assert wanted.to_email == alan.email
    assert handed_in.application.candidate.name not in wanted.subject + wanted.text
    assert f"/review/interviews/{handed_in.pk}/" in wanted.text


def test_whoever_was_asked_before_hears_of_it_when_the_answers_come(
    interview: Interview, grace: User, alan: User, katherine: User
) -> None:
    for answer in interview.answers.all():
        factories.playable(answer)
    reviewing.assign(interview, alan, by=grace)
    reviewing.assign(interview, katherine, by=grace)
    User.objects.filter(pk=katherine.pk).update(is_active=False)
    assert not Message.objects.filter(kind="review_wanted").exists()

    operations.submit(interview, by=interview.application.candidate)

    assert Message.objects.get(kind="review_wanted").to_email == alan.email


def test_a_refused_assignment_leaves_no_event(handed_in: Interview, grace: User, alan: User) -> None:
    reviewing.assign(handed_in, alan, by=grace)

    with pytest.raises(assignments.AlreadyAssigned):
        reviewing.assign(handed_in, alan, by=grace)

    assert verbs(handed_in) == ["reviewer_assigned"]


def test_only_people_of_the_job_and_admins_can_be_asked(
    handed_in: Interview, grace: User, ada: User, outsider: User
) -> None:
    with pytest.raises(reviewing.NotOnJob, match="Edgar is not on this job"):
        reviewing.assign(handed_in, outsider, by=grace)

    reviewing.assign(handed_in, ada, by=grace)
    assert ReviewAssignment.objects.get().reviewer == ada


def test_who_may_no_longer_sign_in_cannot_be_asked(handed_in: Interview, grace: User, alan: User) -> None:
    User.objects.filter(pk=alan.pk).update(is_active=False)

    with pytest.raises(reviewing.NotOnJob):
        reviewing.assign(handed_in, alan, by=grace)


def test_nobody_is_asked_to_score_what_was_withdrawn(interview: Interview, grace: User, alan: User) -> None:
    interview.status = Interview.Status.WITHDRAWN

    with pytest.raises(reviewing.Withdrawn):
        reviewing.assign(interview, alan, by=grace)


def test_releasing_is_one_event(handed_in: Interview, grace: User, alan: User) -> None:
    reviewing.assign(handed_in, alan, by=grace)

    reviewing.release(handed_in, alan, by=grace)

    assert verbs(handed_in) == ["reviewer_assigned", "reviewer_released"]
    assert not Interview.objects.for_reviewer(alan).exists()


def test_handing_in_is_one_event_that_tells_nothing(handed_in: Interview, alans_card: Scorecard) -> None:
    event = handed_in.application.events.get(verb="scorecard_submitted")

    assert event.details == {"scorecard": str(alans_card.pk)}


def test_nothing_is_scored_before_it_is_handed_in(interview: Interview, grace: User, alan: User) -> None:
    reviewing.assign(interview, alan, by=grace)

    with pytest.raises(reviewing.NotHandedIn):
        reviewing.save_draft(interview, Draft(), version=0, by=alan)
    with pytest.raises(reviewing.NotHandedIn):
        reviewing.submit(interview, version=0, by=alan)


@pytest.mark.parametrize("state", queries.ON_THE_WAY)
def test_a_card_waits_for_an_answer_still_being_prepared(
    handed_in: Interview, pairs: list[UUID], grace: User, alan: User, state: str
) -> None:
    reviewing.assign(handed_in, alan, by=grace)
    Take.objects.filter(answer__interview=handed_in, answer__question__position=2).update(state=state)
    card = reviewing.save_draft(handed_in, full(handed_in, pairs, values=(1, 2, 3)), version=0, by=alan)

    with pytest.raises(reviewing.StillPreparing):
        reviewing.submit(handed_in, version=card.version, by=alan)

    assert verbs(handed_in) == ["reviewer_assigned"]


def test_an_answer_that_could_not_be_read_does_not_hold_the_card_up(
    handed_in: Interview, pairs: list[UUID], grace: User, alan: User
) -> None:
    reviewing.assign(handed_in, alan, by=grace)
    Take.objects.filter(answer__interview=handed_in, answer__question__position=2).update(
        state=Take.State.FAILED, failure=Take.Failure.INPUT, failure_text="The recording could not be read."
    )

    assert hand_in(handed_in, alan, full(handed_in, pairs, values=(1, 2, None))).submitted_at is not None


def test_a_question_nobody_answered_is_not_scored(
    handed_in: Interview, pairs: list[UUID], grace: User, alan: User
) -> None:
    reviewing.assign(handed_in, alan, by=grace)
    handed_in.answers.filter(question__position=2).update(chosen_take=None)

    with pytest.raises(scorecards.NotScoreable):
        reviewing.save_draft(handed_in, full(handed_in, pairs, values=(1, 2, 3)), version=0, by=alan)

    some = full(handed_in, pairs[:2], values=(1, 2))
    assert hand_in(handed_in, alan, some).submitted_at is not None


def test_who_saw_the_scores_is_not_asked_any_more(handed_in: Interview, alans_card: Scorecard, grace: User) -> None:
    reviewing.show_scores(handed_in, by=grace)

    with pytest.raises(assignments.HasSeenScores):
        reviewing.assign(handed_in, grace, by=grace)


@pytest.mark.parametrize(("needed", "people", "expected"), [(2, 4, 2), (3, 4, 3), (2, 1, 1), (1, 1, 1), (3, 2, 3)])
def test_cards_needed(job: Job, needed: int, people: int, expected: int) -> None:
    job.cards_needed = needed
    JobMember.objects.filter(job=job).delete()
    User.objects.update(is_admin=False)
    for place in range(people):
        JobMember.objects.create(job=job, user=factories.user(f"Reviewer{place}"), role=Role.INTERVIEWER)

    assert reviewing.cards_needed(job) == expected


def test_every_address_given_is_written_down(handed_in: Interview, alan: User) -> None:
    take = handed_in.answers.get(question__position=1).chosen_take
    assert take is not None

    playback = reviewing.open_media(take, by=alan)

    assert MediaAccess.objects.get().user == alan
    assert f"media/{take.pk}/0/video.mp4" in playback.video
    assert (playback.type, playback.poster, playback.peaks) == ("video/mp4", "", "")


def test_no_words_of_a_card_reach_the_history(handed_in: Interview, alans_card: Scorecard) -> None:
    history = str(list(Event.objects.values_list("verb", "details")))

    assert [secret for secret in SECRETS if secret in history] == []
