import pytest

from hiring.lib.errors import Refusal
from hiring.rubrics import competencies
from hiring.rubrics.models import Competency, QuestionSetVersion
from tests import factories


@pytest.fixture
def calm(db: None) -> Competency:
    return factories.competency("Stays calm")


def test_a_competency_says_what_it_means_here(db: None) -> None:
    made = competencies.create("Stays calm", "Keeps the tone level when the other side does not.")

    assert Competency.objects.get() == made


def test_a_name_that_differs_by_case_alone_is_taken(calm: Competency) -> None:
    with pytest.raises(competencies.NameTaken, match="“stays CALM” already"):
        competencies.create("stays CALM")


def test_it_can_be_reworded_until_scores_are_given_under_it(calm: Competency) -> None:
    competencies.edit(calm, name="Keeps calm", description="")

    assert Competency.objects.get().name == "Keeps calm"


def test_a_published_name_stays(version: QuestionSetVersion) -> None:
    competency = Competency.objects.get(name="Improves things")

    with pytest.raises(Refusal, match="so its name stays"):
        competencies.edit(competency, name="Tidies up", description="")


def test_what_a_published_name_means_can_be_said_better(version: QuestionSetVersion) -> None:
    competency = Competency.objects.get(name="Improves things")

    competencies.edit(competency, name="Improves things", description="Leaves it better than it was.")

    competency.refresh_from_db()
    assert competency.description == "Leaves it better than it was."


def test_one_that_is_used_is_not_removed(draft: QuestionSetVersion) -> None:
    with pytest.raises(Refusal, match="so it stays"):
        competencies.remove(Competency.objects.get(name="Improves things"))


def test_one_that_is_not_used_is_removed(calm: Competency) -> None:
    competencies.remove(calm)

    assert not Competency.objects.exists()
