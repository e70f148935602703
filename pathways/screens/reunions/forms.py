"""What is chosen when two files are made one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from backend.core.joining.plan import Conflict
from backend.core.joining.tables import Side
from backend.core.pages.forms import WholeField
from backend.web.forms.base import OF_THE_PAGE, CalmForm, OneChip
from pathways.models import Reunion


class JoinForm(CalmForm):
    """One answer for each thing the two files say differently, none given in advance; then one's word."""

    writes = Reunion
    typed_as: ClassVar = {"other": "gone_id"}
    left_out: ClassVar = {
        "kept": OF_THE_PAGE,
    }

    other = WholeField(widget=forms.HiddenInput)
    version = forms.CharField(widget=forms.HiddenInput, max_length=32)
    is_sure = forms.BooleanField(label="J’ai comparé les deux fiches : elles parlent de la même personne.")

    def __init__(self, *args: Any, conflicts: Sequence[Conflict], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"choix-{rank}": conflict.key for rank, conflict in enumerate(conflicts)}
        for name, conflict in zip(self.keys, conflicts, strict=True):
            self.fields[name] = _choice(conflict)

    @property
    def questions(self) -> list[forms.BoundField]:
        """One field for each thing to choose."""
        return [self[name] for name in self.keys]

    @property
    def choices(self) -> dict[str, Side]:
        """The answers, as the service takes them."""
        return {key: Side(self.cleaned_data[name]) for name, key in self.keys.items()}


def _choice(conflict: Conflict) -> forms.ChoiceField:
    names = [said.name for said in conflict.said]
    label = " : ".join(filter(None, (conflict.about, names[0] if len(names) == 1 else "")))
    field = forms.ChoiceField(
        label=label[:1].upper() + label[1:],
        widget=OneChip(),
        choices=[
            (Side.KEPT.value, f"{_words(conflict, 'kept')} (fiche gardée)"),
            (Side.GONE.value, f"{_words(conflict, 'gone')} (l’autre fiche)"),
        ],
    )
    field.error_messages["required"] = "Choisissez ce qui est juste."
    return field


def _words(conflict: Conflict, side: str) -> str:
    """« 17 mai 1988 », or, when several things differ together, each with its name."""
    if len(conflict.said) == 1:
        return str(getattr(conflict.said[0], side))
    return " · ".join(f"{said.name} : {getattr(said, side)}" for said in conflict.said)


class SeparateForm(CalmForm):
    """One's word, before two files are made two again."""

    writes = "on sépare ce qui avait été réuni : rien ne se tape"
