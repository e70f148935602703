"""What deserves attention on a thread: ends that come, silence, gaps, what was promised, missing motives.

Every producer asks a constant number of questions to the database, whatever the number of people, and speaks
only of people the actor answers for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Exists, Model, OuterRef, Q

from backend.alerts.registry import Alert
from backend.core.actor import ADVISING, Actor, Role
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import NBSP, french_date
from backend.organisations.enums import SIAE_KINDS, StructureKind
from pathways.enums import ContractKind
from pathways.models import Action, Beneficiary, Contract, Exit, IaePass, MonthlyHours, Stay
from pathways.querysets import StayQuerySet
from pathways.rules import iae_pass
from pathways.rules.contracts import hours_480
from pathways.rules.contracts.durations import total_length
from pathways.rules.dated.rows import CDDI_CEILING
from pathways.rules.transitions import STILL_OPEN
from pathways.selectors.caseload import between_steps, caseload_of
from pathways.selectors.rule_book import read_book

CONTRACT_AHEAD_DAYS = 45
PASS_AHEAD_DAYS = 90


def contracts_ending(actor: Actor, today: date) -> Iterator[Alert]:
    """Contracts whose planned end comes within 45 days and that nothing follows yet; three queries."""
    later = Contract.objects.filter(stay=OuterRef("stay"), started_on__gt=OuterRef("started_on")).filter(
        Q(planned_end_on__isnull=True) | Q(planned_end_on__gt=OuterRef("planned_end_on"))
    )
    horizon = today + timedelta(days=CONTRACT_AHEAD_DAYS)
    ending = Contract.objects.filter(
        ~Exists(later),
        stay__in=_open_stays(actor, today),
        ended_on__isnull=True,
        planned_end_on__range=(today, horizon),
    )
    contracts = list(ending.select_related("stay__beneficiary", "stay__organisation"))
    done, book = _cddi_months(contracts), read_book()
    for contract in contracts:
        end = contract.planned_end_on or horizon
        months = done.get(contract.pk)
        progress = (
            f", {months} mois faits sur {book.whole(CDDI_CEILING, on=end)}" if months is not None else ""
        )
        yield _alert(
            f"contract_ending:{contract.pk}",
            "Contrat qui se termine",
            f"{_kind_words(contract.kind)} : fin le {french_date(end)}{progress}.",
            due_on=end,
            person=contract.stay.beneficiary,
            action="Préparer la suite",
            target=contract,
            gesture=Gesture.PROLONG,
        )


def passes_ending(actor: Actor, today: date) -> Iterator[Alert]:
    """PASS that end within 90 days, or have ended, while the person is still in an insertion structure."""
    newer = IaePass.objects.filter(beneficiary=OuterRef("beneficiary"), ends_on__gt=OuterRef("ends_on"))
    people = _open_stays(actor, today).filter(organisation__kind__in=SIAE_KINDS).values("beneficiary_id")
    ending = IaePass.objects.visible_to(actor).filter(
        ~Exists(newer), beneficiary_id__in=people, ends_on__lte=today + timedelta(days=PASS_AHEAD_DAYS)
    )
    book = read_book()
    for iae in ending.select_related("beneficiary"):
        left = iae_pass.days_left(iae.ends_on, today)
        when = (
            f"fin le {french_date(iae.ends_on)}, dans {_days(left)}"
            if left > 0
            else "dernier jour aujourd’hui"
        )
        if left < 0:
            when = f"terminé depuis le {french_date(iae.ends_on)}"
        yield _alert(
            f"pass_ending:{iae.pk}",
            "PASS IAE terminé" if left < 0 else "PASS IAE qui se termine",
            f"PASS IAE : {when}. {iae_pass.prolongation_in_words(iae.ends_on, today, book=book)}",
            due_on=iae.ends_on,
            person=iae.beneficiary,
            action="Noter la prolongation",
            target=iae,
            gesture=Gesture.PROLONG,
        )


def people_without_news(actor: Actor, today: date) -> Iterator[Alert]:
    """People not met for longer than their structure's rhythm, or never; the four queries of the caseload."""
    if actor.role not in ADVISING:
        return
    for row in caseload_of(actor, today):
        if not row.is_without_news or row.interview_due_on is None:
            continue
        if row.last_interview_on is None:
            message = f"Aucun entretien depuis l’entrée, le {french_date(row.stay.started_on)}."
        else:
            days = (today - row.last_interview_on).days
            message = f"Dernier entretien il y a {_days(days)}, le {french_date(row.last_interview_on)}."
        yield _alert(
            f"no_news:{row.beneficiary.pk}",
            "Sans nouvelles",
            message,
            due_on=row.interview_due_on,
            person=row.beneficiary,
            action="Noter un suivi",
            gesture=Gesture.NOTE,
        )


def exits_to_complete(actor: Actor, today: date) -> Iterator[Alert]:
    """Exits without motive, and stays ended without exit; each weighs on the statistics. Two queries."""
    if actor.role not in ADVISING:
        return
    exits = Exit.objects.covered_by(actor).filter(motive="", occurred_on__lte=today)
    for exit_ in exits.select_related("stay__beneficiary"):
        yield _alert(
            f"exit_motive:{exit_.pk}",
            "Motif de sortie à compléter",
            f"Sortie le {french_date(exit_.occurred_on)}, sans motif : elle rend le taux incertain.",
            due_on=exit_.occurred_on,
            person=exit_.stay.beneficiary,
            action="Compléter la sortie",
            target=exit_,
            gesture=Gesture.COMPLETE,
        )
    stays = Stay.objects.covered_by(actor).filter(ended_on__lte=today, exit__isnull=True)
    for stay in stays.select_related("beneficiary"):
        ended_on = stay.ended_on or today
        yield _alert(
            f"exit_missing:{stay.pk}",
            "Sortie à enregistrer",
            f"Passage terminé le {french_date(ended_on)}, sans sortie enregistrée.",
            due_on=ended_on,
            person=stay.beneficiary,
            action="Enregistrer la sortie",
            target=stay,
            gesture=Gesture.CLOSE,
        )


