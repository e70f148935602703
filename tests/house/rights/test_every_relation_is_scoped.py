"""SEC-01, from a parent to what hangs from it: `person.interviews.all()` reads every colleague's, `visible_to` or not.

What a window reads of a row found in scope begins with a scope again, unless the rows that hang from it are read by
whoever reads their parent: their `visible_to` is then `of_visible(self, actor, "<parent>")`, and is found by itself.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator

import pytest

from competences.querysets import SharedQuerySet
from tests.house.rights.test_every_reading_is_scoped import ROOMS, SCOPES, _chain, _room_of
from tests.house.tree import modules, our_models, templates

READS = {
    "aggregate", "all", "annotate", "count", "defer", "distinct", "earliest", "exclude", "exists", "filter", "first",
    "get", "in_bulk", "iterator", "last", "latest", "live", "only", "order_by", "prefetch_related", "select_related",
    "standing", "values_list",
}  # fmt: skip
"""What begins a reading; `values` is left out, which a dictionary says too."""
NARROWER = {
    "backend/organisations/screens/team/views.py group_new memberships": "the seat of the group one has just opened",
    "pathways/alerts/relays.py relay_steps_late steps": "the steps of a relay are read with it: pathways/querysets.py",
    "pathways/screens/relays/page.py RelayPage steps": "the steps of a relay are read with it: pathways/querysets.py",
    "pathways/screens/corrections/kinds.py _of_goal actions": "what a goal of one's own structure leaves behind",
    "pathways/screens/follow_ups/forms.py InterviewEditForm barrier_readings": "those of one's own interview, corrected whole",
    "employers/api/proposals.py ProposalSerializer tasks": "fetched in scope by its view, and no figure for an employer",
    "employers/screens/corrections/kinds.py _of_analysis tasks": "how many go with their analysis, which reads them all",
    "employers/screens/corrections/kinds.py _of_hire follow_ups": "how many go with a hire its author takes back",
    "employers/screens/own_pages/page.py NeedsPage tasks": "held against the employer of each, on the next line",
    "employers/screens/own_pages/page.py NeedsPage employers": "how many share the job, and no name",
    "employers/screens/post_hire/views.py _prefilled employers": "a team reads a job when it works with all its employers",
    "employers/screens/proposals/views.py proposals employers": "a team reads a job when it works with all its employers",
    "employers/screens/proposals/views.py proposal_edit tasks": "a team reads a job when it works with all its employers",
    "employers/templates/employers/proposals/list.html employers": "a team reads a job when it works with all its employers",
    "employers/templates/employers/employers/_places.html analyses": "fetched in scope: employers/screens/employers/page.py",
}  # fmt: skip
"""Readings of rows whose scope is another than their parent's, each with what makes it narrow enough."""
_ALL = re.compile(r"\.(\w+)\.(?:all|count|exists|first|last)\b")
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)


def of_its_parent(child: type, link: str) -> bool:
    """Whether the rows of a table are read by whoever reads the row that `link` names, and by nobody else."""
    asked = ast.parse(textwrap.dedent(inspect.getsource(child._default_manager.all().visible_to.__func__)))
    match [each for each in asked.body[0].body if not isinstance(each, ast.Expr)]:
        case [ast.Return(ast.Call(func=ast.Name("of_visible"), args=[_, _, ast.Constant(str(path))]))]:
            return path.split("__")[0] == link
    return False


@pytest.fixture(scope="module")
def apart():
    """Names of relations that lead to rows of another scope: reversed ones, and those that lead to several rows."""
    scoped = {
        model
        for model in our_models()
        if hasattr(rows := model._default_manager.all(), "visible_to")
        and not isinstance(rows, SharedQuerySet)
    }
    kept = defaultdict(list)
    for model in scoped:
        for link in model._meta.get_fields():
            if (
                link.is_relation
                and not link.auto_created
                and link.many_to_many
                and link.related_model in scoped
            ):
                kept[link.name].append(False)
            if link.is_relation and not link.auto_created and link.many_to_one:
                name = link.remote_field.get_accessor_name()
                if name and not link.remote_field.hidden:
                    kept[name].append(of_its_parent(model, link.name))
    return {name for name, each in kept.items() if not all(each)}


def unscoped(tree: ast.Module, apart: set[str]) -> Iterator[str]:
    """The function and the relation of each reading that begins with all the rows of a parent."""
    above = {inner: outer for outer in ast.walk(tree) for inner in ast.iter_child_nodes(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in apart:
            said = list(_chain(node, above))
            if said and said[0] in READS and not SCOPES & set(said):
                yield f"{_room_of(node, above)} {node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            for name in fetched_whole(node):
                if name in apart:
                    yield f"{_room_of(node, above)} {name}"


def fetched_whole(call: ast.Call) -> Iterator[str]:
    """Relations that `prefetch_related` follows, those of a `Prefetch` with its own scope left aside."""
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
    scoped = name == "Prefetch" and SCOPES & {
        each.attr for given in call.args[1:] for each in ast.walk(given) if isinstance(each, ast.Attribute)
    }
    if name == "prefetch_related" or (name == "Prefetch" and not scoped):
        for given in call.args:
            if isinstance(given, ast.Constant):
                yield from given.value.split("__")


@pytest.fixture(scope="module")
def found(apart):
    in_code = {
        f"{path} {where}"
        for path, tree in modules()
        if ROOMS & set(path.removesuffix(".py").split("/"))
        for where in unscoped(tree, apart)
    }
    in_pages = {
        f"{path.as_posix().split('/templates/')[0].split('/')[-1]}/templates/{name} {relation}"
        for name, path in templates().items()
        for tag in _TAG.findall(path.read_text("utf-8"))
        for relation in _ALL.findall(tag)
        if relation in apart
    }
    return in_code | in_pages


def test_SEC_01_what_hangs_from_a_row_is_read_with_its_own_scope(found):
    assert sorted(found - set(NARROWER)) == [], (
        "begin with `Interview.objects.visible_to(actor).filter(beneficiary=person)` (or add `.visible_to(actor)`, or a"
        " Prefetch with that set); NARROWER only when nobody could read more, with the reason"
    )


def test_each_narrower_reading_is_still_there(found):
    assert sorted(set(NARROWER) - found) == [], "it is scoped, or gone: take it out of NARROWER"


def test_what_is_read_with_its_parent_is_found_by_itself(apart):
    assert {"interviews", "assessments", "follow_ups", "tasks", "employers"} <= apart, (
        "another scope than their parent's"
    )
    assert not {"contracts", "monthly_hours", "establishments", "requirements"} & apart, (
        "read with their parent"
    )


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("person.interviews.all()", ["page interviews"]),
        ("person.interviews.order_by('pk')[0]", ["page interviews"]),
        ("people.prefetch_related('stays__organisation', 'interviews__actions')", ["page interviews"]),
        (
            "people.prefetch_related(Prefetch('interviews', queryset=Interview.objects.all()))",
            ["page interviews"],
        ),
        ("people.prefetch_related(Prefetch('interviews', Interview.objects.visible_to(actor)))", []),
        ("person.interviews.visible_to(actor)", []),
        ("person.interviews.filter(pk=1).visible_to(actor)", []),
        ("found.interviews", []),
    ],
)
def test_rows_of_a_parent_read_whole_are_seen(said, seen):
    assert [*unscoped(ast.parse(f"def page():\n    return {said}\n"), {"interviews"})] == seen, (
        "see `unscoped` above"
    )
