from hiring.accounts.models import User
from hiring.rubrics import sets, starter
from hiring.rubrics.models import Anchor, Competency
from tests import factories


def test_the_example_can_be_published_as_it_is(ada: User) -> None:
    version = starter.support_lead().versions.get()

    sets.publish(version, by=ada, revision=version.revision)

    assert version.questions.count() == 4
    assert Anchor.objects.filter(pair__question__version=version).count() == 21


def test_the_example_twice_shares_its_competencies(db: None) -> None:
    starter.support_lead()
    starter.support_lead("Another")

    assert Competency.objects.count() == 5


def test_a_competency_of_the_house_is_used_as_it_is(db: None) -> None:
    ours = factories.competency("takes OWNERSHIP")

    starter.support_lead()

    assert not Competency.objects.filter(name="Takes ownership").exists()
    assert ours.name == "takes OWNERSHIP"
