"""People without a step today."""
