"""What the rules need to know of an immersion: the person's other conventions, and the CDDI it takes place under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pathways.enums import ContractKind
from pathways.models import Contract, Immersion
from pathways.rules.contracts.durations import Period
from pathways.rules.immersions import Host, ImmersionFacts, Stint
from pathways.selectors.people import births


@dataclass(slots=True)
class ImmersionsAround:
    """Conventions and CDDI of some people, all structures together: read once for a batch, then kept in step."""

    conventions: dict[int, list[Stint]] = field(default_factory=lambda: defaultdict(list))
    contracts: dict[int, list[tuple[int, date, date]]] = field(default_factory=lambda: defaultdict(list))
    born: dict[int, date | None] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int]) -> ImmersionsAround:
        """Read for these people; three queries."""
        around = cls(born=dict(births(set(people))))
        for row in Immersion.objects.standing().filter(beneficiary_id__in=people):
            around.put(row)
        rows = Contract.objects.filter(stay__beneficiary_id__in=people, kind=ContractKind.CDDI)
        for contract in rows.select_related("stay"):
            if contract.last_day is not None:
                known = around.contracts[contract.stay.beneficiary_id]
                known.append((contract.chain_id, contract.started_on, contract.last_day))
        return around

    def put(self, row: Immersion) -> None:
        """This convention stands from now on, in the place of what was known of it."""
        self.forget(row)
        self.conventions[row.beneficiary_id].append(convention_of(row))

    def forget(self, row: Immersion) -> None:
        """This convention does not stand, or not any more."""
        known = self.conventions[row.beneficiary_id]
        known[:] = [each for each in known if each.id != _id_of(row)]

    def facts(self, row: Immersion, *, today: date, structure_kind: str) -> ImmersionFacts:
        """One convention as it would be written, beside what is known."""
        this, person = convention_of(row), row.beneficiary_id
        return ImmersionFacts(
            this=this,
            planned_end=row.planned_end_on,
            prescriber=row.prescriber,
            today=today,
            structure_kind=structure_kind,
            hours=row.hours,
            others=tuple(each for each in self.conventions[person] if each.id != this.id),
            contract=tuple(_chain_at(self.contracts[person], row.started_on)),
            born_on=self.born.get(person),
        )


def convention_of(row: Immersion) -> Stint:
    """A row as the rules read it."""
    return Stint(
        id=_id_of(row),
        start=row.started_on,
        end=row.last_day,
        purpose=row.purpose,
        objectives=row.objectives,
        host=Host(row.host_name, row.host_town, row.host_siret),
        renews=row.renews_id,
    )


def facts_of(row: Immersion, *, today: date) -> ImmersionFacts:
    """One convention, saved or not, with what surrounds it."""
    kind = row.organisation.kind if row.organisation else ""
    return ImmersionsAround.of([row.beneficiary_id]).facts(row, today=today, structure_kind=kind)


def to_review(rows: Iterable[Immersion], today: date) -> Sequence[Immersion]:
    """Those that are over and of which the tutor or the person said nothing yet; a renewed one is said with its renewal."""
    rows = list(rows)
    renewed = {row.renews_id for row in rows}
    return [row for row in rows if row.last_day < today and not row.is_reviewed and row.pk not in renewed]


def _id_of(row: Immersion) -> int:
    """The row's own number; one not saved yet has one that no other has."""
    return row.pk or -id(row)


def _chain_at(contracts: list[tuple[int, date, date]], day: date) -> list[Period]:
    """Days of the chain of contracts under which that day falls; empty when it falls under none."""
    chains = {chain for chain, start, end in contracts if start <= day <= end}
    return [(start, end) for chain, start, end in contracts if chain in chains]
