"""What the pathways give to the pages that mix domains."""

from pathways.panels import day, own_page, person, typed

__all__ = ["day", "own_page", "person", "typed"]
