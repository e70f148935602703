"""What was typed about a person's steps and promises, for whoever may correct it or take it back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone

from backend.core.values.dates import MONTHS, french_date
from backend.core.values.numbers import decimal_in_words
from backend.core.values.text import inside
from backend.panels.registry import Reader, typed_page
from pathways.models import (
    Action,
    Appointment,
    Contract,
    Exit,
    Goal,
    HoursAmendment,
    IaePass,
    MonthlyHours,
    Stay,
)
from pathways.screens.corrections.kinds import KINDS
from pathways.screens.corrections.lines import TEMPLATE, said_of, shown

_said = partial(said_of, KINDS)


@typed_page.register(place="main", order=10)
class TypedSteps:
    """Stays with their exits, contracts with their avenants and their hours."""

    template = TEMPLATE

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Newest first; five queries, and the rights of each line."""
        actor, mine = reader.actor, {"beneficiary": reader.person}
        stays = Stay.objects.visible_to(actor).filter(**mine).select_related("organisation", "beneficiary")
        exits = Exit.objects.visible_to(actor).filter(stay__beneficiary=reader.person)
        contracts = Contract.objects.visible_to(actor).filter(stay__beneficiary=reader.person)
        amendments = HoursAmendment.objects.visible_to(actor).filter(
            contract__stay__beneficiary=reader.person
        )
        hours = MonthlyHours.objects.visible_to(actor).filter(contract__stay__beneficiary=reader.person)
        return shown(
            "Passages, contrats et heures",
            [
                *_said(stays.order_by("-started_on", "-pk"), reader, _of_stay),
                *_said(exits.select_related("stay__organisation").order_by("-occurred_on"), reader, _of_exit),
                *_said(
                    contracts.select_related("stay__organisation").order_by("-started_on"),
                    reader,
                    _of_contract,
                ),
                *_said(
                    amendments.select_related("contract__stay__organisation").order_by("-starts_on"),
                    reader,
                    _of_amendment,
                ),
                *_said(
                    hours.select_related("contract__stay__organisation").order_by("-month"), reader, _of_hours
                ),
            ],
        )


def _of_stay(stay: Stay) -> tuple[str, str]:
    return f"Entrée le {french_date(stay.started_on)}", str(stay.organisation)


def _of_exit(exit_: Exit) -> tuple[str, str]:
    return f"Sortie le {french_date(exit_.occurred_on)}", str(exit_.stay.organisation)


def _of_contract(contract: Contract) -> tuple[str, str]:
    why = f" ({inside(contract.get_end_motive_display())})" if contract.end_motive else ""
    end = f", jusqu’au {french_date(contract.last_day)}{why}" if contract.last_day else ""
    return (
        f"{contract.get_kind_display()} du {french_date(contract.started_on)}{end}",
        str(contract.stay.organisation),
    )


def _of_amendment(row: HoursAmendment) -> tuple[str, str]:
    return (
        f"Avenant : {decimal_in_words(row.weekly_hours, 2)} h par semaine dès le {french_date(row.starts_on)}",
        "Pour corriger les heures, ressaisissez l’avenant du même jour.",
    )


def _of_hours(line: MonthlyHours) -> tuple[str, str]:
    month = f"{MONTHS[line.month.month - 1]} {line.month.year}"
    client = f", {line.get_client_kind_display()}" if line.client_kind else ""
    return (
        f"{decimal_in_words(line.hours, 2)} h en {month}{client}",
        "Pour corriger le chiffre, ressaisissez le mois.",
    )


@typed_page.register(place="main", order=20)
class TypedPasses:
    """PASS IAE."""

    template = TEMPLATE

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """Newest first; one query."""
        rows = IaePass.objects.visible_to(reader.actor).filter(beneficiary=reader.person)
        rows = rows.select_related("beneficiary")
        return shown("PASS IAE", _said(rows.order_by("-starts_on"), reader, _of_pass))


def _of_pass(iae: IaePass) -> tuple[str, str]:
    return (
        f"PASS IAE {iae.number}",
        f"Du {french_date(iae.starts_on)} au {french_date(iae.ends_on)}",
    )


@typed_page.register(place="main", order=30)
class TypedPromises:
    """Goals, actions, appointments."""

    template = TEMPLATE

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """In the order they were promised; three queries."""
        of = {
            model: model.objects.visible_to(reader.actor)
            .filter(beneficiary=reader.person)
            .select_related("beneficiary")
            for model in (Goal, Action, Appointment)
        }
        return shown(
            "Objectifs, actions et rendez-vous",
            [
                *_said(of[Goal], reader, lambda goal: (goal.label, "Objectif")),
                *_said(of[Action], reader, lambda action: (action.label, "Action")),
                *_said(of[Appointment], reader, _of_appointment),
            ],
        )


def _of_appointment(appointment: Appointment) -> tuple[str, str]:
    moment = timezone.localtime(appointment.starts_at)
    return f"Rendez-vous du {french_date(moment.date())} à {moment:%H h %M}", appointment.purpose
