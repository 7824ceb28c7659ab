"""What a candidate's phone has to load before the first question."""

from pathlib import Path

import pytest

from hiring.accounts.models import Company
from tests.benchmarks.conftest import Report
from tests.portals.test_static import BUDGET, collected, record_page_weights

__all__ = ["collected"]  # a fixture


@pytest.mark.django_db
def test_the_record_page(collected: Path, company: Company, report: Report) -> None:
    total = sum(record_page_weights(collected, company).values())

    report("JS + CSS of the record page, gzipped", total / 1000, "kB", must="< 60 kB", met=total < BUDGET)
