"""What the pages give to type: their blocks, in order, as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_HEADING = re.compile(r"^#+ (.+)$")
_FENCE = re.compile(r"^\s*```(.*)$")


@dataclass(frozen=True)
class Block:
    """One block of code: where it stands, what its fence says, its lines."""

    page: str
    heading: str
    kind: str
    words: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The block as a file."""
        return "".join(f"{line}\n" for line in self.lines)

    def is_for(self, size: str) -> bool:
        """Whether it is typed at this size: a fence that names none is for all."""
        return not self.words or size in self.words


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    heading, fence, inside = "", None, []
    for line in (ROOT / page).read_text("utf-8").splitlines():
        found = _FENCE.match(line)
        if found and fence is None:
            fence, inside = found[1].split(), []
        elif found:
            kind, *words = fence or ["text"]
            yield Block(page, heading, kind, tuple(words), tuple(inside))
            fence = None
        elif fence is not None:
            inside.append(line)
        elif titled := _HEADING.match(line):
            heading = titled[1]


def under(page: str, heading: str, *, size: str = "") -> list[Block]:
    """The blocks below a title, for one size when it is said; never none."""
    found = [each for each in blocks(page) if each.heading == heading and (not size or each.is_for(size))]
    assert found, f"{page} gives nothing to type under « {heading} »"
    return found


def rows(page: str, heading: str) -> dict[str, str]:
    """The table below a title: what its first column says, to what the second answers; never none."""
    found, inside = {}, False
    for line in (ROOT / page).read_text("utf-8").splitlines():
        if titled := _HEADING.match(line):
            inside = titled[1] == heading
        elif inside and line.startswith("| "):
            first, second = line.strip("|").split("|", maxsplit=1)
            found[first.strip()] = second.strip()
    assert found, f"{page} has no table under « {heading} »"
    return found
