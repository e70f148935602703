"""What a factory draws is never what a test types: the two would meet one day in a thousand, at a unique column."""

from __future__ import annotations

import ast
import re

from tests.everything import ROOT

FACTORIES = ROOT / "tests" / "factories"


def drawn_by(path) -> set[str]:
    """The patterns of the texts a module of factories draws: `f"BC{n:02d}"` gives `BC\\d{2,}`."""
    found = set()
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith("Sequence"):
            continue
        drawn = next((node for node in ast.walk(call) if isinstance(node, ast.JoinedStr)), None)
        if drawn is not None:
            found.add("".join(map(pattern_of, drawn.values)))
    return found


def pattern_of(part: ast.expr) -> str:
    """The words of a text as they are, its number with at least as many digits as it is written with."""
    if isinstance(part, ast.Constant):
        return re.escape(str(part.value))
    digits = re.search(r"0(\d+)d", ast.unparse(part))
    return rf"\d{{{int(digits[1])},}}" if digits else r"\d+"


def typed_in(path) -> set[str]:
    """Every whole text written in a module of tests."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_no_test_types_what_a_factory_may_draw():
    drawn = re.compile("|".join(sorted(set().union(*map(drawn_by, FACTORIES.glob("*.py"))))))
    assert drawn.fullmatch("Brioches du Val " + "3"), "the factories draw something"
    typed = {
        f"{path.relative_to(ROOT)}: {text}"
        for path in (ROOT / "tests").rglob("*.py")
        for text in typed_in(path)
        if drawn.fullmatch(text)
    }
    assert typed == set(), "type a text of another form, or draw one"
