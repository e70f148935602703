"""What every part of an import shares: the files read, the report, and the ids already known."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.values.dates import french_date
from backend.core.values.numbers import whole_number
from backend.exchange import registry
from backend.exchange.importing.memory import Withdrawn
from backend.exchange.importing.merging import (
    Check,
    Finding,
    Merged,
    Right,
    Wanted,
    merge,
    nothing_to_say,
    stands,
)
from backend.exchange.layout import EMPTIED, Column, FileLayout
from backend.exchange.models import OtherId
from backend.exchange.reading import Line
from backend.exchange.report import TAKEN_BACK, Change, Fault, Outcome, Report, Severity, in_words
from backend.exchange.scope import OURS, Scope
from backend.exchange.structures import STRUCTURE_COLUMN

T = TypeVar("T")
CHUNK = 500
"""Lines of one transaction at most."""
FIRST_CHUNK = 50
BREATH_SECONDS = 0.02
"""SQLite keeps no queue: whoever waits asks again from time to time, and must find it free."""
HOLD_SECONDS = 0.2
"""How long one chunk may keep the others from writing: the next one is cut to what this machine does in that time."""
STAYS_OUT_ADVICE = "Rien à faire si l’annulation est juste ; sinon, répondez « le fichier » à la vérification, ou notez-le à l’écran."
LinesOf = Callable[[Any], Iterable[tuple[FileLayout, Line]]]


@dataclass(slots=True)
class Context:
    """One import under way; `on_progress` hears (file, lines done, lines in all).

    Without `scope` the operator brings ids of the whole installation; `actor` is whoever sends, whose reach bounds what
    is said of people already there.
    """

    lines: Mapping[str, list[Line]]
    report: Report
    on_progress: Callable[[str, int, int], None]
    scope: Scope | None = None
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    left_out: dict[str, dict[str, date | None]] = field(default_factory=lambda: defaultdict(dict))
    actor: Actor | None = None
    _known: dict[Callable[..., Any], Any] = field(default_factory=dict)
    _joined: dict[str, dict[str, int]] = field(default_factory=dict)

    def once(self, read: Callable[..., T], *given: Any) -> T:
        """What the lines of an import are judged by, read the first time one of them asks."""
        if read not in self._known:
            self._known[read] = read(*given)
        found: T = self._known[read]
        return found

    def rows(self, layout: FileLayout) -> list[Line]:
        """The good lines of a file; none when it was not sent. A line that names a row joined to another says nothing."""
        lines = list(self.lines.get(layout.name, ()))
        if layout.holds is None or not any(column.name == "id" for column in layout.columns):
            return lines
        joined = self._silent(layout)
        return (
            [line for line in lines if line["id"] not in joined or self._is_told(layout, line)]
            if joined
            else lines
        )

    def _silent(self, layout: FileLayout) -> Collection[str]:
        """Ids joined to another of the same sender; the only one it has for somebody goes on speaking of them."""
        joined = self.joined(layout.holds) if layout.holds else {}
        if self.scope is None or layout.recognises is None or not joined:
            return joined
        named = self.sent(layout.holds).filter(pk__in=joined.values()) if layout.holds else ()
        twice = {row.pk for row in named}
        return {told for told, pk in joined.items() if pk in twice}

    def _is_told(self, layout: FileLayout, line: Line) -> bool:
        if self.scope is not None and layout.recognises is None:
            problem = "cette ligne est déjà enregistrée ici : elle n’est ni doublée ni changée"
            self.say(layout, line, "id", problem, "Rien à faire ; une correction se fait à l’écran.")
            self.report.settle(layout.name, line.number, Outcome.UNCHANGED)
        else:
            self.leave(layout, line, "id", "cet identifiant a été réuni à un autre")
        return False

    def leave(self, layout: FileLayout, line: Line, column: str, problem: str) -> None:
        """Count a line as unchanged, and say why."""
        self.say(
            layout,
            line,
            column,
            problem,
            "Ce que dit cette ligne n’est pas repris : gardez une seule des deux.",
        )
        self.report.settle(layout.name, line.number, Outcome.UNCHANGED)

    def joined(self, model: type[models.Model]) -> dict[str, int]:
        """Ids of rows since joined with another, and the row that was kept (decision 0059); read once."""
        if model._meta.label not in self._joined:
            self._joined[model._meta.label] = _joined(model, self.scope.prefix if self.scope else "")
        return self._joined[model._meta.label]

    # The ids people send

    def known(self, model: type[models.Model]) -> dict[str, int]:
        """Primary keys by the sender's id, read once; forgotten when rows are created."""
        name = model._meta.label
        if name not in self.ids:
            rows = self.sent(model).values_list("external_id", "pk")
            self.ids[name] = self.joined(model) | dict(rows.iterator(chunk_size=5_000))
            for pk in self.ours(model).values_list("pk", flat=True):
                self.ids[name][f"{self.prefix}{OURS}{pk}"] = pk
        return self.ids[name]

    @property
    def prefix(self) -> str:
        """What stands before each id sent."""
        return self.scope.prefix if self.scope else ""

    def ours(self, model: type[models.Model]) -> models.QuerySet[Any]:
        """Rows of the structure that it did not send itself: typed here, they are known by our own ids."""
        path = registry.naming(model).placed_by
        if self.scope is None or not path:
            return model._default_manager.none()
        rows = model._default_manager.filter(**{path: self.scope.organisation_id})
        return rows.exclude(external_id__startswith=self.prefix).order_by()

    def recognise(self, row: Any, sent: str) -> None:
        """From now on this id of the sender leads to a row of ours that had none of theirs, or to the one it had."""
        if row.external_id:
            OtherId.objects.get_or_create(
                kind=row._meta.label_lower, external_id=sent, defaults={"row_id": row.pk}
            )
        else:
            row.external_id = sent
            row.save(update_fields=["external_id"])
        self.ids.pop(row._meta.label, None)
        self._joined.pop(row._meta.label, None)

    def is_unsent(self, row: Any) -> bool:
        """Whether the sender never gave an id to a row: typed here, or told by somebody else."""
        return not row.external_id or bool(self.scope and not row.external_id.startswith(self.prefix))

    def id_of(self, row: Any) -> str:
        """The id a row is known by; one no file can write when the operator's never gave any."""
        if self.scope is not None:
            return self.scope.id_of(row)
        return row.external_id or f"\x00{row.pk}"

    def sent(self, model: type[models.Model]) -> models.QuerySet[Any]:
        """Rows that came with an id: all of them for the operator, a structure's own for the others."""
        rows = model._default_manager.exclude(external_id="")
        return rows.filter(external_id__startswith=self.scope.prefix) if self.scope else rows

    def with_ids(self, model: type[models.Model], external_ids: Iterable[str]) -> dict[str, Any]:
        """Rows already known under these ids, locked until the chunk is stored."""
        asked = list(external_ids)
        rows = self.sent(model).select_for_update(of=("self",)).filter(external_id__in=asked)
        found = {row.external_id: row for row in rows}
        others = {told: pk for told, pk in self.joined(model).items() if told in asked and told not in found}
        if others:
            kept = model._default_manager.select_for_update(of=("self",)).in_bulk(set(others.values()))
            found |= {told: kept[pk] for told, pk in others.items() if pk in kept}
        mark = f"{self.prefix}{OURS}"
        numbers = {whole_number(each.removeprefix(mark)) for each in asked if each.startswith(mark)} - {None}
        if numbers and self.scope is not None:
            own = self.ours(model).filter(pk__in=numbers).values("pk")
            rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=own)
            found |= {f"{mark}{row.pk}": row for row in rows}
        return found

    def organisation(self, layout: FileLayout, line: Line) -> int | None:
        """The structure a line belongs to: the one chosen, or the one the line names."""
        if self.scope:
            return self.scope.organisation_id
        return self.resolve(layout, line, layout.column(STRUCTURE_COLUMN))

    @property
    def author_place(self) -> dict[str, int]:
        """Where what is written was said or seen; the operator's files do not know it."""
        return {"organisation_id": self.scope.organisation_id} if self.scope else {}

    def is_of_another(self, organisation_id: int | None) -> bool:
        """Whether a structure would touch what another one said or saw."""
        return self.scope is not None and organisation_id not in (None, self.scope.organisation_id)

    def resolve(self, layout: FileLayout, line: Line, column: Column) -> int | None:
        """The primary key a line points to; None, and a fault, when nobody sent that id."""
        sent, model = line.text(column.name), column.refers_to
        if model is None:
            raise TypeError(f"{layout.name}, {column.name}: this column points to nothing")
        pk = self.known(model).get(sent)
        if pk is not None:
            return pk
        left_out = self.left_out[registry.naming(model).name]
        if sent in left_out:
            self._goes_with(layout, line, column, left_out[sent])
        else:
            self.refuse(layout, line, column.name, *self._why_unknown(model, sent))
        return None

    def _why_unknown(self, model: type[models.Model], sent: str) -> tuple[str, str]:
        """What is wrong, and what to do: the line that gives this id may itself be refused."""
        source = registry.naming(model).name
        tally, title = self.report.tally(source), self.report.title(source)
        number = tally.refused_ids.get(sent.removeprefix(self.report.prefix))
        if number:
            return self.report.waits_for(source, number), "Corrigez-la, puis envoyez à nouveau les deux."
        if tally.is_refused_whole:
            return f"{title} est à corriger d’abord", "Corrigez ce fichier, puis envoyez à nouveau les deux."
        return "cet identifiant n’est connu nulle part", f"Vérifiez-le, ou ajoutez la ligne dans {title}."

    # What was taken back here

    def stays_out(self, layout: FileLayout, line: Line, gone: Withdrawn | None) -> bool:
        """Whether a line stays out because what it says was taken back here, unless somebody decided otherwise."""
        return gone is not None and self._is_left_out(layout, line, gone.on)

    def stays_cancelled(self, layout: FileLayout, line: Line, row: Any) -> bool:
        """The same for the row a line already is, cancelled here and still readable.

        When somebody decided so, it counts again from now on, and for the base once its line stands (`merging`).
        """
        if row is None or row.cancelled_at is None:
            return False
        if self._is_left_out(layout, line, timezone.localdate(row.cancelled_at)):
            return True
        row.cancelled_at, row.cancel_reason, row.counts_again = None, "", True
        return False

    def _is_left_out(self, layout: FileLayout, line: Line, on: date | None) -> bool:
        here, number = _taken_back(on), line.number
        is_taken = self.report.takes(layout.name, number, TAKEN_BACK, usual=False)
        self.report.ask(Change(layout.name, number, TAKEN_BACK, here, "encore dans le fichier", is_taken))
        if is_taken:
            return False
        self.say(layout, line, "", f"{here} : pas repris", STAYS_OUT_ADVICE)
        self.report.settle(layout.name, number, Outcome.UNCHANGED)
        if line["id"]:
            self.left_out[layout.name][line.text("id")] = on
        return True

    def _goes_with(self, layout: FileLayout, line: Line, column: Column, on: date | None) -> None:
        """A line that hangs from what was taken back here says nothing either."""
        problem = f"ce que désigne cette colonne est {_taken_back(on)} : ligne pas reprise"
        self.say(layout, line, column.name, problem, STAYS_OUT_ADVICE)
        self.report.settle(layout.name, line.number, Outcome.UNCHANGED)

    # What lines say

    def values(self, layout: FileLayout, line: Line, *, part: str = "") -> dict[Column, Any] | None:
        """What a line says of its row: the cells that were filled, ids resolved; None when one is unknown."""
        values = {}
        for column in layout.of_part(part):
            value = line.values.get(column.name)
            if value is None or column.is_late:
                continue
            if self.scope is not None and column.name == STRUCTURE_COLUMN:
                continue  # one structure sends: whatever it is called there, its lines are its own
            if column.refers_to is not None and value is not EMPTIED:
                value = self.resolve(layout, line, column)
                if value is None:
                    return None
            values[column] = value
        return values

    def wanted(self, layout: FileLayout, line: Line, *, part: str = "") -> Wanted | None:
        """The same, with its line; None, and a fault, when an id it gives is unknown."""
        values = self.values(layout, line, part=part)
        return None if values is None else Wanted([line], values)

    def merge(
        self,
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
        """See `merging.merge`."""
        return merge(
            self.report, layout, model, wanted, present, identity, right=right, part=part, check=check
        )

    def stands(self, layout: FileLayout, line: Line, findings: Iterable[Finding]) -> bool:
        """Whether a line may be kept, by what the rules say of it before it becomes a row."""
        return stands(self.report, layout, Wanted([line], {}), findings)

    def refuse(self, layout: FileLayout, line: Line, column: str, problem: str, what_to_do: str) -> None:
        """Set a line aside because of one of its columns."""
        fault = Fault(layout.name, line.number, column, _shown(line, column), problem, what_to_do)
        self.report.refuse(fault, row_id=line.text("id"))

    def refuse_id(self, layout: FileLayout, line: Line, means: str) -> None:
        """Set a line aside because its id already names something else: « le contrat d’une autre personne »."""
        advice = "Donnez à cette ligne un identifiant qui n’a pas déjà servi."
        self.refuse(layout, line, "id", f"cet identifiant désigne déjà {means}", advice)

    def say(
        self,
        layout: FileLayout,
        line: Line,
        column: str,
        problem: str,
        what_to_do: str,
        severity: Severity = Severity.NOTICE,
    ) -> None:
        """Say something of a line that is kept."""
        fault = Fault(layout.name, line.number, column, _shown(line, column), problem, what_to_do)
        self.report.notice(fault, severity)

    # Storing

    def in_chunks(
        self,
        layout: FileLayout,
        rows: list[Any],
        store: Callable[[list[Any]], None],
        size: int = CHUNK,
        lines_of: LinesOf | None = None,
    ) -> None:
        """Store a chunk per transaction, so that a stop loses at most one and a new run takes over.

        What the base itself refuses costs its own line, never its neighbours. SQLite has one writer at a time: a chunk
        is no longer than what leaves the others in peace.
        """
        done, width = 0, min(FIRST_CHUNK, size)
        while chunk := rows[done : done + width]:
            began = time.monotonic()
            if not self._stored(store, chunk):
                for row in chunk:
                    if not self._stored(store, [row]):
                        self._refuse_row(lines_of(row) if lines_of else [(layout, row)])
            done += len(chunk)
            # At most twice the last one: a few quick lines promise nothing of the next ones.
            held = max(time.monotonic() - began, 0.001)
            width = max(1, min(size, 2 * width, int(len(chunk) * HOLD_SECONDS / held)))
            self.on_progress(layout.name, done, len(rows))
            if connection.vendor == "sqlite" and not connection.in_atomic_block:
                time.sleep(BREATH_SECONDS)

    def _stored(self, store: Callable[[list[Any]], None], chunk: list[Any]) -> bool:
        try:
            with transaction.atomic():
                store(chunk)
        except (IntegrityError, DataError, ValidationError, OverflowError):
            self.ids.clear()
            return False
        return True

    def _refuse_row(self, lines: Iterable[tuple[FileLayout, Line]]) -> None:
        for layout, line in lines:
            problem = "cette ligne contredit ce qui est déjà enregistré"
            self.refuse(layout, line, "", problem, "Vérifiez ses dates et ses identifiants.")


def _joined(model: type[models.Model], prefix: str) -> dict[str, int]:
    ids = OtherId.objects.filter(kind=model._meta.label_lower, external_id__startswith=prefix)
    return dict(ids.values_list("external_id", "row_id"))


def _taken_back(on: date | None) -> str:
    return f"annulé ici le {french_date(on)}" if on else "annulé ici"


def _shown(line: Line, column: str) -> str:
    return in_words(line[column] if column else None)
