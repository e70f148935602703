"""Putting what the lines say on the rows: nothing known is erased, and what was changed here since wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any, Protocol

from django.db import models

from backend.core.rule_lines import line_behind
from backend.exchange.importing import memory
from backend.exchange.importing.memory import Prints
from backend.exchange.layout import EMPTIED, Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import Change, Fault, Outcome, Report, Severity, in_words

KEPT = "modifié ici depuis le dernier envoi : la valeur d’ici est gardée"
KEPT_ADVICE = "Rien à faire si elle est juste ; sinon, corrigez-la à l’écran."


class Finding(Protocol):
    """What a rule says of one fact."""

    @property
    def code(self) -> str:
        """What leads to the rule behind it."""

    @property
    def sentence(self) -> str:
        """What is wrong."""

    @property
    def way_out(self) -> str:
        """What to do next."""

    @property
    def basis(self) -> str:
        """The text of law or practice behind it."""

    @property
    def field(self) -> str | None:
        """The field it speaks of."""

    @property
    def is_contradiction(self) -> bool:
        """Whether it cannot be true, wherever it comes from."""

    @property
    def refuses(self) -> bool:
        """Whether the law would refuse it today; otherwise it only deserves a look."""


Check = Callable[[Any, Any], Iterable[Finding]]
"""What the rules say of one row, as the line would leave it; the key tells which one."""


Right = Callable[[Any, Any, Mapping[str, Any]], Iterable[Finding]]
"""Why the sender may not write one row, as the line would leave it: empty when they may.

