"""The file of a SQLite base is opened by SQLite alone in a process that uses it.

A file closed here lets go of every lock this process holds on it (POSIX): the next process that leaves believes itself the
last one, takes the journal away, and the base is broken. Another process may read it.
"""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import ROOT

HERE = ("backend", "pathways", "competences", "employers", "reports", "tests")
BY_HAND = frozenset({"read_bytes", "read_text", "open", "copyfile", "copy2", "is_zipfile"})


def names_the_base(code: ast.AST) -> bool:
    """Whether `settings_dict["NAME"]` is asked somewhere there."""
    return any(
        isinstance(each, ast.Subscript)
        and isinstance(each.value, ast.Attribute)
        and each.value.attr == "settings_dict"
        and isinstance(each.slice, ast.Constant)
        and each.slice.value == "NAME"
        for each in ast.walk(code)
    )


def opened_by_hand(source: str) -> list[str]:
    """The functions that name the file of the base and open files themselves."""
    return [
        code.name
        for code in ast.walk(ast.parse(source))
        if isinstance(code, ast.FunctionDef)
        and names_the_base(code)
        and any(
            isinstance(each, ast.Call) and getattr(each.func, "attr", getattr(each.func, "id", "")) in BY_HAND
            for each in ast.walk(code)
        )
    ]


def test_no_function_that_names_it_opens_a_file_by_hand():
    found = {
        str(path.relative_to(ROOT)): names
        for place in HERE
        for path in sorted((ROOT / place).rglob("*.py"))
        if (names := opened_by_hand(path.read_text(encoding="utf-8")))
    }
    assert found == {}, "use sqlite3, or read it from another process (subprocess)"


@pytest.mark.parametrize(
    ("line", "is_seen"),
    [
        ("Path(connection.settings_dict['NAME']).read_bytes()", True),
        ("open(connection.settings_dict['NAME'], 'rb')", True),
        ("sqlite3.connect(connection.settings_dict['NAME'])", False),
        ("path.read_bytes()", False),
    ],
)
def test_one_that_does_is_seen(line, is_seen):
    assert opened_by_hand(f"def read():\n    {line}\n") == (["read"] if is_seen else [])
