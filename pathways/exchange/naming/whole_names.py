"""Columns of people's own tables that hold a family name and a first name together."""

from __future__ import annotations

from backend.core.values.names import split_name
from backend.exchange import values
from backend.exchange.layout import Column, Parts


def _whole_name(name: str, label: str, synonyms: tuple[str, ...], *, last_first: bool) -> Column:
    """One column of theirs for both names."""

    def splits(cell: str) -> Parts:
        found = split_name(cell, last_first=last_first)
        return Parts((found.last, found.first), found.is_sure)

    note = "le nom de famille et le prénom ensemble"
    return Column(
        name, values.text(250), note, label=label, synonyms=synonyms, splits=splits, into=("nom", "prenom")
    )


WHOLE_NAMES = (
    _whole_name(
        "nom_prenom",
        "Nom et prénom ensemble",
        (
            "nom prénom",
            "nom et prénom",
            "nom & prénom",
            "nom/prénom",
            "nom(s) prénom(s)",
            "noms prénoms",
            "noms et prénoms",
            "nom complet",
            "identité",
            "salarié",
            "salarié(e)",
            "bénéficiaire",
            "personne",
            "participant",
            "employé",
            "agent",
        ),
        last_first=True,
    ),
    _whole_name(
        "prenom_nom",
        "Prénom et nom ensemble",
        ("prénom nom", "prénom et nom", "prénom & nom", "prénom/nom", "prénoms et noms"),
        last_first=False,
    ),
)
