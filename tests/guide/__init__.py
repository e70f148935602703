"""The guide of docs/guide/, read and followed; `python -m tests.guide` takes its pictures on the way."""

WANTS_PICTURES = "GUIDE_PICTURES"
"""The variable that asks for pictures while the stories are walked."""
