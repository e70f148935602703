"""A real browser for the stories."""

from tests.chromium import browser, trail_can_be_emptied  # noqa: F401 - fixtures
