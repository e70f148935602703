"""What the pathways give to the pages that mix domains."""

from pathways.panels import day, immersions, own_page, person, relays, typed

__all__ = ["day", "immersions", "own_page", "person", "relays", "typed"]
