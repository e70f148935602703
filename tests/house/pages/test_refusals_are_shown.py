"""What a form refuses is said on the page whatever else the page holds: never only beside a list that may be empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.template import Template, engines
from django.template.base import Node, VariableNode
from django.template.defaulttags import ForNode, IfNode
from django.template.loader_tags import IncludeNode

from tests.house.tree import templates

SAYS_ERRORS = re.compile(r"\b(?:non_field_)?errors\b")
SPEAKS_OF_THE_FORM = re.compile(r"\b(?:errors|form|formset|field|is_bound|refused)\b")
FOLLOWS_ITS_FIELD = {
    "employers/analyses/_tasks.html": "the form itself is shown only to those who may write, and only they can be refused",
}
"""Templates where an error stands beside its own field, which the condition shows or hides with it; each says why."""


def compiled(name: str) -> Template:
    return engines["django"].engine.get_template(name)  # type: ignore[attr-defined]


def sayings(nodes: Iterator[Node] | list[Node], inside: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """For each place that shows errors: the conditions it stands under, outermost first."""
    for node in nodes:
        if (isinstance(node, VariableNode) and SAYS_ERRORS.search(str(node.filter_expression.token))) or (
            isinstance(node, IncludeNode) and "errors" in str(node.template.token)
        ):
            yield inside
        elif isinstance(node, IfNode):
            for condition, branch in node.conditions_nodelists:
                yield from sayings(branch, (*inside, said(condition)))
        elif isinstance(node, ForNode):
            rows = str(node.sequence.token)
            shown = inside if SAYS_ERRORS.search(rows) else (*inside, rows)
            yield from sayings(node.nodelist_loop, shown)
        else:
            for each in node.child_nodelists:
                yield from sayings(getattr(node, each, None) or [], inside)


def said(condition: object) -> str:
    """The words of a condition; an `else` has none, and is as much a condition as the others."""
    if condition is None:
        return "else"
    parts = [getattr(condition, name, None) for name in ("first", "second")]
    if any(parts):
        return " ".join(said(part) for part in parts if part is not None)
    value = getattr(condition, "value", condition)
    return str(getattr(value, "token", value))


def hidden(name: str) -> list[str]:
    return [
        " > ".join(path)
        for path in sayings(list(compiled(name).nodelist))
        if any(not SPEAKS_OF_THE_FORM.search(each) for each in path)
    ]


def test_errors_are_shown_outside_any_condition_on_what_the_page_lists():
    found = {name: hidden(name) for name in templates()}
    found = {name: places for name, places in found.items() if places}
    unsaid = {name: places for name, places in found.items() if name not in FOLLOWS_ITS_FIELD}
    assert unsaid == {}, "a refusal shown only there is lost when the condition is false: say it before"
    assert set(FOLLOWS_ITS_FIELD) <= set(found), "it is no longer under a condition: take it out"


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("{% if rows %}{{ form.errors }}{% endif %}", [("rows",)]),
        ("{% if form.errors %}{{ form.errors }}{% endif %}", [("form.errors",)]),
        ("{% for row in rows %}{{ row.errors }}{% endfor %}", [("rows",)]),
        ("{% for each in form.errors.items %}{{ each }}{{ form.name.errors }}{% endfor %}", [()]),
        ("{% if rows %}1{% else %}{{ form.errors }}{% endif %}", [("else",)]),
    ],
)
def test_the_reading_of_a_template_sees_its_conditions(text, conditions):
    assert list(sayings(list(engines["django"].engine.from_string(text).nodelist))) == conditions  # type: ignore[attr-defined]
