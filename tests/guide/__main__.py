"""`python -m tests.guide [PAGE…]`: walk the stories of the guide on the demonstration, and take their pictures."""

from __future__ import annotations

import os
import sys

import pytest

from tests.chromium import CHROMIUM
from tests.guide import WANTS_PICTURES


def main(names: list[str]) -> int:
    """Every page, or those named; what a story does not find is said as by the suite."""
    if not CHROMIUM:
        sys.stderr.write("Chromium n’est pas installé.\n")
        return 1
    os.environ[WANTS_PICTURES] = "1"
    wanted = ["-k", " or ".join(names)] if names else []
    return int(pytest.main(["tests/guide", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *wanted]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
