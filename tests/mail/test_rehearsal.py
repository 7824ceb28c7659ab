"""Doing something for its words alone."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail import rehearsal
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Event
from interviews import operations
from interviews.models import Interview


def test_what_is_rehearsed_is_read_and_leaves_nothing(
    application: Application, grace: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, rehearsal.rehearsing() as drafts:
        operations.invite(application, by=grace, note="Your letter made us laugh.")

    [draft] = drafts
    assert (draft.letter.kind, draft.email) == ("invitation", application.candidate.email)
    assert "Your letter made us laugh." in draft.filled.text
    assert callbacks == []
    assert [model.objects.count() for model in (Interview, Message, Event)] == [0, 0, 0]


def test_afterwards_it_is_earnest_again(application: Application, grace: User) -> None:
    with rehearsal.rehearsing():
        operations.invite(application, by=grace)

    operations.invite(application, by=grace)

    assert Message.objects.count() == 1


def test_what_refuses_refuses_in_a_rehearsal_too(application: Application, grace: User) -> None:
    operations.invite(application, by=grace)

    with pytest.raises(Refusal, match="invited already"), rehearsal.rehearsing():
        operations.invite(application, by=grace)

    assert rehearsal.current() is None


def test_the_stamp_tells_other_words_apart(application: Application, grace: User) -> None:
    stamps = []
    for note in ("Hello", "Hello", "Bye"):
        with rehearsal.rehearsing() as drafts:
            operations.invite(application, by=grace, note=note)
        stamps.append(rehearsal.stamp(drafts))

    assert (stamps[0] == stamps[1], stamps[0] == stamps[2]) == (True, False)
