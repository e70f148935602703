"""Every file and address that a help, a document or a docstring names exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import load_command_class

from backend.core.pages.front_page import known_commands, our_commands
from tests.house.tree import templates

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("backend", "pathways", "competences", "employers", "reports", "tests", "benchmarks")
DOCUMENTS = (
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/**/*.md"),
    *(page for name in PACKAGES for page in (ROOT / name).rglob("*.md")),
)
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_CODE = re.compile(r"```.*?```", re.DOTALL)
_ADDRESS = re.compile(r"https?://\S+|/api/\S+|`[A-Z]+ [^`]*`")
_WORD = re.compile(r"(?<![\w/.<«-])[\w-][\w./-]*(?![\w<*{(])")
_SUFFIXES = (".md", ".py", ".yml", ".toml", ".html", ".css", ".js")
_FOLDERS = tuple(f"{name}/" for name in ("docs", "deploy", "requirements", *PACKAGES))
_ROUTES = frozenset({"competences", "employers"})
"""Folders whose name is also an address of the API, which `docs/api.md` writes short."""


def named_in(text: str) -> Iterator[str]:
    """The files and folders of the project that a text names."""
    words = (word.rstrip(".-/") for word in _WORD.findall(_ADDRESS.sub(" ", text)))
    return (word for word in words if word.endswith(_SUFFIXES) or word.startswith(_FOLDERS))


def is_there(name: str, near: Path) -> bool:
    """Whether it exists from the root, beside the text, or in the package that speaks."""
    return (
        (ROOT / name).exists()
        or (near.parent / name).exists()
        or name in templates()
        or _somewhere(name, near)
    )


def _somewhere(name: str, near: Path) -> bool:
    """A file named short stands in the same package, in any of its folders."""
    top = ROOT / near.relative_to(ROOT).parts[0]
    return top.is_dir() and any(path.as_posix().endswith(f"/{name}") for path in top.rglob(Path(name).name))


def missing(text: str, near: Path) -> set[str]:
    """What the text names and nobody finds."""
    return {name for name in named_in(text) if not is_there(name, near)}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_document_names_exists(page):
    text = page.read_text(encoding="utf-8")
    links = {
        target for target in _LINK.findall(text) if "://" not in target and not target.startswith("mailto:")
    }
    broken = {target for target in links if not (page.parent / target).exists()}
    prose = text if page.name != "api.md" else _without_routes(text)
    assert broken | missing(_CODE.sub(" ", prose), page) == set()


def _without_routes(text: str) -> str:
    return re.sub(rf"`?(?:{'|'.join(_ROUTES)})/[^\s`]*", " ", text)


@pytest.mark.parametrize("name", our_commands())
def test_what_a_help_names_exists(name):
    module = name.replace("-", "_")
    command = load_command_class(known_commands()[module], module)
    page = command.create_parser("passerelles", module).format_help()
    assert missing(page, ROOT / "docs" / "x") == set()


def test_what_a_docstring_names_exists():
    lost = {}
    for path in (path for name in PACKAGES for path in (ROOT / name).rglob("*.py")):
        for text in docstrings(path):
            if found := missing(text, path):
                lost[str(path.relative_to(ROOT))] = found
    assert lost == {}


def docstrings(path: Path) -> Iterator[str]:
    """Every docstring of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("voir docs/nulle-part.md", {"docs/nulle-part.md"}),
        ("voir docs/echange.md, puis `backend/core/jobs.py`.", set()),
        ("dans `backend/nulle_part/` et pathways/rules", {"backend/nulle_part"}),
        ("l’adresse https://example.org/docs/page.md et `/api/v1/docs/`", set()),
    ],
)
def test_the_walk_sees_what_is_missing(text, lost):
    assert missing(text, ROOT / "docs" / "x.md") == lost
