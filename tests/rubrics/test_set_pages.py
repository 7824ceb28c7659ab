from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.rubrics import questions, sets, starter
from hiring.rubrics.models import Anchor, QuestionSet, QuestionSetVersion
from tests import factories
from tests.rubrics.browsing import said, url


def test_an_empty_house_offers_an_example(admin: Client) -> None:
    response = admin.get(url("sets"))

    assert "Start from an example set" in response.content.decode()

    made = admin.post(url("set-example"))

    question_set = QuestionSet.objects.get()
    assert made["Location"] == url("set", question_set.pk)
    assert sets.gaps_in(question_set.versions.get()) == []


def test_a_reader_of_an_empty_house_is_told_who_acts(reader: Client) -> None:
    assert "Your admin has not written one yet" in reader.get(url("sets")).content.decode()


def test_the_list_says_state_and_minutes_of_both_sides(admin: Client, version: QuestionSetVersion) -> None:
    sets.draft(version.question_set)

    page = admin.get(url("sets")).content.decode()

    assert "Published, version 1" in page
    assert "Draft in progress" in page
    assert "12 min" in page
    assert "5 min" in page


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_of_sets_asks_the_same_number_of_queries(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        version = starter.support_lead(f"Set {number}").versions.get()
        sets.publish(version, by=User.objects.get(name="Ada"), revision=version.revision)
        sets.draft(version.question_set)

    with django_assert_num_queries(8):
        admin.get(url("sets"))


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_of_a_set_asks_the_same_number_of_queries(
    admin: Client, version: QuestionSetVersion, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    draft = sets.draft(version.question_set)
    for number in range(count):
        factories.question(draft, f"Question {number}?", "Learns", "Leads")

    with django_assert_num_queries(8):
        admin.get(url("set", version.question_set_id))


def test_the_draft_stands_beside_what_is_published(admin: Client, version: QuestionSetVersion) -> None:
    draft = sets.draft(version.question_set)
    questions.edit(draft.questions.get(position=1), questions.Content("Rewritten?"), revision=0)

    page = admin.get(url("set", version.question_set_id)).content.decode()

    assert "Draft of version 2" in page
    assert "Rewritten?" in page
    assert "Tell us about a difficult customer." in page
    assert "1 reworded · competencies of 1 changed" in page


def test_a_new_set_leads_to_its_first_question(admin: Client) -> None:
    response = admin.post(url("set-new"), {"name": "Support lead"})

    assert response["Location"] == url("set", QuestionSet.objects.get().pk)
    assert "No question in it yet" in admin.get(response["Location"]).content.decode()


def test_publishing_names_and_links_what_is_missing(admin: Client, draft: QuestionSetVersion) -> None:
    Anchor.objects.filter(pair__competency__name="Explains clearly", level=3).delete()

    response = admin.post(url("publication", draft.question_set_id), {"revision": "0"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Question 1, Explains clearly: say what an average answer (3) sounds like." in page
    assert url("anchors", draft.questions.get(position=1).pk) in page
    draft.refresh_from_db()
    assert draft.published_at is None


def test_publishing_from_the_page(admin: Client, draft: QuestionSetVersion, ada: User) -> None:
    admin.post(url("publication", draft.question_set_id), {"revision": "0"})

    draft.refresh_from_db()
    assert draft.published_by == ada


def test_publishing_what_changed_meanwhile_asks_to_look_again(admin: Client, draft: QuestionSetVersion) -> None:
    questions.move(draft.questions.get(position=2), steps=-1)

    response = admin.post(url("publication", draft.question_set_id), {"revision": "0"})

    assert response.status_code == 409
    assert "Somebody changed this draft after you opened the page." in response.content.decode()


def test_publishing_twice_says_so(admin: Client, draft: QuestionSetVersion) -> None:
    for _time in range(2):
        response = admin.post(url("publication", draft.question_set_id), {"revision": "0"})

    assert said(response) == "This set has no draft. Start a new draft to change something."


def test_six_questions_warn_and_still_publish(admin: Client, draft: QuestionSetVersion) -> None:
    for number in range(3, 7):
        factories.question(draft, f"Question {number}?", "Learns")

    page = admin.get(url("publication", draft.question_set_id)).content.decode()
    admin.post(url("publication", draft.question_set_id), {"revision": "0"})

    assert "6 questions. Three to five is usually enough" in page
    draft.refresh_from_db()
    assert draft.published_at is not None


def test_name_and_welcome_are_saved(admin: Client, draft: QuestionSetVersion) -> None:
    admin.post(url("set-details", draft.question_set_id), {"name": "Support", "intro": "Welcome!", "seen": ""})

    draft.refresh_from_db()
    assert (draft.question_set.name, draft.intro) == ("Support", "Welcome!")


def test_the_second_welcome_is_shown_beside_the_first(admin: Client, draft: QuestionSetVersion) -> None:
    sets.describe(draft.question_set, name="Support", intro="The first one’s.", seen="")

    response = admin.post(
        url("set-details", draft.question_set_id), {"name": "Support", "intro": "The second one’s.", "seen": ""}
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert "The first one’s." in page
    assert "The second one’s." in page

    admin.post(
        url("set-details", draft.question_set_id),
        {"name": "Support", "intro": "The second one’s.", "seen": response.context["form"]["seen"].value()},
    )
    draft.refresh_from_db()
    assert draft.intro == "The second one’s."


def test_a_set_is_cloned_from_what_one_looks_at(admin: Client, version: QuestionSetVersion) -> None:
    admin.post(url("clones", version.question_set_id), {"name": "Lyon", "version": str(version.pk)})

    assert QuestionSet.objects.get(name="Lyon").versions.get().questions.count() == 2


def test_a_version_of_another_set_is_not_cloned(
    admin: Client, version: QuestionSetVersion, draft: QuestionSetVersion
) -> None:
    response = admin.post(url("clones", version.question_set_id), {"name": "Lyon", "version": str(draft.pk)})

    assert said(response) == "That version is not part of this set."
    assert not QuestionSet.objects.filter(name="Lyon").exists()


def test_a_draft_is_started_and_thrown_away(admin: Client, version: QuestionSetVersion) -> None:
    admin.post(url("draft", version.question_set_id))
    assert version.question_set.versions.count() == 2

    admin.post(url("draft-removal", version.question_set_id))
    assert version.question_set.versions.count() == 1


def test_an_archived_set_is_on_the_other_list(admin: Client, version: QuestionSetVersion) -> None:
    admin.post(url("set-archive", version.question_set_id))

    assert admin.get(url("sets")).context["rows"] == []
    assert len(admin.get(url("sets"), {"status": "archived"}).context["rows"]) == 1

    admin.post(url("set-archive", version.question_set_id), {"archived": "no"})
    assert len(admin.get(url("sets")).context["rows"]) == 1


def test_an_old_version_can_be_read(reader: Client, version: QuestionSetVersion) -> None:
    page = reader.get(url("version", version.question_set_id, 1)).content.decode()

    assert "Handles conflict at 5" in page


def test_a_draft_is_not_shown_as_a_version(reader: Client, draft: QuestionSetVersion) -> None:
    assert reader.get(url("version", draft.question_set_id, 1)).status_code == 404


@pytest.mark.parametrize(
    "name", ["set", "set-details", "publication", "set-bank", "question-new", "question", "anchors", "competency"]
)
def test_what_does_not_exist_is_not_found(admin: Client, name: str) -> None:
    assert admin.get(url(name, uuid4())).status_code == 404
