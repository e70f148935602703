"""What the page of a team shows beside its picture: the measures in sentences, who could replace whom, who teaches what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.core.values.dates import NBSP
from competences.enums import Level
from competences.rules.polycompetence.team import Absence, Measures
from competences.screens.polycompetence.words import percent
from competences.selectors.team_skills import Activity, TeamSkills


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: its name, its value, the bar beside it, and what it says."""

    name: str
    value: str
    width: str
    words: str


@dataclass(frozen=True, slots=True)
class Learning:
    """Where one activity is learnt: who does it alone, who can teach it, who is learning it."""

    label: str
    alone: tuple[Any, ...]
    teachers: tuple[Any, ...]
    learners: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Away:
    """A day without somebody, in a sentence."""

    person: Any
    words: str
    is_lost: bool
    changes: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """One training among the best, and what it would change."""

    person: Any
    label: str
    words: str


def figures_of(found: Measures) -> list[Figure]:
    """The five measures, the most important first."""
    return [
        Figure("Couverture", percent(found.coverage), _width(found.coverage), _covered(found)),
        Figure(
            "Solidité",
            percent(found.solidity),
            _width(found.solidity),
            "ce qui reste tenu, en moyenne, quand une personne manque",
        ),
        Figure(
            "Pire cas",
            percent(found.worst),
            _width(found.worst),
            "ce qui reste tenu si c’est la mauvaise personne",
        ),
        Figure(
            "Chaîne",
            percent(found.chain),
            _width(found.chain),
            "activités entre lesquelles un remplacement peut passer",
        ),
        Figure(
            "Chaîne sans une personne",
            percent(found.chain_without_one),
            _width(found.chain_without_one),
            "la même chose, au pire, quand une personne manque",
        ),
    ]


def _width(share: Any) -> str:
    return f"{float(share) * 100:.1f}%"


def _covered(found: Measures) -> str:
    return f"{found.served} place{'s' if found.served > 1 else ''} tenue{'s' if found.served > 1 else ''} sur {found.needed}, chacun à la sienne"


def learnings_of(team: TeamSkills) -> list[Learning]:
    """Activity by activity, in the order of the picture."""
    return [
        Learning(
            each.label,
            tuple(one.person for one in team.people if one.levels.get(each.code, 0) >= Level.ALONE),
            tuple(one.person for one in team.people if one.levels.get(each.code, 0) == Level.TEACHES),
            tuple(one.person for one in team.people if 0 < one.levels.get(each.code, 0) < Level.ALONE),
        )
        for each in team.activities
    ]


def absences_of(team: TeamSkills) -> list[Away]:
    """A day without each person: those without whom something stops first."""
    people = {each.key: each.person for each in team.people}
    labels = {each.code: each.label for each in team.activities}
    found = [
        Away(people[each.person], _away(each, people, labels), each.lost is not None, each.serves is not None)
        for each in team.absences
    ]
    return sorted(found, key=lambda each: not each.is_lost)


def _away(each: Absence, people: dict[str, Any], labels: dict[str, str]) -> str:
    if each.lost is not None:
        return (
            f"« {labels[each.lost]} » n’est plus tenu : personne d’autre de libre ne peut le faire sans aide."
        )
    moves = [f"{people[name]} passe à « {labels[activity]} »" for name, activity in each.moves]
    return ", puis ".join(moves) + "."


def proposals_of(team: TeamSkills) -> list[Proposal]:
    """The trainings that make the team most solid, equal between them."""
    people = {each.key: each.person for each in team.people}
    labels: dict[str, Activity] = {each.code: each for each in team.activities}
    return [
        Proposal(people[each.person], labels[each.activity].label, _gain(team.measures, each.after))
        for each in team.trainings
    ]


def _gain(before: Measures, after: Measures) -> str:
    said = []
    for name, was, now in (
        ("couverture", before.coverage, after.coverage),
        ("solidité", before.solidity, after.solidity),
        ("pire cas", before.worst, after.worst),
        ("chaîne sans une personne", before.chain_without_one, after.chain_without_one),
        ("chaîne", before.chain, after.chain),
    ):
        if now > was:
            said.append(f"{name} {percent(was)}{NBSP}→ {percent(now)}")
    return ", ".join(said)
