"""Every file and address that a help, a document or a docstring names exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.core.management import load_command_class

from backend.core.pages.front_page import known_commands, our_commands
from tests.house.tree import modules, templates

ROOT = Path(__file__).resolve().parents[3]
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


_GROUP = re.compile(r"`([\w./-]+/)` \(((?:`\w+`(?:, | et | and )?)+)\)")
_EACH_DOMAIN = re.compile(r"`(<\w+>/[\w./<>-]*)`")
_CLASS = re.compile(r"`([A-Z][a-z]+(?:[A-Z][a-z]*)+)`")
_DOTTED = re.compile(rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)`")


def missing(text: str, near: Path) -> set[str]:
    """What the text names and nobody finds."""
    lost = {name for name in named_in(text) if not is_there(name, near)}
    return lost | set(_lost_of_a_group(text)) | set(_lost_of_each_domain(text)) | set(_lost_by_import(text))


def _lost_of_a_group(text: str) -> Iterator[str]:
    """`backend/core/values/` (`dates`, `numbers`): modules named short behind their folder."""
    for folder, names in _GROUP.findall(text):
        for name in re.findall(r"\w+", names.replace(" et ", " ").replace(" and ", " ")):
            if not (_exists(f"{folder}{name}") or _exists(f"{folder}{name}.py")):
                yield f"{folder}{name}"


def _lost_of_each_domain(text: str) -> Iterator[str]:
    """`<domain>/screens/<subject>/`: some domain has it."""
    for named in _EACH_DOMAIN.findall(text):
        pattern = re.sub(r"<\w+>", "*", named).rstrip("/")
        if not any(any(ROOT.glob(each)) for each in (pattern, f"{pattern}.py")):
            yield named


def _lost_by_import(text: str) -> Iterator[str]:
    """`pathways.selectors.thread_of`: a module, or what a module holds."""
    return (name for name in _DOTTED.findall(text) if not name.endswith(".csv") and not _imports(name))


def _exists(name: str) -> bool:
    return (ROOT / name).exists()


def _imports(name: str) -> bool:
    try:
        resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_document_names_exists(page):
    text = page.read_text(encoding="utf-8")
    links = {
        target for target in _LINK.findall(text) if "://" not in target and not target.startswith("mailto:")
    }
    broken = {target for target in links if not (page.parent / target).exists()}
    prose = text if page.name != "api.md" else _without_routes(text)
    assert broken | missing(_CODE.sub(" ", prose), page) == set(), (
        "the file, command or page is gone or renamed: mend the sentence"
    )


def our_names() -> set[str]:
    """Classes of the product, and what its modules give a name to."""
    found = {node.name for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    return found | {
        target.id
        for _, tree in modules()
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


def test_a_class_that_a_document_names_exists():
    names = our_names()
    lost = {
        (str(page.relative_to(ROOT)), name)
        for page in DOCUMENTS
        for name in _CLASS.findall(page.read_text(encoding="utf-8"))
        if name not in names
    }
    assert lost == set(), "the class or the constant is gone or renamed: mend the document"


def _without_routes(text: str) -> str:
    return re.sub(rf"`?(?:{'|'.join(_ROUTES)})/[^\s`]*", " ", text)


@pytest.mark.parametrize("name", our_commands())
def test_what_a_help_names_exists(name):
    module = name.replace("-", "_")
    command = load_command_class(known_commands()[module], module)
    page = command.create_parser("passerelles", module).format_help()
    assert missing(page, ROOT / "docs" / "x") == set(), "what the help names is gone or renamed: mend it"


_TYPED = re.compile(r"\bpasserelles ([a-z]+(?:-[a-z]+)*)([^`«»\n|;]*)")
_OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")


def typed_in(page: Path) -> set[tuple[str, str]]:
    """What a document gives to type, between backquotes or in a block: the command and each of its options."""
    code = re.findall(r"```.*?```|`[^`]+`", page.read_text(encoding="utf-8"), re.DOTALL)
    found = [each for piece in code for each in _TYPED.findall(piece)]
    return {(name, option) for name, rest in found for option in ("", *_OPTION.findall(rest))}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_document_gives_to_type_is_understood(page):
    refused = {(name, option) for name, option in typed_in(page) if not _is_understood(name, option)}
    assert refused == set(), "this command line is refused as it is written: correct the document"


def _is_understood(name: str, option: str) -> bool:
    module = name.replace("-", "_")
    if name == "django":  # whose own commands follow
        return True
    if module not in known_commands():
        return False
    command = load_command_class(known_commands()[module], module)
    parser = command.create_parser("passerelles", module)
    return not option or option in parser._option_string_actions


def test_the_operations_guide_gives_each_of_its_commands_to_type():
    commands = {
        path.stem.replace("_", "-")
        for path in (ROOT / "backend/operations/management/commands").glob("[a-z]*.py")
    }
    typed = {name for page in ROOT.glob("docs/*.md") for name, _ in typed_in(page)}
    assert commands - typed == set(), "show this command once in docs/, typed whole"


def test_what_a_docstring_names_exists():
    lost = {}
    for path in (path for name in PACKAGES for path in (ROOT / name).rglob("*.py")):
        for text in docstrings(path):
            if found := missing(text, path):
                lost[str(path.relative_to(ROOT))] = found
    assert lost == {}, "what the docstring names is gone or renamed: mend it"


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
        ("`backend/core/` (`identifiers`, `actor`)", {"backend/core/identifiers"}),
        ("`backend/core/values/` (`identifiers`, `dates`)", set()),
        ("`<domain>/nowhere.py`, `<domain>/screens/<subject>/`", {"<domain>/nowhere.py"}),
        ("`pathways.rules.kinds.TRAITS`, `pathways.rules.sorts`", {"pathways.rules.sorts"}),
        ("l’adresse https://example.org/docs/page.md et `/api/v1/docs/`", set()),
    ],
)
def test_the_walk_sees_what_is_missing(text, lost):
    assert missing(text, ROOT / "docs" / "x.md") == lost
