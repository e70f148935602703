"""The `passerelles` command: Django's runner with our commands in front, spelled with hyphens."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command named on the command line; `import-rome` is the module `import_rome`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.embedded")
    from django.core.management import execute_from_command_line

    arguments = list(sys.argv)
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments[1] = arguments[1].replace("-", "_")
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
