"""What was said and what was seen: interviews and assessments."""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from backend.exchange.importing.context import Context, upsert
from backend.exchange.layout import ASSESSMENTS, INTERVIEWS
from backend.exchange.reading import Line
from competences.enums import ProofStatus
from competences.models import Assessment, Competence
from pathways.enums import InterviewKind, InterviewMode
from pathways.models import Beneficiary, Interview

PARIS = ZoneInfo("Europe/Paris")
NOON = time(12)  # the bundle gives a day, not an hour


def store_interviews(context: Context) -> None:
    """`entretiens.csv`: no id in the format, so a line is known again by what it says."""

    def store(chunk: list[Line]) -> None:
        wanted = {}
        for line in chunk:
            beneficiary_id = context.resolve(INTERVIEWS, line, "salarie_id", Beneficiary)
            if beneficiary_id is not None:
                wanted[_fingerprint(context, line)] = {
                    "beneficiary_id": beneficiary_id,
                    **context.author_place,
                    **_interview(line),
                }
        present = context.with_ids(Interview, wanted)
        upsert(context, INTERVIEWS, Interview, wanted, present, lambda key: {"external_id": key})

    context.in_chunks(INTERVIEWS, context.rows(INTERVIEWS), store)


def _fingerprint(context: Context, line: Line) -> str:
    mark = context.scope.prefix if context.scope else ""
    said = "\x00".join(str(line.values[column] or "") for column in INTERVIEWS.key)
    return f"{mark}bundle:{hashlib.sha256(said.encode()).hexdigest()[:40]}"


def _interview(line: Line) -> dict[str, Any]:
    return {
        "happened_at": datetime.combine(line["date"], NOON, tzinfo=PARIS),
        "kind": line["type"] or InterviewKind.FOLLOW_UP,
        "mode": line["mode"] or InterviewMode.IN_PERSON,
        "synthesis": line.text("synthese"),
    }


def store_assessments(context: Context) -> None:
    """`competences.csv`: codes of the referential in use, current or retired."""
    codes = dict(Competence.objects.values_list("code", "pk"))

    def store(chunk: list[Line]) -> None:
        wanted, lines = {}, {}
        for line in chunk:
            beneficiary_id = context.resolve(ASSESSMENTS, line, "salarie_id", Beneficiary)
            if line["code"] not in codes:
                problem, what_to_do = (
                    "code de compétence inconnu",
                    "Vérifiez le code, ou importez d’abord le ROME.",
                )
                context.refuse(ASSESSMENTS, line, "code", problem, what_to_do)
            elif beneficiary_id is not None:
                status = line["statut"] or ProofStatus.OBSERVED
                key = (
                    beneficiary_id,
                    codes[line["code"]],
                    line["date"],
                    str(status),
                    line.text("observateur"),
                )
                wanted[key] = {
                    "level": line["niveau"],
                    "context": line.text("contexte"),
                    **context.author_place,
                }
                lines[key] = line
        present = _present(wanted)
        for key in [key for key, row in present.items() if _is_of_another(context, row) and key in wanted]:
            problem = "cette compétence a déjà été notée ce jour-là par une autre structure"
            context.refuse(
                ASSESSMENTS, lines[key], "date", problem, "Rien à faire : la note est déjà au dossier."
            )
            del wanted[key]
        upsert(context, ASSESSMENTS, Assessment, wanted, present, _identity)

    context.in_chunks(ASSESSMENTS, context.rows(ASSESSMENTS), store)


def _present(wanted: dict[Any, Any]) -> dict[Any, Assessment]:
    rows = Assessment.objects.filter(beneficiary_id__in={key[0] for key in wanted})
    return {
        (row.beneficiary_id, row.competence_id, row.assessed_on, row.status, row.observer_name): row
        for row in rows
    }


def _is_of_another(context: Context, row: Assessment) -> bool:
    """Whether a structure would write over what another one saw."""
    return context.scope is not None and row.organisation_id not in (None, context.scope.organisation_id)


def _identity(key: tuple[Any, ...]) -> dict[str, Any]:
    names = ("beneficiary_id", "competence_id", "assessed_on", "status", "observer_name")
    return dict(zip(names, key, strict=True))
