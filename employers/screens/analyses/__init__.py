"""Task analyses, task by task."""
