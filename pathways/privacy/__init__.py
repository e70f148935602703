"""What is kept of a person in pathway, of which class, for how long, and how it leaves."""

from pathways.privacy.thread import TABLES, erase

__all__ = ["TABLES", "erase"]
