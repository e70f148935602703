"""Storing an export of the registers: what is new arrives, what changed is updated, what vanished is retired but kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any

from django.db import models, transaction

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.tables import statistics
from backend.core.tables.batches import batches
from backend.core.values.text import normalise
from competences.enums import CertificationOrigin
from competences.models import (
    Bloc,
    Certification,
    CertificationReplacement,
    CertificationTrade,
    Certifier,
    RegisterImport,
)
from competences.rncp.reader import RegisterExport
from competences.rncp.rows import Fiche
from competences.rncp.values import register_of
from competences.rules.certifications.succession import loops_in

CHUNK = 500
NOT_LISTED = "fiches du XML absentes de la liste, laissées de côté"
NO_SUCH_BLOC = "blocs du XML absents de la liste, laissés de côté"
UNKNOWN_SUCCESSOR = "remplacements par une certification absente de l’export"
LOOP = "certifications qui se remplacent elles-mêmes, à la suite l’une de l’autre"


@dataclass(slots=True)
class Done:
    """What an import did to one table."""

    read: int = 0
    added: int = 0
    changed: int = 0
    retired: int = 0


@dataclass(slots=True)
class _Run:
    """What is kept from one chunk to the next: codes and counts, never fiches."""

    export: RegisterExport
    report: dict[str, Done] = field(default_factory=lambda: defaultdict(Done))
    seen: set[str] = field(default_factory=set)
    successors: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_changed(self) -> bool:
        """Whether anything was written."""
        return any(done.added or done.changed or done.retired for done in self.report.values())


@transaction.atomic
def store_register(*, actor: Actor, export: RegisterExport) -> dict[str, Done]:
    """Bring the certifications to what this export says, whole or not at all; storing it again writes nothing.

    A certification or a bloc that vanished is retired, never deleted: files and proofs stay attached to it. One typed
    by a structure under the same code becomes the register's, with what people accepted of it.
    """
    run = _Run(export)
    # What adds to the list comes once the list is stored, never in the same piece.
    for _, fiches in groupby(export.fiches(), key=lambda fiche: fiche.is_listed):
        for chunk in batches(fiches, CHUNK):
            _store_chunk(run, chunk)
    _retire(run)
    _store_replacements(run)
    newest = RegisterImport.objects.first()
    is_other = newest is None or (newest.exported_on, newest.has_content) != (
        export.exported_on,
        export.has_content,
    )
    if run.has_changed or is_other:
        import_ = RegisterImport.objects.create(
            exported_on=export.exported_on,
            has_content=export.has_content,
            counts={name: asdict(done) for name, done in run.report.items()},
        )
        trail.record(actor, "register.stored", import_)
        transaction.on_commit(statistics.refresh)
    return dict(run.report)


def _store_chunk(run: _Run, chunk: list[Fiche]) -> None:
    codes = [fiche.code for fiche in chunk]
    known = {each.code: each for each in Certification.objects.filter(code__in=codes)}
    kept = []
    for fiche in chunk:
        if not fiche.is_listed and fiche.code not in known:
            run.export.remarks.add(NOT_LISTED, fiche.code)
            continue
        kept.append(fiche)
        if fiche.is_listed:
            run.seen.add(fiche.code)
            if fiche.successors is not None:
                run.successors[fiche.code] = fiche.successors
    known |= _store_certifications(run, kept, known)
    ids = {code: row.pk for code, row in known.items()}
    _store_blocs(run, kept, ids)
    _store(run, "certificateurs", Certifier, ("siret", "name"), {ids[f.code]: f.certifiers for f in kept})
    trades = {ids[f.code]: None if f.trades is None else tuple((code,) for code in f.trades) for f in kept}
    _store(run, "métiers", CertificationTrade, ("rome_code",), trades)


def _values(fiche: Fiche) -> dict[str, Any]:
    """What this fiche says of its certification; what it does not say stays as it is."""
    said: dict[str, Any] = {}
    if fiche.is_listed:
        label = fiche.label or fiche.code
        said |= {
            "label": label,
            "level": fiche.level,
            "is_active": bool(fiche.is_active),
            "ends_on": fiche.ends_on,
            "origin": CertificationOrigin.REGISTER.value,
            "search_label": search_label(fiche.code, label),
            "is_retired": False,
        }
    if fiche.is_by_vae is not None:
        said["is_by_vae"] = fiche.is_by_vae
    if fiche.promotions is not None:
        said["promotions"] = [asdict(each) for each in fiche.promotions]
        said["awarded_until"] = fiche.awarded_until
    return said


def search_label(code: str, label: str) -> str:
    """What a search looks in: the code and the name, normalised."""
    return normalise(f"{code} {label}")[:1030]


def _store_certifications(
    run: _Run, fiches: Iterable[Fiche], known: Mapping[str, Certification]
) -> dict[str, Certification]:
    done, new, changed, fields = run.report["certifications"], [], [], set()
    for fiche in fiches:
        said = _values(fiche)
        done.read += fiche.is_listed
        row = known.get(fiche.code)
        if row is None:
            new.append(Certification(code=fiche.code, **said))
            continue
        moved = {name for name, value in said.items() if getattr(row, name) != value}
        if moved:
            for name in moved:
                setattr(row, name, said[name])
            row.version += 1
            changed.append(row)
            fields |= moved | {"version"}
    created = Certification.objects.bulk_create(new)
    if changed:
        Certification.objects.bulk_update(changed, sorted(fields), batch_size=200)
    done.added += len(created)
    done.changed += len(changed)
    return {row.code: row for row in created}


def _store_blocs(run: _Run, fiches: Iterable[Fiche], ids: Mapping[str, int]) -> None:
    told = [fiche for fiche in fiches if fiche.blocs is not None]
    known: dict[int, dict[str, Bloc]] = defaultdict(dict)
    for bloc in Bloc.objects.filter(certification_id__in=[ids[fiche.code] for fiche in told]):
        known[bloc.certification_id][bloc.code] = bloc
    done, new, changed = run.report["blocs"], [], []
    for fiche in told:
        here = known[ids[fiche.code]]
        for said in fiche.blocs or ():
            done.read += fiche.is_listed
            # Typed as « BC02 » before any import: the same bloc, with what was accepted of it.
            row = here.pop(said.code, None) or here.pop(said.code.removeprefix(fiche.code), None)
            if row is None and not fiche.is_listed:
                run.export.remarks.add(NO_SUCH_BLOC, said.code)
            elif row is None:
                content = said.content or ""
                new.append(
                    Bloc(certification_id=ids[fiche.code], code=said.code, label=said.label, content=content)
                )
            elif _moved(row, fiche, said.code, said.label, said.content):
                changed.append(row)
        if fiche.is_listed:
            gone = [row for row in here.values() if not row.is_retired]
            Bloc.objects.filter(pk__in=[row.pk for row in gone]).update(is_retired=True)
            done.retired += len(gone)
    Bloc.objects.bulk_create(new)
    if changed:
        fields = ["code", "label", "content", "is_retired", "version"]
        Bloc.objects.bulk_update(changed, fields, batch_size=100)
    done.added += len(new)
    done.changed += len(changed)


def _moved(row: Bloc, fiche: Fiche, code: str, label: str, content: str | None) -> bool:
    """Put on the row what the fiche says; whether it says something new. Only a list says names and presence."""
    before = (row.code, row.label, row.content, row.is_retired)
    if fiche.is_listed:
        row.code, row.label, row.is_retired = code, label, False
    if content is not None:
        row.content = content
    is_moved = before != (row.code, row.label, row.content, row.is_retired)
    row.version += is_moved
    return is_moved


def _store(
    run: _Run,
    name: str,
    model: type[models.Model],
    fields: tuple[str, ...],
    wanted: Mapping[int, tuple[tuple[str, ...], ...] | None],
) -> None:
    """Bring a side table to these rows, certification by certification; None is « this file does not say »."""
    told = {pk: set(rows) for pk, rows in wanted.items() if rows is not None}
    known: dict[int, dict[tuple[str, ...], int]] = defaultdict(dict)
    manager = model._default_manager
    for pk, number, *values in manager.filter(certification_id__in=list(told)).values_list(
        "certification_id", "pk", *fields
    ):
        known[pk][tuple(values)] = number
    new = [
        model(certification_id=pk, **dict(zip(fields, values, strict=True)))
        for pk, rows in told.items()
        for values in sorted(rows - set(known[pk]))
    ]
    gone = [number for pk, rows in told.items() for values, number in known[pk].items() if values not in rows]
    manager.bulk_create(new)
    for numbers in batches(gone, CHUNK):
        manager.filter(pk__in=numbers).delete()
    done = run.report[name]
    done.read += sum(len(rows) for rows in told.values())
    done.added += len(new)
    done.retired += len(gone)


def _retire(run: _Run) -> None:
    """What the list no longer names, in the registers it covers."""
    registers = {register_of(code) for code in run.seen}
    here = Certification.objects.filter(origin=CertificationOrigin.REGISTER, is_retired=False)
    gone = [
        pk
        for pk, code in here.values_list("pk", "code").iterator(chunk_size=2_000)
        if code not in run.seen and register_of(code) in registers
    ]
    for numbers in batches(gone, CHUNK):
        Certification.objects.filter(pk__in=numbers).update(is_retired=True)
    run.report["certifications"].retired += len(gone)


def _store_replacements(run: _Run) -> None:
    """Bring the replacements to these, for the certifications that told theirs."""
    if not run.successors:
        return
    ids = dict(Certification.objects.exclude(code="").values_list("code", "pk"))
    wanted: set[tuple[int, int]] = set()
    for former, latters in run.successors.items():
        for latter in latters:
            if latter in ids:
                wanted.add((ids[former], ids[latter]))
            else:
                run.export.remarks.add(UNKNOWN_SUCCESSOR, former)
    for code in sorted(loops_in(run.successors)):
        run.export.remarks.add(LOOP, code)
    told = {ids[code] for code in run.successors}
    known = {
        (former, latter): pk
        for pk, former, latter in CertificationReplacement.objects.values_list("pk", "former_id", "latter_id")
        if former in told
    }
    new = sorted(wanted - set(known))
    gone = [pk for pair, pk in known.items() if pair not in wanted]
    for pairs in batches(new, CHUNK):
        CertificationReplacement.objects.bulk_create(
            [CertificationReplacement(former_id=former, latter_id=latter) for former, latter in pairs]
        )
    for numbers in batches(gone, CHUNK):
        CertificationReplacement.objects.filter(pk__in=numbers).delete()
    done = run.report["remplacements"]
    done.read, done.added, done.retired = len(wanted), len(new), len(gone)
