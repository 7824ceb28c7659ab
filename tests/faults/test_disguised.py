"""Playlists and the like sent as recordings (FLT-B5): nothing they name may be opened."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hiring.lib import untrusted
from interviews import ffmpeg
from interviews.ffmpeg import Container, Streams
from tests.clips import Clips

CANARY = b"another candidate's words"

DISGUISES = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{file}\n#EXT-X-ENDLIST\n",
    "hls-url": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{url}\n#EXT-X-ENDLIST\n",
    "hls-key": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{url}"\n#EXTINF:10,\n{file}\n#EXT-X-ENDLIST\n',
    "ffconcat": "ffconcat version 1.0\nfile '{file}'\n",
    "concat-url": "ffconcat version 1.0\nfile '{url}'\n",
    "dash": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet>'
    '<Representation id="1"><BaseURL>{url}</BaseURL></Representation></AdaptationSet></Period></MPD>',
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
    "image2": "{folder}/%03d.png",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
    "text": "hello, this is a text",
    "nothing": "",
}


class Listener:
    """Counts who knocks."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.visits = 0
        self.thread = threading.Thread(target=self._accept, daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        port: int = self.socket.getsockname()[1]
        return port

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self.socket.accept()[0].close()
                self.visits += 1

    def close(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)


@pytest.fixture
def listener() -> Iterator[Listener]:
    opened = Listener()
    yield opened
    opened.close()


@pytest.fixture
def canary(clips: Clips, tmp_path: Path) -> Path:
    """A real recording of somebody else on this machine."""
    path = tmp_path / "canary.mp4"
    path.write_bytes(clips.bytes("safari.mp4") + CANARY)
    return path


@pytest.fixture(params=DISGUISES)
def disguised(request: pytest.FixtureRequest, canary: Path, listener: Listener) -> bytes:
    return disguise(request.param, canary, listener)


def disguise(name: str, canary: Path, listener: Listener) -> bytes:
    url = f"http://127.0.0.1:{listener.port}/x.ts"
    text = DISGUISES[name].format(file=canary, url=url, port=listener.port, folder=canary.parent)
    return text.encode()


def test_a_disguise_is_refused_before_any_tool_sees_it(disguised: bytes, tmp_path: Path) -> None:
    with pytest.raises(ffmpeg.UnreadableError, match="neither WebM nor MP4"):
        ffmpeg.identify(disguised, cwd=tmp_path)


@pytest.mark.parametrize("magic", [b"", b"\x1a\x45\xdf\xa3\n", b"\x00\x00\x00\x18ftypisom\n"])
@pytest.mark.parametrize("container", Container)
def test_a_disguise_opens_nothing_even_behind_true_first_bytes(
    container: Container, magic: bytes, disguised: bytes, listener: Listener, tmp_path: Path
) -> None:
    source, out = tmp_path / "answer.webm", tmp_path / "out.mp4"
    source.write_bytes(magic + disguised)

    for blocks in ([magic + disguised], source):
        with suppress(untrusted.Failed):
            ffmpeg.copy_to_mp4(blocks, out, Streams(container, "h264", "opus"), at_most=20)

    assert listener.visits == 0
    assert not out.exists() or out.stat().st_size < 2000  # an empty file, not the canary's pictures


@pytest.mark.parametrize("name", ["hls", "ffconcat"])
def test_without_the_guards_the_canary_would_be_read(
    name: str, canary: Path, listener: Listener, tmp_path: Path
) -> None:
    """The attack is real: the same tool without whitelists copies somebody else's video."""
    (tmp_path / "answer.webm").write_bytes(disguise(name, canary, listener))
    bare = ["ffmpeg", "-v", "error", "-y", "-safe", "0"] if name == "ffconcat" else ["ffmpeg", "-v", "error", "-y"]
    extra = [] if name == "ffconcat" else ["-allowed_extensions", "ALL"]

    untrusted.run(
        [*bare, *extra, "-i", "answer.webm", "-c", "copy", "out.mp4"],
        limits=untrusted.Limits(seconds=30),
        cwd=tmp_path,
    )

    assert (tmp_path / "out.mp4").stat().st_size > 100_000
