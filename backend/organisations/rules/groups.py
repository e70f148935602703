"""What belonging to a group gives, right by right; two groups never add theirs up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from backend.core.actor import Role
from backend.organisations.enums import GroupKind


class Share(StrEnum):
    """What a structure gives by belonging."""

    PERIMETER = "PERIMETER"
    """Its head answers for the structure: its team, its people, its figures."""
    THREAD = "THREAD"
    """Teams pass the relay to one another, and read what the others wrote of the people both accompany."""
    EMPLOYERS = "EMPLOYERS"
    """Employers, analyses, tasks and jobs are worked on together."""


GIVES: Mapping[GroupKind, frozenset[Share]] = {
    GroupKind.GROUP: frozenset(Share),
    GroupKind.MARKET: frozenset({Share.EMPLOYERS}),
    GroupKind.TRAINING: frozenset({Share.THREAD}),
}
"""What each kind gives, and nothing else: a kind that is not here gives nothing."""

SENTENCES: Mapping[Share, str] = {
    Share.PERIMETER: "La tête du groupe lit, dans chaque structure, qui sont les personnes, leurs contrats, leurs heures "
    "et leurs sorties ; ni les entretiens, ni les freins.",
    Share.THREAD: "Quand une personne passe de l’une à l’autre, son parcours reste un seul fil : les équipes qui "
    "l’accompagnent lisent ce que les autres ont écrit.",
    Share.EMPLOYERS: "Employeurs, tâches observées et postes composés sont partagés.",
}


class Tie(NamedTuple):
    """One structure in one group, as the perimeter of a seat is drawn from."""

    organisation_id: int
    group_id: int
    kind: str


def gives(kind: str) -> frozenset[Share]:
    """What belonging to a group of that kind gives."""
    return GIVES.get(GroupKind(kind), frozenset())


def sharing(ties: Iterable[Tie], share: Share) -> frozenset[int]:
    """The structures that give this right; of a group that does not give it, none."""
    return frozenset(tie.organisation_id for tie in ties if share in gives(tie.kind))


def head_of(kind: str) -> Role:
    """The role of who heads a group of that kind: the head of a collective answers for no structure."""
    return Role.COLLECTIVE_HEAD if GroupKind(kind).is_collective else Role.GROUP_HEAD


def given(kind: str) -> list[str]:
    """What belonging gives, in the order people are told: what leaving closes."""
    shares = gives(kind)
    return ["Les structures se voient par leur nom.", *(SENTENCES[each] for each in Share if each in shares)]


def told(kind: str) -> list[str]:
    """What belonging gives, then what it does not."""
    said = given(kind)
    if Share.PERIMETER not in gives(kind):
        said.append("La tête du collectif ne lit aucune personne, aucun contrat, aucun chiffre de sortie.")
    return [*said, "Chaque structure garde son équipe, ses réglages et ses dossiers."]
