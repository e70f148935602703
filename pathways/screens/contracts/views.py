"""Contracts, hours and PASS IAE of a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.values.dates import day_after
from backend.core.values.text import of_name
from backend.organisations.enums import StructureKind
from backend.web.access import only
from backend.web.requests import ActorRequest, number_in_query
from backend.web.submission import Also, FormPage, answer_form, say_remarks
from backend.web.undo import offer
from pathways.enums import ContractKind
from pathways.models import Beneficiary, Contract, Stay
from pathways.permissions import (
    may_change_pass,
    may_manage_people,
    may_record_contract,
    may_record_hours,
)
from pathways.querysets.thread import ContractQuerySet
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.signers import contracts_of
from pathways.rules.contracts.stretches import hours_in_words
from pathways.rules.dated.book import RuleBook
from pathways.rules.kinds import TRAITS
from pathways.screens.contracts.forms import (
    AmendmentForm,
    ContractEndForm,
    ContractForm,
    HoursForm,
    PassForm,
)
from pathways.screens.passes.derogations import motives_in
from pathways.selectors.facts.contracts import amendments_of, facts_of, stretches_of
from pathways.selectors.facts.rights import place_of
from pathways.selectors.rule_book import read_book
from pathways.services import end_contract, record_amendment, record_contract, record_hours, record_pass
from pathways.services.contracts import hours_findings, pass_findings_of


@only(may_manage_people)
def contract_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Record a contract of a stay, or the renewal of one."""
    actor = request.actor
    stay = get_object_or_404(
        Stay.objects.visible_to(actor).select_related("organisation", "beneficiary"), pk=pk
    )
    if not may_record_contract(actor, stay):
        raise Http404
    renewable = Contract.objects.visible_to(actor).filter(stay=stay, initial__isnull=True)
    book, today = read_book(), timezone.localdate()
    form = ContractForm(
        request.POST or None,
        initial=_usual(request, stay),
        kinds=_kinds(stay, today, book),
        renewable=renewable,
    )

    def act(values: dict[str, Any]) -> str:
        initial = values.pop("initial_contract")
        contract = record_contract(actor=actor, stay=stay, initial=initial, **values)
        say_remarks(request, contract_findings(facts_of(contract, today=today), book=book))
        return reverse("web:person", args=[stay.beneficiary_id])

    page = FormPage(
        title=f"Un contrat pour {stay.beneficiary}",
        line=str(stay.organisation),
        back=reverse("web:person", args=[stay.beneficiary_id]),
        done="Le contrat est enregistré.",
        adds=True,
        also=_derogation_of(stay),
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
def contract_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the real last day of a contract."""
    contract = _own_contract(request, pk)
    form = ContractEndForm(request.POST or None, initial={"on": contract.last_day})

    def act(values: dict[str, Any]) -> str:
        end_contract(actor=request.actor, contract=contract, **values)
        return reverse("web:person", args=[contract.stay.beneficiary_id])

    page = FormPage(
        title=f"Fin du contrat {of_name(contract.stay.beneficiary)}",
        line=f"{contract.get_kind_display()}, {contract.stay.organisation}. Le passage dans la structure continue.",
        back=reverse("web:person", args=[contract.stay.beneficiary_id]),
        done="La fin du contrat est enregistrée.",
        about=contract,
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
def amendment_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Change the hours of a contract from one day on; writing the same day again corrects it."""
    contract = _own_contract(request, pk)
    hours = hours_in_words(stretches_of(contract, amendments_of([pk])))

    def act(values: dict[str, Any]) -> str:
        known = set(contract.amendments.values_list("pk", flat=True))
        row = record_amendment(actor=request.actor, contract=contract, **values)
        if row.pk not in known:  # a day written again is corrected by writing it once more
            offer(request, row)
        return reverse("web:person", args=[contract.stay.beneficiary_id])

    page = FormPage(
        title=f"Avenant au contrat {of_name(contract.stay.beneficiary)}",
        line=f"{contract.get_kind_display()} {contract.days_in_words}, {contract.stay.organisation}. "
        f"Jusqu’ici : {hours or 'heures non précisées'}. Ressaisir un jour le corrige.",
        back=reverse("web:person", args=[contract.stay.beneficiary_id]),
        done="L’avenant est enregistré.",
        also=_derogation_of(contract.stay, lifts=True),
    )
    return answer_form(request, AmendmentForm(request.POST or None), page, act)


@only(may_manage_people)
def hours_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the hours of a month; writing the same month again corrects it."""
    contract = _own_contract(request, pk, may=may_record_hours)

    def act(values: dict[str, Any]) -> str:
        known = set(contract.monthly_hours.values_list("pk", flat=True))
        line = record_hours(actor=request.actor, contract=contract, **values)
        say_remarks(request, hours_findings(line, before=Decimal(0), book=read_book()))
        if line.pk not in known:  # a month written again is corrected by writing it once more
            offer(request, line)
        return reverse("web:person", args=[contract.stay.beneficiary_id])

    page = FormPage(
        title=f"Heures d’un mois {of_name(contract.stay.beneficiary)}",
        line=f"{contract.get_kind_display()}, {contract.stay.organisation}. Ressaisir un mois le corrige.",
        back=reverse("web:person", args=[contract.stay.beneficiary_id]),
        done="Les heures sont enregistrées.",
    )
    return answer_form(request, HoursForm(request.POST or None), page, act)


@only(may_manage_people)
def pass_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the PASS IAE as received; the same number again updates its dates."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    form = PassForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        iae = record_pass(actor=actor, beneficiary=person, **values)
        say_remarks(request, pass_findings_of(iae, book=read_book()))
        return reverse("web:person", args=[pk])

    page = FormPage(
        title=f"PASS IAE {of_name(person)}",
        line="Le même numéro saisi de nouveau met ses dates à jour.",
        back=reverse("web:person", args=[pk]),
        done="Le PASS IAE est enregistré.",
        also=_derogation_of(place_of(actor, pk), lifts=True) if may_change_pass(actor, person) else None,
    )
    return answer_form(request, form, page, act)


def _derogation_of(stay: Stay, *, lifts: bool = False) -> Also | None:
    """The decision that lifts a refusal, where the structure knows any."""
    if not motives_in(stay.organisation.kind):
        return None
    return Also("Enregistrer une dérogation", reverse("web:derogation_new", args=[stay.pk]), lifts=lifts)


def _kinds(stay: Stay, today: date, book: RuleBook) -> list[ContractKind]:
    """What this structure may sign today, or might when the person came: an experiment that is over is not offered."""
    place = stay.organisation.kind
    possible = {kind for day in (stay.started_on, today) for kind in contracts_of(place, on=day, book=book)}
    return [kind for kind in ContractKind if kind in possible]


def _own_contract(
    request: ActorRequest, pk: int, *, may: Callable[[Actor, Stay], bool] = may_record_contract
) -> Contract:
    actor = request.actor
    seen = Contract.objects.visible_to(actor).select_related("stay__organisation", "stay__beneficiary")
    contract = get_object_or_404(seen, pk=pk)
    if not may(actor, contract.stay):
        raise Http404
    return contract


def _usual(request: ActorRequest, stay: Stay) -> dict[str, Any]:
    """The kind this structure usually signs, the first one from the first day of the stay; or the contract to prolong."""
    asked = number_in_query(request, "prolonge")
    contracts = Contract.objects.visible_to(request.actor).filter(stay=stay)
    initial: dict[str, Any] = {
        "kind": TRAITS[StructureKind(stay.organisation.kind)].usual_contract,
        "started_on": None if contracts.exists() else stay.started_on,
    }
    prolonged = contracts.filter(pk=asked).first() if asked is not None else None
    return initial | _following(contracts, prolonged) if prolonged else initial


def _following(contracts: ContractQuerySet, prolonged: Contract) -> dict[str, Any]:
    """What the next contract of a chain keeps of the last one: everything but its end."""
    chain = contracts.filter(Q(pk=prolonged.chain_id) | Q(initial=prolonged.chain_id))
    last = max(chain, key=lambda contract: (contract.started_on, contract.pk))
    return {
        "kind": last.kind,
        "started_on": last.last_day and day_after(last.last_day),
        "guaranteed_hours": last.guaranteed_hours,
        "weekly_hours": stretches_of(last, amendments_of([last.pk]))[-1].hours,
        "rome_code": last.rome_code,
        "initial_contract": last.chain_id,
    }
