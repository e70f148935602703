"""The permanent part of a territory: groups, structures, their teams, their posts, their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from backend.core.actor import Role
from backend.demo.chance import calibration as cal
from backend.demo.chance.dice import Dice, Odds
from backend.demo.chance.names import Commune, commune, siret, surname_and_first_name
from backend.demo.rows import Convention, Group, StaffMember, Structure, Territory
from backend.organisations.enums import StructureKind
from pathways.rules.dated.rows import BUILT_IN

FULL_NAMES = {
    StructureKind.AI: "Coup de main",
    StructureKind.ETTI: "Intérim solidaire",
    StructureKind.ACI: "Chantier",
    StructureKind.EI: "Ateliers",
    StructureKind.EITI: "Indépendants",
    StructureKind.ASP_SAP: "Services à domicile",
}
TRADES: Mapping[StructureKind, tuple[str, ...]] = {
    StructureKind.AI: ("K1304", "K2204", "A1203", "N1105", "G1602"),
    StructureKind.ETTI: ("N1105", "N1103", "F1704", "K2204", "K2304", "H3302"),
    StructureKind.ACI: ("A1203", "K2304", "F1704", "G1602", "N1103", "F1606"),
    StructureKind.EI: ("K2304", "K2204", "G1602", "D1242", "F1606", "H3302"),
    StructureKind.EITI: ("N4105", "K2204", "I1203"),
    StructureKind.ASP_SAP: ("K1304", "K1302"),
}
STRUCTURES_PER_GROUP, COMMUNES_PER_GROUP, PEOPLE_PER_ADVISOR = 6, 6, 45


@dataclass(frozen=True, slots=True)
class Frame:
    """What everyone's thread is drawn within; `rows` holds the permanent rows, the rest is for looking up."""

    seed: int
    today: date
    opening: date
    people: int
    rows: Territory
    entrants: Odds[StructureKind]
    by_kind: Mapping[StructureKind, tuple[Structure, ...]]
    by_group: Mapping[tuple[str | None, StructureKind], tuple[Structure, ...]]
    advisors: Mapping[str, tuple[str, ...]]
    supervisors: Mapping[str, tuple[str, ...]]
    communes: Mapping[str, tuple[Commune, ...]]
    groups: Mapping[str, str | None]
    names: Mapping[str, str]
    own_trades: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def trades(self, structure: Structure) -> tuple[str, ...]:
        """The trades that people learn there: its own ones, else those of its kind."""
        return self.own_trades.get(structure.id, TRADES[structure.kind])

    @property
    def many(self) -> bool:
        """Whether composed surnames are needed for names to stay unique."""
        return self.people > 2_500


def weave(rows: Territory, communes: Mapping[str, tuple[Commune, ...]], *, seed: int, people: int, years: int,
          today: date) -> Frame:  # fmt: skip
    """Index the permanent rows so that threads can be drawn within them."""
    by_kind: dict[StructureKind, tuple[Structure, ...]] = {}
    by_group: dict[tuple[str | None, StructureKind], tuple[Structure, ...]] = {}
    for each in rows.structures:
        by_kind[each.kind] = (*by_kind.get(each.kind, ()), each)
        by_group[each.group, each.kind] = (*by_group.get((each.group, each.kind), ()), each)
    return Frame(
        seed=seed,
        today=today,
        opening=date.fromordinal(today.toordinal() - round(years * 365.25)),
        people=people,
        rows=rows,
        entrants=Odds({kind: share for kind, share in cal.ENTRANTS.items() if kind in by_kind}),
        by_kind=by_kind,
        by_group=by_group,
        advisors=_team(rows, Role.ADVISOR),
        supervisors=_team(rows, Role.SUPERVISOR),
        communes=communes,
        groups={each.id: each.group for each in rows.structures},
        names={each.id: each.name for each in rows.structures},
    )


def _team(rows: Territory, role: Role) -> dict[str, tuple[str, ...]]:
    team: dict[str, list[str]] = {}
    for member in rows.staff:
        if member.role is role:
            team.setdefault(member.structure, []).append(member.id)
    return {structure: tuple(ids) for structure, ids in team.items()}


