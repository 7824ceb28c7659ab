import pytest
from django.test import Client

from hiring.rubrics.models import QuestionSetVersion
from tests.rubrics.browsing import url

READ = ["sets", "bank", "competencies"]
CHANGE = [
    ("set-new", "get"),
    ("set-new", "post"),
    ("set-example", "post"),
    ("bank-new", "post"),
    ("competency-new", "post"),
]
CHANGE_SET = [
    "set-details",
    "draft",
    "draft-removal",
    "publication",
    "clones",
    "set-archive",
    "set-bank",
    "question-new",
]
CHANGE_QUESTION = ["question", "anchors", "position", "removal", "question-to-bank", "question-archive"]


@pytest.mark.parametrize("name", READ)
def test_whoever_is_signed_in_may_read(reader: Client, name: str) -> None:
    assert reader.get(url(name)).status_code == 200


def test_whoever_scores_may_read_the_set_but_sees_no_button(reader: Client, draft: QuestionSetVersion) -> None:
    page = reader.get(url("set", draft.question_set_id)).content.decode()

    assert "Handles conflict at 5" in page
    assert "Publish…" not in page
    assert "Remove from this draft" not in page


@pytest.mark.parametrize(("name", "method"), CHANGE)
def test_only_admins_start_something(reader: Client, name: str, method: str) -> None:
    assert getattr(reader, method)(url(name)).status_code == 403


@pytest.mark.parametrize("name", CHANGE_SET)
def test_only_admins_change_a_set(reader: Client, draft: QuestionSetVersion, name: str) -> None:
    assert reader.post(url(name, draft.question_set_id)).status_code == 403


@pytest.mark.parametrize("name", CHANGE_QUESTION)
def test_only_admins_change_a_question(reader: Client, draft: QuestionSetVersion, name: str) -> None:
    assert reader.post(url(name, draft.questions.get(position=1).pk)).status_code == 403


@pytest.mark.parametrize("name", READ)
def test_strangers_are_asked_to_sign_in(client: Client, name: str, db: None) -> None:
    response = client.get(url(name))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
