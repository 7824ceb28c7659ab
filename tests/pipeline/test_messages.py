"""Who may read what was sent to a candidate, and who sees the secret in it."""

import pytest

from hiring.accounts.models import User
from hiring.mail import reading
from hiring.mail.models import Message
from hiring.pipeline import links, messages
from hiring.pipeline.models import Application
from interviews import operations
from interviews.models import Interview


@pytest.fixture
def invitation(application: Application, grace: User) -> Message:
    operations.invite(application, by=grace)
    return Message.objects.get()


def test_only_those_who_may_invite_see_the_link(
    invitation: Message, ada: User, grace: User, katherine: User, alan: User, outsider: User
) -> None:
    assert invitation.link is not None
    secret = reading.link_url(invitation.link)

    seeing = [user for user in (ada, grace, katherine, alan, outsider) if secret in messages.shown(invitation, user)]

    assert seeing == [ada, grace]
    assert "(the candidate’s own link)" in messages.shown(invitation, katherine)


def test_messages_are_read_by_those_who_oversee_the_application(
    invitation: Message, ada: User, grace: User, katherine: User, alan: User, outsider: User
) -> None:
    readers = [user for user in (ada, grace, katherine, alan, outsider) if messages.for_reviewer(user).exists()]

    assert readers == [ada, grace, katherine]


def test_a_message_can_be_sent_again_and_leaves_an_event(invitation: Message, grace: User) -> None:
    again = messages.send_again(invitation, by=grace)

    application = Application.objects.get()
    assert (again.text, again.link) == (invitation.text, invitation.link)
    assert [event.verb for event in application.events.all()] == ["interview_invited", "message_resent"]


def test_a_message_with_a_dead_link_is_not_sent_again(invitation: Message, grace: User) -> None:
    links.revoke(Interview.objects.get().link, by=grace)

    with pytest.raises(messages.LinkEnded, match="Send a new link instead"):
        messages.send_again(invitation, by=grace)


def test_a_message_about_nobody_carries_no_secret_for_anybody(invitation: Message, ada: User) -> None:
    Message.objects.update(about=None)
    invitation.refresh_from_db()

    assert "(the candidate’s own link)" in messages.shown(invitation, ada)
