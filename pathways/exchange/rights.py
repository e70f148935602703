"""What a structure's own file may write of each person: what its team could type that day, and nothing more.

The forms ask their `may_*` of one person; a file asks once for everybody, before its first line is written, so that the
exit it brings does not shut the door on the interview beside it. The operator's bundles speak for everybody and are
asked nothing (decision 0035).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.core.findings import Finding
from backend.core.values.dates import french_date
from backend.exchange.importing.context import Context
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.models import Organisation
from pathways import doors
from pathways.exchange.days import work_days
from pathways.models import Beneficiary, Contract, Derogation, Exit, Stay
from pathways.permissions import may_record_contract, may_record_hours

if TYPE_CHECKING:
    from backend.exchange.layout import FileLayout
    from backend.exchange.reading import Line
    from pathways.exchange.naming.known import Known, Place

TAKEOVER = timedelta(days=31)
"""How long the history of somebody a structure's own file created may still be completed by its files; our choice."""

_CLOSED = "cette personne n’est plus accompagnée par votre structure : ce qui est enregistré reste tel quel"
_STILL_COMPLETED = "Rien à faire ; une sortie ou un motif manquant chez vous peut toujours être complété."
_ELSEWHERE = "cette personne est accompagnée aujourd’hui par une autre structure"
_ASK_THE_RELAY = (
    "C’est elle qui passe le relais ; une sortie ou un motif manquant chez vous peut toujours être complété."
)
_NOT_INSERTION = "un PASS IAE change dans une structure d’insertion qui accompagne la personne"
_OVER = "ce passage est terminé : {what}"
_ASK_THE_OPERATOR = "Rien à faire si ce qui est enregistré est juste ; sinon, demandez à l’exploitation."


def _refusal(sentence: str, way_out: str, field: str) -> Finding:
    return Finding("not_yours", sentence, way_out=way_out, field=field, is_contradiction=True)


@dataclass(frozen=True, slots=True)
class Rights:
    """What the structure that sends a file may write, as the base stood when the file came; everything by default.

    `closed`: people whose thread it no longer writes, identifiers of the persons. `shut`: those of them that another
    structure accompanies today, whom it does not take back. `over` and `settled`: contracts that no longer change, and
    those whose hours do not either. `gone`: people who are no
    longer there and do not come back with the file; `is_insertion`: whether it is an insertion structure. `brought`: people its own files created less than `TAKEOVER` ago, whom nobody
    else ever accompanied: their history may still come.
    """

    closed: frozenset[int] = frozenset()
    shut: frozenset[int] = frozenset()
    over: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()
    brought: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()
    is_insertion: bool = True
    is_asked: bool = False

    def person(self, beneficiary_id: int, field: str = "salarie_id") -> Iterator[Finding]:
        """The thread of a person, their file, their situation and their PASS (`may_edit_person`)."""
        if beneficiary_id in self.closed:
            yield _refusal(_CLOSED, _STILL_COMPLETED, field)

    def derogation(self, row: Derogation) -> Iterator[Finding]:
        """A decision, corrected (`may_change_derogation`) or new, while the person is there (`may_record_contract`)."""
        yield from self.person(row.beneficiary_id)
        if row.pk is None and row.beneficiary_id in self.gone - self.closed:
            yield _refusal(
                _OVER.format(what="rien ne se décide plus sur ses contrats"), _ASK_THE_OPERATOR, "salarie_id"
            )

    def pass_change(self, beneficiary_id: int) -> Iterator[Finding]:
        """What moves the end of a PASS (`may_change_pass`)."""
        if self.is_insertion:
            yield from self.person(beneficiary_id)
        else:
            yield _refusal(_NOT_INSERTION, "Rien à faire ; c’est elle qui l’enregistre.", "numero")

    def contract(self, row: Contract, place: Place, known: Known) -> Iterator[Finding]:
        """A contract, new or corrected (`may_record_contract`), or the stay it would make (`may_open_stay`)."""
        home = known.home(row.started_on)
        is_moved = row.pk is None or (home is not None and home.pk != row.stay_id)
        if row.pk in self.over or (is_moved and self._is_over(place, home)):
            yield _refusal(
                _OVER.format(what="ses contrats ne changent plus"), _ASK_THE_OPERATOR, "salarie_id"
            )
        elif home is None:
            yield from self.opening(place)

    def chain(self, row: Contract) -> Iterator[Finding]:
        """Which contract a known one renews (`may_record_contract`)."""
        if row.pk in self.over:
            yield _refusal(
                _OVER.format(what="ses contrats ne changent plus"), _ASK_THE_OPERATOR, "salarie_id"
            )

    def amendment(self, contract_id: int) -> Iterator[Finding]:
        """An avenant of a contract (`may_record_contract`)."""
        if contract_id in self.over:
            problem = _OVER.format(what="ses contrats ne changent plus")
            yield _refusal(problem, _ASK_THE_OPERATOR, "contrat_id")

    def departure(self, row: Exit, place: Place, known: Known, *, is_moved: bool) -> Iterator[Finding]:
        """An exit (`may_close`, `may_complete_exit`): completed whenever, never moved once passed."""
        if row.pk is None:
            home = known.home(row.occurred_on)
            if home is not None and known.has_exit(home) and self._is_over(place, home, row.occurred_on):
                problem = _OVER.format(what="sa sortie est déjà enregistrée")
                yield _refusal(problem, _ASK_THE_OPERATOR, "on")
            elif not known.is_left_by(row.occurred_on):
                yield from self.opening(place)
        elif is_moved:
            stay = next((stay for stay in known.stays if stay.pk == row.stay_id), None)
            if stay is not None and stay.ended_on is not None and self._is_over(place, stay):
                problem = f"cette sortie est du {french_date(stay.ended_on)}, et ne change plus de jour"
                yield _refusal(problem, _ASK_THE_OPERATOR, "on")

    def opening(self, place: Place) -> Iterator[Finding]:
        """A stay of its own (`may_open_stay`)."""
        if place[0] in self.shut:
            yield _refusal(_ELSEWHERE, _ASK_THE_RELAY, "salarie_id")

    def entry(self, day: date, place: Place, known: Known) -> Iterator[Finding]:
        """A first day: it opens a stay, or lengthens one that is not over."""
        home = known.home(day)
        if home is None:
            yield from self.opening(place)
        elif day < home.started_on and self._is_over(place, home):
            problem = _OVER.format(what="son premier jour ne change plus")
            yield _refusal(problem, _ASK_THE_OPERATOR, "date_entree")

    def hours(self, contract_id: int) -> Iterator[Finding]:
        """The hours of a contract (`may_record_hours`)."""
        if contract_id in self.settled:
            problem = _OVER.format(what="ses heures ne changent plus, le mois suivant étant passé")
            yield _refusal(problem, _ASK_THE_OPERATOR, "contrat_id")

    def _is_over(self, place: Place, stay: Stay | None, day: date = date.max) -> bool:
        """Whether a stay that had begun that day no longer changes."""
        if stay is None or stay.ended_on is None or stay.started_on > day:
            return False
        return self.is_asked and stay.ended_on < timezone.localdate() and place[0] not in self.brought


