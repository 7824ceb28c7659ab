import sys

from django.core.management.base import BaseCommand

from hiring.runtime import doctor


class Command(BaseCommand):
    help = "Ask everything this installation depends on, and say what to do about what does not answer."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        ill = 0
        for finding in doctor.findings():
            mark = self.style.SUCCESS("ok ") if finding.is_well else self.style.ERROR("RED")
            self.stdout.write(f"{mark}  {finding.name:<11} {finding.detail}")
            if not finding.is_well:
                ill += 1
                self.stdout.write(f"     {'':<11} → {finding.fix}")
        if ill:
            sys.exit(1)
