#!/usr/bin/env python
"""Django's command line for Callback."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hiring.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (slow, and ctrl-C may come meanwhile)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)  # what a shell expects of an interrupted program
