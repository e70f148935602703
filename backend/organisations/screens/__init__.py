"""The team, its structures, and one's own place."""
