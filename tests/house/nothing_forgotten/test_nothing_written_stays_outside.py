"""What is written and not told to the product would change nothing, and nobody would know."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import PurePosixPath

import pathways.rules.dated
from backend.alerts import registry
from backend.core.api.views import DomainViewSet
from pathways.rules.dated.rows import BUILT_IN, NAMES, NO, NOT_SETTLED, YES
from tests.access.routes import every_route
from tests.house.tree import modules, of_the_product, strings

STARTS = re.compile(
    r"(^|/)(apps|wsgi|celery|manage|urls)\.py$|/settings/|/management/commands/|/templatetags/|/models\.py$|/models/|(^|/)(tasks|__main__)\.py$"
)
"""Where Django, Celery and the commands begin to read."""
READ_BY_MIGRATIONS = {"backend/core/sealing/migrating.py"}
NOT_YET_READ = {
    "employers/recomposition/invented/generator.py": "territories that benchmarks are run on",
    "employers/recomposition/invented/sectors.py": "the same",
    "employers/recomposition/explain/alternatives.py": "the choice between plans, when recomposition has its screen",
    "employers/recomposition/rules/colleague.py": "the week of the qualified colleague, on the same screen",
}
_ALERTS = re.compile(r"(Iterable|Iterator)\[Alert\]$")


def dotted(path: str) -> str:
    """The name a module is imported by."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported_by(path: str, tree: ast.Module, known: set[str]) -> set[str]:
    """Modules of ours that this one names, and the folders around them."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            # « backend.web.middleware.Calm » of the settings, « pathways.urls » of an include.
            found |= {node.value, node.value.rpartition(".")[0]}
    return {part for name in found & known for part in _with_its_folders(name)} | found & known


def _with_its_folders(name: str) -> set[str]:
    parts = name.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts) + 1)}


def test_every_module_is_read_from_where_the_product_starts():
    trees = {dotted(path): (path, tree) for path, tree in modules()}
    known = set(trees)
    waiting = [name for name, (path, _) in trees.items() if STARTS.search(path)]
    reached = {part for name in waiting for part in _with_its_folders(name)}
    waiting = [name for name in reached if name in known]
    while waiting:
        path, tree = trees[waiting.pop()]
        more = (imported_by(path, tree, known) - reached) & known
        reached |= more
        waiting.extend(more)
    left = {trees[name][0] for name in known - reached if PurePosixPath(trees[name][0]).name != "__init__.py"}
    said = READ_BY_MIGRATIONS | set(NOT_YET_READ)
    assert sorted(said - left) == [], "it is read: take it out"
    assert sorted(left - said) == [], (
        "import it where its house registers (panels/__init__, apps.py…), or remove it"
    )


def test_every_alert_that_is_written_is_asked():
    asked = {(each.__module__, each.__name__) for each in (*registry._PRODUCERS, *registry._APART)}
    written = {
        (dotted(path), node.name)
        for path, tree in modules()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns is not None
        and _ALERTS.search(ast.unparse(node.returns))
    }
    assert len(written) > 10
    assert sorted(written - asked) == [], "add it to PRODUCERS of its house"


def test_every_panel_that_is_written_stands_on_a_page():
    written = {
        f"{path} {node.name}": any(".register(" in ast.unparse(each) for each in node.decorator_list)
        for path, tree in modules()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and loads_for_a_reader(node)
    }
    assert len(written) > 30
    assert sorted(name for name, is_placed in written.items() if not is_placed) == [], (
        "@person_page.register(place=…, order=…), or the page it stands on: backend/panels/registry.py"
    )


def loads_for_a_reader(node: ast.ClassDef) -> bool:
    """`def load(self, reader: Reader)`, what a panel is known by."""
    loads = [each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "load"]
    given = [ast.unparse(arg.annotation) for each in loads for arg in each.args.args if arg.annotation]
    return given == ["Reader"] and not any("Protocol" in ast.unparse(base) for base in node.bases)


def routed() -> set[object]:
    """Every view that an address leads to, without what stands before it; a class for those of the API."""
    views = [route.view for route in every_route()]
    return {getattr(view, "cls", None) or inspect.unwrap(view) for view in views}


def test_every_page_that_is_written_has_an_address():
    found = {f"{view.__module__}.{view.__qualname__}" for view in routed()}
    settings = {text.value for _, tree in modules() for text in strings(tree)}
    written = {
        f"{dotted(path)}.{node.name}"
        for path, tree in modules()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and answers_a_request(node)
    }
    named = {node.attr for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {node.id for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Name)}
    lost = {name for name in written - found - settings if name.rpartition(".")[2] not in named}
    assert len(written & found) > 100
    assert sorted(lost) == [], "its line in the urls.py beside it"


def answers_a_request(node: ast.FunctionDef) -> bool:
    """`def page(request: ActorRequest, …) -> HttpResponse`; a name that begins with « _ » is a piece of one."""
    given = [ast.unparse(arg.annotation) for arg in node.args.args[:1] if arg.annotation]
    is_asked = bool(given) and given[0].endswith("Request") and not node.name.startswith("_")
    return is_asked and node.returns is not None and "Response" in ast.unparse(node.returns)


def test_every_table_of_the_API_has_an_address():
    found = routed()
    written = [view for view in of_the_product(DomainViewSet) if getattr(view, "model", None) is not None]
    assert len(written) > 30
    lost = [view for view in written if view not in found and not view.__subclasses__()]
    assert lost == [], "its line in <domain>/api/urls.py"


def test_every_figure_that_is_named_has_its_words_and_its_rows():
    named = {
        value
        for module in pkgutil.iter_modules(pathways.rules.dated.__path__)
        for name, value in vars(
            importlib.import_module(f"{pathways.rules.dated.__name__}.{module.name}")
        ).items()
        if name.isupper() and type(value) is str and re.fullmatch(r"[a-z0-9_]+", value)
    } - {YES, NO, NOT_SETTLED}
    assert len(named) > 40
    assert sorted(named - set(NAMES)) == [], "its words: NAMES"
    assert sorted(named - set(BUILT_IN.names)) == [], "its value since when, and its text: a row"
