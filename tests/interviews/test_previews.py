from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics.models import QuestionSetVersion
from interviews.models import Interview
from tests import factories

PAGES = ["preview", "preview-consent", "preview-check", "preview-practice", "preview-end"]


def url(name: str, *args: object) -> str:
    return reverse(f"reviewer:interviews:{name}", args=args)


def recorder(response: Any) -> dict[str, Any]:
    config: dict[str, Any] = response.context["recorder"]
    return config


def test_the_set_leads_to_its_preview(reader: Client, draft: QuestionSetVersion) -> None:
    page = reader.get(reverse("reviewer:rubrics:set", args=[draft.question_set_id])).content.decode()

    assert url("preview", draft.pk) in page


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_draft_can_be_looked_at(reader: Client, draft: QuestionSetVersion, name: str) -> None:
    response = reader.get(url(name, draft.pk))

    assert response.status_code == 200
    assert reverse("reviewer:rubrics:set", args=[draft.question_set_id]) in response.content.decode()
    assert "/c/" not in response.content.decode()


def test_what_to_expect_is_computed_from_the_version(reader: Client, draft: QuestionSetVersion) -> None:
    page = reader.get(url("preview", draft.pk)).content.decode()

    assert "2 questions, one at a time." in page
    assert "Up to 2 minutes each." in page
    assert f'data-size="l" href="{url("preview-consent", draft.pk)}"' in page


def test_agreeing_goes_on_and_saves_nothing(reader: Client, draft: QuestionSetVersion) -> None:
    refused = reader.post(url("preview-consent", draft.pk))
    response = reader.post(url("preview-consent", draft.pk), {"agree": "on", "seen": "whatever"})

    assert "Tick the box to go on." in refused.content.decode()
    assert response["Location"] == url("preview-check", draft.pk)
    assert not Interview.objects.exists()
    assert not Application.objects.exists()


def test_the_recorder_knows_no_address_to_send_to(reader: Client, draft: QuestionSetVersion) -> None:
    first, second = draft.questions.all()

    response = reader.get(url("preview-question", draft.pk, first.pk))

    config = recorder(response)
    assert config["preview"] is True
    assert set(config["urls"].values()) == {""}
    assert config["csrf"] == ""
    assert config["limits"]["seconds"] == 120
    assert response.context["next_url"] == url("preview-question", draft.pk, second.pk)
    assert response.headers["Permissions-Policy"].startswith("camera=(self), microphone=(self)")


def test_after_the_last_question_the_preview_ends(reader: Client, draft: QuestionSetVersion) -> None:
    last = draft.questions.get(position=2)

    response = reader.get(url("preview-question", draft.pk, last.pk))

    assert response.context["place"] == "Question 2 of 2"
    assert response.context["next_url"] == url("preview-end", draft.pk)


def test_a_question_of_another_version_is_not_found(
    reader: Client, draft: QuestionSetVersion, version: QuestionSetVersion
) -> None:
    assert reader.get(url("preview-question", draft.pk, version.questions.get(position=1).pk)).status_code == 404


def test_an_empty_draft_can_be_looked_at(reader: Client, ada: User) -> None:
    empty = factories.drafted("Nothing yet")

    assert [reader.get(url(name, empty.pk)).status_code for name in PAGES] == [200] * 5


@pytest.mark.parametrize("name", PAGES)
def test_strangers_are_asked_to_sign_in(client: Client, draft: QuestionSetVersion, name: str) -> None:
    assert client.get(url(name, draft.pk))["Location"].startswith("/accounts/login/")
