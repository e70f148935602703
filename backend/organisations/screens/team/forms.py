"""What managers type about their team and their structures."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backend.accounts.models import User
from backend.core.actor import Actor, Role
from backend.core.pages.forms import IdentifierField, WholeField, phone_field
from backend.core.values.identifiers import clean_insee_code, clean_siret
from backend.organisations import departures
from backend.organisations.enums import GroupKind, StructureKind
from backend.organisations.models import Group, Invitation, Membership, Organisation
from backend.organisations.models.structure import LEAST_DAYS, MOST_DAYS
from backend.organisations.rules.roles import grantable_roles
from backend.organisations.services.members import successors_of
from backend.web.forms.base import OF_THE_GESTURE, OF_THE_PAGE, OF_THE_SEAT, CalmForm


class InviteForm(CalmForm):
    """One address, one role, one structure."""

    writes = Invitation
    left_out: ClassVar = {
        "group": OF_THE_SEAT,
        "subject_id": OF_THE_PAGE,
        "invited_by": OF_THE_SEAT,
        "token_digest": "tiré au hasard",
        "is_link_handed_over": OF_THE_GESTURE,
        "needs_approval": OF_THE_GESTURE,
        "approved_by": OF_THE_GESTURE,
        "approved_at": OF_THE_GESTURE,
        "expires_at": OF_THE_GESTURE,
        "accepted_at": OF_THE_GESTURE,
        "withdrawn_at": OF_THE_GESTURE,
    }

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


class DepartureForm(CalmForm):
    """Who takes over the people that a colleague accompanies; asked only when there are some."""

    writes = "à qui passent les dossiers : le départ est écrit par le service"

    NOBODY = "personne"
    successor = forms.ChoiceField(
        label="Qui prend la suite ?",
        help_text="Ses dossiers en cours passent à cette personne aujourd’hui.",
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(user.pk): user for user in successors_of(membership)}
        if not departures.is_awaited(membership):
            del self.fields["successor"]
            return
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            ("", "Choisissez"),
            *((pk, str(user)) for pk, user in self.colleagues.items()),
            (self.NOBODY, "Personne pour l’instant : toute l’équipe voit ces dossiers"),
        ]

    @property
    def taken_over_by(self) -> User | None:
        """Whom was chosen; None when nobody was, or nothing was asked."""
        return self.colleagues.get(self.cleaned_data.get("successor", ""))


class GroupForm(CalmForm):
    """A group of structures, or a collective."""

    writes = Group
    left_out: ClassVar = {
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    name = forms.CharField(label="Son nom", max_length=160)
    kind = forms.TypedChoiceField(
        label="Ce que les structures feront ensemble",
        coerce=GroupKind,
        choices=GroupKind.choices,
        help_text="Dans un groupe, un seul fil et une tête commune. Dans un collectif, une seule chose est partagée, et personne ne lit les dossiers des autres. Ce choix ne change plus.",
    )


class StructureForm(CalmForm):
    """How a structure works: the settings of `organisations.services.structures`."""

    writes = Organisation
    left_out: ClassVar = {
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    name = forms.CharField(label="Nom", max_length=160)
    siret = IdentifierField(label="SIRET", clean_with=clean_siret, required=False)
    insee_code = IdentifierField(
        label="Code de la commune",
        clean_with=clean_insee_code,
        required=False,
        help_text="Le code INSEE, cinq caractères.",
    )
    department = forms.CharField(label="Département", max_length=3, required=False)
    phone = phone_field(help_text="Le numéro que les employeurs lisent pour vous joindre.")
    is_caseload_shared = forms.BooleanField(
        label="File active partagée",
        required=False,
        help_text="Chaque accompagnateur voit alors toutes les personnes de la structure, et pas seulement les siennes.",
    )
    interview_every_days = WholeField(
        label="Un entretien au moins tous les … jours",
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        initial=60,
        help_text="Aucun texte ne fixe cette fréquence : c’est le choix de la structure.",
    )


class NewStructureForm(StructureForm):
    """A structure to open in one's group."""

    kind = forms.TypedChoiceField(label="Type", coerce=StructureKind, choices=StructureKind.choices)
    field_order = ("name", "kind")
