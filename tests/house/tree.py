"""What rules about the tree look at: our modules, our models, our templates."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("backend", "pathways", "competences", "employers", "reports")
DOMAINS = PACKAGES[1:]


def of_the_product(base: type) -> list[type]:
    """Every class of ours below `base`, once every address is loaded."""
    assert get_resolver().url_patterns
    found, left = [], [base]
    while left:
        for each in left.pop().__subclasses__():
            left.append(each)
            if each.__module__.split(".")[0] in PACKAGES:
                found.append(each)
    return found


@cache
def _modules() -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    }


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product, by its path from the root; migrations are history."""
    yield from _modules().items()


def source(path: str) -> str:
    """The text of a file of the tree."""
    return (ROOT / path).read_text("utf-8")


def our_models() -> list[type[Model]]:
    """Every table of ours, those of the libraries left aside."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def templates() -> dict[str, Path]:
    """Every template of ours, by the name that loads it."""
    folders = (
        folder for package in PACKAGES for folder in (ROOT / package).rglob("templates") if folder.is_dir()
    )
    return {
        path.relative_to(folder).as_posix(): path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text of a module that is not a docstring, pieces of f-strings included."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node


def tracked() -> list[Path]:
    """Every file that is committed, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]
