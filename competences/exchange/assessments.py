"""`competences.csv`: what was seen, known by its id when there is one, else by person, competence and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import place_column
from competences.enums import Level, ProofStatus
from competences.models import Assessment, Competence
from competences.rules.assessments import day_findings
from competences.services import ensure_referential
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import rights_of
from pathways.selectors.people import births

Seen = tuple[int, int, date]
"""A person, a competence, a day."""


def findings(assessment: Assessment, born_on: date | None) -> Iterable[Finding]:
    """What the rules say of an assessment as a line would leave it."""
    today = timezone.localdate()
    return day_findings(assessed_on=assessment.assessed_on, today=today, born_on=born_on)


def store_assessments(context: Context) -> None:
    """One line per reading; codes of the referential in use, current or retired."""
    if context.rows(ASSESSMENTS):
        ensure_referential()
    codes = dict(Competence.objects.values_list("code", "pk"))
    rights, told = rights_of(context), dict[Any, int]()

    def store(chunk: list[Line]) -> None:
        seen = {line.number: it for line in chunk if (it := _seen(context, line, codes)) is not None}
        lines = [line for line in chunk if line.number in seen]
        named = context.with_ids(Assessment, [line["id"] for line in lines if line["id"]])
        people = {it[0] for it in seen.values()}
        that_day, born = _that_day(people), births(people)
        claimed = {row.pk for row in named.values()} | {
            row.pk for line in lines if (row := _exactly(line, that_day[seen[line.number]])) is not None
        }
        wanted: dict[Any, Wanted] = {}
        present: dict[Any, Assessment] = {}
        adopted: dict[Any, tuple[Assessment, str]] = {}
        for line in lines:
            it = seen[line.number]
            row = named.get(line.text("id")) or _recognised(context, line, that_day[it], claimed)
            if _is_repeated(context, line, it, row, told):
                continue
            want = context.wanted(ASSESSMENTS, line) if _may_write(context, line, it, row) else None
            if want is None:
                continue
            wanted[line.number] = want
            if row is not None:
                claimed.add(row.pk)
                present[line.number] = row
                if line["id"] and not row.external_id:
                    adopted[line.number] = (row, line["id"])
        ids = {line.number: line.text("id") for line in lines}
        merged = context.merge(
            ASSESSMENTS,
            Assessment,
            wanted,
            present,
            lambda key: {
                "beneficiary_id": seen[key][0],
                "competence_id": seen[key][1],
                "external_id": ids[key],
                **context.author_place,
            },
            right=lambda row, key, before: rights.person(seen[key][0]),
            check=lambda row, key: findings(row, born.get(seen[key][0])),
        )
        merged.adopt(adopted)
        merged.save()

    context.in_chunks(ASSESSMENTS, context.rows(ASSESSMENTS), store)


def _seen(context: Context, line: Line, codes: dict[str, int]) -> Seen | None:
    person = person_of(context, ASSESSMENTS, line)
    if line["code"] not in codes:
        problem, what_to_do = "code de compétence inconnu", "Vérifiez le code, ou importez d’abord le ROME."
        context.refuse(ASSESSMENTS, line, "code", problem, what_to_do)
        return None
    return (person, codes[line["code"]], line["date"]) if person is not None else None


def _that_day(people: set[int]) -> dict[Seen, list[Assessment]]:
    """What is already known of these people, by competence and day."""
    found: dict[Seen, list[Assessment]] = defaultdict(list)
    for row in Assessment.objects.select_for_update().filter(beneficiary_id__in=people).order_by("pk"):
        found[row.beneficiary_id, row.competence_id, row.assessed_on].append(row)
    return found


def _exactly(line: Line, rows: list[Assessment]) -> Assessment | None:
    """The reading of that day by the same eyes and of the same worth."""
    return next((row for row in rows if (row.status, row.observer_name) == _worth(line)), None)


def _worth(line: Line) -> tuple[str, str]:
    """How it is proved, and who says so; a line that tells neither is an observation."""
    return (line["statut"] or str(ProofStatus.OBSERVED), line.text("observateur"))


def _recognised(context: Context, line: Line, rows: list[Assessment], claimed: set[int]) -> Assessment | None:
    """The reading a line already is; a single one of that day that no other line claims is corrected by it."""
    exact = _exactly(line, rows)
    if exact is not None:
        return exact
    if line["id"]:
        return None
    free = [row for row in rows if row.pk not in claimed and not context.is_of_another(row.organisation_id)]
    return free[0] if len(free) == 1 == len(rows) else None


def _is_repeated(
    context: Context, line: Line, seen: Seen, row: Assessment | None, told: dict[Any, int]
) -> bool:
    """Whether another line already speaks of this reading: two lines on one row would undo each other."""
    names = [(seen, *_worth(line))] + ([row.pk] if row is not None else [])
    first = next((told[name] for name in names if told.get(name, line.number) != line.number), None)
    if first is not None:
        problem = f"cette ligne répète la ligne {first}"
        context.refuse(ASSESSMENTS, line, "code", problem, ASSESSMENTS.repeated)
        return True
    told.update(dict.fromkeys(names, line.number))
    return False


def _may_write(context: Context, line: Line, seen: Seen, row: Assessment | None) -> bool:
    if row is None:
        return True
    if context.is_of_another(row.organisation_id):
        problem = "cette compétence a déjà été notée ce jour-là par une autre structure"
        context.refuse(ASSESSMENTS, line, "date", problem, "Rien à faire : la note est déjà au dossier.")
        return False
    if (row.beneficiary_id, row.competence_id) != seen[:2]:
        context.refuse_id(ASSESSMENTS, line, "une autre compétence, ou celle d’une autre personne")
        return False
    return True


def _rows() -> QuerySet[Assessment]:
    return Assessment.objects.select_related("competence").order_by("pk")


ASSESSMENTS: FileLayout = FileLayout(
    "competences.csv",
    "Les compétences déjà observées ou validées.",
    (
        person_column(),
        Column(
            "code",
            values.text(20),
            "code de la compétence dans le référentiel",
            write=attrgetter("competence.code"),
            tells="competence",
            is_compulsory=True,
            label="Code de la compétence",
        ),
        Column(
            "niveau",
            values.whole(min(Level), max(Level)),
            f"de {min(Level)} à {max(Level)}",
            "level",
            is_compulsory=True,
            label="Niveau observé",
        ),
        Column(
            "date", values.day, cells.DAY, "assessed_on", is_compulsory=True, label="Jour de l’observation"
        ),
        cells.listed(
            "statut",
            "status",
            ProofStatus,
            label="Déclarée, observée, reconnue ou certifiée",
        ),
        Column("observateur", values.text(160), "qui l’a vue", "observer_name", label="Observée par"),
        Column(
            "contexte",
            values.text(200),
            "où, à quelle occasion",
            "context",
            is_long_text=True,
            label="À quelle occasion",
        ),
        Column(
            "reponse",
            values.text(1000),
            "ce que la personne dit de ce qui a été vu",
            "comment",
            is_long_text=True,
            label="Ce que la personne en dit",
        ),
        Column(
            "id",
            cells.ID,
            f"{cells.OWN_ID} ; sans lui, une note est reconnue à la personne, à la compétence et au jour",
            write=attrgetter("pk"),
            refers_to=Assessment,
            label="Identifiant de l’observation",
        ),
        place_column(),
    ),
    subject="la compétence",
    key=("salarie_id", "code", "date", "statut", "observateur"),
    own_key="id",
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_assessments,
    holds=Assessment,
    placed_by="organisation",
    left_out={
        "observer": "un nom suffit (« observateur ») : qui a vu peut n’avoir pas de compte",
    },
)
