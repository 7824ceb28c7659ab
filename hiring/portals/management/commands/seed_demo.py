"""``manage.py seed_demo``: the demo company, in an empty database."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application
from hiring.portals.demo import rest, story


class Command(BaseCommand):
    help = "Make the demo company: three jobs, their people, candidates in every state. Only in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sign-ins",
            type=Path,
            default=settings.BASE_DIR / ".local" / "demo.json",
            help="where to keep the sign-ins of this installation (readable by you alone)",
        )

        parser.add_argument(
            "--at", choices=story.STAGES, default="interview", help="where the candidate stands whose link is printed"
        )

        parser.add_argument(
            "--applications", type=int, default=0, metavar="N", help="as many in all, beyond the cast inserted in bulk"
        )

    def handle(self, *args: Any, sign_ins: Path, at: str = "interview", applications: int = 0, **options: Any) -> None:
        try:
            told = story.tell(at=at)
        except Refusal as refusal:
            raise CommandError(f"The demo needs an empty database. {refusal}") from refusal
        missing = applications - Application.objects.count()
        if missing > 0 and (wrong := rest.grow(missing)):
            raise CommandError("\n".join(wrong))
        sign_ins.parent.mkdir(parents=True, exist_ok=True)
        sign_ins.touch(mode=0o600)
        sign_ins.write_text(json.dumps(asdict(told), indent=2), encoding="utf-8")
        self.stdout.write(f"Northwind is open. Sign-ins: {sign_ins}")
