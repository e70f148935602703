"""A mutant is played in a process of its own: the module as it would read, the base as it was, the narrow tests.

Nothing is written in the tree: the process is told how to import this one module before it imports anything of ours.
"""

from __future__ import annotations

import ast
import builtins
import importlib.machinery
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 2
KILLED, LIVED = 1, 0
SAID = "said"
QUIETLY = (
    "-q", "-x", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly", "-m", "not browser and not rehearsal",
)  # fmt: skip


@dataclass(frozen=True)
class Played:
    """How one mutant ended: seen by a test, or by nobody."""

    mutant: Mutant
    is_seen: bool


def warm_up() -> None:
    """Read once what every process would read again: nothing of ours, nothing that must know the settings."""
    import celery  # noqa: F401
    import django.contrib.auth.hashers
    import django.db.models  # noqa: F401
    import numpy  # noqa: F401
    import pandas  # noqa: F401
    import pytest  # noqa: F401
    import scipy.optimize  # noqa: F401


class _AsItWouldRead(importlib.machinery.SourceFileLoader):
    """One module of ours from another text than its file."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.path, "exec", dont_inherit=True)


class _Finder:
    def __init__(self, file: str, tree: ast.Module) -> None:
        self.name = file.removesuffix(".py").replace("/", ".")
        self.path, self.tree = str(ROOT / file), tree

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != self.name:
            return None
        loader = _AsItWouldRead(name, self.path, self.tree)
        return importlib.machinery.ModuleSpec(name, loader, origin=self.path)


def baseline(file: str, tests: tuple[str, ...], base: Path) -> tuple[float, set[int], set[int]]:
    """The tests on the module as it is, and the base they leave: seconds, the lines they ran, those they did not.

    Red here, or red once more on the base that was left, stops everything: any mutant would look seen.
    """
    tree, told = ast.parse((ROOT / file).read_text(encoding="utf-8")), base / "lines"
    child = os.fork()
    if child == 0:
        ran: set[int] = set()
        setattr(builtins, _MARK, ran.add)
        code = _pytest(file, _marked(deepcopy(tree)), tests, base, "--create-db")
        told.write_text(" ".join(map(str, sorted(ran))))
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{file} : ses essais échouent sans aucune mutation ({base / SAID}).")
    started = time.monotonic()
    if next(play(file, [Mutant("", 0, tree)], tests, base, 300)).is_seen:
        sys.exit(f"{file} : ses essais ne se rejouent pas sur la base laissée ({base}).")
    every = {each.lineno for body in _bodies(tree) for each in body}
    ran = {int(line) for line in told.read_text().split()}
    return time.monotonic() - started, ran, every - ran


_MARK = "_this_line_ran"


def _bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every block inside a function, without the docstring that opens it."""
    inside = [node for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) for node in ast.walk(each)]
    for node in dict.fromkeys(inside):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield block[1:] if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) else block


def _marked(tree: ast.Module) -> ast.Module:
    """The module with a mark before each line of its functions, for those that are run to be known."""
    lines = {each.lineno for block in _bodies(tree) for each in block}
    for node in list(ast.walk(tree)):
        for name in ("body", "orelse", "finalbody"):
            if isinstance(block := getattr(node, name, None), list):
                marked = [
                    (ast.parse(f"{_MARK}({each.lineno})").body, each)
                    for each in block
                    if each.lineno in lines
                ]
                for mark, each in marked:
                    block[block.index(each) : block.index(each)] = mark
    return ast.fix_missing_locations(tree)


def play(
    file: str, found: list[Mutant], tests: tuple[str, ...], base: Path, seconds: float
) -> Iterator[Played]:
    """Each mutant, two at once, each given three times what the tests take and half a minute."""
    waiting, running = list(reversed(found)), {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            mutant = waiting.pop()
            own = Path(tempfile.mkdtemp(prefix="mutant-"))
            for left in base.glob(
                "*.s*"
            ):  # the base with what its log still holds, and the keys it was sealed with
                shutil.copy(left, own / left.name)
            running[_started(file, mutant, tests, own)] = mutant, own, time.monotonic() + 3 * seconds + 30
        for child, (mutant, own, until) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            if not done and time.monotonic() < until:
                continue
            if not done:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
            del running[child]
            shutil.rmtree(own, ignore_errors=True)
            yield Played(mutant, not done or os.waitstatus_to_exitcode(status) != 0)
        time.sleep(0.05)


def _started(file: str, mutant: Mutant, tests: tuple[str, ...], own: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        os.setpgid(0, 0)
        code = _pytest(file, mutant.tree, tests, own)
    except BaseException:  # noqa: BLE001 (a module that no longer imports is a mistake seen)
        code = KILLED
    os._exit(code)


def _pytest(file: str, tree: ast.Module, tests: tuple[str, ...], folder: Path, *base: str) -> int:
    """The narrow tests in this process, which reads this module from this tree and says nothing aloud."""
    import pytest

    os.environ["DATA_DIR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    said = os.open(folder / SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.chdir(ROOT)
    sys.meta_path.insert(0, _Finder(file, tree))
    return int(pytest.main([*tests, *QUIETLY, "--reuse-db", *base]))
