"""Write `docs/securite.md` from the promises and from the tests themselves: `python -m tests.house.promises_page`.

A test proves a promise when its number stands in its name (`test_sec_46_…`), in the first sentence of its docstring, or in
the docstring of its module, which then speaks for each of its tests.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from tests.house.promises_catalogue import FAMILIES, PROMISES, Promise

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "securite.md"
HEAD = """# Soixante promesses de confiance

Page écrite par `python -m tests.house.promises_page` d’après les essais qui portent leur numéro ; un essai échoue si elle
n’est plus à jour ou si une promesse a perdu les siens. {held} tenues, {part} tenues en partie, {waiting} pas encore.
Signaler une faille : [SECURITY.md](../SECURITY.md).

`make attacks` en forme entière : chaque partie a été vue verte le 29 novembre 2026, sur SQLite, l’une après l’autre plutôt que d’un
trait, et les corrections qu’elles ont demandées se sont faites entre elles.
"""
TABLE = "| n° | promesse | état | limites | essais |\n|---|---|---|---|---|\n"
_NAMED = re.compile(r"sec_(\d\d)", re.IGNORECASE)
_SAID = re.compile(r"SEC-(\d\d)")

Proofs = dict[str, dict[str, tuple[str, ...]]]


@cache
def proofs() -> Proofs:
    """Promise → file of tests → the tests that carry its number."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, numbers in numbered_in(path.read_text("utf-8")):
            for number in numbers:
                found[f"SEC-{number}"][path.relative_to(ROOT).as_posix()].append(name)
    return {code: {path: tuple(names) for path, names in files.items()} for code, files in found.items()}


def numbered_in(source: str) -> list[tuple[str, tuple[str, ...]]]:
    """The tests of a module, each with the numbers it carries; those that carry none are left out."""
    tree = ast.parse(source)
    shared = _said(tree)
    tests = [
        (node.name, tuple(sorted({*shared, *_NAMED.findall(node.name), *_said(node)})))
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return [(name, numbers) for name, numbers in tests if numbers]


def _said(node: ast.Module | ast.FunctionDef) -> set[str]:
    return set(_SAID.findall((ast.get_docstring(node) or "").split("\n\n")[0]))


def state(promise: Promise) -> str:
    """As honestly as the tests allow."""
    if promise.code not in proofs():
        return "pas encore"
    return "en partie" if promise.left else "tenue"


def page() -> str:
    """The whole page."""
    states = [state(promise) for promise in PROMISES]
    parts = [
        HEAD.format(
            held=states.count("tenue"), part=states.count("en partie"), waiting=states.count("pas encore")
        )
    ]
    for title, promises in FAMILIES:
        parts.append(f"\n## {title}\n\n{TABLE}" + "".join(_line(promise) for promise in promises))
    return "".join(parts)


def _line(promise: Promise) -> str:
    files = proofs().get(promise.code, {})
    tests = ", ".join(f"`{path}` ({len(names)})" for path, names in files.items())
    limits = " ; ".join(filter(None, (promise.left and f"manque : {promise.left}", promise.bound)))
    return f"| {promise.code} | {promise.words} | {state(promise)} | {limits} | {tests} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
