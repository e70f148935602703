"""Reads a territory from the exchange format, and refuses what is faulty by its path, never by its value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from employers.recomposition.documents.shapes import FURTHEST_KM, InputError, Node
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import (
    DAYPARTS,
    USUAL,
    Competence,
    Employer,
    Parameters,
    Person,
    Task,
)

MAX_PERIODS, MAX_EMPLOYERS, MAX_TASKS, MAX_PEOPLE = 52, 2_000, 20_000, 20_000

MOST_HOURS = 10_000.0  # a week, for one task of one employer
HOURS_IN_A_WEEK = 168.0
HIGHEST_COST = 10_000.0
PERSON_KEYS = {"id", "x_km", "y_km", "radius_km", "dayparts", "levels", "exclusions", "families"}


def read_territory(document: object, usual: Parameters = USUAL) -> Territory:
    """Territory described by a decoded JSON document; raises `InputError` with the path of the first fault.

    `usual` stands for each parameter that the document does not say.
    """
    root = Node.root(document)
    periods = root.key("periods").integer(1, MAX_PERIODS)
    employers = _unique(root.key("employers").items(MAX_EMPLOYERS), _employer)
    known = {employer.id for employer in employers}
    parameters = _parameters(root, usual)
    tasks = _unique(
        root.key("tasks").items(MAX_TASKS),
        lambda node: _task(node, periods, known, parameters.reference_cost),
    )
    people = _unique(root.optional("people", []).items(MAX_PEOPLE), _person)
    return Territory(periods, employers, tasks, people, parameters)


Identified = TypeVar("Identified", Employer, Task, Person)


def _unique(nodes: list[Node], read: Callable[[Node], Identified]) -> tuple[Identified, ...]:
    found: dict[str, Identified] = {}
    for node in nodes:
        one = read(node)
        if one.id in found:
            raise InputError(
                node.key("id").path, "identifiant déjà utilisé", "Donnez un identifiant différent à chacun."
            )
        found[one.id] = one
    return tuple(found.values())


def _employer(node: Node) -> Employer:
    name = node.optional("name", "").text(allow_empty=True)
    return Employer(node.key("id").text(), name, node.key("x_km").kilometres(), node.key("y_km").kilometres())


def _task(node: Node, periods: int, known: set[str], reference_cost: float) -> Task:
    employer = node.key("employer")
    if employer.text() not in known:
        raise InputError(
            employer.path, "employeur inconnu", "Citez un identifiant de la liste « employers »."
        )
    hours = node.key("hours").items(MAX_PERIODS)
    if len(hours) != periods:
        problem = f"{len(hours)} valeur(s) pour {periods} période(s)"
        raise InputError(node.key("hours").path, problem, "Donnez une valeur par période.")
    identifier = node.key("id").text()
    return Task(
        id=identifier,
        employer=employer.text(),
        name=node.optional("name", identifier).text(),
        family=node.key("family").text(),
        dayparts=_dayparts(node.key("dayparts")),
        half_hours=tuple(one.half_hours(MOST_HOURS) for one in hours),
        hard=node.optional("hard", False).boolean(),
        devalued=node.optional("devalued", False).boolean(),
        skill_building=node.optional("skill_building", False).boolean(),
        competences=tuple(_competence(one) for one in node.optional("competences", []).items(100)),
        demands=node.optional("demands", []).words(),
        hourly_cost=node.optional("hourly_cost", reference_cost).number(0.0, HIGHEST_COST),
    )


def _competence(node: Node) -> Competence:
    return Competence(node.key("code").text(), node.optional("level", 1).integer(0, 10))


def _dayparts(node: Node) -> frozenset[str]:
    for one in node.items(len(DAYPARTS) * 2):
        if one.text() not in set(DAYPARTS):
            raise InputError(one.path, "moment de la journée inconnu", "Choisissez parmi E, M, A et S.")
    if not node.words():
        raise InputError(node.path, "liste vide", "Indiquez au moins un moment parmi E, M, A et S.")
    return node.words()


def _person(node: Node) -> Person:
    unexpected = sorted(node.keys() - PERSON_KEYS)
    if unexpected:
        path = f"{node.path}.{unexpected[0]}"
        raise InputError(
            path, "information non admise sur une personne", "Retirez-la : le calcul est anonyme."
        )
    return Person(
        id=node.key("id").text(),
        x_km=node.key("x_km").kilometres(),
        y_km=node.key("y_km").kilometres(),
        radius_km=node.key("radius_km").number(0.0, FURTHEST_KM),
        dayparts=_dayparts(node.key("dayparts")),
        levels=tuple(
            sorted((code, one.integer(0, 10)) for code, one in node.optional("levels", {}).entries())
        ),
        exclusions=node.optional("exclusions", []).words(),
        families=node.optional("families", []).words(),
    )


_SHAPES: dict[str, Callable[[Node], float]] = {
    "min_hours": lambda node: node.half_hours(HOURS_IN_A_WEEK) / 2,
    "max_hours": lambda node: node.half_hours(HOURS_IN_A_WEEK) / 2,
    "max_employers": lambda node: node.integer(1, 10),
    "max_km": lambda node: node.number(0.0, FURTHEST_KM),
    "heavy_cap": lambda node: node.number(0.0, 1.0),
    "skill_floor": lambda node: node.number(0.0, 1.0),
    "min_families": lambda node: node.integer(0, 20),
    "max_tasks": lambda node: node.integer(1, 20),
    "min_people": lambda node: node.integer(0, MAX_PEOPLE),
    "min_task_hours": lambda node: node.number(0.0, HOURS_IN_A_WEEK),
    "reference_cost": lambda node: node.number(0.0, HIGHEST_COST),
    "cddi_hours": lambda node: node.half_hours(HOURS_IN_A_WEEK) / 2,
    "part_time_hours": lambda node: node.half_hours(HOURS_IN_A_WEEK) / 2,
}


def _parameters(root: Node, usual: Parameters) -> Parameters:
    node = root.optional("parameters", {})
    known = {field.name for field in fields(Parameters)}
    for key in sorted(node.keys()):
        if key not in known:
            raise InputError(f"{node.path}.{key}", "paramètre inconnu", "Retirez-le ou corrigez son nom.")
    values: dict[str, Any] = {name: _SHAPES[name](node.key(name)) for name in sorted(node.keys())}
    parameters = replace(usual, **values)
    if parameters.min_hours > parameters.max_hours or parameters.min_hours <= 0:
        path = f"{node.path}.min_hours"
        raise InputError(
            path, "minimum nul ou supérieur au maximum", "Choisissez un minimum entre 0,5 h et « max_hours »."
        )
    return parameters
