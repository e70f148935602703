"""A certification aimed at, then what happens to its file: each form asks only what its step needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from backend.core.pages.forms import DayField, VersionField, WholeField
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, Chips, OneChip
from competences.enums import VaeChannel, VaeFunding, VaeScope, VaeStepKind
from competences.models import Certification, VaeProject, VaeStep
from competences.rules.vae.facts import codes_of
from competences.selectors.certifications.catalogue import certification_called

K = VaeStepKind


class ReferenceField(forms.CharField):
    """A certification known here, by its code or its whole name."""

    def __init__(self) -> None:
        super().__init__(
            label="Certification du répertoire",
            max_length=1000,
            required=False,
            help_text="Son code (RNCP…), ou son intitulé exact : la page dira alors ce qui en est déjà prouvé.",
        )

    def clean(self, value: Any) -> Certification | None:
        """The certification, or none when nothing is typed."""
        text: str = super().clean(value)
        if not text:
            return None
        found = certification_called(text)
        if found is None:
            raise forms.ValidationError(
                "Cette certification n’est pas connue ici. Vérifiez son code, ou saisissez-la dans « Certifications »."
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        """Its code, else its name."""
        return (value.code or value.label) if isinstance(value, Certification) else value


OF_THE_FILE = "celui de l’outil qui envoie des fichiers"
_STEP_FIELDS: dict[VaeStepKind, tuple[str, ...]] = {
    K.JURY: ("jury_on", "jury_members", "jury_knows_candidate"),
    K.PARTIAL: ("blocs",),
    K.LEAVE_ASKED: ("leave_on", "leave_hours"),
    K.LEAVE_GRANTED: ("leave_on",),
    K.LEAVE_POSTPONED: ("leave_on",),
}
"""What a step says beside its day, when it says more than the others."""
_OWN = frozenset(name for names in _STEP_FIELDS.values() for name in names)


class VaePlanForm(CalmForm):
    """Which certification, from when, and whether the person already said yes."""

    writes = VaeProject
    typed_as: ClassVar = {"on": "reached_on"}
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "external_id": OF_THE_FILE,
    }

    certification = forms.CharField(
        label="Certification visée",
        max_length=200,
        help_text="Le titre ou le diplôme, avec son code si vous l’avez (RNCP…).",
    )
    reference = ReferenceField()
    scope = forms.ChoiceField(
        label="Ce qui est visé", choices=VaeScope.choices, initial=VaeScope.FULL, widget=OneChip()
    )
    channel = forms.ChoiceField(
        label="Où va le dossier", choices=VaeChannel.choices, initial=VaeChannel.FRANCE_VAE, widget=OneChip()
    )
    on = DayField(label="Depuis le")
    has_agreed = forms.BooleanField(
        label="La personne est d’accord",
        required=False,
        help_text="Sans son accord, le dossier ne va pas plus loin que le projet.",
    )


class VaeDescribeForm(CalmForm):
    """How the file is carried: where it goes, who accompanies, who pays."""

    writes = VaeProject
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "external_id": OF_THE_FILE,
    }

    version = VersionField()
    certification = forms.CharField(label="Certification visée", max_length=200)
    reference = ReferenceField()
    scope = forms.ChoiceField(label="Ce qui est visé", choices=VaeScope.choices, widget=OneChip())
    channel = forms.ChoiceField(label="Où va le dossier", choices=VaeChannel.choices, widget=OneChip())
    companion = forms.CharField(label="Accompagnateur de la VAE", max_length=160, required=False)
    companion_on_portal = forms.NullBooleanField(
        label="Est-il sur France VAE ?",
        required=False,
        widget=forms.Select(choices=[("unknown", "Je ne sais pas"), ("true", "Oui"), ("false", "Non")]),
    )
    funding = forms.ChoiceField(label="Qui finance", choices=VaeFunding.choices, required=False)
    quotes = WholeField(
        label="Devis reçus pour la formation conseillée", min_value=0, max_value=99, required=False
    )
    replaced_on = DayField(
        label="Certification remplacée ou retirée du répertoire le",
        required=False,
        help_text="À remplir seulement si le référentiel a changé.",
    )


class VaeStepForm(CalmForm):
    """What happened, and when; only what this step needs is asked."""

    writes = VaeStep
    left_out: ClassVar = {"project": OF_THE_PAGE, "external_id": OF_THE_FILE}

    version = VersionField()
    kind = forms.ChoiceField(choices=VaeStepKind.choices, widget=forms.HiddenInput())
    on = DayField(label="Le")
    jury_on = DayField(label="Jour du jury", required=False)
    blocs = forms.CharField(
        label="Blocs acquis",
        max_length=400,
        required=False,
        help_text="Leurs codes, séparés par des virgules : BC01, BC03.",
    )
    leave_on = DayField(label="Premier jour du congé", required=False)
    leave_hours = WholeField(label="Heures de congé", min_value=1, max_value=999, required=False)
    jury_members = WholeField(label="Membres du jury", min_value=1, max_value=99, required=False)
    jury_knows_candidate = forms.BooleanField(
        label="Un membre a accompagné ou connaît la personne", required=False
    )
    details = forms.CharField(
        label="Précisions",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Écarts et conseils du certificateur, motif, démarche faite.",
    )
    document = forms.CharField(
        label="Pièce", max_length=200, required=False, help_text="Courrier, courriel, référence."
    )
    source = forms.CharField(
        label="Qui l’a dit", max_length=160, required=False, help_text="Le certificateur, la personne…"
    )

    def __init__(
        self, *args: Any, kind: VaeStepKind, blocs: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if blocs:
            known = codes_of(str(self.initial.get("blocs", "")))
            self.initial["blocs"] = list(known)
            others = [(code, code) for code in known if code not in dict(blocs)]
            self.fields["blocs"] = forms.MultipleChoiceField(
                label="Blocs acquis", choices=[*blocs, *others], required=False, widget=Chips()
            )
        for name in _OWN - set(_STEP_FIELDS.get(kind, ())):
            del self.fields[name]
        if kind is K.JURY:
            self.fields["on"].label = "Convocation reçue le"
            self.fields["jury_on"].required = True

    def clean_blocs(self) -> str:
        """Their codes, as they are kept: ticked among those of the certification, or typed."""
        said = self.cleaned_data["blocs"]
        return said if isinstance(said, str) else ", ".join(said)


class VaeCorrectForm(VaeStepForm):
    """The same step, as it should have been said, and why."""

    reason = forms.CharField(
        label="Ce qui était inexact",
        max_length=300,
        help_text="L’étape d’avant reste lisible, avec cette raison.",
    )


class VaeCancelForm(CalmForm):
    """Why a step is taken back."""

    writes = "annule une étape : elle reste lisible, avec sa raison"

    version = VersionField()
    reason = forms.CharField(label="Pourquoi cette étape est annulée", max_length=300)


class VaeDeclineForm(CalmForm):
    """The person says no: nothing is asked, nothing is kept."""

    writes = "retire une proposition sans en garder de trace"

    version = VersionField()
