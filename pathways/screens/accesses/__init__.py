"""The person's own door to their thread."""
