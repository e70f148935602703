"""Storing a referential: what is new arrives, what changed is updated, what vanished is retired but kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.tables import statistics
from backend.core.tables.batches import batches
from backend.core.values.text import normalise
from competences.models import (
    Appellation,
    Competence,
    CompetenceEquivalent,
    Occupation,
    OccupationCompetence,
    ReferentialImport,
)
from competences.rome.rows import Referential
from competences.starter.reader import VERSION, read_starter

if TYPE_CHECKING:
    from competences.starter.equivalents import Equivalent

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class TableReport:
    """What an import did to one table."""

    read: int
    added: int
    changed: int
    retired: int


@transaction.atomic
def store_referential(*, actor: Actor, referential: Referential) -> dict[str, TableReport]:
    """Make this referential the one in use; storing it again changes nothing.

    Codes that vanished are retired, never deleted, with the trades that cited them: assessments and
    task analyses made with them keep their meaning.
    """
    told = _equivalents(referential)
    report = {
        "métiers": _store(Occupation, "rome_code", _occupations(referential)),
        "compétences": _store(Competence, "code", _competences(referential, told)),
    }
    report["équivalents"] = _store_equivalents(told)
    report["appellations"] = _store(Appellation, "ogr_code", _appellations(referential))
    report["liens"] = _store_links(referential)
    import_ = ReferentialImport.objects.create(
        version=referential.version, attribution=referential.attribution, counts=referential.counts()
    )
    trail.record(actor, "referential.stored", import_, version=referential.version)
    transaction.on_commit(statistics.refresh)
    return report


def _occupations(referential: Referential) -> dict[str, dict[str, Any]]:
    return {
        row.rome_code: {
            "label": row.label,
            "parent_code": row.parent_code,
            "domain_code": row.domain_code,
            "domain_label": row.domain_label,
            "definition": row.definition,
        }
        for row in referential.occupations
    }


def _equivalents(referential: Referential) -> list[Equivalent]:
    """What becomes of each of our own words under this referential; nothing under our own."""
    if referential.version == VERSION:
        return []
    from competences.starter.equivalents import (
        equivalents,
    )  # its vectoriser costs a second: paid by an import

    return equivalents(read_starter(), referential)


def _competences(referential: Referential, told: list[Equivalent]) -> dict[str, dict[str, Any]]:
    labels = {row.code: row.label for row in read_starter().competences}
    words: dict[str, list[str]] = defaultdict(list)
    for each in told:
        if each.official_code is not None:
            words[each.official_code].append(normalise(labels[each.code]))
    return {
        row.code: {
            "label": row.label,
            "nature": row.nature.value,
            "macro_code": row.macro_code,
            "functional_code": row.functional_code,
            "is_macro": row.is_macro,
            "search_label": normalise(row.label),
            "field_words": " ".join(words[row.code]) if row.code in words else "",
        }
        for row in referential.competences
    }


def _appellations(referential: Referential) -> dict[str, dict[str, Any]]:
    occupation_ids = dict(Occupation.objects.values_list("rome_code", "pk"))
    return {
        row.ogr_code: {
            "label": row.label,
            "occupation_id": occupation_ids[row.rome_code],
            "is_main": row.is_main,
            "is_rare": row.is_rare,
        }
        for row in referential.appellations
    }


def _store(model: Any, key: str, rows: Mapping[str, Mapping[str, Any]]) -> TableReport:
    """Bring one table to these rows, found by their official code."""
    fields = list(next(iter(rows.values()), {}))
    known = {row.pop(key): row for row in model.objects.values(key, "is_retired", *fields)}
    wanted = {code: {**values, "is_retired": False} for code, values in rows.items()}
    added = [code for code in wanted if code not in known]
    changed = [code for code, values in wanted.items() if code in known and known[code] != values]
    for codes in batches([*added, *changed], BATCH):
        model.objects.bulk_create(
            [model(**{key: code}, **wanted[code]) for code in codes],
            update_conflicts=True,
            unique_fields=[key],
            update_fields=[*fields, "is_retired"],
        )
    vanished = [code for code, row in known.items() if code not in wanted and not row["is_retired"]]
    for codes in batches(vanished, 500):
        model.objects.filter(**{f"{key}__in": codes}).update(is_retired=True)
    return TableReport(read=len(rows), added=len(added), changed=len(changed), retired=len(vanished))


def _store_equivalents(told: list[Equivalent]) -> TableReport:
    """Keep what became of each of our words that this base knows, with its reason."""
    codes = {each.code for each in told} | {each.official_code for each in told if each.official_code}
    ids = dict(Competence.objects.filter(code__in=codes).values_list("code", "pk"))
    wanted = {
        ids[each.code]: {
            "official_id": ids[each.official_code] if each.official_code else None,
            "likeness": each.likeness,
            "reason": each.reason,
        }
        for each in told
        if each.code in ids
    }
    fields = ("official_id", "likeness", "reason")
    known = {
        row.pop("competence_id"): row
        for row in CompetenceEquivalent.objects.values("competence_id", *fields).iterator(chunk_size=BATCH)
    }
    changed = [pk for pk in wanted if pk in known and known[pk] != wanted[pk]]
    added = [pk for pk in wanted if pk not in known]
    gone = [pk for pk in known if pk not in wanted]
    CompetenceEquivalent.objects.bulk_create(
        [CompetenceEquivalent(competence_id=pk, **wanted[pk]) for pk in (*added, *changed)],
        update_conflicts=True,
        unique_fields=["competence"],
        update_fields=["official", "likeness", "reason"],
    )
    CompetenceEquivalent.objects.filter(competence_id__in=gone).delete()
    return TableReport(read=len(wanted), added=len(added), changed=len(changed), retired=len(gone))


def _store_links(referential: Referential) -> TableReport:
    """Bring the citations to these; those of retired competences stay, so that old proofs keep their trade."""
    occupation_ids = dict(Occupation.objects.values_list("rome_code", "pk"))
    competence_ids = dict(Competence.objects.values_list("code", "pk"))
    wanted = {
        (occupation_ids[link.rome_code], competence_ids[link.competence_code]): link.prominence.value
        for link in referential.links
    }
    known = {
        (occupation_id, competence_id): prominence
        for _, occupation_id, competence_id, prominence in _current_links()
    }
    new = [pair for pair in wanted if pair not in known]
    changed = [pair for pair, prominence in wanted.items() if pair in known and known[pair] != prominence]
    for pairs in batches([*new, *changed], BATCH):
        OccupationCompetence.objects.bulk_create(
            [
                OccupationCompetence(occupation_id=o, competence_id=c, prominence=wanted[o, c])
                for o, c in pairs
            ],
            update_conflicts=True,
            unique_fields=["occupation", "competence"],
            update_fields=["prominence"],
        )
    vanished = set(known) - set(wanted)
    _delete_links(vanished)
    return TableReport(read=len(wanted), added=len(new), changed=len(changed), retired=len(vanished))


def _current_links() -> Iterator[tuple[int, int, int, str]]:
    """Key, occupation, competence and prominence of what a current trade cites of current competences.

    Three tables read one after the other: within the transaction that has just filled them, PostgreSQL believes them
    empty and would join them row by row, for longer than any question may last.
    """
    trades = set(Occupation.objects.filter(is_retired=False).values_list("pk", flat=True))
    competences = set(Competence.objects.filter(is_retired=False).values_list("pk", flat=True))
    links = OccupationCompetence.objects.order_by().values_list(
        "pk", "occupation_id", "competence_id", "prominence"
    )
    return (link for link in links.iterator(chunk_size=BATCH) if link[1] in trades and link[2] in competences)


def _delete_links(pairs: set[tuple[int, int]]) -> None:
    """A citation that a current trade no longer makes of a current competence is simply gone."""
    if not pairs:
        return
    gone = [
        pk
        for pk, occupation_id, competence_id, _ in _current_links()
        if (occupation_id, competence_id) in pairs
    ]
    for ids in batches(gone, 500):
        OccupationCompetence.objects.filter(pk__in=ids).delete()


def ensure_referential() -> bool:
    """Give a base that has none our starter referential, so that everything works before any import.

    Whether it had to: False when a referential is already in use, whichever it is.
    """
    if ReferentialImport.objects.exists():
        return False
    store_referential(actor=Actor.operator(), referential=read_starter())
    return True
