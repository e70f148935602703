"""Contracts, hours and PASS IAE of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from backend.core.actor import Actor, Role
from backend.core.numbers import whole_number
from backend.organisations.enums import StructureKind
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.enums import ContractKind
from pathways.models import Beneficiary, Contract, Stay
from pathways.permissions import may_record_contract, may_record_hours
from pathways.screens.contracts.forms import ContractEndForm, ContractForm, HoursForm, PassForm
from pathways.services import end_contract, record_contract, record_hours, record_pass

_USUAL_KINDS = {
    StructureKind.AI: ContractKind.CDDU,
    StructureKind.ETTI: ContractKind.CTT,
    StructureKind.EITI: ContractKind.EITI,
    StructureKind.ASP_SAP: ContractKind.CDI,
    StructureKind.GEIQ: ContractKind.CDD,
}


@only(Role.ADVISOR, Role.MANAGER)
def contract_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Record a contract of a stay, or the renewal of one."""
    actor = request.actor
    stay = get_object_or_404(
        Stay.objects.visible_to(actor).select_related("organisation", "beneficiary"), pk=pk
    )
    if not may_record_contract(actor, stay):
        raise Http404
    renewable = Contract.objects.visible_to(actor).filter(stay=stay, initial__isnull=True)
    form = ContractForm(request.POST or None, initial=_usual(request, stay), renewable=renewable)

    def act(values: dict[str, Any]) -> str:
        initial = values.pop("initial_contract")
        record_contract(actor=actor, stay=stay, initial=initial, **values)
        return reverse("web:person", args=[stay.beneficiary_id])

    page = FormPage(
        title=f"Un contrat pour {stay.beneficiary}",
        line=str(stay.organisation),
        back=reverse("web:person", args=[stay.beneficiary_id]),
        done="Le contrat est enregistré.",
        adds=True,
    )
    return answer_form(request, form, page, act)


@only(Role.ADVISOR, Role.MANAGER)
def contract_end(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the real last day of a contract."""
    contract = _own_contract(request, pk)
    form = ContractEndForm(request.POST or None, initial={"on": contract.last_day})

    def act(values: dict[str, Any]) -> str:
        end_contract(actor=request.actor, contract=contract, **values)
        return reverse("web:person", args=[contract.stay.beneficiary_id])

    page = FormPage(
        title="Fin du contrat",
        line=f"{contract.get_kind_display()}, {contract.stay.organisation}. Le passage dans la structure continue.",
        back=reverse("web:person", args=[contract.stay.beneficiary_id]),
        done="La fin du contrat est enregistrée.",
    )
    return answer_form(request, form, page, act)


@only(Role.ADVISOR, Role.MANAGER)
def hours_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the hours of a month; writing the same month again corrects it."""
    contract = _own_contract(request, pk, may=may_record_hours)

    def act(values: dict[str, Any]) -> str:
        record_hours(actor=request.actor, contract=contract, **values)
        return reverse("web:person", args=[contract.stay.beneficiary_id])

    page = FormPage(
        title="Heures d’un mois",
        line=f"{contract.get_kind_display()}, {contract.stay.organisation}. Ressaisir un mois le corrige.",
        back=reverse("web:person", args=[contract.stay.beneficiary_id]),
        done="Les heures sont enregistrées.",
    )
    return answer_form(request, HoursForm(request.POST or None), page, act)


@only(Role.ADVISOR, Role.MANAGER)
def pass_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the PASS IAE as received; the same number again updates its dates."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)

    def act(values: dict[str, Any]) -> str:
        record_pass(actor=actor, beneficiary=person, **values)
        return reverse("web:person", args=[pk])

    page = FormPage(
        title=f"PASS IAE de {person}",
        line="Le même numéro saisi de nouveau met ses dates à jour.",
        back=reverse("web:person", args=[pk]),
        done="Le PASS IAE est enregistré.",
    )
    return answer_form(request, PassForm(request.POST or None), page, act)


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
    """The kind this structure usually signs, from the first day of the stay; or the contract to prolong."""
    initial: dict[str, Any] = {
        "kind": _USUAL_KINDS.get(StructureKind(stay.organisation.kind), ContractKind.CDDI),
        "started_on": stay.started_on,
    }
    prolonged = whole_number(request.GET.get("prolonge", ""))
    if prolonged is not None:
        initial |= {"initial_contract": prolonged, "started_on": None}
    return initial
