"""What is declared is used, and for what it is declared: `deptry .` reads the product, this reads the tools."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
TOOLS = [Requirement(line).name for line in PROJECT["project"]["optional-dependencies"]["dev"]]
# Read by their presence alone: what they add to a tool has no name in our files.
PRESENT_IS_ENOUGH = {
    "djangorestframework-stubs",  # named by its plugin in the settings of mypy
    "pandas-stubs",  # types, found by mypy
    "pytest-randomly",  # random order, by itself
    "pytest-xdist",  # `-n 2` on the command line
}


def names_of(tool: str) -> set[str]:
    """The ways our files may name a tool: its distribution, the modules it installs, its commands."""
    modules = {module for module, owners in OWNERS.items() if canonicalize_name(tool) in owners}
    return {tool, *modules, *(command.name for command in metadata.distribution(tool).entry_points)}


OWNERS = {
    module: {canonicalize_name(owner) for owner in owners}
    for module, owners in metadata.packages_distributions().items()
}


def places_of_use() -> str:
    """Where a tool is called: tests, benchmarks, the Makefile, their settings (not their declaration)."""
    settings = (ROOT / "pyproject.toml").read_text().partition("[tool.")[2]
    files = [ROOT / "Makefile", *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    return settings + "".join(path.read_text() for path in files if path != Path(__file__))


@pytest.fixture(scope="module")
def used() -> str:
    return places_of_use()


@pytest.mark.parametrize("tool", sorted(set(TOOLS) - PRESENT_IS_ENOUGH))
def test_every_declared_tool_is_called_somewhere(tool, used):
    assert any(name in used for name in names_of(tool)), f"{tool} is declared and never used"


def test_tools_that_need_no_name_are_still_declared():
    assert set(TOOLS) >= PRESENT_IS_ENOUGH, "PRESENT_IS_ENOUGH names a tool that TOOLS does not have"


def test_what_deptry_excuses_is_still_declared():
    excused = PROJECT["tool"]["deptry"]["per_rule_ignores"]["DEP002"]
    declared = {Requirement(line).name for line in PROJECT["project"]["dependencies"]}
    assert set(excused) <= declared, "this dependency is gone: take its excuse out of pyproject.toml"
