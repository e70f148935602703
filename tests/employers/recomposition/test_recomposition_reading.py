"""What is faulty in a file is refused by its path; what is sound is read back unchanged."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from employers.recomposition.documents.reading import read_territory
from employers.recomposition.documents.shapes import InputError
from employers.recomposition.documents.writing import territory_document
from employers.recomposition.facts.vocabulary import Parameters
from employers.recomposition.invented.generator import invent_territory

SOUND = territory_document(invent_territory(employers=2, seed=1, tasks=6, people=5))


def refused(document: object) -> str:
    with pytest.raises(InputError) as refusal:
        read_territory(document)
    return refusal.value.path


def with_value(path: list[Any], value: object) -> dict[str, Any]:
    document = deepcopy(SOUND)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


@pytest.mark.parametrize("periods", [1, 4, 12])
def test_a_written_territory_is_read_back_the_same(periods: int) -> None:
    territory = invent_territory(employers=5, seed=3, periods=periods)
    document = json.loads(json.dumps(territory_document(territory)))
    assert read_territory(document) == territory


def test_missing_parameters_take_their_defaults() -> None:
    document = {key: value for key, value in SOUND.items() if key != "parameters"}
    assert read_territory(document).parameters == Parameters()
    assert read_territory({**document, "parameters": {"min_hours": 24}}).parameters == Parameters(
        min_hours=24
    )


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["tasks", 3, "hours", 1], -1, "tasks[3].hours[1]"),
        (["tasks", 3, "hours", 1], float("nan"), "tasks[3].hours[1]"),
        (["tasks", 3, "hours", 1], float("inf"), "tasks[3].hours[1]"),
        (["tasks", 3, "hours", 1], 10**400, "tasks[3].hours[1]"),
        (["tasks", 3, "hours", 1], "6", "tasks[3].hours[1]"),
        (["tasks", 3, "hours", 1], True, "tasks[3].hours[1]"),
        (["tasks", 3, "hours", 1], 5.25, "tasks[3].hours[1]"),
        (["tasks", 3, "hours"], [1, 2, 3], "tasks[3].hours"),
        (["tasks", 3, "hours"], None, "tasks[3].hours"),
        (["tasks", 0, "employer"], "e9", "tasks[0].employer"),
        (["tasks", 0, "dayparts"], [], "tasks[0].dayparts"),
        (["tasks", 0, "dayparts"], ["X"], "tasks[0].dayparts[0]"),
        (["tasks", 0, "hard"], "oui", "tasks[0].hard"),
        (["tasks", 0, "competences"], [{"level": 1}], "tasks[0].competences[0].code"),
        (["tasks", 1, "id"], "t1", "tasks[1].id"),
        (["employers", 1, "id"], "e1", "employers[1].id"),
        (["employers", 0, "x_km"], None, "employers[0].x_km"),
        (["people", 0, "radius_km"], -3, "people[0].radius_km"),
        (["people", 0, "name"], "Solange Fictive", "people[0].name"),
        (["periods"], 0, "periods"),
        (["periods"], 2.5, "periods"),
        (["parameters", "heavy_cap"], 1.2, "parameters.heavy_cap"),
        (["parameters", "min_hour"], 20, "parameters.min_hour"),
        (["parameters", "min_hours"], 36, "parameters.min_hours"),
        (["tasks"], {}, "tasks"),
        (["employers"], "e1", "employers"),
    ],
)
def test_a_faulty_value_is_named_by_its_path(path: list[Any], value: object, where: str) -> None:
    assert refused(with_value(path, value)) == where


def test_a_refusal_never_repeats_the_value() -> None:
    with pytest.raises(InputError) as refusal:
        read_territory(with_value(["people", 0, "name"], "Solange Fictive"))
    assert "Solange" not in str(refusal.value)


@pytest.mark.parametrize("document", [None, [], 3, "x", {}])
def test_anything_but_a_territory_is_refused(document: object) -> None:
    assert refused(document) in {"$", "periods"}
