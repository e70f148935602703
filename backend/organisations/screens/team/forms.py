"""What managers type about their team and their structures."""

from __future__ import annotations

from typing import Any

from django import forms

from backend.core.actor import Actor, Role
from backend.core.pages.forms import IdentifierField, WholeField
from backend.core.values.identifiers import clean_insee_code, clean_siret
from backend.organisations.enums import StructureKind
from backend.organisations.models import Organisation
from backend.organisations.rules.roles import grantable_roles
from backend.web.forms.base import CalmForm


class InviteForm(CalmForm):
    """One address, one role, one structure."""

    email = forms.EmailField(label="Adresse électronique", max_length=254)
    role = forms.TypedChoiceField(label="Rôle", coerce=Role)
    organisation = forms.ModelChoiceField(label="Structure", queryset=Organisation.objects.none())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in grantable_roles(actor)]  # type: ignore[attr-defined]
        places = Organisation.objects.covered_by(actor)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = places
        organisation.empty_label = None if len(actor.organisation_ids) == 1 else "Choisissez"


class GroupForm(CalmForm):
    """The name of a group of structures."""

    name = forms.CharField(label="Nom du groupe", max_length=160)


class StructureForm(CalmForm):
    """How a structure works: the settings of `organisations.services.structures`."""

    name = forms.CharField(label="Nom", max_length=160)
    siret = IdentifierField(label="SIRET", clean_with=clean_siret, required=False)
    insee_code = IdentifierField(
        label="Code de la commune",
        clean_with=clean_insee_code,
        required=False,
        help_text="Le code INSEE, cinq caractères.",
    )
    department = forms.CharField(label="Département", max_length=3, required=False)
    is_caseload_shared = forms.BooleanField(
        label="File active partagée",
        required=False,
        help_text="Chaque accompagnateur voit alors toutes les personnes de la structure, et pas seulement les siennes.",
    )
    interview_every_days = WholeField(
        label="Un entretien au moins tous les … jours",
        min_value=7,
        max_value=365,
        initial=60,
        help_text="Aucun texte ne fixe cette fréquence : c’est le choix de la structure.",
    )


class NewStructureForm(StructureForm):
    """A structure to open in one's group."""

    kind = forms.TypedChoiceField(label="Type", coerce=StructureKind, choices=StructureKind.choices)
    field_order = ("name", "kind")
