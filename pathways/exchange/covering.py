"""Hours of somebody and of a month, without a contract: those of the contract that covers the month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from backend.core.values.dates import french_date, month_end
from backend.exchange.importing.context import Context
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from pathways.exchange.people import person_of
from pathways.models import Contract


@dataclass(frozen=True, slots=True)
class Covering:
    """The contracts of the people that lines name, as the base holds them once those of the same sending are in."""

    layout: FileLayout
    people: dict[int, int]
    contracts: dict[int, list[Contract]]

    @classmethod
    def of(cls, context: Context, layout: FileLayout, lines: list[Line]) -> Covering:
        """Read for these lines; a structure sees its own contracts only."""
        people = {line.number: pk for line in lines if (pk := person_of(context, layout, line)) is not None}
        rows = Contract.objects.filter(stay__beneficiary__in=set(people.values()))
        if context.scope:
            rows = rows.filter(stay__organisation=context.scope.organisation_id)
        found: dict[int, list[Contract]] = defaultdict(list)
        for row in rows.select_related("stay").order_by("started_on", "pk"):
            found[row.stay.beneficiary_id].append(row)
        return cls(layout, people, found)

    def is_of_another(self, context: Context, line: Line, contract_id: int) -> bool:
        """Whether a line names a contract and somebody whose contract it is not: refused, one of the two is wrong."""
        person = self.people.get(line.number)
        is_wrong = person is not None and all(row.pk != contract_id for row in self.contracts[person])
        if is_wrong:
            problem = "ce contrat est celui d’une autre personne"
            context.refuse(self.layout, line, "salarie_id", problem, "Corrigez l’un des deux identifiants.")
        return is_wrong

    def contract(self, context: Context, line: Line) -> int | None:
        """The one contract of that month; None, and a fault that names them, when there is none or several."""
        if line.number not in self.people:
            return None
        first, last = line["mois"], month_end(line["mois"])
        found = [row for row in self.contracts[self.people[line.number]] if _covers(row, first, last)]
        if len(found) == 1:
            return found[0].pk
        if not found:
            problem = "aucun contrat de cette personne ne couvre ce mois"
            what_to_do = "Vérifiez le mois, ou ajoutez d’abord le contrat."
        else:
            problem = f"{len(found)} contrats couvrent ce mois : {' ; '.join(map(_in_words, found))}"
            what_to_do = "Dites lequel dans une colonne « contrat », ou partagez les heures entre eux."
        context.refuse(self.layout, line, "contrat_id", problem, what_to_do)
        return None


def _covers(row: Contract, first: date, last: date) -> bool:
    ends_on = row.ended_on or row.planned_end_on or row.stay.ended_on
    return row.started_on <= last and (ends_on is None or ends_on >= first)


def _in_words(row: Contract) -> str:
    """How people find it again: by the id they gave, and its first day."""
    own = row.external_id.rpartition(":")[2]
    named = f"n° {own}, " if own and not own.startswith("sans-id-") else ""
    return f"{named}du {french_date(row.started_on)}"
