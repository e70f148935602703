"""Write `docs/decisions/README.md`, one line a decision: `python -m tests.house.decisions_page`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"
PAGE = FOLDER / "README.md"
HEAD = """# Decisions

What we chose where several ways were open, and why. A number that is missing was given to a draft that never landed.
This page is written by `python -m tests.house.decisions_page`.

"""


def decisions() -> Iterator[tuple[str, str, str]]:
    """Number, title and file name of each, in order."""
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        title = path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        yield path.name[:4], re.sub(r"^\d{4}\W+", "", title), path.name


def page() -> str:
    """The whole index."""
    return HEAD + "".join(f"- [{number} · {title}]({name})\n" for number, title, name in decisions())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
