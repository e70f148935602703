"""Frames say which columns they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def require_columns(frame: pd.DataFrame, *names: str) -> None:
    """`KeyError` naming the columns that a frame lacks."""
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise KeyError(f"columns missing: {', '.join(missing)}")
