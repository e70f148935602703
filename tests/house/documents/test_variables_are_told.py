"""One list of variables: what the settings read, what is documented and what containers receive are that list."""

from __future__ import annotations

import ast
import re

import pytest
import yaml

from backend.settings import env
from backend.settings.variables import BY_NAME, ON_COMMAND_ONLY, VARIABLES, service_environment
from tests.house.tree import ROOT, modules
from tests.house.variables_page import PAGE, page

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
READERS = {"text", "words", "whole", "flag", "required_secret", "local_secret", "_told", "_untouched"}
NOT_THE_PRODUCTS = {"DJANGO_SETTINGS_MODULE", "XDG_DATA_HOME"}
"""Django's and the desktop's own."""


def read_by_the_settings() -> set[str]:
    """The first argument of each call that reads a variable."""
    return {
        node.args[0].value
        for path, tree in modules()
        if path.startswith("backend/settings/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in READERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_the_settings_read_the_whole_list_and_nothing_else():
    of_the_service = {variable.name for variable in VARIABLES if variable.read_by_service}
    assert read_by_the_settings() - ON_COMMAND_ONLY == of_the_service, (
        "say it in backend/settings/variables.py, or stop reading it"
    )


def test_a_variable_out_of_the_list_cannot_be_read():
    with pytest.raises(LookupError, match=r"say it in backend/settings/variables\.py"):
        env.text("SOMETHING_ELSE")


def test_nobody_reads_the_environment_but_the_settings():
    """`os.environ` is handed over as a whole to what is started; a name is read in `backend/settings/env.py` alone."""
    named = {
        f"{path}: {name}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if (name := _named_variable(node)) and name not in BY_NAME.keys() | ON_COMMAND_ONLY | NOT_THE_PRODUCTS
    }
    assert named == set(), "a variable is named that backend/settings/variables.py does not list"


def _named_variable(node: ast.AST) -> str:
    """`X` in `os.environ["X"]`, `os.environ.get("X")`, `os.getenv("X")` and `env.str("X")`."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        asked = node.slice
    elif (
        isinstance(node, ast.Call)
        and node.args
        and re.fullmatch(
            r"os\.environ\.(get|setdefault|pop)|os\.getenv|env\.(str|int|bool|list)", ast.unparse(node.func)
        )
    ):
        asked = node.args[0]
    else:
        return ""
    return asked.value if isinstance(asked, ast.Constant) and isinstance(asked.value, str) else ""


def test_the_table_of_the_documentation_is_the_list():
    assert PAGE.read_text(encoding="utf-8") == page(), "Lancez « python -m tests.house.variables_page »."


@pytest.mark.parametrize("service", ["backup", "migrate", "scheduler", "web", "worker"])
def test_each_container_of_the_service_receives_the_list(service):
    assert COMPOSE["services"][service]["environment"] == service_environment(), (
        "docker-compose.yml and backend/settings/variables.py say different things: align the file"
    )


def test_the_file_of_the_operator_holds_what_is_documented_only():
    asked = set(
        re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    )
    assert sorted(asked - BY_NAME.keys()) == [], (
        "docker-compose.yml asks a variable that backend/settings/variables.py does not list"
    )


def test_a_secret_never_has_a_default():
    assert [variable.name for variable in VARIABLES if variable.secret and variable.default] == [], (
        "a secret has no default: the installation draws it"
    )