Asked only of what would be added or changed, with the key and the fields as they were (none of a new row).
"""


def anybody(row: Any, key: Any, before: Mapping[str, Any]) -> Iterable[Finding]:
    """A kind of row that whoever sends its file may write."""
    return ()


def nothing_to_say(row: Any, key: Any) -> Iterable[Finding]:
    """A kind of row no rule speaks of."""
    return ()


@dataclass(slots=True)
class Wanted:
    """What the lines of one row say of it: a value per column sent; `EMPTIED` empties."""

    lines: list[Line]
    values: dict[Column, Any]


@dataclass(slots=True)
class Merged:
    """Rows as the lines leave them, not yet saved."""

    model: Any
    columns: tuple[Column, ...]
    new: dict[Any, Any] = field(default_factory=dict)
    changed: dict[Any, Any] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    said: list[tuple[Any, Prints, dict[Column, Any]]] = field(default_factory=list)
    again: list[Any] = field(default_factory=list)

    def adopt(self, ids: Mapping[Any, tuple[Any, str]]) -> None:
        """Give the rows that stood, by key, the id the sender now has for them; call it before `save`."""
        kept = {id(row) for row, _, _ in self.said}
        for row, external_id in ids.values():
            if id(row) in kept:
                row.external_id = external_id
                row.save(update_fields=["external_id"])

    def save(self, finish: Callable[[Any], None] | None = None, also: tuple[str, ...] = ()) -> None:
        """Write them; `finish` settles the fields that follow from others, named in `also`."""
        if finish is not None:
            for row in (*self.new.values(), *self.changed.values()):
                finish(row)
        self.model._default_manager.bulk_create(self.new.values())
        if self.changed:
            fields = sorted(self.fields | set(also) | self._raise_versions())
            self.model._default_manager.bulk_update(self.changed.values(), fields, batch_size=200)
        for row in self.again:
            row.save(update_fields=["cancelled_at", "cancel_reason"])
        memory.remember(self._prints())

    def _raise_versions(self) -> set[str]:
        """A form opened before the import must notice that what it shows has changed."""
        if not any(each.name == "version" for each in self.model._meta.fields):
            return set()
        for row in self.changed.values():
            row.version += 1
        return {"version"}

    def _prints(self) -> Iterator[tuple[Any, Prints]]:
        """A new row was said whole, by the file or by default; of another, only what its lines say."""
        for row in self.new.values():
            values = {column: settled(column, row, column.current(row)) for column in self.columns}
            yield row, prints_of(row, values)
        for row, known, values in self.said:
            prints = known | prints_of(row, values)
            if prints != known:
                yield row, prints


def merge(
    report: Report,
    layout: FileLayout,
    model: Any,
    wanted: Mapping[Any, Wanted],
    present: Mapping[Any, Any],
    identity: Callable[[Any], Mapping[str, Any]],
    *,
    right: Right,
    part: str = "",
    check: Check = nothing_to_say,
) -> Merged:
    """Create what is new, correct what the file corrects, leave the rest, and say what became of each line.

    `wanted` and `present` are by key; `identity` gives the fields that say the key on a new row. What the sender may
    not write (`right`) is not judged any further.
    """
    merged = Merged(model, layout.of_part(part))
    recalled = memory.recall(present[key] for key in wanted if key in present)
    for key, want in wanted.items():
        row = present.get(key)
        if row is None:
            row, before = model(**identity(key)), {}
            put_all(row, want.values)
            outcome = Outcome.ADDED
        else:
            before = correct(report, layout, want, row, recalled.get(row.pk, {}))
            is_changed = bool(before) or counts_again(row)
            outcome = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
        refused = [] if outcome is Outcome.UNCHANGED else list(right(row, key, before))
        if not stands(report, layout, want, refused or check(row, key)):
            for name, value in before.items():
                setattr(row, name, value)
            continue
        say_rounded(report, layout, want, row)
        for line in want.lines:
            report.settle(layout.name, line.number, outcome)
        if outcome is Outcome.ADDED:
            merged.new[key] = row
            continue
        sent = {column: settled(column, row, value) for column, value in want.values.items()}
        values = {column: value for column, value in sent.items() if not says_less(column, row, value)}
        merged.said.append((row, recalled.get(row.pk, {}), values))
        if counts_again(row):
            merged.again.append(row)
        if before:
            merged.changed[key] = row
            merged.fields.update(before)
    return merged


def counts_again(row: Any) -> bool:
    """Whether a row cancelled here comes back with its line, as somebody decided."""
    return getattr(row, "counts_again", False)


def say_rounded(report: Report, layout: FileLayout, want: Wanted, row: Any) -> None:
    """A figure with more decimals than are kept is said: a screen would refuse it."""
    for column, sent in want.values.items():
        kept = settled(column, row, sent)
        if isinstance(sent, Decimal) and kept != sent:
            for line in want.lines:
                problem = f"arrondi à {kept.normalize():f}".replace(".", ",")
                said = Fault(
                    layout.name, line.number, column.name, str(sent), problem, "Rien à faire si c’est juste."
                )
                report.notice(said)


def put_all(row: Any, values: Mapping[Column, Any]) -> None:
    """A new row takes everything its lines say."""
    for column, value in values.items():
        if value is not EMPTIED:
            put(row, column, settled(column, row, value))


def correct(report: Report, layout: FileLayout, want: Wanted, row: Any, prints: Prints) -> dict[str, Any]:
    """Take what the file corrects on a row, keep and say what was changed here; what the fields held before."""
    before = {}
    for column, sent in want.values.items():
        value = settled(column, row, sent)
        if column.current(row) == value or says_less(column, row, value):
            continue
        usual = may_take(row, column, value, prints, is_order=sent is EMPTIED)
        is_taken = report.takes(layout.name, want.lines[0].number, column.name, usual=usual)
        _say_change(report, layout, want, column, row, sent, is_taken=is_taken)
        if is_taken:
            before[column.leaf] = getattr(row, column.leaf)
            put(row, column, value)
        else:
            for line in want.lines:
                said = "" if sent is EMPTIED else in_words(sent)
                report.notice(Fault(layout.name, line.number, column.name, said, KEPT, KEPT_ADVICE))
    return before


def says_less(column: Column, row: Any, value: Any) -> bool:
    """Whether what is known here says the same more exactly: the line then changes nothing, its last word included."""
    return column.agrees is not None and column.agrees(value, column.current(row))


def _say_change(
    report: Report, layout: FileLayout, want: Wanted, column: Column, row: Any, sent: Any, *, is_taken: bool
) -> None:
    """A value known here that the line says otherwise; one that was not known is only added."""
    here = column.current(row)
    if here in (None, "", [], {}) or column.refers_to is not None:
        return
    said = "" if sent is EMPTIED else in_words(sent)
    report.ask(Change(layout.name, want.lines[0].number, column.name, in_words(here), said, is_taken))


def may_take(row: Any, column: Column, value: Any, prints: Prints, *, is_order: bool) -> bool:
    """Whether a value sent may replace another: never over what was changed here since the last file.

    The same value as the last time tells nothing new; an order to empty counts the first time it is given.
    """
    here, last = settled(column, row, column.current(row)), prints.get(column.name)
    if last == memory.print_of(row, column.name, value):
        return False
    if is_order or here in (None, "", [], {}):
        return True
    return last == memory.print_of(row, column.name, here)


def settled(column: Column, row: Any, value: Any) -> Any:
    """A value as the base keeps it: decimals rounded, `EMPTIED` as the empty value of its field."""
    kept = row._meta.get_field(column.leaf)
    if value is EMPTIED:
        filled = kept.db_default if kept.has_db_default() else kept.get_default()
        empty = None if kept.null else filled
        return empty.value if isinstance(empty, Enum) else empty
    if isinstance(value, Decimal) and isinstance(kept, models.DecimalField):
        return value.quantize(Decimal(1).scaleb(-(kept.decimal_places or 0)), ROUND_HALF_UP)
    return value


def put(row: Any, column: Column, value: Any) -> None:
    """Store one value."""
    setattr(row, column.leaf, column.keep(value) if column.keep is not None else value)


def prints_of(row: Any, values: Mapping[Column, Any]) -> Prints:
    """What to remember of values said."""
    return {column.name: memory.print_of(row, column.name, value) for column, value in values.items()}


def stands(report: Report, layout: FileLayout, want: Wanted, findings: Iterable[Finding]) -> bool:
    """Whether a row may be kept: a contradiction refuses its lines, anything else is kept and said."""
    is_kept = True
    for finding in findings:
        column = column_named(layout, finding.field)
        for line in want.lines:
            value = line[column] if column else None
            shown = in_words(value)
            fault = Fault(layout.name, line.number, column, shown, finding.sentence, _advice(finding))
            if finding.is_contradiction:
                report.refuse(fault, row_id=line.text("id"))
            else:
                report.notice(fault, Severity.RESERVE if finding.refuses else Severity.NOTICE)
        is_kept = is_kept and not finding.is_contradiction
    return is_kept


def column_named(layout: FileLayout, field: str | None) -> str:
    """The column of the field a rule speaks of; empty when the file has none."""
    named = (each.name for each in layout.columns if field in (each.leaf, each.name, each.judged_as))
    return next(named, "") if field else ""


def _advice(finding: Finding) -> str:
    """What to do, the text that asks for it, and the line of the page « Règles » that explains it."""
    line = line_behind(finding.code)
    texts = " ; ".join(part for part in (finding.basis, line.name if line else "") if part)
    return f"{finding.way_out} ({texts})".strip() if texts else finding.way_out
