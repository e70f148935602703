"""`pass.csv`: the dates received win; without an end, the State platform's rule gives it (R5132-1-2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.core.values.dates import french_date
from backend.core.values.identifiers import validate_pass_number
from backend.core.values.text import tight
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.memory import Withdrawn
from backend.exchange.importing.merging import KEPT, KEPT_ADVICE, Wanted
from backend.exchange.layout import EMPTIED, Column, FileLayout
from backend.exchange.reading import Line
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import rights_of
from pathways.models import Beneficiary, IaePass
from pathways.rules.contracts.durations import Period
from pathways.rules.dated.book import RuleBook
from pathways.rules.passes.facts import PassFacts
from pathways.rules.passes.length import OtherPass, day_findings, number_findings, pass_end, pass_findings
from pathways.selectors.facts.rights import agreed_days, passes_with_changes
from pathways.selectors.people import births
from pathways.selectors.rule_book import read_book

_TWELVE = values.checked(validate_pass_number, "Un numéro de PASS compte 12 caractères.")


_ELEVEN_DIGITS = re.compile(r"[0-9]{11}")


def NUMBER(cell: str) -> str:
    """Twelve characters; the zero a spreadsheet dropped is put back."""
    digits = tight(cell)
    return _TWELVE(f"0{digits}" if _ELEVEN_DIGITS.fullmatch(digits) else cell)


def _rows() -> QuerySet[IaePass]:
    return IaePass.objects.order_by("pk")


def findings(
    iae: IaePass,
    others: Iterable[OtherPass],
    book: RuleBook,
    born_on: date | None = None,
    agreed: Iterable[Period] = (),
) -> list[Finding]:
    """What the rules say of a PASS as a line would leave it, beside the other ones of the same person."""
    start, end = iae.starts_on, iae.ends_on
    return [
        *day_findings(starts_on=start, ends_on=end, today=timezone.localdate(), born_on=born_on),
        *pass_findings(starts_on=start, ends_on=end, others=others, book=book, agreed=agreed),
    ]


def _day(iae: IaePass, known: Mapping[int, PassFacts]) -> OtherPass:
    """A PASS as another must wait for it: closed, its two years begin with the suspension it was closed from."""
    facts = known.get(iae.pk)
    is_closed = facts is not None and facts.closed_on is not None
    return OtherPass(iae.starts_on, iae.ends_on, facts.waits_from if facts and is_closed else None)


def store_passes(context: Context) -> None:
    """One line per PASS, known by the person and its number."""
    rights = rights_of(context)

    def store(chunk: list[Line]) -> None:
        rows = IaePass.objects.select_for_update().filter(number__in=[line["numero"] for line in chunk])
        present = {(row.beneficiary_id, row.number): row for row in rows}
        holders = _holders(context, present)
        wanted: dict[tuple[int, str], Wanted] = {}
        owned = {line.number: owner for line in chunk if (owner := person_of(context, PASSES, line))}
        _find_renumbered(context, chunk, owned, present)
        gone = memory.withdrawn(IaePass, Beneficiary, owned.values())
        for line in chunk:
            number, owner = line["numero"], owned.get(line.number)
            if not owner or _stays_out(context, line, gone.get(owner, []), (owner, number) in present):
                continue
            want = _wanted(context, line, present.get((owner, number)))
            if want is not None:
                wanted[owner, number] = want
        of_person: dict[int, dict[str, IaePass]] = defaultdict(dict)
        said_again = {present[key].pk for key in wanted if key in present}
        owners = {owner for owner, _ in wanted}
        born, agreed = births(owners), agreed_days(owners)
        for row in IaePass.objects.filter(beneficiary_id__in=owners).order_by("pk"):
            if row.pk not in said_again:  # judged as its line leaves it
                of_person[row.beneficiary_id][row.number] = row

        changed = passes_with_changes([row for rows in of_person.values() for row in rows.values()])

        def check(row: IaePass, key: tuple[int, str]) -> Iterable[Finding]:
            """Lines of one file are told of each other: what this one leaves is there for the next."""
            owner, number = key
            mine = of_person[owner]
            others = [_day(each, changed) for each in mine.values() if each.number != number]
            found = findings(row, others, context.once(read_book), born.get(owner), agreed.get(owner, ()))
            is_kept = not any(finding.is_contradiction for finding in found)
            if is_kept or row.pk is not None:  # known, it stays known when its line is refused
                mine[number] = row
            if is_kept:
                holders[number].add(owner)
            return [*found, *number_findings(is_held_by_another=bool(holders[number] - {owner}))]

        context.merge(
            PASSES,
            IaePass,
            wanted,
            present,
            lambda key: {"beneficiary_id": key[0], "number": key[1]},
            right=lambda row, key, before: rights.person(key[0]),
            check=check,
        ).save()

    oldest_first = sorted(context.rows(PASSES), key=lambda line: (line["date_debut"], line.number))
    context.in_chunks(PASSES, oldest_first, store)


def _find_renumbered(
    context: Context, chunk: list[Line], owned: dict[int, int], present: dict[tuple[int, str], IaePass]
) -> None:
    """Add the PASS whose number was corrected here since the file: the line still speaks of it, and the number is kept."""
    unknown = [
        line for line in chunk if line.number in owned and (owned[line.number], line["numero"]) not in present
    ]
    rows = list(
        IaePass.objects.select_for_update().filter(
            beneficiary_id__in={owned[line.number] for line in unknown}
        )
    )
    recalled = memory.recall(rows)
    for line in unknown:
        owner = owned[line.number]
        mine = [row for row in rows if row.beneficiary_id == owner]
        row = memory.told_as(mine, recalled, {"numero": line["numero"]})
        if row is not None:
            present[owner, line["numero"]] = row
            context.say(PASSES, line, "numero", KEPT, KEPT_ADVICE)


def _stays_out(context: Context, line: Line, gone: Iterable[Withdrawn], is_known: bool) -> bool:
    """Whether the PASS of a line was taken back here, and not written again since."""
    mark = next((each for each in gone if each.was("numero", line["numero"])), None)
    return not is_known and context.stays_out(PASSES, line, mark)


def _holders(context: Context, present: Iterable[tuple[int, str]]) -> dict[str, set[int]]:
    """Who holds each number among the people the sender reads: a structure learns nothing of the others (0033)."""
    holders: dict[str, set[int]] = defaultdict(set)
    own = set(context.known(Beneficiary).values()) if context.scope else None
    for owner, number in present:
        if own is None or owner in own:
            holders[number].add(owner)
    return holders


def _wanted(context: Context, line: Line, known: IaePass | None) -> Wanted | None:
    """What the line says of a PASS; None, and a fault, when it cannot be believed."""
    want = context.wanted(PASSES, line)
    if want is None:
        return None
    end = PASSES.column("date_fin")
    if want.values.get(end) is EMPTIED or (end not in want.values and known is None):
        want.values[end] = pass_end(line["date_debut"], book=context.once(read_book))
    elif end not in want.values and known is not None and known.starts_on != line["date_debut"]:
        # A prolonged PASS stays prolonged: only a word in its own column moves a known end.
        problem = f"la fin connue, le {french_date(known.ends_on)}, ne suit pas le nouveau début"
        context.say(PASSES, line, end.name, problem, "Rien à faire si elle est juste ; sinon, écrivez-la.")
    last = want.values.get(end) or (known.ends_on if known else line["date_debut"])
    if last < line["date_debut"]:
        context.refuse(PASSES, line, "date_fin", "la fin précède le début", "Vérifiez les deux dates.")
        return None
    return want


_RIGHTS = ("pass", "pass iae", "agrément")
"""How people call it in the titles of its days."""
PASSES: FileLayout = FileLayout(
    "pass.csv",
    "Les PASS IAE.",
    (
        person_column(),
        Column(
            "numero",
            NUMBER,
            "les 12 caractères du PASS",
            write=attrgetter("number"),
            judged_as="number",
            tells="number",
            is_compulsory=True,
            label="Numéro du PASS IAE",
            is_telling=True,
            synonyms=(
                "pass",
                "pass iae",
                "n° de pass",
                "numéro de pass",
                "numéro de pass iae",
                "agrément",
                "n° d’agrément",
                "numéro d’agrément",
            ),
        ),
        Column(
            "date_debut",
            values.day,
            cells.DAY,
            "starts_on",
            is_compulsory=True,
            label="Début du PASS",
            synonyms=(
                "pass début",
                "agrément début",
                *(f"{of} {right}" for of in ("début", "date début", "date de début") for right in _RIGHTS),
            ),
        ),
        Column(
            "date_fin",
            values.day,
            f"{cells.DAY} ; vide : calculée comme sur la plateforme de l’inclusion",
            "ends_on",
            label="Fin du PASS",
            synonyms=(
                "pass fin",
                "pass iae au",
                *(
                    f"{of} {right}"
                    for of in ("fin", "date fin", "date de fin", "échéance")
                    for right in _RIGHTS
                ),
            ),
        ),
    ),
    key=("numero", "salarie_id"),
    subject="le PASS",
    rows=_rows,
    points_to=("salaries.csv",),
    store=store_passes,
    holds=IaePass,
    placed_by="beneficiary__stays__organisation",
)
