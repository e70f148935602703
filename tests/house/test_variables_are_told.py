"""Every variable that the settings read is documented, and production passes on those it may need."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = [
    ROOT / "backend" / "settings" / f"{name}.py" for name in ("env", "base", "production", "embedded")
]
READERS = {"str", "int", "bool", "list", "url", "required_secret", "local_secret", "_told"}
NOT_IN_COMPOSE = {
    "PORT": "the container always listens on 8000",
    "STATIC_ROOT": "fixed by the image",
    "PASSERELLES_DEMO": "production refuses it",
}
NOT_DOCUMENTED = {
    "PASSERELLES_DEMO": "set by `passerelles demo` itself",
}


def read_by_the_settings() -> set[str]:
    """The first argument of each call that reads the environment."""
    found = set()
    for path in SETTINGS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in READERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and str(first.value).isupper():
                    found.add(first.value)
    return found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def passed_by_compose() -> set[str]:
    """The environment of the services, by the names that the settings read."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    block = text.partition("environment: &environment")[2].partition("  volumes:")[0]
    return set(re.findall(r"^    ([A-Z_]+):", block, re.MULTILINE))


def asked_by_compose() -> set[str]:
    """What the `.env` file may give."""
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


def documented() -> set[str]:
    return set(re.findall(r"`([A-Z_]{4,})`", (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")))


def test_the_walk_finds_the_variables():
    assert {
        "DATABASE_URL",
        "SECRET_KEY",
        "EMAIL_URL",
        "OLD_FIELD_KEYS",
        "OPERATOR_NAME",
    } <= read_by_the_settings()


def test_every_variable_is_documented():
    assert sorted((read_by_the_settings() | asked_by_compose()) - documented() - set(NOT_DOCUMENTED)) == []


def test_every_variable_reaches_production():
    assert sorted(read_by_the_settings() - passed_by_compose() - set(NOT_IN_COMPOSE)) == []


def test_nothing_is_passed_nor_documented_that_nobody_reads():
    known = read_by_the_settings() | asked_by_compose() | {"DJANGO_SETTINGS_MODULE"}
    assert sorted((passed_by_compose() | documented()) - known) == []
