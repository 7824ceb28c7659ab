"""What programs read of open jobs."""

import html
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import Company
from hiring.pipeline.models import Job
from tests import factories

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def posting(client: Client, job: Job) -> Any:
    blocks = BLOCK.findall(client.get(reverse("job", args=[job.slug])).content.decode())
    return [json.loads(block) for block in blocks]


def test_search_engines_read_the_job(client: Client, job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(location="Ghent")
    job.refresh_from_db()
    factories.published_job(job, description="You **help**.</script><script>alert(1)</script>")

    (found,) = posting(client, job)

    assert (found["@type"], found["title"], found["hiringOrganization"]["name"]) == (
        "JobPosting",
        "Support lead",
        "Northwind",
    )
    assert found["description"] == "<p>You <strong>help</strong>.</p>"
    assert found["url"] == f"http://localhost:8000{reverse('job', args=[job.slug])}"
    assert found["jobLocation"]["address"]["addressLocality"] == "Ghent"


def test_a_title_cannot_end_the_block(client: Client, job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(title="</script><script>alert(1)</script>")
    job.refresh_from_db()
    factories.published_job(job)

    (found,) = posting(client, job)

    assert found["title"] == "</script><script>alert(1)</script>"


def test_a_draft_tells_search_engines_nothing(job: Job, admin: Client) -> None:
    assert posting(admin, job) == []


def test_the_feed_has_the_open_jobs_and_no_draft(client: Client, job: Job) -> None:
    factories.job("A draft", question_set=job.stages.get().interview_settings.question_set)
    factories.published_job(job, description="Help & be helped")

    answer = client.get(reverse("feed"))

    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    items = ET.fromstring(answer.content).findall("channel/item")  # noqa: S314 (ours)
    assert [(item.findtext("title"), item.findtext("description")) for item in items] == [
        ("Support lead", "<p>Help &amp; be helped</p>")
    ]


@pytest.mark.django_db
def test_the_feed_of_a_site_without_jobs_is_empty(client: Client) -> None:
    assert client.get(reverse("feed")).status_code == 200


def test_the_list_names_its_feed(client: Client, company: Company) -> None:
    assert f'type="application/rss+xml" href="{reverse("feed")}"' in client.get("/").content.decode()


def test_the_open_jobs_stand_in_a_frame_of_another_site(client: Client, job: Job) -> None:
    factories.job("A draft", question_set=job.stages.get().interview_settings.question_set)
    factories.published_job(job, description="You help")

    page = client.get(reverse("embed")).content.decode()

    assert f'href="{reverse("job", args=[job.slug])}?source=website" target="_top"' in page
    assert "A draft" not in page
    assert "<form" not in page
    assert "<script" not in page


@pytest.mark.django_db
def test_a_frame_of_a_site_without_jobs_says_so(client: Client) -> None:
    assert "We are not looking for anybody at the moment." in client.get(reverse("embed")).content.decode()


def test_an_admin_copies_the_frame(admin: Client) -> None:
    page = html.unescape(admin.get(reverse("reviewer:company")).content.decode())

    assert '<iframe src="http://localhost:8000/embed/" title="Open jobs"' in page
