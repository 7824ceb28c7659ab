from django.db.models import Count

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Decision, Job, Stay
from hiring.portals.demo import crowd
from hiring.rubrics.models import Scorecard
from interviews.models import Interview
from tests import factories


def test_a_crowd_stands_wherever_one_can_and_breaks_no_rule(job: Job, grace: User) -> None:
    factories.reason()
    live = factories.stage(job, "live")

    crowd.fill(job, 300, by=grace)

    assert crowd.problems(job) == []
    outcomes = dict(Application.objects.order_by("outcome").values_list("outcome").annotate(Count("pk")))
    assert sum(outcomes.values()) == 300
    assert outcomes.keys() == {None, "hired", "rejected", "withdrawn"}
    assert set(Interview.objects.values_list("status", flat=True)) == {"invited", "started", "submitted"}
    assert Application.objects.filter(stage=live, outcome__isnull=True).exists()
    assert Decision.objects.pending().exists()
    assert Scorecard.objects.submitted().count() == Scorecard.objects.count() > 0


def test_a_second_crowd_joins_the_first(job: Job, grace: User) -> None:
    factories.reason()

    crowd.fill(job, 5, by=grace)
    crowd.fill(job, 5, by=grace, seed=2)

    assert Application.objects.filter(job=job).count() == 10


def test_what_no_operation_leaves_behind_is_named(job: Job, grace: User) -> None:
    factories.reason()
    crowd.fill(job, 20, by=grace)
    someone = Stay.objects.filter(left_at__isnull=True)[0]

    Stay.objects.filter(pk=someone.pk).delete()

    assert crowd.problems(job) == ["1 applications are open and stand nowhere"]
