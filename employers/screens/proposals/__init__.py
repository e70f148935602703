"""Composing a job from tasks, and asking who would hold it."""
