"""The operator’s commands."""
