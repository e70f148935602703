"""Every small mistake that a module could hold: one changed comparison, connective, figure, answer or gesture each.

Words are left as they are: they are proofread, not computed. So are annotations, decorators, imports and docstrings.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
SAID = {ast.And: ast.Or, ast.Or: ast.And}


@dataclass(frozen=True)
class Mutant:
    """A module with one mistake: where, which, and the module as it then reads."""

    name: str
    line: int
    tree: ast.Module


Change = tuple[ast.AST, ast.AST]


def mutants(source: str) -> Iterator[Mutant]:
    """Each mistake of a module, one at a time, named by its function and by what changes there."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    for place, where in _places(tree):
        for before, after in _changes(_at(tree, place)):
            mutated = deepcopy(tree)
            name = f"{where} : {_words(before)} → {_words(after)}"
            seen[name] += 1
            again = f" ({seen[name]})" if seen[name] > 1 else ""
            _put(mutated, place, after)
            yield Mutant(name + again, getattr(before, "lineno", 0), ast.fix_missing_locations(mutated))


Place = tuple[tuple[str, int | None], ...]
"""The way from the module to a node: a field, then a rank when the field is a list."""


def _places(tree: ast.Module) -> Iterator[tuple[Place, str]]:
    def walk(node: ast.AST, place: Place, where: str) -> Iterator[tuple[Place, str]]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            where = f"{where}.{node.name}" if where else node.name
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "type_params"} or _is_left_alone(
                node, name
            ):
                continue
            for rank, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST) and not _is_not_run(child):
                    yield (*place, (name, rank)), where
                    yield from walk(child, (*place, (name, rank)), where)

    for place, where in walk(tree, (), ""):
        yield place, where or "module"


def _is_left_alone(node: ast.AST, field: str) -> bool:
    """A type that is only named, or a text that is put together."""
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Subscript) and field == "slice" and _is_a_type(node)
    )


def _is_a_type(node: ast.Subscript) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id[0].isupper()


def _is_not_run(node: ast.AST) -> bool:
    """Imports, docstrings, what only a type checker reads, and names given to types."""
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()) if (
            name[0].isupper() and name != name.upper()
        ):
            return True
        case ast.Assign(targets=[ast.Name()], value=ast.Call(func=ast.Name(id="TypeVar"))):
            return True
    return False


def _changes(node: ast.AST) -> list[Change]:  # noqa: C901 (a list of mistakes, one a line)
    """What may be mistaken in this very node."""
    found: list[ast.AST] = []
    match node:
        case ast.Compare(ops=ops):
            for rank, op in enumerate(ops):
                if type(op) in COMPARED:
                    found.append(
                        _with(
                            node,
                            lambda new, rank=rank, op=op: new.ops.__setitem__(rank, COMPARED[type(op)]()),
                        )
                    )
        case ast.BoolOp(op=op):
            found.append(_with(node, lambda new: setattr(new, "op", SAID[type(op)]())))
        case ast.BinOp(op=op) if type(op) in COUNTED:
            found.append(_with(node, lambda new: setattr(new, "op", COUNTED[type(op)]())))
        case ast.UnaryOp(operand=operand) if not isinstance(operand, ast.Constant):
            found.append(operand)
        case ast.Constant(value=bool() as value):
            found.append(ast.Constant(not value))
        case ast.Constant(value=int() | float() as value):
            found.append(ast.Constant(value + 1))
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            found.append(ast.Return(ast.Constant(None)))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise() | ast.AugAssign():
            found.append(ast.Pass())
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            found.append(ast.Pass())
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) if _is_turned(test):
            found.append(_with(node, lambda new: setattr(new, "test", _not(test))))
        case ast.match_case(guard=ast.expr() as guard) if _is_turned(guard):
            found.append(_with(node, lambda new: setattr(new, "guard", _not(guard))))
        case ast.comprehension(ifs=[_, *_] as ifs):
            for rank, test in enumerate(ifs):
                if _is_turned(test):
                    found.append(
                        _with(node, lambda new, rank=rank, test=test: new.ifs.__setitem__(rank, _not(test)))
                    )
    return [(node, ast.copy_location(after, node) if hasattr(node, "lineno") else after) for after in found]


def _is_turned(test: ast.expr) -> bool:
    """Whether a condition is turned round here: a single comparison or negation turns by itself."""
    return not isinstance(test, ast.UnaryOp) and not (isinstance(test, ast.Compare) and len(test.ops) == 1)


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _with(node: ast.AST, change: Callable[..., None]) -> ast.AST:
    new = deepcopy(node)
    change(new)
    return new


def _words(node: ast.AST) -> str:
    """The node as one short line; of a block, what opens it."""
    match node:
        case ast.If(test=test) | ast.While(test=test):
            text = f"if {ast.unparse(test)}"
        case ast.match_case(guard=ast.expr() as guard):
            text = f"case if {ast.unparse(guard)}"
        case ast.comprehension():
            text = " ".join(f"if {ast.unparse(test)}" for test in node.ifs)
        case _:
            text = ast.unparse(node)
    text = " ".join(text.split())
    return text if len(text) <= 90 else f"{text[:60]} … {text[-27:]}"


def _at(tree: ast.AST, place: Place) -> ast.AST:
    for name, rank in place:
        value = getattr(tree, name)
        tree = value if rank is None else value[rank]
    return tree


def _put(tree: ast.AST, place: Place, node: ast.AST) -> None:
    *way, (name, rank) = place
    parent = _at(tree, tuple(way))
    if rank is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[rank] = node
