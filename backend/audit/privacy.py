"""What is kept of the trail: numbers and codes, never a name nor a text, so that it stays whole once somebody is erased."""

from __future__ import annotations

from backend.audit.models import Cut, Entry, Link
from backend.core.privacy.tables import Fate, Table, sort

TABLES = (
    Table(
        Entry,
        purpose="Savoir qui a lu ou changé quoi, et quand",
        columns=sort(
            staff="user_id seat role",
            link="organisation_id subject_kind subject_id beneficiary_id",
            technical="id at action detail",
        ),
        kept="le temps d’une règle datée (`trail_kept_months`) ; une fois la personne effacée, ses lignes ne mènent plus à personne",
        fate=Fate.KEPT,
        not_given="Qui a ouvert la fiche est dans la copie, à part",
    ),
    Table(
        Link,
        purpose="Prouver que le journal n’a pas été réécrit",
        columns=sort(technical="id first_id last_id marks previous digest made_at"),
        kept="avec le journal",
        fate=Fate.KEPT,
        not_given="Des empreintes, sans rien de lisible",
    ),
    Table(
        Cut,
        purpose="Vérifier le journal une fois ses lignes trop anciennes retirées",
        columns=sort(technical="id last_id head kept_from_at made_at"),
        kept="sans limite : une ligne par nuit où des lignes sont parties",
        fate=Fate.KEPT,
        not_given="Des numéros et des empreintes, sans rien de lisible",
    ),
)