def rights_of(context: Context) -> Rights:
    """What the sender may write, read once; the first file asks before anything is written."""
    return context.once(_read, context)


def is_theirs(context: Context, layout: FileLayout, line: Line, row: Any, person: int) -> bool:
    """Whether the row that the id of a line names is of the person it speaks of; refused otherwise. None: no row yet."""
    if row is None or row.beneficiary_id == person:
        return True
    context.refuse_id(layout, line, f"{layout.about} d’une autre personne")
    return False


def may_be_told(context: Context, layout: FileLayout, line: Line, row: Any, person: int) -> bool:
    """Whether a line may speak of the row that its id names: of the same person, and not taken back here."""
    return is_theirs(context, layout, line, row, person) and not context.stays_cancelled(layout, line, row)


def _read(context: Context) -> Rights:
    if context.scope is None:
        return Rights()
    here = context.scope.organisation_id
    team = Actor(role=Role.MANAGER, organisation_id=here, organisation_ids=frozenset({here}))
    stays = list(Stay.objects.filter(organisation_id=here))
    stayed, sent = {stay.beneficiary_id for stay in stays}, set(context.known(Beneficiary).values())
    outside = Stay.objects.exclude(organisation_id=here).filter(beneficiary_id__in=stayed | sent)
    away = _people(outside.order_by().values("beneficiary_id"))
    lately = Beneficiary.objects.filter(pk__in=sent - away, created_at__gte=timezone.now() - TAKEOVER)
    brought = set(lately.order_by().values_list("pk", flat=True))
    closed = (stayed | (sent & away)) - _people(doors.accompanied(team)) - brought
    shut = _people(doors.under_way_outside((here,)).filter(beneficiary_id__in=closed))
    rows = Contract.objects.filter(stay__organisation_id=here, stay__ended_on__isnull=False)
    own = rows.exclude(stay__beneficiary_id__in=brought).select_related("stay").order_by()
    over = [row for row in own if not may_record_contract(team, row.stay)]
    back, today = _coming_back(context, stays), timezone.localdate()
    staying = {stay.beneficiary_id for stay in stays if (stay.ended_on or today) >= today}
    return Rights(
        closed=frozenset(closed - (back - shut)),
        shut=frozenset(shut),
        over=frozenset(row.pk for row in over),
        settled=frozenset(row.pk for row in over if not may_record_hours(team, row.stay)),
        brought=frozenset(brought),
        gone=frozenset(stayed - staying - back - brought),
        is_insertion=Organisation.objects.get(pk=here).kind in SIAE_KINDS,
        is_asked=True,
    )


def _people(rows: Iterable[Any]) -> set[int]:
    return {row["beneficiary_id"] for row in rows}


def _coming_back(context: Context, stays: Iterable[Stay]) -> set[int]:
    """People whom the files welcome again: a first day, or a new contract, after their last day here."""
    last: dict[int, date] = {}
    for stay in stays:
        last[stay.beneficiary_id] = max(stay.ended_on or date.max, last.get(stay.beneficiary_id, date.min))
    people, contracts = context.known(Beneficiary), context.known(Contract)
    return {
        person
        for line, day in work_days(context)
        if day is not None
        and line["id"] not in contracts
        and (person := people.get(line["salarie_id"])) is not None
        and day > last.get(person, date.max)
    }
