"""The contracts of import-linter speak of every package: what they do not name, they do not watch."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from tests.house.tree import DOMAINS, PACKAGES, ROOT, modules, strings

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = {contract["name"]: contract for contract in CONTRACTS if contract["type"] == "layers"}
THROUGH = next(contract for contract in LAYERS.values() if "containers" not in contract)
INSIDE = {house: contract for contract in LAYERS.values() for house in contract.get("containers", ())}
ASSEMBLY = {"backend.settings", "backend.urls", "backend.celery", "backend.wsgi", "backend.manage"}
FURNITURE = {"apps", "management", "migrations", "static", "templates", "templatetags", "data"}
"""What every app has, that nothing imports."""
BY_LAYER = {"filters", "inputs", "serializers", "views"}
"""What an API is not cut into: the frame's own bases, in `backend/core/api`, are."""
ENGINES = {"rules", "matching", "recomposition", "compute"}


def rooms(house: str) -> set[str]:
    """Modules and packages on the first floor of a house."""
    folder = ROOT / house.replace(".", "/")
    found = {path.stem for path in folder.glob("*.py")} | {path.parent.name for path in folder.glob("*/*.py")}
    return found - {"__init__", "__pycache__"}


def listed(contract) -> set[str]:
    return {name for layer in contract["layers"] for name in re.split(r"[|:\s]+", layer)}


def test_every_package_has_its_place_in_the_house():
    packages = {f"backend.{room}" for room in rooms("backend")} - ASSEMBLY | set(DOMAINS)
    assert sorted(packages - listed(THROUGH)) == [], "give it its layer in pyproject.toml"
    assert sorted(listed(THROUGH) - packages) == [], (
        "this package is gone: take it out of the contract in pyproject.toml"
    )


def labels_of_domains(tree: ast.AST) -> list[int]:
    """Lines that name a table or a module of a domain in a text, where no import shows it."""
    named = re.compile(rf"(?:{'|'.join(DOMAINS)})\.\w+")
    return [node.lineno for node in strings(tree) if named.fullmatch(node.value)]


def test_the_frame_names_no_domain_in_a_text_either():
    named = [
        f"{path}:{line}"
        for path, tree in modules()
        if path.startswith("backend/") and not path.startswith(("backend/demo/", "backend/settings/"))
        if path.removesuffix(".py").replace("/", ".") not in ASSEMBLY
        for line in labels_of_domains(tree)
    ]
    assert named == [], "let the domain say it: one line of a registry, from its apps.py"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("{'reports.ExportJob': 'travaux en cours'}", True),
        ("import_module('pathways.models')", True),
        ("'backend.exchange.reading'", False),
        ("'competences'", False),
    ],
)
def test_a_domain_named_in_a_text_is_seen(text, seen):
    assert bool(labels_of_domains(ast.parse(f"X = {text}"))) is seen


def test_every_domain_is_watched_inside():
    assert set(INSIDE) >= set(DOMAINS), "a new house: give it its inner layers in pyproject.toml"


@pytest.mark.parametrize("house", sorted(INSIDE))
def test_every_room_of_a_house_has_its_layer(house):
    unnamed = rooms(house) - FURNITURE - listed(INSIDE[house])
    assert sorted(unnamed) == [], f"name it in the contract « {INSIDE[house]['name']} » of pyproject.toml"
    assert sorted(listed(INSIDE[house]) - rooms(house)) == [], "named, and no longer there"


def test_every_package_that_counts_or_judges_is_kept_pure():
    pure = next(c for c in CONTRACTS if c["name"] == "The engines and the rules know no framework")[
        "source_modules"
    ]
    engines = {
        ".".join(parts[: min(map(parts.index, ENGINES & set(parts))) + 1])
        for parts in (path.split("/")[:-1] for path, _ in modules())
        if ENGINES & set(parts) and "screens" not in parts and parts[0] in DOMAINS
    }
    assert sorted(engines - set(pure)) == [], "name it in the contract of engines and rules"


def test_every_api_is_one_file_per_table():
    apis = {path.removesuffix("/urls.py") for path, _ in modules() if path.endswith("/api/urls.py")}
    watched = next(c for c in CONTRACTS if c["type"] == "acyclic_siblings")["ancestors"]
    assert sorted(api.replace("/", ".") for api in apis) == sorted(watched), "name it in pyproject.toml"
    by_layer = {path for path, _ in modules() for api in apis if path in {f"{api}/{n}.py" for n in BY_LAYER}}
    assert sorted(by_layer) == [], "one file per table: its filters, what it takes, what it gives, its verbs"


def test_every_root_is_read():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert settings["root_packages"] == list(PACKAGES), (
        "write the packages of the product in pyproject.toml, in one order"
    )
