from datetime import timedelta

import pytest
from django.utils import timezone

from hiring.lib import pages
from hiring.pipeline.models import Application, Job
from tests import factories


@pytest.fixture
def rows(job: Job) -> list[Application]:
    """Five applications, newest first; three of them of the very same moment."""
    moments = [timedelta(0), timedelta(0), timedelta(0), timedelta(hours=1), timedelta(hours=2)]
    start = timezone.now() - timedelta(days=1)
    made = [factories.application(job, f"Person {number}") for number in range(5)]
    for application, later in zip(made, moments, strict=True):
        application.created_at = start + later
        application.save()
    return list(Application.objects.order_by("-created_at", "-pk"))


def test_rows_of_one_moment_are_cut_without_loss(rows: list[Application]) -> None:
    first = pages.page(Application.objects.all(), size=2)
    second = pages.page(Application.objects.all(), cursor=first.older, size=2)
    third = pages.page(Application.objects.all(), cursor=second.older, size=2)

    assert [*first.rows, *second.rows, *third.rows] == rows
    assert (first.newer, third.older) == ("", "")


def test_the_way_back_is_the_way_there(rows: list[Application]) -> None:
    second = pages.page(Application.objects.all(), cursor=pages.page(Application.objects.all(), size=2).older, size=2)

    back = pages.page(Application.objects.all(), cursor=second.newer, size=2)

    assert back.rows == rows[:2]
    assert back.newer == ""


def test_a_row_that_arrives_meanwhile_moves_nothing(rows: list[Application], job: Job) -> None:
    first = pages.page(Application.objects.all(), size=2)
    factories.application(job, "Latecomer")

    assert pages.page(Application.objects.all(), cursor=first.older, size=2).rows == rows[2:4]


@pytest.mark.parametrize("cursor", ["\0", "garbage", "====", "PDIwMjY=", "x" * 5000, "é"])
def test_a_cursor_nobody_gave_out_is_the_first_page(rows: list[Application], cursor: str) -> None:
    assert pages.page(Application.objects.all(), cursor=cursor, size=2).rows == rows[:2]
