"""« Noter un suivi »: under a minute, with defaults that are usually right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from backend.core.pages.forms import DayField, InstantField, VersionField
from backend.core.values.dates import french_date
from backend.core.values.numbers import minutes_in_words
from backend.web.forms.base import OF_THE_PAGE, OF_THE_SEAT, CalmForm, Chips, OneChip
from pathways.enums import BarrierImpact, BarrierTheme, CancelReason, InterviewKind, InterviewMode, Topic
from pathways.models import Interview

_DURATIONS = [(minutes, minutes_in_words(minutes)) for minutes in (15, 30, 45, 60, 90)]
NOT_TOUCHED = ""
_BARRIER_PREFIX = "frein_"


class SaidForm(CalmForm):
    """Who, when, how, what about, what changed: everything an interview says of itself."""

    writes = Interview
    left_out: ClassVar = {
        "beneficiary": OF_THE_PAGE,
        "organisation": OF_THE_SEAT,
        "author": OF_THE_SEAT,
        "external_id": "l’identifiant de l’expéditeur d’un fichier",
    }

    happened_at = InstantField(label="Quand")
    kind = forms.ChoiceField(label="Type", choices=InterviewKind.choices)
    mode = forms.ChoiceField(label="Comment", choices=InterviewMode.choices, widget=OneChip())
    duration_minutes = forms.TypedChoiceField(
        label="Durée", choices=_DURATIONS, coerce=int, empty_value=None, required=False, widget=OneChip()
    )
    topics = forms.MultipleChoiceField(
        label="De quoi avons-nous parlé", choices=Topic.choices, required=False, widget=Chips()
    )
    synthesis = forms.CharField(
        label="Synthèse partagée",
        required=False,
        max_length=10_000,
        help_text="La personne peut la lire, l’équipe aussi. Ni diagnostic, ni jugement : les faits et la suite.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    private_note = forms.CharField(
        label="Note privée",
        required=False,
        max_length=10_000,
        help_text="Vous seul·e la lisez ici. La personne peut demander à la lire.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        known_barriers: Mapping[str, str] = MappingProxyType({}),
        keeps_notes: bool = True,
        **kwargs: Any,
    ) -> None:
        """`known_barriers`: freins read before, with the words of their last reading, empty when they are here."""
        super().__init__(*args, **kwargs)
        if not keeps_notes:
            del self.fields["private_note"]
        first = [theme for theme in BarrierTheme if theme in known_barriers]
        for theme in (*first, *(theme for theme in BarrierTheme if theme not in first)):
            self.fields[f"{_BARRIER_PREFIX}{theme.value}"] = _barrier_field(
                theme, known_barriers.get(theme, "")
            )

    @property
    def barrier_fields(self) -> list[forms.BoundField]:
        """Every frein, those already followed first."""
        return [self[name] for name in self.fields if name.startswith(_BARRIER_PREFIX)]

    @property
    def touches_barriers(self) -> bool:
        """Whether the folded part has something to show."""
        return any(field.value() not in (None, NOT_TOUCHED) for field in self.barrier_fields)

    @property
    def holds_a_note(self) -> bool:
        """Whether a private note is being written."""
        return "private_note" in self.fields and bool(self["private_note"].value())

    def clean(self) -> dict[str, Any]:
        """Gather the freins touched into one answer."""
        cleaned = dict(super().clean() or {})
        barriers = {
            name.removeprefix(_BARRIER_PREFIX): cleaned.pop(name)
            for name in list(cleaned)
            if name.startswith(_BARRIER_PREFIX)
        }
        cleaned["barriers"] = {
            theme: int(impact) for theme, impact in barriers.items() if impact != NOT_TOUCHED
        }
        return cleaned


class FollowUpForm(SaidForm):
    """The interview and what comes next, with defaults that are usually right."""

    next_action = forms.CharField(label="Prochaine action", required=False, max_length=200)
    next_action_due_on = DayField(label="Pour le", required=False)
    next_appointment_at = InstantField(label="Prochain rendez-vous", required=False)
    next_appointment_purpose = forms.CharField(label="Pour", max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**_defaults(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    @property
    def takes_an_appointment(self) -> bool:
        """Whether the part of the next appointment has something to show."""
        asked = (self["next_appointment_at"], self["next_appointment_purpose"])
        return any(field.errors or field.value() for field in asked)

    def clean(self) -> dict[str, Any]:
        """A date needs the action it speaks of, and what an appointment is for needs its day."""
        cleaned = super().clean()
        if cleaned.get("next_action_due_on") and not cleaned.get("next_action"):
            self.add_error("next_action", "Dites ce qu’il y a à faire pour cette date.")
        has_day = cleaned.get("next_appointment_at") or "next_appointment_at" in self.errors
        if cleaned.get("next_appointment_purpose") and not has_day:
            self.add_error("next_appointment_at", "Dites le jour et l’heure de ce rendez-vous.")
        return cleaned


class InterviewEditForm(SaidForm):
    """Correct one's own interview, whole; `said` is what is recorded now."""

    version = VersionField()

    def __init__(self, *args: Any, interview: Interview, note: str, **kwargs: Any) -> None:
        readings = {each.theme: each.impact for each in interview.barrier_readings.all()}
        kwargs["initial"] = {
            **{name: getattr(interview, name) for name in self.base_fields if hasattr(interview, name)},
            **{f"{_BARRIER_PREFIX}{theme}": str(impact) for theme, impact in readings.items()},
            "happened_at": timezone.localtime(interview.happened_at),
            "private_note": note,
        }
        super().__init__(*args, known_barriers=dict.fromkeys(readings, ""), **kwargs)
        self._keep_duration(interview.duration_minutes)

    def _keep_duration(self, minutes: int | None) -> None:
        """A duration that came from elsewhere is one of the choices too."""
        field = self.fields["duration_minutes"]
        known = [("", "Non dite"), *_DURATIONS]
        if minutes is not None and minutes not in dict(_DURATIONS):
            known.append((minutes, f"{minutes} min"))
        field.choices = known  # type: ignore[attr-defined]


class CancelInterviewForm(CalmForm):
    """Why what was recorded is taken back."""

    writes = "pourquoi l’entretien est repris : la raison reste au journal"

    version = VersionField()
    reason = forms.ChoiceField(label="Pourquoi", choices=CancelReason.choices, widget=OneChip())


def _defaults() -> dict[str, Any]:
    now = timezone.localtime().replace(second=0, microsecond=0)
    return {
        "happened_at": now,
        "kind": InterviewKind.FOLLOW_UP,
        "mode": InterviewMode.IN_PERSON,
        "duration_minutes": 30,
    }


def last_readings_in_words(readings: Iterable[tuple[str, int, date]]) -> dict[str, str]:
    """« Dernière lecture : moyen, le 4 novembre 2026 » for each frein, from readings given oldest first."""
    return {
        theme: f"Dernière lecture : {BarrierImpact(impact).label.lower()}, le {french_date(read_on)}."
        for theme, impact, read_on in readings
    }


def _barrier_field(theme: BarrierTheme, last: str) -> forms.ChoiceField:
    choices = [(NOT_TOUCHED, "Non abordé"), *((str(value), label) for value, label in BarrierImpact.choices)]
    return forms.ChoiceField(
        label=theme.label,
        choices=choices,
        required=False,
        initial=NOT_TOUCHED,
        help_text=last,
        widget=OneChip(),
    )
