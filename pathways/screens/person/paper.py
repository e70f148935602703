"""The frise of a person on paper: the same picture and the same table as on screen, as a tagged PDF.

The drawing of the screen places everything in percent, which the painter of PDF does not follow in SVG: on paper, boxes
stand where its shapes do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.template.loader import render_to_string

import backend.web
import pathways
from backend.files.tagged_pdf import tagged_pdf
from backend.web.components.frise import Frise
from pathways.models import Beneficiary

PAGE, NAMES = 1010, 74
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

    @property
    def place(self) -> str:
        """Its place as a style sheet says it."""
        said = {"left": self.left, "top": f"{self.top}px", "width": self.width, "height": self.height}
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
        tops = self.frise.tops
        baselines = {
            "Contrats": tops["step_text"], "PASS IAE": tops["pass"] + 10, "Suivi": tops["meetings"] + 5,
            "Acquis": tops["gains"] + 5,
        }  # fmt: skip
        return [Box("soft", "0", baseline - _BASELINE, name) for name, baseline in baselines.items()]

    @property
    def boxes(self) -> list[Box]:
        """Everything drawn, what is underneath first."""
        return [*self._lines(), *self._words(), *self._periods(), *self._days()]

    @property
    def style(self) -> str:
        """The sheet, and the place of each box."""
        tips = self.frise.tops["tips"] * self.scale
        return "\n".join(
            [
                _tokens(),
                _SHEET.read_text(encoding="utf-8"),
                f".paper{{height:{tips:.1f}px}}",
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
            (tops["pass_labels"], self.frise.pass_labels),
            (tops["gains"] + 5, self.frise.gains),
        ):
            for each in labels:
                yield Box(f"{each.css} {each.anchor}", each.x, baseline - _BASELINE + each.y, each.text)

    def _periods(self) -> Iterator[Box]:
        steps, iae = self.frise.tops["steps"], self.frise.tops["pass"]
        for css, top, shapes in (("block", steps, self.frise.steps), ("pass", iae, self.frise.passes)):
            for each in shapes:
                if each.future_width:
                    yield Box(f"{css} planned", each.future_x, top + each.y, width=each.future_width)
                if each.width:
                    yield Box(f"{css} {each.css}", each.x, top + each.y, each.text, each.width)
        for gap in self.frise.gaps:
            yield Box("gap gap-text", gap.x, steps, gap.text, gap.width)

    def _days(self) -> Iterator[Box]:
        for meeting in self.frise.meetings:
            yield Box(meeting.css, meeting.x, self.frise.tops["meetings"])
        for gain in self.frise.gains:
            yield Box("gem", gain.mark_x, self.frise.tops["gains"] + gain.mark_y)


def thread_paper(person: Beneficiary, frise: Frise, *, today: date) -> bytes:
    """One sheet for the picture, as many as it takes for the table; `DomainError` where the system draws no PDF."""
    context = {"person": person, "frise": frise, "paper": Paper(frise), "today": today}
    return tagged_pdf(render_to_string("pathways/thread/paper.html", context))


def _tokens() -> str:
    """The colours of the screen, by day."""
    look = _LOOK.read_text(encoding="utf-8")
    start = look.index(":root {")
    return look[start : look.index("}", start) + 1]
