"""Immersions (PMSMP), as they are typed."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from backend.core.pages.forms import DayField, HoursField, IdentifierField, VersionField
from backend.core.values.identifiers import clean_siret
from backend.web.forms.base import OF_THE_GESTURE, OF_THE_PAGE, OF_THE_SEAT, CalmForm, OneChip
from pathways.enums import CancelReason, ImmersionPrescriber, ImmersionPurpose
from pathways.models import Immersion


def _hours() -> HoursField:
    return HoursField(
        label="Heures en tout",
        required=False,
        max_digits=5,
        decimal_places=1,
    )


class ImmersionForm(CalmForm):
    """One convention."""

    writes = Immersion
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "renews": OF_THE_GESTURE,
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    host_name = forms.CharField(label="Employeur d’accueil", max_length=160)
    host_town = forms.CharField(label="Commune", max_length=120, required=False)
    host_siret = IdentifierField(
        label="SIRET", clean_with=clean_siret, required=False, help_text="14 chiffres, s’il est connu."
    )
    purpose = forms.ChoiceField(label="Objet", choices=ImmersionPurpose.choices, widget=OneChip())
    objectives = forms.CharField(
        label="Objectifs", max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ce que la personne veut voir, essayer ou montrer.",
    )  # fmt: skip
    started_on = DayField(label="Du")
    planned_end_on = DayField(label="Au", help_text="Le dernier jour que prévoit la convention.")
    hours = _hours()
    prescriber = forms.ChoiceField(
        label="Prescrite par",
        choices=ImmersionPrescriber.choices,
        help_text="Une ETTI ne prescrit pas : elle passe par France Travail, la mission locale, Cap emploi…",
    )
    tutor_name = forms.CharField(label="Tuteur chez l’employeur", max_length=160, required=False)
    tutor_role = forms.CharField(label="Sa fonction", max_length=120, required=False)


class ImmersionCorrectForm(ImmersionForm):
    """The same, with its real end when it was cut short."""

    version = VersionField()
    ended_on = DayField(label="Arrêtée plus tôt, le", required=False)


class ImmersionRenewForm(CalmForm):
    """The days of a renewal."""

    writes = Immersion

    version = VersionField()
    started_on = DayField(label="Du")
    planned_end_on = DayField(label="Au")
    hours = _hours()


class ImmersionEndForm(CalmForm):
    """The real last day."""

    writes = Immersion
    typed_as: ClassVar = {"on": "ended_on"}

    version = VersionField()
    on = DayField(label="Dernier jour de l’immersion")


class ImmersionReviewForm(CalmForm):
    """What the tutor and the person say of it."""

    writes = Immersion

    version = VersionField()
    reviewed_on = DayField(label="Fait le")
    tutor_review = forms.CharField(
        label="Ce qu’en dit le tuteur",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    person_review = forms.CharField(
        label="Ce qu’en dit la personne",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="L’un peut venir avant l’autre : complétez plus tard.",
    )


class ImmersionCancelForm(CalmForm):
    """Why a convention is taken back."""

    writes = Immersion
    typed_as: ClassVar = {"reason": "cancel_reason"}

    version = VersionField()
    reason = forms.ChoiceField(label="Pourquoi l’annuler", choices=CancelReason.choices, widget=OneChip())
