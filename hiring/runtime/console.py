"""What the person at the terminal sees: progress, trouble from the logs, and where to go."""

import json
import re
from pathlib import Path
from typing import TextIO
from urllib.parse import urljoin

from hiring.runtime.layout import Layout

LEVEL = re.compile(r"\b(WARNING|ERROR|CRITICAL)\b|^Traceback ")
STAMP = re.compile(r"^\[?\d{4}-\d\d-\d\d ")


class Follower:
    """Hands out what a log has gained since it was asked last; when ``quiet``, only warnings and what follows them."""

    def __init__(self, log: Path, *, quiet: bool) -> None:
        self.log = log
        self.quiet = quiet
        self.offset = 0
        self.in_trouble = False

    def lines(self) -> list[str]:
        if not self.log.exists():
            return []
        with self.log.open("rb") as log:
            log.seek(self.offset)
            text = log.read()
        whole = text[: text.rfind(b"\n") + 1]
        self.offset += len(whole)
        return [line for line in whole.decode(errors="replace").splitlines() if self._matters(line)]

    def _matters(self, line: str) -> bool:
        if LEVEL.search(line):
            self.in_trouble = True
        elif STAMP.match(line):
            self.in_trouble = False
        return self.in_trouble or not self.quiet


class Console:
    def __init__(self, out: TextIO) -> None:
        self.out = out

    def say(self, text: str = "") -> None:
        print(text, file=self.out, flush=True)

    def quote(self, name: str, line: str) -> None:
        self.say(f"{name:>14} | {line}")

    def welcome(self, layout: Layout, seconds: float) -> None:
        """Where to go and who to be, once everything answers."""
        home = layout.home
        self.say(f"\nCallback runs (ready in {seconds:.1f} s).\n")
        self.say(f"  {home}/           what everybody sees")
        self.say(f"  {home}/review/    staff: sign in here")
        self._introduce(layout.folder / "demo.json", home)
        self.say(f"\n  Logs: {layout.logs}/   ctrl-C stops everything.\n")

    def _introduce(self, demo: Path, home: str) -> None:
        """The people of the demo company. Its format is described in docs/architecture.md, "The demo company"."""
        if not demo.exists():
            return
        told = json.loads(demo.read_text(encoding="utf-8"))
        people = [(person["name"], person["role"], person["email"], person["password"]) for person in told["people"]]
        widths = [max(len(row[column]) for row in people) for column in range(4)]
        self.say("\n  Sign in as")
        for row in people:
            self.say("    " + "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip())
        self.say(f"\n  A candidate's link\n    {urljoin(home, told['candidate_link'])}")
