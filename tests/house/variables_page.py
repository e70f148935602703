"""Write the table of variables of `docs/exploitation.md`: `python -m tests.house.variables_page`."""

from __future__ import annotations

from pathlib import Path

from backend.settings.variables import TABLE_HEAD, table

PAGE = Path(__file__).parents[2] / "docs" / "exploitation.md"


def page() -> str:
    """The whole page, its table written again."""
    before, _, after = PAGE.read_text(encoding="utf-8").partition(TABLE_HEAD)
    return before + table() + "\n" + after.partition("\n\n")[2]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
