"""Each house brings the part of the style sheet that its own pages need; the tokens stay in the frame's."""

from __future__ import annotations

_SHEETS: list[str] = []


def register(sheet: str) -> None:
    """Add a house's sheet, by its name among the static files; called once from `AppConfig.ready()`."""
    if sheet not in _SHEETS:
        _SHEETS.append(sheet)


def sheets() -> tuple[str, ...]:
    """Every sheet, in the order of the houses: each may lean on the ones before."""
    return tuple(_SHEETS)
