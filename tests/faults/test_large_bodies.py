"""More than any form of ours sends: turned away before a byte of it is kept."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hiring.pipeline.models import Job
from tests import factories


def test_a_body_nobody_needs_is_turned_away_in_words(job: Job, client: Client) -> None:
    factories.published_job(job)

    answer = client.post(reverse("apply", args=[job.slug]), {}, CONTENT_LENGTH=str(settings.LARGEST_BODY + 1))

    assert answer.status_code == 413
    assert "larger than 20 MB" in answer.content.decode()


@pytest.mark.parametrize("announced", ["many", "", "-1"])
def test_an_odd_announcement_is_passed_over(client: Client, job: Job, announced: str) -> None:
    assert client.get("/", CONTENT_LENGTH=announced).status_code == 200
