"""What the worker made is what the cockpit plays: real pieces, real ffmpeg, the store's own answers."""

import httpx
import pytest
from django.utils import timezone

from hiring.accounts.models import User
from interviews import assembly, queries, reviewing
from interviews.models import Answer, Interview, Take
from tests.clips import Clips
from tests.recorder import received


def watched(answer: Answer, take: Take, data: bytes, user: User) -> tuple[queries.Part, reviewing.Playback]:
    """The take processed, chosen and handed in; then as the cockpit shows it to ``user``."""
    received(take, data)
    assembly.process(take.pk)
    answer.chosen_take = take
    answer.save(update_fields=["chosen_take"])
    Interview.objects.filter(pk=answer.interview_id).update(
        status=Interview.Status.SUBMITTED, submitted_at=timezone.now(), receipt="test"
    )
    part = queries.parts(Interview.objects.get(pk=answer.interview_id))[0]
    assert part.take is not None
    return part, reviewing.open_media(part.take, by=user)


def test_every_address_leads_to_what_it_says(answer: Answer, take: Take, clips: Clips, alan: User) -> None:
    part, playback = watched(answer, take, clips.bytes("chromium.mp4"), alan)

    addresses = [playback.video, playback.poster, playback.peaks]
    answers = [httpx.get(address) for address in addresses]
    assert [got.status_code for got in answers] == [200, 200, 200]
    assert [got.headers["Content-Type"] for got in answers] == ["video/mp4", "image/jpeg", "application/json"]
    assert len(answers[2].json()["peaks"]) > 50
    assert (part.state, part.speech, part.remarks) == ("playable", "0:04 of speech in 0:06", [])


def test_a_seek_fetches_only_its_part(answer: Answer, take: Take, clips: Clips, alan: User) -> None:
    _, playback = watched(answer, take, clips.bytes("chromium.mp4"), alan)

    got = httpx.get(playback.video, headers={"Range": "bytes=1000-1999"})

    assert (got.status_code, len(got.content)) == (206, 1000)


@pytest.mark.parametrize(
    ("clip", "remark"),
    [
        ("silent.mp4", "No sound was found in this recording."),
        ("black.mp4", "The picture is dark; the sound is what there is."),
    ],
)
def test_what_the_worker_noticed_is_said(
    answer: Answer, take: Take, clips: Clips, alan: User, clip: str, remark: str
) -> None:
    part, _ = watched(answer, take, clips.bytes(clip), alan)

    assert part.remarks == [remark]


def test_a_recording_that_broke_off_is_labelled(answer: Answer, take: Take, clips: Clips, alan: User) -> None:
    data = clips.bytes("chromium.mp4")
    received(take, data[: len(data) // 2], seconds=6.0)

    assembly.process(take.pk)

    take.refresh_from_db()
    answer.chosen_take = take
    part = queries.Part(1, answer.question, answer, is_in=True, items=())
    assert part.cut.endswith(" of about 0:06")
