"""Which of our columns each of theirs seems to be: by its title first, then by what its cells look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from backend.core.values.text import normalise, one_slip_apart
from backend.exchange.formats.tables import Table
from backend.exchange.layout import FileLayout, bare
from backend.exchange.matching.targets import Target, by_key, by_word, points, targets, told_keys
from backend.exchange.matching.words import in_our_words
from backend.exchange.values import BadValue

_OF_WHOM = frozenset(
    {
        "salarie",
        "salaries",
        "salariee",
        "beneficiaire",
        "personne",
        "personnel",
        "agent",
        "participant",
        "employe",
    }
)
"""Words that say whom a title speaks of, and nothing else: « Nom du salarié » is « Nom »."""
_ASIDE = re.compile(r"\([^)]*\)")
_SAFE_SLIP = 6
"""Under six letters, one letter of difference is another title."""
_MOSTLY = 0.8


class Reason(StrEnum):
    """Why a column is proposed."""

    TITLE = "d’après le titre"
    NEAR = "d’après un titre proche : à vérifier"
    VALUES = "d’après ce que la colonne contient : à vérifier"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of our columns, and why."""

    key: str
    reason: Reason


def propose(table: Table) -> list[Proposal | None]:
    """For each column of the table, the one of ours it seems to be; none twice, and no file only half told."""
    ranks = range(len(table.titles))
    by_title = {rank: _by_title(table.titles[rank]) for rank in ranks}
    found: dict[int, Proposal | None] = dict.fromkeys(ranks)
    _see_whole_names(by_title, table)
    by_values = {rank: _by_values(table.samples(rank)) for rank in ranks if not by_title[rank]}
    told = told_files(
        {target.key for each in by_title.values() for target, _ in each}
        | {key for key in by_values.values() if key}
    )
    weight = Counter(target.layout.name for each in by_title.values() for target, _ in each)
    taken: set[str] = set()
    for rank in sorted(ranks, key=lambda each: _surest(by_title[each])):
        free = [(target, reason) for target, reason in by_title[rank] if not taken & set(target.told)]
        free = [each for each in free if told and _serves(each[0], told)]
        if free:
            words = set(normalise(table.titles[rank]).split())
            target, reason = max(free, key=lambda each: _preference(each[0], each[1], words, weight))
            found[rank] = Proposal(target.key, reason)
            taken.update(target.told)
    for rank in ranks:
        key = by_values.get(rank, "")
        if key and key not in taken and told and _serves(by_key()[key], told):
            found[rank] = Proposal(key, Reason.VALUES)
            taken.add(key)
    return [found[rank] for rank in ranks]


def _see_whole_names(by_title: dict[int, list[tuple[Target, Reason]]], table: Table) -> None:
    """A column that holds several of ours is one only beside no column for each; its cells must hold several words.

    « Nom » alone, over cells of several words, is such a column; « Salarié » over matricules is none.
    """
    for whole in (target for target in targets() if target.column.splits is not None):
        for rank, candidates in by_title.items():
            keys = {target.key for target, _ in candidates}
            elsewhere = {
                target.key for other, each in by_title.items() if other != rank for target, _ in each
            }
            is_alone = not set(whole.told[1:]) & elsewhere and not set(whole.told) <= elsewhere
            samples = table.samples(rank)
            many = sum(len(cell.split()) > 1 for cell in samples)
            holds = is_alone and samples and many >= _MOSTLY * len(samples)
            if whole.key in keys and not holds:
                by_title[rank] = [each for each in candidates if each[0].key != whole.key]
            elif holds and whole.told[0] in keys and not any(key in keys for key in _wholes()):
                by_title[rank] = [(whole, Reason.NEAR)]


@cache
def _wholes() -> frozenset[str]:
    return frozenset(target.key for target in targets() if target.column.splits is not None)


def _surest(candidates: list[tuple[Target, Reason]]) -> int:
    return 0 if any(reason is Reason.TITLE for _, reason in candidates) else 1


