import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from hiring.runtime.console import Console
from hiring.runtime.layout import DEFAULT_PORT, Layout, read_port
from hiring.runtime.services import ServiceError
from hiring.runtime.supervisor import Supervisor


class Command(BaseCommand):
    help = "Start everything on this machine: PostgreSQL, Valkey, S3, web, workers and beat. Ctrl-C stops it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--verbose", action="store_true", help="Show every line of every log, not only warnings.")
        parser.add_argument(
            "--without-demo", action="store_true", help="Leave an empty database empty: set it up yourself."
        )

    def handle(self, *, verbose: bool, without_demo: bool, **_options: object) -> None:
        console = Console(sys.stdout)
        try:
            port = read_port(os.environ.get("PORT", str(DEFAULT_PORT)))
            layout = Layout(settings.BASE_DIR, settings.LOCAL_FOLDER, port)
            found = given(layout.addresses, os.environ)
            Supervisor(layout, console, given=found, quiet=not verbose, demo=not without_demo).run()
        except ServiceError as error:
            sys.exit(f"{error}")


def given(addresses: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables somebody set, without those the settings took from the file of an earlier start."""
    if not addresses.exists():
        return dict(environment)
    written = set(addresses.read_text(encoding="utf-8").splitlines())
    return {name: value for name, value in environment.items() if f"{name}={value}" not in written}
