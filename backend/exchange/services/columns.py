"""« Faites correspondre vos colonnes »: what is asked, what is proposed, what is chosen and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from backend.audit import trail
from backend.core import jobs
from backend.core.actor import Actor
from backend.core.errors import DomainError, NotPermitted, ensure
from backend.core.jobs import JobStatus
from backend.core.values.text import normalise
from backend.exchange.cells import in_french
from backend.exchange.layout import Column
from backend.exchange.matching.applying import Choice
from backend.exchange.matching.proposing import Reason, needs, propose, told_files
from backend.exchange.matching.sending import Sent, to_match
from backend.exchange.matching.targets import by_key, told_keys
from backend.exchange.matching.words import BAR, parts_of, unknown_words
from backend.exchange.models import ColumnMap, ImportJob
from backend.exchange.permissions import may_import
from backend.exchange.services import folders
from backend.organisations.models import Organisation
from backend.organisations.selectors.groups import same_group

_SAMPLES, _SHOWN = 300, 3
REMEMBERED = "comme la dernière fois"
NO_FILE_LEFT = "Ces fichiers ne sont plus là. Envoyez-les à nouveau : rien n’a été enregistré."


@dataclass(frozen=True, slots=True)
class Cut:
    """A cell that holds several of our columns, and how it is cut: « Fictive | Solange »."""

    word: str
    said: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class AskedColumn:
    """One column of theirs: its title, some of its values, what is proposed and why; `worded`: our values as people read them."""

    rank: int
    title: str
    samples: list[str]
    target: str
    reason: str
    unknown: list[str]
    words: dict[str, str]
    options: tuple[str, ...]
    cuts: list[Cut]
    worded: list[tuple[str, str]]

    @property
    def shown(self) -> list[str]:
        """Three values, to see what it is about."""
        return [in_french(cell) for cell in self.samples[:_SHOWN]]

    @property
    def guesses(self) -> int:
        """How many of its cells are cut by guess."""
        return sum(not cut.is_sure for cut in self.cuts)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Each word nobody knows, with ours for it; empty when not chosen yet."""
        return [(word, self.words.get(normalise(word), "")) for word in self.unknown]


@dataclass(frozen=True, slots=True)
class AskedTable:
    """One table of theirs."""

    key: str
    name: str
    said: list[str]
    columns: list[AskedColumn]


def ask(job: ImportJob, sent: list[Sent]) -> None:
    """Keep what the page needs to ask which column is which."""
    told = []
    for each in to_match(sent):
        table = each.table
        known = _remembered(job, each.shape)
        proposals = propose(table)
        told.append(
            {
                "key": table.key,
                "name": table.name,
                "said": table.said,
                "shape": each.shape,
                "titles": table.titles,
                "samples": [
                    list(dict.fromkeys(table.samples(rank, 20_000)))[:_SAMPLES]
                    for rank in range(len(table.titles))
                ],
                "columns": known.columns if known else [found.key if found else "" for found in proposals],
                "reasons": [REMEMBERED if known else found.reason if found else "" for found in proposals],
                "values": known.values if known else {},
            }
        )
    folders.write(job, folders.TABLES, told)
    own = [{"name": each.table.name, "said": each.table.said} for each in sent if each.file]
    folders.write(
        job, folders.DIAGNOSIS, [{"name": each["name"], "said": each["said"]} for each in told] + own
    )


def choices_of(job: ImportJob, asked: list[Sent]) -> dict[str, Choice] | None:
    """What was chosen for each table, now or at an earlier sending; None when somebody must be asked."""
    chosen = folders.read(job, folders.CHOICES) or {}
    found = {}
    for each in asked:
        if each.table.key in chosen:
            found[each.table.key] = Choice(**chosen[each.table.key])
        elif (known := _remembered(job, each.shape)) and len(known.columns) == len(each.table.titles):
            found[each.table.key] = Choice(known.columns, known.values)
        else:
            return None
    return found


def _remembered(job: ImportJob, shape: str) -> ColumnMap | None:
    """What this structure chose for such a table; else what a structure of its group shares."""
    place = job.organisation
    rows = ColumnMap.objects.filter(shape=shape)
    own: ColumnMap | None = rows.filter(organisation=place).first()
    if own is not None:
        return own
    return rows.filter(organisation__in=same_group(place.pk), is_shared=True).order_by("-updated_at").first()


def asked_tables(job: ImportJob, chosen: Mapping[str, Choice] | None = None) -> list[AskedTable]:
    """What the page asks, with what was just chosen on it rather than what was proposed."""
    told: list[dict[str, Any]] = folders.read(job, folders.TABLES) or []
    return [asked(each, (chosen or {}).get(each["key"])) for each in told]


def asked(told: dict[str, Any], choice: Choice | None) -> AskedTable:
    """One table with what is proposed for each column, or what was just chosen on the page."""
    known = by_key()
    columns = choice.columns if choice else told["columns"]
    values = choice.values if choice else told["values"]
    found = []
    for rank, title in enumerate(told["titles"]):
        key = columns[rank] if rank < len(columns) and columns[rank] in known else ""
        words = values.get(key, {})
        column = known[key].column if key else None
        found.append(
            AskedColumn(
                rank,
                title or f"colonne {rank + 1}, sans titre",
                told["samples"][rank],
                key,
                told["reasons"][rank] if key and key == told["columns"][rank] else "",
                unknown_words(column, told["samples"][rank], words) if column else [],
                words,
                column.options if column else (),
                _cuts(column, told["samples"][rank], words) if column and column.splits else [],
                column.worded if column else [],
            )
        )
    return AskedTable(told["key"], told["name"], told["said"], found)


