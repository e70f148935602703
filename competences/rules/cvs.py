"""What fits on one page of a CV, in which order, and what its words are.

The page is counted in rows of 14 points, with letters wider than those that are drawn, so that the PDF and the text file
both hold on one page whatever the font of who opens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from backend.core.values.dates import NBSP, SHORT_MONTHS
from competences.enums import CvPart, Level, ProofStatus
from pathways.enums import Sex

ROWS = 52
"""Rows of 14 points on an A4 page with margins of 15 mm (54 would touch them)."""
FULL_WIDTH, BESIDE_DATES = 84, 62
"""Letters of 10 points across the page, and beside a column of dates."""
NAME_WIDTH, TITLE_WIDTH = 38, 58
_WIDEST = frozenset("MWŒÆ@%…—")
HEADING_ROWS, GROUP_ROWS, NAME_ROWS, TITLE_ROWS = 2, 1, 2, 2
HEAD_SPACE = 2
"""What the colour of a head takes around it, in both looks: changing the look never changes what is said."""
WORDS_ROWS = 8
"""What is proposed leaves this room for a telephone, a presentation and languages: nothing falls once they are written."""
MOST_GESTURES = 3
"""Gestures told under an experience."""
PROPOSED_FROM = Level.WITH_HELP
"""What the person is still discovering is offered, and ticked by them only."""
PROPOSED_SKILLS = 10
"""Before anybody chooses: more would be read by nobody."""

GROUPS = {
    ProofStatus.CERTIFIED: "Certifié par un diplôme ou un titre",
    ProofStatus.RECOGNISED: "Reconnu par des professionnels du métier",
    ProofStatus.OBSERVED: "Vu au travail",
    ProofStatus.DECLARED: "Je dis aussi savoir le faire",
}
"""The best attested first; what nobody else attests says so."""
ORDER = tuple(GROUPS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CV, in words; `key` is what a form ticks and what is kept.

    `how` is said after `what` (a level, a last day), `when` beside them, `more` under them. `is_proposed`: shown before
    anybody chose.
    """

    key: str
    part: CvPart
    what: str
    how: str = ""
    when: str = ""
    more: str = ""
    group: str = ""
    is_proposed: bool = True

    @property
    def words(self) -> str:
        """« Tailler une haie, en autonomie »."""
        return f"{self.what}, {self.how}" if self.how else self.what

    @property
    def rows(self) -> int:
        """What it takes on the page."""
        width = FULL_WIDTH if self.part is CvPart.SKILLS else BESIDE_DATES
        return rows_of(self.words, width) + (rows_of(self.more, width) if self.more else 0)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one small heading, or under none."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page."""

    part: CvPart
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """« Ce que je sais faire »."""
        return str(self.part.label)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Its lines under their small headings, in their order."""
        titles = dict.fromkeys(line.group for line in self.lines)
        return tuple(
            Group(title, tuple(line for line in self.lines if line.group == title)) for title in titles
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page, and what was chosen and finds no room there."""

    sections: tuple[Section, ...]
    left_out: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Who: a name, a trade, how to reach them, a few words; then their languages, at the foot of the page."""

    name: str
    title: str = ""
    contacts: tuple[str, ...] = ()
    presentation: str = ""
    languages: str = ""

    @property
    def rows(self) -> int:
        """What it takes on the page, its languages included."""
        return (
            HEAD_SPACE
            + NAME_ROWS * rows_of(self.name, NAME_WIDTH)
            + (TITLE_ROWS * rows_of(self.title, TITLE_WIDTH) if self.title else 0)
            + (rows_of(" · ".join(self.contacts), FULL_WIDTH) if self.contacts else 0)
            + (1 + rows_of(self.presentation, FULL_WIDTH) if self.presentation else 0)
            + (HEADING_ROWS + rows_of(self.languages, FULL_WIDTH) if self.languages else 0)
        )


def rows_of(text: str, width: int) -> int:
    """Rows that a text takes at this width, in ordinary letters: a word goes whole to the next row, or is cut if longer."""
    return sum(_rows_of_a_line(line, width) for line in text.splitlines()) or 1


def _rows_of_a_line(line: str, width: int) -> int:
    rows, taken = 1, 0.0
    for word in line.split(" "):
        size = sum(map(_breadth, word))
        if taken and taken + 1 + size <= width:
            taken += 1 + size
            continue
        whole = max(ceil(size / width), 1)
        rows += whole if taken else whole - 1
        taken = size - (whole - 1) * width
    return rows


def _breadth(letter: str) -> float:
    """Of a letter, beside an ordinary one, in the widest of the fonts we draw with."""
    if letter in _WIDEST:
        return 2
    return 1.7 if letter in "mw" else 1.4 if letter.isupper() else 1


def parts_in_order(first: CvPart) -> tuple[CvPart, ...]:
    """The part the person puts first, then the others."""
    return (first, *(part for part in CvPart if part is not first))


def fit(lines: Sequence[Line], *, first: CvPart, head: Head, free: int = 0) -> Page:
    """Each part in turn gives its next line, best first, until the page is full: no part takes the room of another.

    `free` rows are left for what is still to be written.
    """
    waiting = {part: [line for line in lines if line.part is part] for part in parts_in_order(first)}
    kept: dict[CvPart, list[Line]] = {part: [] for part in waiting}
    room, left_out = ROWS - head.rows - free, []
    while turn := [part for part in waiting if waiting[part]]:
        for part in turn:
            line = waiting[part].pop(0)
            taken = _rows_taken(line, kept[part])
            if taken <= room:
                room -= taken
                kept[part].append(line)
            else:
                left_out += [line, *waiting[part]]
                waiting[part] = []
    found = tuple(Section(part, tuple(kept[part])) for part in kept if kept[part])
    return Page(found, tuple(sorted(left_out, key=lambda line: list(waiting).index(line.part))))


def _rows_taken(line: Line, above: Sequence[Line]) -> int:
    begins_a_group = bool(line.group) and (not above or above[-1].group != line.group)
    return line.rows + (0 if above else HEADING_ROWS) + (GROUP_ROWS if begins_a_group else 0)


def chosen_among(lines: Sequence[Line], shown: Iterable[str] | None, *, head: Head) -> list[Line]:
    """The lines chosen; when nobody chose (`shown` is None), those proposed that hold on the page."""
    if shown is not None:
        keys = set(shown)
        return [line for line in lines if line.key in keys]
    proposed = [line for line in lines if line.is_proposed and line.part is not CvPart.SKILLS]
    proposed += [line for line in lines if line.is_proposed and line.part is CvPart.SKILLS][:PROPOSED_SKILLS]
    held = fit(proposed, first=CvPart.SKILLS, head=head, free=WORDS_ROWS)
    keys = {line.key for section in held.sections for line in section.lines}
    return [line for line in lines if line.key in keys]


def kept_choice(chosen: Iterable[str], *, offered: Iterable[str], before: Iterable[str]) -> list[str]:
    """What is kept of a choice: what was offered, and what had been chosen that this reader is not shown."""
    here = list(offered)
    ticked = set(chosen)
    return [*(key for key in here if key in ticked), *(key for key in before if key not in set(here))]


def period(start: date, end: date | None, *, today: date) -> str:
    """« mars 2025 – sept. 2025 », « depuis mars 2025 » while it lasts: months, so that a gap of some weeks is nobody's."""
    if end is None or end >= today:
        return f"depuis{NBSP}{month_in_words(start)}"
    first, last = month_in_words(start), month_in_words(end)
    return first if first == last else f"{first} – {last}"


def month_in_words(day: date) -> str:
    """« sept. 2025 »."""
    return f"{SHORT_MONTHS[day.month - 1]}{NBSP}{day.year}"


def in_a_sentence(gestures: Sequence[str]) -> str:
    """« Tailler une haie, tondre, souffler les feuilles »."""
    return ", ".join([*gestures[:1], *(each[:1].lower() + each[1:] for each in gestures[1:])])


def trade_of(label: str, sex: str) -> str:
    """« Employée de maison » of « Employé / Employée de maison »: a trade as its person says it; both when it is not known."""
    his, slash, rest = label.partition(" / ")
    if not slash or sex not in Sex.values:
        return label
    if sex == Sex.F:
        return rest
    return " ".join([his, *rest.split()[len(his.split()) :]])