def _preference(
    target: Target, reason: Reason, words: set[str], weight: Mapping[str, int]
) -> tuple[int, ...]:
    names = set(target.layout.named_by)
    names |= {name.removesuffix("s") for name in names}
    return reason is Reason.TITLE, len(words & names), target.column.is_compulsory, weight[target.layout.name]


def _by_title(title: str) -> list[tuple[Target, Reason]]:
    """Everything a title may mean: as it is, then without the words of its group and of whom it speaks."""
    plain = _ASIDE.sub(" ", title).strip() or title
    for form in dict.fromkeys((title, plain, *_shorter(plain))):
        if exact := by_word().get(bare(form)):
            return [(target, Reason.TITLE) for target in exact]
    short = bare(plain)
    near = [
        (target, Reason.NEAR)
        for word, meant in by_word().items()
        if min(len(short), len(word)) >= _SAFE_SLIP and one_slip_apart(short, word)
        for target in meant
    ]
    return near if len({target.column.name for target, _ in near}) == 1 else []


def _shorter(title: str) -> Iterable[str]:
    """« Nom du salarié » as « Nom », « Salarié Nom » too; a group above its columns is one of the words in front."""
    words = normalise(title).split()
    kept = [word for word in words if word not in _OF_WHOM]
    if kept and kept != words:
        yield " ".join(kept)
    heads = _heads()
    rest = list(words)
    while len(rest) > 1 and (
        rest[0] in heads or rest[0] in _OF_WHOM or rest[0] in ("le", "la", "les", "son", "sa")
    ):
        rest = rest[1:]
        yield " ".join(rest)


@cache
def _heads() -> frozenset[str]:
    """Words that name a file or its subject: what stands above a group of columns."""
    words = {word for target in targets() for word in target.layout.named_by}
    return frozenset(words | {word.removesuffix("s") for word in words})


def _serves(target: Target, told: set[str]) -> bool:
    """Whether a column tells something, or only knows whose line it is."""
    return target.layout.name in told or target.is_id or target.column.name in target.layout.told_by


def told_files(keys: set[str]) -> set[str]:
    """Files whose every compulsory column has a title: the others would only be refused."""
    return {name for name, wanting in needs(keys).items() if not wanting}


def needs(keys: set[str]) -> dict[str, list[Target]]:
    """Each file these columns begin to tell, and the compulsory columns it still lacks."""
    told: dict[str, list[Target]] = {}
    every = tuple(target for target in targets() if target.column.splits is None)
    keys = set(told_keys(keys))
    for layout in {target.layout.name: target.layout for target in every}.values():
        own = [target for target in every if target.layout.name == layout.name]
        is_whole = all(
            target.key in keys for target in own if target.column.is_compulsory and not target.is_id
        )
        if any(
            target.key in keys and not target.is_id and (is_whole or target.column.name not in layout.told_by)
            for target in own
        ):
            told[layout.name] = [
                target
                for target in own
                if target.column.is_compulsory and not target.is_id and target.key not in keys
            ]
            if layout.otherwise:
                told[layout.name] = [target for target in told[layout.name] if not _may_wait(target, layout)]
            if not any(points(column) and column.is_compulsory for column in layout.columns):
                continue
            if not {"salaries.id", "salaries.nom"} & keys:
                told[layout.name] += [target for target in every if target.key == "salaries.id"]
    return told


def _may_wait(target: Target, layout: FileLayout) -> bool:
    """Whether the file that takes the incomplete lines of this one does without a column."""
    from backend.exchange import registry

    other = next(each for each in registry.layouts() if each.name == layout.otherwise)
    return all(column.name != target.column.name for column in other.columns)


def _by_values(samples: list[str]) -> str:
    """The one column whose values these can only be; empty when several fit, or none."""
    if len(set(samples)) < 2:
        return ""
    fits = [
        target.key
        for target in targets()
        if target.column.is_telling and _share_read(target, samples) >= _MOSTLY
    ]
    return fits[0] if len(fits) == 1 else ""


def _share_read(target: Target, samples: list[str]) -> float:
    return sum(_reads(target, cell) for cell in samples) / len(samples)


def _reads(target: Target, cell: str) -> bool:
    try:
        target.column.read(in_our_words(target.column, cell))
    except BadValue:
        return False
    return True
