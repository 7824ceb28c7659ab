import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.journey
Run = Callable[..., Any]

H264 = "video/mp4;codecs=avc1.64001f,opus"


@pytest.mark.parametrize(
    ("supported", "webkit", "expected"),
    [
        ([H264, "video/webm;codecs=vp8,opus", "video/mp4"], False, [H264, 250]),
        (["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus"], False, ["video/webm;codecs=vp8,opus", 250]),
        (["video/webm"], False, ["video/webm", 250]),
        (["video/mp4", "video/webm;codecs=vp8,opus"], True, ["video/mp4", 2000]),
        (["video/mp4"], False, ["video/mp4", 250]),
        ([], False, None),
    ],
)
def test_the_format_is_what_the_browser_does_best(
    modules: Run, supported: list[str], webkit: bool, expected: list[object] | None
) -> None:
    picked = modules(
        """
        const isTypeSupported = (mime) => argument.supported.includes(mime);
        const format = capture.pickFormat({ isTypeSupported, isWebKit: argument.webkit });
        return format && [format.mime, format.timesliceMs];
        """,
        {"supported": supported, "webkit": webkit},
    )

    assert picked == expected


RECORD = """
const stream = await devices.open();
const log = [];
const chunks = [];
const ended = new Promise((resolve) => {
  const run = new capture.Capture(stream, capture.pickFormat(), {
    onStart: () => {
      log.push("start");
      setTimeout(() => argument.lose ? lose(stream) : run.stop(), argument.after);
    },
    onChunk: ({ blob, endMs, isLast }) => chunks.push({ blob, endMs, isLast, seconds: run.seconds }),
    onLost: (code) => { log.push(code); run.stop(); },
    onStop: () => { log.push("stop"); resolve(run); },
  });
  run.start();
});
const lose = (lost) => {
  const [track] = lost.getVideoTracks();
  track.stop();
  track.dispatchEvent(new Event("ended")); // a track stopped by the page itself tells nobody
};
const run = await ended;
devices.close(stream);
const encoded = await Promise.all(chunks.map(async ({ blob }) => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}));
const ends = chunks.map(({ endMs }) => endMs);
const last = chunks.map(({ isLast }) => isLast);
return { log, mime: run.mime, seconds: run.seconds, encoded, ends, last };
"""


def media_seconds(path: Path) -> float:
    """How long the video in ``path`` really is, by its packets."""
    asked = ["-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time,duration_time", "-of", "json"]
    answer = subprocess.run(["ffprobe", *asked, path], check=True, capture_output=True).stdout
    packets = json.loads(answer)["packets"]
    return float(packets[-1]["pts_time"]) + float(packets[-1].get("duration_time", 0))


def test_a_real_recording_decodes_whole_and_at_every_cut(modules: Run, tmp_path: Path) -> None:
    made = modules(RECORD, {"after": 4000})

    parts = [base64.b64decode(part) for part in made["encoded"]]
    assert made["log"] == ["start", "stop"]
    assert made["last"] == [False] * (len(parts) - 1) + [True]
    assert min(len(part) for part in parts) > 0
    whole = tmp_path / "whole"
    whole.write_bytes(b"".join(parts))
    assert media_seconds(whole) == pytest.approx(made["seconds"], abs=0.5)
    for cut in range(4, len(parts)):
        prefix = tmp_path / f"prefix-{cut}"
        prefix.write_bytes(b"".join(parts[:cut]))
        claimed = made["ends"][cut - 1] / 1000
        assert media_seconds(prefix) >= claimed - 0.1, f"after {cut} chunks the page would claim {claimed} s"


def test_a_camera_that_goes_away_leaves_what_was_recorded(modules: Run, tmp_path: Path) -> None:
    made = modules(RECORD, {"after": 2000, "lose": True})

    assert made["log"] == ["start", "camera", "stop"]
    whole = tmp_path / "whole"
    whole.write_bytes(b"".join(base64.b64decode(part) for part in made["encoded"]))
    assert media_seconds(whole) > 1.2
