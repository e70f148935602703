"""`habilitations.csv`: titles with an end, known by their id, else by person, nature, precision and day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.memory import Prints
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import EMPTIED, Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import place_column
from competences.enums import LicenceKind
from competences.models import Licence
from competences.rules.licences import last_day, licence_findings, told_alike
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import is_theirs, rights_of
from pathways.selectors.people import births
from pathways.selectors.rule_book import read_book

Same = tuple[int, str, str, date]
"""A person, a kind, a category, the day it was obtained."""


def store_licences(context: Context) -> None:
    """One line per title obtained; a renewal is another line."""
    rights, today, book = rights_of(context), timezone.localdate(), read_book()
    told: dict[Any, int] = {}

    def store(chunk: list[Line]) -> None:
        people = {line.number: person for line in chunk if (person := person_of(context, LICENCES, line))}
        lines = [line for line in chunk if line.number in people]
        named = context.with_ids(Licence, [line["id"] for line in lines if line["id"]])
        born, here = births(set(people.values())), _here(set(people.values()))
        recalled = memory.recall(here)
        wanted: dict[Any, Wanted] = {}
        present: dict[Any, Licence] = {}
        adopted: dict[Any, tuple[Licence, str]] = {}
        for line in lines:
            person = people[line.number]
            mine = [row for row in here if row.beneficiary_id == person]
            row = _recognised(line, person, named, mine) or _corrected(line, mine, recalled)
            if _is_refused(context, line, person, row, told):
                continue
            want = context.wanted(LICENCES, line)
            if want is None:
                continue
            wanted[line.number] = want
            if row is not None:
                present[line.number] = row
                if line["id"] and not row.external_id:
                    adopted[line.number] = (row, line["id"])
        ids = {line.number: line.text("id") for line in lines}

        def judged(row: Licence, key: Any) -> Iterable[Finding]:
            # A row already here keeps what it says; an end emptied on purpose, the first time too, stays empty.
            is_emptied = wanted[key].values.get(LICENCES.column("date_fin")) is EMPTIED
            if row.pk is None and row.expires_on is None and not is_emptied:
                row.expires_on = last_day(row.kind, row.obtained_on, book=book)
            return licence_findings(row, today=today, book=book, born_on=born.get(people[key]))

        merged = context.merge(
            LICENCES,
            Licence,
            wanted,
            present,
            lambda key: {"beneficiary_id": people[key], "external_id": ids[key], **context.author_place},
            right=lambda row, key, before: rights.person(people[key]),
            check=judged,
        )
        merged.adopt(adopted)
        merged.save()

    context.in_chunks(LICENCES, context.rows(LICENCES), store)


def _same(line: Line, person: int) -> Same:
    return (person, line["nature"], told_alike(line.text("precision")), line["date"])


def _recognised(line: Line, person: int, named: dict[str, Licence], mine: list[Licence]) -> Licence | None:
    """The title a line already is; one written again here stands before the one that was cancelled."""
    row, same = named.get(line.text("id")), _same(line, person)
    if row is not None and row.cancelled_at is None:
        return row
    alike = [
        each
        for each in mine
        if (each.beneficiary_id, each.kind, told_alike(each.label), each.obtained_on) == same
    ]
    standing = next((each for each in alike if each.cancelled_at is None), None)
    return standing or row or next(iter(alike), None)


def _corrected(line: Line, mine: list[Licence], recalled: dict[int, Prints]) -> Licence | None:
    """The title whose nature, precision or day was corrected here since the file: the line still speaks of it."""
    said = {"nature": line["nature"], "date": line["date"], "precision": line.text("precision")}
    return memory.told_as(mine, recalled, said)


def _here(people: set[int]) -> list[Licence]:
    """What is written of these people, cancelled or not."""
    rows = Licence.objects.select_for_update(of=("self",)).filter(beneficiary_id__in=people)
    return list(rows.order_by("pk"))


def _is_refused(context: Context, line: Line, person: int, row: Licence | None, told: dict[Any, int]) -> bool:
    """A line that repeats another, that speaks of somebody else's row, of another structure, or cancelled here."""
    names = [_same(line, person)] + ([row.pk] if row is not None else [])
    first = next((told[name] for name in names if told.get(name, line.number) != line.number), None)
    if first is not None:
        context.refuse(LICENCES, line, "nature", f"cette ligne répète la ligne {first}", LICENCES.repeated)
        return True
    told.update(dict.fromkeys(names, line.number))
    if row is None:
        return False
    if not is_theirs(context, LICENCES, line, row, person):
        return True
    if context.is_of_another(row.organisation_id):
        problem = "cette habilitation a déjà été notée par une autre structure"
        context.refuse(LICENCES, line, "date", problem, "Rien à faire : elle est déjà au dossier.")
        return True
    return context.stays_cancelled(LICENCES, line, row)


def _rows() -> QuerySet[Licence]:
    return Licence.objects.filter(cancelled_at__isnull=True).order_by("pk")


LICENCES: FileLayout = FileLayout(
    "habilitations.csv",
    "Les habilitations et les titres : CACES, secourisme, permis, avec leur dernier jour.",
    (
        person_column(),
        cells.listed(
            "nature",
            "kind",
            LicenceKind,
            is_compulsory=True,
            label="Nature de l’habilitation",
        ),
        Column(
            "precision",
            values.text(120),
            "catégorie ; pour « AUTRE », le nom de l’habilitation",
            "label",
            label="Catégorie de l’habilitation",
        ),
        Column(
            "date",
            values.day,
            f"jour où elle est obtenue, {cells.DAY}",
            "obtained_on",
            is_compulsory=True,
            label="Habilitation obtenue le",
        ),
        Column(
            "date_fin",
            values.day,
            f"dernier jour, {cells.DAY} ; vide, il est calculé quand une règle le fixe",
            "expires_on",
            label="Dernier jour de l’habilitation",
        ),
        Column(
            "organisme", values.text(160), "qui l’a délivrée", "issuer", label="Organisme qui l’a délivrée"
        ),
        Column(
            "suspendue",
            values.boolean,
            f"suspendue ou retirée : {cells.YES_NO}",
            "is_suspended",
            label="Habilitation suspendue ou retirée",
        ),
        Column(
            "id",
            cells.ID,
            f"{cells.OWN_ID} ; sans lui, elle est reconnue à la personne, à sa nature, à sa précision et au jour",
            write=attrgetter("pk"),
            refers_to=Licence,
            label="Identifiant de l’habilitation",
        ),
        place_column(),
    ),
    subject="l’habilitation",
    key=("salarie_id", "nature", "precision", "date"),
    own_key="id",
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_licences,
    holds=Licence,
    placed_by="organisation",
)
