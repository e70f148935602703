"""Contracts, hours and PASS IAE, as they are typed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, HoursField, IdentifierField, MonthField
from backend.core.values.identifiers import clean_pass_number
from backend.web.forms.base import OF_THE_PAGE, CalmForm
from pathways.enums import ClientKind, ContractKind
from pathways.models import Contract, HoursAmendment, IaePass, MonthlyHours
from pathways.screens.contracts.fields import (
    end_motive_field,
    guaranteed_hours_field,
    rome_code_field,
    weekly_hours_field,
)


class ContractForm(CalmForm):
    """One contract of a stay."""

    writes = Contract
    typed_as: ClassVar = {"initial_contract": "initial"}
    left_out: ClassVar = {
        "stay": OF_THE_PAGE,
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    kind = forms.ChoiceField(label="Type de contrat")
    started_on = DayField(label="Début")
    planned_end_on = DayField(label="Fin prévue", required=False, help_text="Laissez vide pour un CDI.")
    weekly_hours = weekly_hours_field()
    guaranteed_hours = guaranteed_hours_field()
    rome_code = rome_code_field()
    initial_contract = forms.ModelChoiceField(
        label="Ce contrat prolonge",
        queryset=Contract.objects.none(),
        required=False,
        empty_label="Aucun : c’est un nouveau contrat",
    )

    def __init__(self, *args: Any, kinds: list[ContractKind], renewable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["initial_contract"].queryset = renewable  # type: ignore[attr-defined]
        if ContractKind.CDDU not in kinds:
            del self.fields["guaranteed_hours"]


class ContractEndForm(CalmForm):
    """The real last day of a contract."""

    writes = Contract
    typed_as: ClassVar = {"on": "ended_on", "motive": "end_motive"}

    on = DayField(label="Dernier jour travaillé sous ce contrat")
    motive = end_motive_field()


class AmendmentForm(CalmForm):
    """The hours a week of a contract, from one day on."""

    writes = HoursAmendment
    left_out: ClassVar = {
        "contract": OF_THE_PAGE,
    }

    starts_on = DayField(label="À partir du")
    weekly_hours = weekly_hours_field(is_required=True)


class HoursForm(CalmForm):
    """Hours of one month."""

    writes = MonthlyHours
    left_out: ClassVar = {
        "contract": OF_THE_PAGE,
    }

    month = MonthField(label="Mois")
    hours = HoursField(
        label="Heures travaillées",
        max_digits=6,
        decimal_places=2,
    )
    client_kind = forms.ChoiceField(
        label="Chez qui",
        choices=[("", "Non précisé"), *ClientKind.choices],
        required=False,
        help_text="En association intermédiaire, les heures en entreprise nourrissent le compteur de la personne.",
    )


class PassForm(CalmForm):
    """The PASS IAE as received."""

    writes = IaePass
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
    }

    number = IdentifierField(
        label="Numéro",
        clean_with=clean_pass_number,
        help_text="12 caractères, tels que reçus des Emplois de l’inclusion.",
    )
    starts_on = DayField(label="Début")
    ends_on = DayField(
        label="Fin",
        required=False,
        help_text="La date reçue l’emporte toujours. Vide, elle est calculée comme sur les Emplois de l’inclusion.",
    )
