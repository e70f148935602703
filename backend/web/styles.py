"""Each house brings the part of the style sheet, and the script, that its own pages need; the frame keeps its own."""

from __future__ import annotations

_SHEETS: list[str] = []
_SCRIPTS: list[str] = []


def register(sheet: str) -> None:
    """Add a house's sheet, by its name among the static files; called once from `AppConfig.ready()`."""
    if sheet not in _SHEETS:
        _SHEETS.append(sheet)


def register_script(script: str) -> None:
    """Add a house's script: read by every page, before the frame's own, so that it may take a gesture over."""
    if script not in _SCRIPTS:
        _SCRIPTS.append(script)


def sheets() -> tuple[str, ...]:
    """Every sheet, in the order of the houses: each may lean on the ones before."""
    return tuple(_SHEETS)


def scripts() -> tuple[str, ...]:
    """Every script, in the order of the houses."""
    return tuple(_SCRIPTS)
