"""How long a habilitation holds, which one counts when it was renewed, and what cannot be true of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol, TypeVar

from backend.core.findings import Finding
from backend.core.values.dates import french_date, last_day_after
from backend.core.values.plausible import SEEN, end_findings, window_findings
from backend.core.values.text import normalise
from competences.enums import LicenceKind
from pathways.rules.dated import licences as figures
from pathways.rules.dated.book import RuleBook

K = LicenceKind
LONGEST_MONTHS = 12 * 60
"""A title may run to the end of a working life; further is a slip."""
_CACES = (K.CACES_R483, K.CACES_R484, K.CACES_R485, K.CACES_R486, K.CACES_R487, K.CACES_R489, K.CACES_R490)
FIGURE_OF: Mapping[LicenceKind, str] = {
    **dict.fromkeys(_CACES, figures.CACES),
    K.CACES_R482: figures.CACES_SITE,
    K.DRIVING: figures.DRIVING,
    K.ELECTRIC: figures.ELECTRIC,
    K.FIRST_AID: figures.FIRST_AID,
    K.ROAD: figures.ROAD,
}
"""The setting that says how long each kind holds; the others end when their document says, or never."""


class LicenceFacts(Protocol):
    """What the rules read of a habilitation."""

    kind: str
    label: str
    obtained_on: date
    expires_on: date | None
    is_suspended: bool


_CATEGORY = frozenset({"cat", "categ", "categorie", "categories"})
L = TypeVar("L", bound=LicenceFacts)


def last_day(kind: str, obtained_on: date, *, book: RuleBook) -> date | None:
    """The last valid day that the rule of the day it was obtained gives; None when no rule ends it."""
    name = FIGURE_OF.get(LicenceKind(kind))
    return last_day_after(obtained_on, book.whole(name, on=obtained_on)) if name else None


def holds_on(licence: LicenceFacts, day: date) -> bool:
    """Whether it is valid that day, its last day included (R38); a suspended one is not."""
    is_over = licence.expires_on is not None and licence.expires_on < day
    return licence.obtained_on <= day and not is_over and not licence.is_suspended


def told_alike(label: str) -> str:
    """A category as it is compared: « cat. 3 », « Catégorie 3 » and « catégories 3 » are one."""
    return " ".join("categorie" if word in _CATEGORY else word for word in normalise(label).split())


def same_title(licence: LicenceFacts) -> tuple[str, str]:
    """What a renewal renews: the kind, and the category however it is written."""
    return (str(licence.kind), told_alike(licence.label))


def in_force(licences: Iterable[L]) -> list[L]:
    """Of each title, the newest obtained: a renewal takes the place of what it renews; the soonest to end first."""
    newest: dict[tuple[str, str], L] = {}
    for licence in licences:
        known = newest.get(same_title(licence))
        if known is None or licence.obtained_on >= known.obtained_on:
            newest[same_title(licence)] = licence
    return sorted(newest.values(), key=lambda each: (each.expires_on or date.max, str(each.kind), each.label))


def held_until(licences: Iterable[LicenceFacts], *, on: date) -> dict[str, date | None]:
    """The last day each kind is held by this person, None without end; suspended or to come, it is not held (R38)."""
    ends: dict[str, date | None] = {}
    for licence in in_force(licences):
        if licence.is_suspended or licence.obtained_on > on:
            continue
        known = ends.get(licence.kind, licence.expires_on)
        both = known is not None and licence.expires_on is not None
        ends[licence.kind] = max(known, licence.expires_on) if both else None  # type: ignore[type-var]
    return ends


def licence_findings(
    licence: LicenceFacts, *, today: date, book: RuleBook, born_on: date | None = None
) -> Iterator[Finding]:
    """A title not yet obtained, that ends before it begins, or that lasts longer than its rule (R38)."""
    if licence.kind == K.OTHER and not licence.label.strip():
        yield Finding(
            "licence_unnamed",
            "Dites de quelle habilitation il s’agit.",
            way_out="Choisissez-la dans la liste, ou écrivez son nom.",
            field="label",
            is_contradiction=True,
        )
    yield from window_findings(SEEN, licence.obtained_on, field="obtained_on", today=today, born_on=born_on)
    if licence.obtained_on > today:
        yield Finding(
            "licence_to_come",
            "Une habilitation ne peut pas être obtenue un jour à venir.",
            way_out="Notez-la quand elle est délivrée ; d’ici là, notez une étape du parcours.",
            field="obtained_on",
            is_contradiction=True,
        )
    if licence.expires_on is None:
        return
    if licence.expires_on < licence.obtained_on:
        yield Finding(
            "licence_ends_before",
            "Une habilitation ne peut pas finir avant d’avoir été obtenue.",
            way_out="Vérifiez les deux dates sur le document.",
            field="expires_on",
            is_contradiction=True,
        )
        return
    yield from end_findings(
        licence.expires_on, field="expires_on", started_on=licence.obtained_on, months=LONGEST_MONTHS
    )
    yield from _longer_than_its_rule(licence, book)


def _longer_than_its_rule(licence: LicenceFacts, book: RuleBook) -> Iterator[Finding]:
    last = last_day(licence.kind, licence.obtained_on, book=book)
    name = FIGURE_OF.get(LicenceKind(licence.kind))
    if last is not None and name and licence.expires_on is not None and licence.expires_on > last:
        yield Finding(
            "licence_too_long",
            f"Obtenue le {french_date(licence.obtained_on)}, elle est valable au plus jusqu’au {french_date(last)}.",
            book.basis(name, on=licence.obtained_on),
            way_out="Vérifiez le document, ou laissez la fin vide : elle est calculée.",
            field="expires_on",
        )
