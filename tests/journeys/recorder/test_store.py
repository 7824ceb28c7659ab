from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey
Run = Callable[..., Any]

ROW = """
const row = (id, more = {}) => ({
  id, interview: "i", question: "q", urls: {}, mime: "video/mp4", at: "2026-11-21T20:00:0" + id,
  take: null, number: null, epoch: 0, finished: null, received: false, keep: false, ...more,
});
const bytes = (...values) => new Uint8Array(values).buffer;
const chunk = (recording, index, piece, ...values) =>
  ({ recording, index, piece, endMs: index * 250, bytes: bytes(...values) });
const list = (chunks) => chunks.map((each) => [each.index, each.piece, [...new Uint8Array(each.bytes)]]);
let degraded = 0;
const open = () => store.Store.open(() => (degraded += 1));
"""

WRITE = """
const kept = await open();
await kept.saveRecording(row("1"));
await kept.saveRecording(row("2", { interview: "another" }));
await kept.saveChunk(chunk("1", 1, 0, 3));
await kept.saveChunk(chunk("1", 0, 0, 1, 2));
await kept.saveChunk(chunk("2", 0, 0, 9));
await kept.savePiece({ recording: "1", piece: 0, size: 3, sha256: "ab", isSaved: true });
"""


def test_what_was_written_is_there_after_a_reload(modules: Run, page: Page) -> None:
    modules(ROW + WRITE)
    page.reload()

    found = modules(
        ROW
        + """
        const again = await open();
        const ids = (await again.recordings("i")).map(({ id }) => id);
        const one = await again.chunksOf("1", 0);
        return [ids, list(await again.chunks("1")), list(one), await again.pieces("1"), again.isDurable, degraded];
        """
    )

    chunks = [[0, 0, [1, 2]], [1, 0, [3]]]
    piece = {"recording": "1", "piece": 0, "size": 3, "sha256": "ab", "isSaved": True}
    assert found == [["1"], chunks, chunks, [piece], True, 0]


def test_forgetting_takes_one_recording_and_no_other(modules: Run) -> None:
    left = modules(
        ROW
        + WRITE
        + """
        await kept.forget("1");
        const rows = [await kept.recordings("i"), await kept.chunks("1"), await kept.pieces("1")];
        return [...rows, list(await kept.chunks("2"))];
        """
    )

    assert left == [[], [], [], [[0, 0, [9]]]]


@pytest.mark.parametrize(
    "broken",
    [
        "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }",
        "Object.defineProperty(window, 'indexedDB', { value: undefined })",
    ],
)
def test_without_a_disk_the_same_rows_live_in_memory_and_the_page_is_told(modules: Run, broken: str) -> None:
    found = modules(
        ROW
        + broken
        + ";"
        + WRITE
        + """
        const before = list(await kept.chunks("1"));
        await kept.forget("1");
        return [before, list(await kept.chunks("1")), list(await kept.chunks("2")), kept.isDurable, degraded];
        """
    )

    assert found == [[[0, 0, [1, 2]], [1, 0, [3]]], [], [[0, 0, [9]]], False, 1]


FULL = """
const original = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value) {
  if (this.name === "chunks" && isFull) throw new DOMException("full", "QuotaExceededError");
  return original.call(this, value);
};
let isFull = false;
"""


def test_a_full_disk_first_gives_up_what_the_store_has_acknowledged(modules: Run) -> None:
    found = modules(
        ROW
        + FULL
        + WRITE
        + """
        const remove = IDBObjectStore.prototype.delete;
        IDBObjectStore.prototype.delete = function (key) { isFull = false; return remove.call(this, key); };
        isFull = true;
        await kept.saveChunk(chunk("1", 2, 1, 7));
        return [list(await kept.chunks("1")), degraded];
        """
    )

    assert found == [[[2, 1, [7]]], 0]


def test_a_disk_that_stays_full_costs_nothing_but_durability(modules: Run) -> None:
    found = modules(
        ROW
        + FULL
        + """
        const kept = await open();
        await kept.saveChunk(chunk("1", 0, 0, 1));
        isFull = true;
        await kept.saveChunk(chunk("1", 1, 0, 2));
        await kept.saveChunk(chunk("1", 2, 1, 3));
        return [list(await kept.chunks("1")), list(await kept.chunksOf("1", 0)), degraded > 0];
        """
    )

    assert found == [[[0, 0, [1]], [1, 0, [2]], [2, 1, [3]]], [[0, 0, [1]], [1, 0, [2]]], True]
