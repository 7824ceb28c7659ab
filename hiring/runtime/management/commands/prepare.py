from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from hiring.accounts.operations import needs_first_run
from hiring.lib import storage
from hiring.pipeline import starter
from hiring.runtime import doctor, health


class Command(BaseCommand):
    help = "Make an installation ready to serve: migrate the database, make the bucket. Safe to run again."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Make the demo company too, in an empty database.")

    def handle(self, *, demo: bool, **_options: object) -> None:
        for finding in (health.database(), health.valkey()):
            if not finding.is_well:
                raise CommandError(f"{finding.detail}. {finding.fix}")
        call_command("migrate", interactive=False)
        starter.ensure()
        try:
            storage.ensure_bucket({settings.BASE_URL, *settings.CSRF_TRUSTED_ORIGINS})
        except storage.StorageError as error:
            raise CommandError(f"S3 at {settings.S3_ENDPOINT_URL} refused the bucket: {error}.") from error
        if demo and needs_first_run():
            self._seed()
        if needs_first_run():
            self.stdout.write(f"Ready, and {doctor.how_to_begin()}.")

    def _seed(self) -> None:
        """Seed with a marker beside it, so that the next start knows when this one was interrupted."""
        marker = settings.LOCAL_FOLDER / "seeding"
        marker.touch()
        call_command("seed_demo", sign_ins=settings.LOCAL_FOLDER / "demo.json")
        marker.unlink()