def build_frame(*, people: int, structures: int, years: int, seed: int, today: date) -> Frame:
    """Draw groups of about six structures, with teams and posts sized for this number of people."""
    rows, places = Territory(), {}
    kinds = kinds_in_turn(structures)
    expected = {kind: _people_each(kind, kinds, people) for kind in set(kinds)}
    for index, kind in enumerate(kinds):
        rank = index // STRUCTURES_PER_GROUP
        local = tuple(commune(rank * COMMUNES_PER_GROUP + offset) for offset in range(COMMUNES_PER_GROUP))
        if index % STRUCTURES_PER_GROUP == 0:
            rows.groups.append(Group(f"g{rank:04d}", f"Groupe solidaire de {local[0].name}"))
        # One structure in eight stands alone, as outside the groups of the field.
        group = None if index % 8 == 7 else f"g{rank:04d}"
        home = local[index % COMMUNES_PER_GROUP]
        structure = Structure(
            f"s{index:05d}", kind, f"{FULL_NAMES[kind]} de {home.name}", group, siret(index),
            home.name, home.postcode, home.insee,
        )  # fmt: skip
        rows.structures.append(structure)
        places[structure.id] = local
        rows.staff += team_of(structure, index, active=expected[kind] / (3 * years) + 8)
        rows.conventions += conventions_of(
            structure, expected[kind] / years, years, today, Dice(seed, "posts", index)
        )
    return weave(rows, places, seed=seed, people=people, years=years, today=today)


def kinds_in_turn(count: int) -> list[StructureKind]:
    """Kinds of `count` structures in the published proportions, each kind as early as its share allows."""
    total, given = sum(cal.STRUCTURES.values()), dict.fromkeys(cal.STRUCTURES, 0)
    kinds = []
    for index in range(1, count + 1):
        kind = max(given, key=lambda each: cal.STRUCTURES[each] / total * index - given[each])
        given[kind] += 1
        kinds.append(kind)
    return kinds


def national_targets(on: date) -> tuple[float, float]:
    """The dynamic and durable rates that the State asks for, as the rule book knows them that day."""
    return (
        BUILT_IN.value("national_dynamic_target", on=on),
        BUILT_IN.value("national_durable_target", on=on),
    )


def _people_each(kind: StructureKind, kinds: list[StructureKind], people: int) -> float:
    """People expected to enter each structure of a kind over the whole period."""
    present = sum(cal.ENTRANTS[each] for each in set(kinds))
    return people * cal.ENTRANTS[kind] / present / kinds.count(kind)


def team_of(structure: Structure, index: int, active: float) -> list[StaffMember]:
    """A manager, and enough advisors and supervisors for the people there at once."""
    size = max(1, round(active / PEOPLE_PER_ADVISOR))
    posts = {Role.MANAGER: 1, Role.ADVISOR: size}
    if structure.kind is not StructureKind.EITI:
        posts[Role.SUPERVISOR] = size + 1
    members = []
    for rank, role in enumerate(Counter(posts).elements()):
        number = 90_000 + index * 17 + rank
        last, first = surname_and_first_name(number, "F" if (index + rank) % 3 else "M", True)
        members.append(
            StaffMember(f"{structure.id}-{role[:3].lower()}{rank}", role, structure.id, first, last)
        )
    return members


def conventions_of(
    structure: Structure, entrants_a_year: float, years: int, today: date, dice: Dice
) -> list[Convention]:
    """Posts agreed each civil year of the period; none for an association de services à la personne."""
    if structure.kind is StructureKind.ASP_SAP:
        return []
    law, reference = cal.STAYS[structure.kind], cal.HOURS_PER_FTE[structure.kind]
    hours_each = sum(law.months) / 3 * 4.33 * law.weekly.at(0.5) * sum(law.presence) / 2 * 0.88
    fte = max(1.0, round(entrants_a_year * hours_each / reference / cal.FTE_DONE_SHARE * 2) / 2)
    dynamic, durable = national_targets(today)
    return [
        Convention(
            structure.id, year, round(fte * dice.real(0.95, 1.05), 2), reference,
            round(dynamic + dice.pick((-0.02, 0.0, 0.0, 0.02)), 2), durable,
        )
        for year in range(today.year - years, today.year + 1)
    ]  # fmt: skip
