"""The classes a column may be of: what each says of somebody, how sensitive it is, who reads it, who is given it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one class means; `is_given`: the person receives it in a copy of their data."""

    label: str
    level: str
    readers: str
    is_personal: bool = False
    is_given: bool = False


_ORDINARY, _PERSONAL, _SENSITIVE, _SECRET = "interne", "personnelle", "sensible", "secrète"
_TEAM = "la personne et l’équipe qui l’accompagne"


class Kind(Enum):
    """The class of one column."""

    TECHNICAL = Meaning("technique", _ORDINARY, "personne : le service lui-même")
    LINK = Meaning("lien vers une autre ligne", _ORDINARY, "qui lit la ligne")
    COMMON = Meaning("fait qui n’est celui de personne", _ORDINARY, "qui lit la table")
    STAFF = Meaning("professionnel ou interlocuteur", _PERSONAL, "qui lit la ligne", is_personal=True)
    IDENTITY = Meaning("identité", _PERSONAL, "qui peut nommer la personne", is_personal=True, is_given=True)
    CONTACT = Meaning("état civil et coordonnées", _PERSONAL, _TEAM, is_personal=True, is_given=True)
    PATHWAY = Meaning(
        "étape du parcours", _PERSONAL, f"{_TEAM}, tête de groupe comprise", is_personal=True, is_given=True
    )
    SKILL = Meaning(
        "savoir-faire", _PERSONAL, f"{_TEAM}, encadrement compris", is_personal=True, is_given=True
    )
    AGREEMENT = Meaning("accord de la personne", _PERSONAL, _TEAM, is_personal=True, is_given=True)
    SITUATION = Meaning("situation sociale", _SENSITIVE, _TEAM, is_personal=True, is_given=True)
    HEALTH = Meaning("santé", _SENSITIVE, _TEAM, is_personal=True, is_given=True)
    JUSTICE = Meaning("justice", _SENSITIVE, _TEAM, is_personal=True, is_given=True)
    WORDS = Meaning("texte libre", _SENSITIVE, _TEAM, is_personal=True, is_given=True)
    HIDDEN = Meaning("secret", _SECRET, "personne : le service lui-même", is_personal=True)
