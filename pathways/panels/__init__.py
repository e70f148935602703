"""What the pathways give to the pages that mix domains."""

from pathways.panels import own_page, person

__all__ = ["own_page", "person"]
