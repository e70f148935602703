"""Relays, as they are typed by each hand."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from backend.accounts.models import User
from backend.core.pages.forms import DayField, InstantField, VersionField
from backend.organisations.models import Organisation
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, Chips, OneChip
from pathways.enums import RelayHand, RelayPart, RelayRefusal, RelaySubject
from pathways.models import Relay, RelayStep, Stay


class _Said(CalmForm):
    """What a proposal says, first written and corrected."""

    writes = Relay
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    message = forms.CharField(
        label="Message",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La personne le lit d’abord ; l’autre structure, seulement si elle est d’accord. N’y mettez pas son nom : elle choisit de le donner ou non.",
    )
    meets_at = InstantField(label="Rencontre à trois, le")
    meets_where = forms.CharField(label="Lieu de la rencontre", max_length=160, required=False)
    planned_on = DayField(label="Accueil prévu le")


class RelayForm(_Said):
    """To whom, and what is proposed."""

    receiver = forms.ModelChoiceField(
        label="Une structure de votre groupe", queryset=Organisation.objects.none(), required=False
    )
    to_email = forms.EmailField(
        label="Ou une adresse, dans un autre groupe",
        required=False,
        help_text="Celle d’une personne qui accompagne ou dirige là-bas. Rien ne dira si elle utilise Passerelles.",
    )
    field_order = ["receiver", "to_email", "message", "meets_at", "meets_where", "planned_on"]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = organisations  # type: ignore[attr-defined]


class RelayCorrectForm(_Said):
    """The same, while the person has not answered."""

    version = VersionField()


class RelayAgreeForm(CalmForm):
    """What the person gives, in their own space."""

    writes = Relay

    version = VersionField()
    parts = forms.MultipleChoiceField(
        label="Ce que vous donnez à lire",
        choices=RelayPart.choices,
        widget=Chips(),
        help_text="Touchez chaque groupe que vous voulez donner : le reste ne se lira pas. Rien à donner ? Dites plutôt non.",
    )


class RelayAgreeWithForm(RelayAgreeForm):
    """The same, on the screen of the adviser the person is with: it is said, and dated."""

    parts = forms.MultipleChoiceField(
        label="Ce que la personne donne à lire",
        choices=RelayPart.choices,
        widget=Chips(),
        help_text="À choisir avec elle, groupe par groupe : le reste ne se lira pas.",
    )
    agreed_on = DayField(label="Elle l’a dit le", help_text="Votre nom reste écrit à côté de sa réponse.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"agreed_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class RelayPlainForm(CalmForm):
    """A gesture that asks for nothing more."""

    writes = Relay

    version = VersionField()


class RelaySuggestForm(RelayPlainForm):
    """Another day to meet."""

    meets_at = InstantField(label="Nous proposons plutôt le")


class RelayDeclineForm(RelayPlainForm):
    """Why the structure does not follow up."""

    refusal_reason = forms.ChoiceField(
        label="Pourquoi", choices=RelayRefusal.choices, widget=OneChip(),
        help_text="La personne et la structure qui propose liront cette raison.",
    )  # fmt: skip


class RelayMeetForm(RelayPlainForm):
    """The day the three met."""

    met_on = DayField(label="La rencontre a eu lieu le")


class RelayWelcomeForm(CalmForm):
    """The stay that opens."""

    writes = Stay

    version = VersionField()
    started_on = DayField(label="Date d’entrée")
    advisor = forms.ModelChoiceField(
        label="Référent", queryset=User.objects.none(), required=False, empty_label="Toute l’équipe"
    )

    def __init__(self, *args: Any, advisors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["advisor"].queryset = advisors  # type: ignore[attr-defined]


class RelayCancelForm(RelayPlainForm):
    """Why a proposal is taken back."""

    typed_as: ClassVar = {"reason": "cancel_reason"}

    reason = forms.CharField(
        label="Pourquoi l’annuler", max_length=300, help_text="La personne lira cette raison."
    )


class RelayStepForm(CalmForm):
    """Something to do before the welcome."""

    writes = RelayStep
    left_out: ClassVar = {"relay": OF_THE_PAGE}

    subject = forms.ChoiceField(label="Sujet", choices=RelaySubject.choices, initial=RelaySubject.OTHER)
    label = forms.CharField(label="À faire", max_length=160)
    hand = forms.ChoiceField(label="Par", choices=RelayHand.choices, widget=OneChip())
    due_on = DayField(label="Avant le")


class RelayStepCorrectForm(RelayStepForm):
    """The same, corrected."""

    version = VersionField()


class RelayStepPlainForm(CalmForm):
    """A step taken away."""

    writes = RelayStep

    version = VersionField()
