"""The embedded settings for `load.py`: one seat asks there what forty would, so the pace of one seat is not counted."""

from backend.settings.embedded import *  # noqa: F403
from backend.settings.embedded import PACE_OF_REQUESTS

PACE_OF_REQUESTS = dict.fromkeys(PACE_OF_REQUESTS, 1_000_000)
