"""Who holds which title on a day, and the files that prove it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from backend.core.values.text import alphabetical
from backend.files.models import StoredFile
from backend.files.selectors import files_on
from competences.enums import LicenceKind
from competences.models import Licence
from competences.rules.licences import holds_on, in_force, same_title
from competences.selectors.person import standing_licences_of
from pathways.models import Beneficiary


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """One title of one person, as it stands on a day; `ends_soon` when its end comes within the days announced."""

    licence: Licence
    holds: bool
    ends_soon: bool
    is_replaced: bool = False
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class TitleOfTheTeam:
    """One title and, of the people present, those who hold it that day and those who no longer do."""

    name: str
    can: tuple[Licence, ...]
    no_longer: tuple[Licence, ...]


def licences_of(actor: Actor, person: Beneficiary, *, today: date, ahead: int) -> list[HeldLicence]:
    """Every title of a person, the one in force first, then those it replaced."""
    rows = standing_licences_of(actor, person.pk)
    files = files_on(actor, Licence, rows)
    newest = in_force(rows)
    shown = [_held(each, today, ahead, files) for each in newest]
    older = sorted((row for row in rows if row not in newest), key=lambda row: row.obtained_on, reverse=True)
    return shown + [_held(each, today, ahead, files, is_replaced=True) for each in older]


def _held(
    licence: Licence,
    today: date,
    ahead: int,
    files: dict[int, list[StoredFile]],
    *,
    is_replaced: bool = False,
) -> HeldLicence:
    holds = holds_on(licence, today)
    soon = holds and licence.expires_on is not None and (licence.expires_on - today).days <= ahead
    return HeldLicence(licence, holds, soon, is_replaced, tuple(files.get(licence.pk, ())))


def titles_of_the_team(
    actor: Actor, day: date, *, kinds: Collection[str] = LicenceKind.values
) -> list[TitleOfTheTeam]:
    """Title by title among `kinds`, who of the people present that day may do what it opens, soonest end first."""
    people = Beneficiary.objects.accompanied_by(actor).present_on(day, actor.organisation_ids)
    rows = Licence.objects.visible_to(actor).standing().filter(beneficiary__in=people.order_by().values("pk"))
    rows = rows.filter(kind__in=kinds)
    by_person: dict[int, list[Licence]] = {}
    for row in rows.select_related("beneficiary").order_by("obtained_on", "pk"):
        by_person.setdefault(row.beneficiary_id, []).append(row)
    titles: dict[tuple[str, str], list[Licence]] = {}
    for theirs in by_person.values():
        for licence in in_force(each for each in theirs if each.obtained_on <= day):
            titles.setdefault(same_title(licence), []).append(licence)
    return [_title(titles[key], day) for key in sorted(titles, key=_order)]


def _order(key: tuple[str, str]) -> tuple[int, str]:
    return (list(LicenceKind.values).index(key[0]), key[1])


def _title(rows: list[Licence], day: date) -> TitleOfTheTeam:
    rows = sorted(rows, key=lambda row: (row.expires_on or date.max, alphabetical(row.beneficiary)))
    can = tuple(row for row in rows if holds_on(row, day))
    return TitleOfTheTeam(str(rows[0]), can, tuple(row for row in rows if row not in can))