def _cuts(column: Column, samples: Sequence[str], chosen: Mapping[str, str]) -> list[Cut]:
    """How each cell is cut, the guesses first."""
    found = {}
    for cell in samples:
        parts = parts_of(column, cell, chosen)
        found[normalise(cell)] = Cut(cell, f" {BAR} ".join(parts.values), parts.is_sure)
    return sorted(found.values(), key=lambda each: each.is_sure)


@transaction.atomic
def choose_columns(
    *,
    actor: Actor,
    job: ImportJob,
    choices: Mapping[str, Choice],
    is_shared: bool,
    task: str,
    words: jobs.Words,
) -> ImportJob:
    """Keep what each column is, for this sending and the next ones, then let the check go on."""
    seen = ImportJob.objects.visible_to(actor).select_for_update(of=("self",))
    found: ImportJob | None = seen.filter(pk=job.pk).first()
    if found is None or not may_import(actor, found.organisation):
        raise NotPermitted("not_yours", "Seule la personne qui a envoyé ces fichiers peut le faire.")
    told: list[dict[str, Any]] = folders.read(found, folders.TABLES) or []
    is_there = found.status == JobStatus.READY and found.is_dry_run and bool(told)
    ensure(is_there and (folders.folder_of(found) / "recus").is_dir(), "files_gone", NO_FILE_LEFT)
    kept = {each["key"]: checked(each, choices.get(each["key"])) for each in told}
    if not any(told_files(set(choice.columns)) for choice in kept.values()):
        raise DomainError(
            "no_column",
            "Choisissez au moins les colonnes du nom et du prénom : sinon, rien ne serait repris.",
        )
    for each in told:
        _remember(found.organisation, each, kept[each["key"]], is_shared=is_shared)
    folders.write(
        found,
        folders.CHOICES,
        {key: {"columns": each.columns, "values": each.values} for key, each in kept.items()},
    )
    found.needs_columns, found.status, found.finished_at, found.rows_done = False, JobStatus.QUEUED, None, 0
    found.save(update_fields=["needs_columns", "status", "finished_at", "rows_done"])
    trail.record(actor, "import.columns_chosen", found, structure=found.organisation_id, tables=len(kept))
    transaction.on_commit(partial(jobs.send, task, found, words))
    return found


def checked(told: dict[str, Any], choice: Choice | None) -> Choice:
    """The choice for one table, refused when two columns are the same or a file is only half told."""
    choice = choice or Choice([""] * len(told["titles"]))
    known = by_key()
    columns = [key if key in known else "" for key in choice.columns][: len(told["titles"])]
    columns += [""] * (len(told["titles"]) - len(columns))
    for key in told_keys(columns):
        ranks = [rank for rank, each in enumerate(columns) if key in told_keys([each])]
        if len(ranks) > 1:
            titles = " et ".join(f"« {told['titles'][rank]} »" for rank in ranks)
            raise DomainError(
                "same_column_twice",
                f"{titles} ne peuvent pas être la même chose : « {known[key].label} ». Gardez-en une.",
            )
    keys = {key for key in columns if key}
    subjects = {target.layout.name: target.layout.about for target in known.values()}
    lacking = {subjects[name]: wanting for name, wanting in needs(keys).items() if wanting}
    if lacking:
        subject, wanting = next(iter(lacking.items()))
        missing = ", ".join(f"« {target.column.shown} »" for target in wanting)
        raise DomainError(
            "column_missing",
            f"{told['name'].capitalize()} : pour reprendre {subject}, il manque {missing}. Choisissez sa colonne, ou "
            f"laissez de côté les autres colonnes qui disent {subject}.",
        )
    values = {
        key: {
            word: ours
            for word, ours in choice.values.get(key, {}).items()
            if ours in known[key].column.options or known[key].column.splits
        }
        for key in keys
        if choice.values.get(key)
    }
    return Choice(columns, values)


def _remember(place: Organisation, told: Mapping[str, Any], choice: Choice, *, is_shared: bool) -> None:
    said = {
        "name": told["name"][:200],
        "titles": told["titles"],
        "columns": choice.columns,
        "values": of_no_person(choice.values),
        "is_shared": is_shared and same_group(place.pk).exists(),
    }
    ColumnMap.objects.update_or_create(organisation=place, shape=told["shape"], defaults=said)


def of_no_person(values: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The words worth keeping: how names are cut is of people, and stays with its sending."""
    known = by_key()
    return {key: words for key, words in values.items() if not known[key].column.splits}


def choices_sent(told: Sequence[AskedTable], answers: Mapping[str, str]) -> dict[str, Choice]:
    """What a form says: « 0:3 » is the fourth column of the first table, « 0:3:chantier » one of its words."""
    found = {}
    for number, table in enumerate(told):
        columns, values = [], {}
        for column in table.columns:
            key = answers.get(f"{number}:{column.rank}", column.target)
            columns.append(key)
            prefix = f"{number}:{column.rank}:"
            words = {
                normalise(name.removeprefix(prefix)): ours
                for name, ours in answers.items()
                if name.startswith(prefix) and ours
            }
            if key and words:
                values[key] = words
        found[table.key] = Choice(columns, values)
    return found


__all__ = [
    "Reason",
    "ask",
    "asked",
    "asked_tables",
    "checked",
    "choices_of",
    "choices_sent",
    "choose_columns",
]
