"""What the rules need of the rights that follow people: their visits, the days they saved, their contracts, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from backend.organisations.models import Organisation
from pathways.enums import ContractKind
from pathways.enums.travelling import SavedFate, SavedKind, VisitKind, VisitPaper, VisitRhythm
from pathways.models import Contract, MedicalVisit, SavedDays
from pathways.rules.travelling.facts import SavedNoted, Spell, VisitNoted
from pathways.rules.travelling.saved import SavedFacts
from pathways.rules.travelling.visits import VisitFacts
from pathways.selectors.people import births


def visit_noted(row: MedicalVisit) -> VisitNoted:
    """A row as the rules read it; one not saved yet has a number that no other has."""
    return VisitNoted(
        id=row.pk or -id(row),
        kind=VisitKind(row.kind),
        made_on=row.made_on,
        rhythm=VisitRhythm(row.rhythm),
        paper=VisitPaper(row.paper),
        service=row.service,
        jobs=tuple(row.job_codes),
        due_on=row.due_on,
    )


def saved_noted(row: SavedDays, owed_by: str = "") -> SavedNoted:
    """A row as the rules read it."""
    return SavedNoted(
        id=row.pk or -id(row),
        kind=SavedKind(row.kind),
        counted_on=row.counted_on,
        days=row.days,
        fate=SavedFate(row.fate),
        place=row.organisation_id,
        owed_by=owed_by,
    )


def spell_of(contract: Contract, place: int) -> Spell:
    """A contract as days with one employer."""
    return Spell(
        place=place,
        start=contract.started_on,
        end=contract.ended_on or contract.planned_end_on,
        is_mission=contract.kind == ContractKind.CTT,
    )


@dataclass(slots=True)
class VisitsAround:
    """Visits of some people, whoever noted them: read once for a batch, then kept in step."""

    visits: dict[int, dict[int, tuple[date, str]]] = field(default_factory=lambda: defaultdict(dict))
    kinds: dict[int, str] = field(default_factory=dict)
    born: Mapping[int, date | None] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int]) -> VisitsAround:
        """Read for these people; two queries, and one for each structure met."""
        around = cls(born=births(set(people)))
        for row in MedicalVisit.objects.standing().filter(beneficiary_id__in=people):
            around.put(row)
        return around

    def put(self, row: MedicalVisit) -> None:
        """This visit stands from now on, in the place of what was known of it."""
        self.visits[row.beneficiary_id][row.pk or -id(row)] = (row.made_on, row.kind)

    def facts(self, row: MedicalVisit, *, today: date) -> VisitFacts:
        """One visit as it would be written, beside what is known."""
        this, known = visit_noted(row), self.visits[row.beneficiary_id]
        return VisitFacts(
            this=this,
            today=today,
            kind=self._kind(row.organisation_id),
            others=tuple(each for pk, each in known.items() if pk != this.id),
            born_on=self.born.get(row.beneficiary_id),
        )

    def _kind(self, place: int | None) -> str:
        if place is None:
            return ""
        if place not in self.kinds:
            self.kinds[place] = Organisation.objects.values_list("kind", flat=True).get(pk=place)
        return self.kinds[place]


@dataclass(slots=True)
class SavedAround:
    """Days saved and contracts of some people, whoever noted them: read once for a batch, then kept in step."""

    saved: dict[int, dict[int, tuple[date, str, int | None]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    spells: dict[int, list[Spell]] = field(default_factory=lambda: defaultdict(list))
    born: Mapping[int, date | None] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int]) -> SavedAround:
        """Read for these people; three queries."""
        around = cls(born=births(set(people)))
        for row in SavedDays.objects.standing().filter(beneficiary_id__in=people):
            around.put(row)
        contracts = Contract.objects.filter(stay__beneficiary_id__in=people).select_related("stay")
        for contract in contracts:
            place = contract.stay.organisation_id
            around.spells[contract.stay.beneficiary_id].append(spell_of(contract, place))
        return around

    def put(self, row: SavedDays) -> None:
        """This count stands from now on, in the place of what was known of it."""
        told = (row.counted_on, row.kind, row.organisation_id)
        self.saved[row.beneficiary_id][row.pk or -id(row)] = told

    def facts(self, row: SavedDays, *, today: date) -> SavedFacts:
        """One count as it would be written, beside what is known."""
        this, person = saved_noted(row), row.beneficiary_id
        return SavedFacts(
            this=this,
            today=today,
            spells=tuple(self.spells[person]),
            others=tuple(each for pk, each in self.saved[person].items() if pk != this.id),
            born_on=self.born.get(person),
        )
