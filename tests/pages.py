"""What a page says, for tests."""

from __future__ import annotations

from typing import Any


def text_of(response: Any) -> str:
    """The whole page, as text."""
    text: str = response.content.decode()
    return text
