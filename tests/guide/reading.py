"""What a page of the guide asks of its reader, in the order it is read: whom to be, what to press, to type and to see.

The pages of docs/guide/ are plain markdown with three habits. A line that begins with « > » names an account of the
demonstration, and starts a story on that account's first page. Between guillemets stand words of the screen: in bold they
are pressed, before « : `value` » they are a field to fill, else they are to be seen. A picture is of the page reached.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
IMAGES = GUIDE / "images"
FIRST_PAGE = GUIDE / "README.md"

_TOKEN = re.compile(
    r"^> .*?(?P<account>[\w.]+@example\.org)`?(?P<where>.*)$"
    r"|!\[(?P<alternative>[^\]]*)\]\((?P<picture>[^)\s]+)\)"
    r"|\*\*(?P<bold>[^*]+)\*\*"
    r"|«\s*(?P<field>[^»]+?)\s*»\s?: `(?P<value>[^`]+)`"
    r"|«\s*(?P<see>[^»]+?)\s*»",
    re.MULTILINE,
)
_PHONE = "téléphone"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the reader does: `be` an account, `press`, `fill`, `see` or `look` at a picture; `line` in the page."""

    kind: str
    words: str
    value: str = ""
    line: int = 0


def pages() -> list[Path]:
    """Every page of the guide, its first page included."""
    return sorted(GUIDE.glob("*.md"))


def steps_of(text: str) -> list[Step]:
    """The steps of a page, in order."""
    found = []
    for match in _TOKEN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        given = {name: _flat(value) for name, value in match.groupdict().items() if value is not None}
        if account := given.get("account"):
            found.append(Step("be", account, "phone" if _PHONE in given["where"] else "", line))
        elif picture := given.get("picture"):
            found.append(Step("look", picture, given["alternative"], line))
        elif bold := given.get("bold"):
            if "«" in bold:
                found.append(Step("press", _flat(re.sub(r"[«»]", " ", bold)), line=line))
        elif field := given.get("field"):
            found.append(Step("fill", field, given["value"], line))
        else:
            found.append(Step("see", given["see"], line=line))
    return found


def stories_of(text: str) -> list[list[Step]]:
    """The steps of each story of a page; each begins by being somebody."""
    found: list[list[Step]] = []
    for step in steps_of(text):
        if step.kind == "be" or not found:
            found.append([])
        found[-1].append(step)
    return found


def _flat(text: str) -> str:
    """One line, one kind of space."""
    return " ".join(text.split())
