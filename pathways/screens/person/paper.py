"""The frise of a person on paper: the same picture and the same table as on screen, as a tagged PDF.

The drawing of the screen places everything in percent, which the painter of PDF does not follow in SVG: on paper, boxes
stand where its shapes do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string

import backend.web
import pathways
from backend.files.tagged_pdf import tagged_pdf
from backend.web.components.frise.draw import Frise, Shape
from pathways.models import Beneficiary

PAGE, NAMES = 1010, 82
"""Pixels of an A4 sheet laid down, within its margins, and of the names of the rows."""
_BASELINE = 13
"""From the top of a line of text to its baseline, in pixels: an SVG places text by the latter, a box by the former."""
_SHEET = Path(pathways.__file__).parent / "static" / "pathways" / "frise-paper.css"
_LOOK = Path(backend.web.__file__).parent / "static" / "web" / "passerelles.css"


@dataclass(frozen=True, slots=True)
class Box:
    """One rectangle, or one line of text: its look, its place, and what it says."""

    css: str
    left: str
    top: int
    text: str = ""
    width: str = ""
    height: str = ""
    shift: str = ""
    """Pixels from `left`, which is in percent."""

    @property
    def place(self) -> str:
        """Its place as a style sheet says it."""
        said = {"left": self.left, "top": f"{self.top}px", "width": self.width, "height": self.height}
        said["margin-left"] = self.shift
        return ";".join(f"{name}:{value}" for name, value in said.items() if value)


@dataclass(frozen=True, slots=True)
class Paper:
    """How the frise stands on the sheet: never narrower than its narrowest picture, then made smaller as a whole."""

    frise: Frise

    @property
    def width(self) -> int:
        """Pixels of the picture with the names of its rows."""
        return max(self.frise.width + NAMES, PAGE)

    @property
    def scale(self) -> float:
        """What brings it back to the width of the sheet."""
        return PAGE / self.width

    @property
    def names(self) -> list[Box]:
        """What each row is, at its left."""
        return [Box("soft", "0", name.y - _BASELINE, name.text) for name in self.frise.names]

    @property
    def boxes(self) -> list[Box]:
        """Everything drawn, what is underneath first."""
        return [*self._lines(), *self._words(), *self._periods(), *self._days()]

    @property
    def style(self) -> str:
        """The sheet, and the place of each box."""
        return "\n".join(
            [
                _tokens(),
                _SHEET.read_text(encoding="utf-8"),
                f".paper{{height:{self.frise.height * self.scale:.1f}px}}",
                f".frise{{width:{self.width}px;height:{self.frise.height}px;transform:scale({self.scale:.4f})}}",
                *(f"#n{at}{{{box.place}}}" for at, box in enumerate(self.names)),
                *(f"#b{at}{{{box.place}}}" for at, box in enumerate(self.boxes)),
            ]
        )

    def _lines(self) -> Iterator[Box]:
        top, height = self.frise.tops["lines"], f"{self.frise.tops['lines_end'] - self.frise.tops['lines']}px"
        for x in self.frise.year_lines:
            yield Box("month", x, top, height=height)
        yield Box("today", self.frise.today_x, top, height=height)

    def _words(self) -> Iterator[Box]:
        tops = self.frise.tops
        for baseline, labels in (
            (tops["header"], self.frise.header),
            (tops["callouts"], self.frise.callouts),
            *((band.label_y, band.labels) for band in self.frise.bands),
            (tops.get("gains", 0) + 5, self.frise.gains),
        ):
            for each in labels:
                top = baseline - _BASELINE + each.y
                yield Box(f"{each.css} {each.anchor}", each.x, top, each.text, shift=f"{each.dx}px")

    def _periods(self) -> Iterator[Box]:
        steps = self.frise.tops["steps"]
        yield from _bars("block", steps, self.frise.steps)
        for band in self.frise.bands:
            yield from _bars("bar", band.y, [*band.shapes, *band.over])
        for gap in self.frise.gaps:
            yield Box("gap gap-text", gap.x, steps, gap.text, gap.width)

    def _days(self) -> Iterator[Box]:
        for meeting in self.frise.meetings:
            yield Box(meeting.css, meeting.x, self.frise.tops["meetings"])
        for gain in self.frise.gains:
            yield Box("gem", gain.x, self.frise.tops["gains"] + gain.mark_y)


def _bars(css: str, top: int, shapes: Iterable[Shape]) -> Iterator[Box]:
    """Rectangles, what is planned of each before what is past."""
    for each in shapes:
        if each.future_width:
            yield Box(f"{css} planned {each.css}", each.future_x, top + each.y, width=each.future_width)
        if each.width:
            yield Box(f"{css} {each.css}", each.x, top + each.y, each.text, each.width)


def thread_paper(person: Beneficiary, frise: Frise, *, today: date) -> bytes:
    """One sheet for the picture, as many as it takes for the table; `DomainError` where the system draws no PDF."""
    context = {"person": person, "frise": frise, "paper": Paper(frise), "today": today}
    return tagged_pdf(render_to_string("pathways/thread/paper.html", context))


def _tokens() -> str:
    """The colours of the screen, by day."""
    look = _LOOK.read_text(encoding="utf-8")
    start = look.index(":root {")
    return look[start : look.index("}", start) + 1]
