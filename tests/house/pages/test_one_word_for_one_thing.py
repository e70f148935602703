"""People read « adresse électronique » everywhere, in screens, refusals and documents."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("backend", "pathways", "competences", "employers", "reports")
OTHER_WORDS = re.compile(r"\be[-‑]mails?\b|adresse (?:e-?)?mail\b|adresse courriel|\bmél\b", re.IGNORECASE)


def read_by_people() -> Iterator[tuple[Path, str]]:
    """Templates, documents, and the sentences in the code, docstrings excepted."""
    for folder in PACKAGES:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".html", ".txt"}:
                yield path, path.read_text(encoding="utf-8")
            elif path.suffix == ".py" and "migrations" not in path.parts:
                yield from ((path, text) for text in sentences(path))
    for path in (*ROOT.glob("docs/*.md"), ROOT / "LISEZMOI.md"):
        yield path, path.read_text(encoding="utf-8")


def sentences(path: Path) -> Iterator[str]:
    """String constants of a module that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def test_an_electronic_address_has_one_name():
    other = {str(path.relative_to(ROOT)): OTHER_WORDS.findall(text) for path, text in read_by_people()}
    assert {path: words for path, words in other.items() if words} == {}, "say « adresse électronique »"