def actions_overdue(actor: Actor, today: date) -> Iterator[Alert]:
    """Actions past their day: an advisor's own and those nobody follows, a structure's for its manager."""
    if actor.role not in ADVISING:
        return
    late = Action.objects.visible_to(actor).filter(status__in=STILL_OPEN, due_on__lt=today)
    if actor.role is Role.ADVISOR:
        late = late.filter(Q(assignee_id=actor.user_id) | Q(assignee__isnull=True))
    else:
        late = late.filter(organisation_id__in=actor.organisation_ids)
    for action in late.select_related("beneficiary"):
        due_on = action.due_on or today
        yield _alert(
            f"action_overdue:{action.pk}",
            "Action en retard",
            f"« {action.label} » était prévue pour le {french_date(due_on)}.",
            due_on=due_on,
            person=action.beneficiary,
            action="Dire où elle en est",
            target=action,
            gesture=Gesture.SETTLE,
        )


def people_between_steps(actor: Actor, today: date) -> Iterator[Alert]:
    """People between two steps for whom nothing is planned; the queries of the selector."""
    if actor.role not in ADVISING:
        return
    for row in between_steps(actor, today):
        if row.next_step is None:
            yield _alert(
                f"between_steps:{row.beneficiary.pk}",
                "Entre deux étapes",
                f"Aucune étape depuis {_days(row.days)}, après {row.last_structure} ; rien n’est prévu.",
                due_on=row.since,
                person=row.beneficiary,
                action="Préparer la suite",
            )


def hours_near_480(actor: Actor, today: date) -> Iterator[Alert]:
    """People lent to companies whose counter reaches 400 hours; two queries."""
    stays = _open_stays(actor, today).filter(organisation__kind=StructureKind.AI)
    hours = MonthlyHours.objects.filter(
        contract__stay__organisation__kind=StructureKind.AI,
        contract__stay__beneficiary_id__in=stays.values("beneficiary_id"),
        contract__stay__organisation_id__in=stays.values("organisation_id"),
    ).select_related("contract__stay__beneficiary")
    lines: dict[tuple[int, int], list[hours_480.HoursLine]] = defaultdict(list)
    lent: dict[tuple[int, int], Stay] = {}
    for row in hours:
        stay = row.contract.stay
        lent[stay.beneficiary_id, stay.organisation_id] = stay
        line = hours_480.HoursLine(row.month, row.hours, row.client_kind, row.contract.started_on)
        lines[stay.beneficiary_id, stay.organisation_id].append(line)
    book = read_book()
    for (person, structure), theirs in lines.items():
        count = hours_480.count_480(theirs, on=today, book=book)
        if count.level is hours_480.Level480.CALM:
            continue
        yield _alert(
            f"hours_480:{person}:{structure}",
            f"Compteur des {count.ceiling.normalize():f} heures",
            f"{count.counted.normalize():f}{NBSP}heures en entreprise sur {count.ceiling.normalize():f} ; "
            f"il en reste {count.left.normalize():f}.",
            due_on=today,
            person=lent[person, structure].beneficiary,
            action="Voir les contrats",
            target=lent[person, structure],
        )


PRODUCERS: tuple[Callable[[Actor, date], Iterable[Alert]], ...] = (
    contracts_ending,
    passes_ending,
    people_without_news,
    exits_to_complete,
    actions_overdue,
    hours_near_480,
)
APART = (people_between_steps,)
"""Shown on its own card of Ma journée."""


def _open_stays(actor: Actor, today: date) -> StayQuerySet:
    """Stays under way today that the actor answers for; none for a role that cannot settle an alert."""
    if actor.role not in ADVISING:
        return Stay.objects.none()
    return Stay.objects.covered_by(actor).open_on(today)


def _cddi_months(contracts: list[Contract]) -> dict[int, int]:
    """Whole months of CDDI done in the structure once each of these contracts is over."""
    ending = {contract.pk: contract for contract in contracts if contract.kind == ContractKind.CDDI}
    people = {contract.stay.beneficiary_id for contract in ending.values()}
    periods: dict[tuple[int, int], list[tuple[date, date]]] = defaultdict(list)
    if not people:
        return {}
    chain = Contract.objects.filter(stay__beneficiary_id__in=people, kind=ContractKind.CDDI)
    for each in chain.select_related("stay"):
        if each.last_day is not None:
            key = each.stay.beneficiary_id, each.stay.organisation_id
            periods[key].append((each.started_on, each.last_day))
    return {
        pk: total_length(periods[contract.stay.beneficiary_id, contract.stay.organisation_id]).months
        for pk, contract in ending.items()
    }


def _alert(
    key: str,
    title: str,
    message: str,
    *,
    due_on: date,
    person: Beneficiary,
    action: str,
    target: Model | None = None,
    gesture: Gesture = Gesture.OPEN,
) -> Alert:
    return Alert(
        key=key,
        kind=key.split(":")[0],
        due_on=due_on,
        beneficiary_id=person.pk,
        title=title,
        message=message,
        action_label=action,
        target=target or person,
        gesture=gesture,
        who=str(person),
    )


def _kind_words(kind: str) -> str:
    """« CDDI » is what the field says of it; other kinds keep their label."""
    return "CDDI" if kind == ContractKind.CDDI else ContractKind(kind).label


def _days(count: int) -> str:
    return f"{count}{NBSP}{'jours' if count > 1 else 'jour'}"
