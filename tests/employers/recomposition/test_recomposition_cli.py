"""The command answers sound files in JSON and refuses faulty ones by a path: 0, 1 or 2, never a traceback."""

from __future__ import annotations

import ctypes
import io
import json
import os
import random
import signal
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from employers.recomposition.cli import run, stop_requests
from employers.recomposition.documents.writing import territory_document
from employers.recomposition.facts.territory import Territory
from employers.recomposition.invented.generator import invent_territory
from employers.recomposition.proof.quiet import quiet_solver

JOB_KEYS = [
    "id", "employers", "tasks", "hours", "heavy_share", "skill_share", "families", "people", "value", "robust", "why", "contracts",
]  # fmt: skip


def called(path: Path | str, **options: Any) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = run(str(path), stdout=out, stderr=err, **{"iterations": 1, **options})
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[object], Path]:
    def write(content: object) -> Path:
        path = tmp_path / "territoire.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def test_the_answer_has_the_promised_shape(
    file: Callable[[object], Path], canteen: Callable[..., Territory]
) -> None:
    code, out, err = called(file(territory_document(canteen())))
    answer = json.loads(out)
    assert code == 0
    assert list(answer) == ["status", "value", "bound", "seconds", "seed", "jobs", "unused"]
    assert (answer["status"], answer["value"], answer["bound"], answer["seed"]) == ("optimal", 2652, 2652, 1)
    (job,) = answer["jobs"]
    assert list(job) == JOB_KEYS
    assert job["hours"] == [22.0] * 4
    assert job["contracts"]["CDDI"] is True
    assert "emploi(s)" in err


def test_unused_hours_carry_a_reason_and_a_fix(file: Callable[[object], Path], brioche: Territory) -> None:
    _, out, _ = called(file(territory_document(brioche)))
    (unused,) = json.loads(out)["unused"]
    assert list(unused) == ["task", "hours", "reason", "nearest_fix"]
    assert (unused["task"], unused["hours"]) == ("cartons", [8.0] * 4)


def test_the_same_call_answers_the_same_plan(file: Callable[[object], Path]) -> None:
    path = file(territory_document(invent_territory(employers=4, seed=5, tasks=16)))
    first, second = (json.loads(called(path, iterations=3)[1]) for _ in range(2))
    for answer in (first, second):
        answer.pop("seconds")
    assert json.dumps(first) == json.dumps(second)


def test_the_answer_can_be_saved(file: Callable[[object], Path], brioche: Territory, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    code, out, _ = called(file(territory_document(brioche)), output=str(target))
    assert (code, out) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["status"] == "optimal"


def test_an_answer_that_cannot_be_saved_is_a_bad_usage(
    file: Callable[[object], Path], brioche: Territory, tmp_path: Path
) -> None:
    code, _, err = called(file(territory_document(brioche)), output=str(tmp_path / "absent" / "plan.json"))
    assert code == 2
    assert "enregistrée" in err


@pytest.mark.parametrize(
    "options", [{"seconds": 0}, {"seconds": float("nan")}, {"seed": -1}, {"iterations": 0}]
)
def test_bad_usage_is_said(file: Callable[[object], Path], options: dict[str, Any]) -> None:
    code, out, err = called(file({}), **options)
    assert (code, out) == (2, "")
    assert err.endswith("».\n")


def test_an_absent_file_is_a_bad_usage(tmp_path: Path) -> None:
    code, _, err = called(tmp_path / "absent.json")
    assert code == 2
    assert str(tmp_path) not in err


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"null", b"1" * 5_000])
def test_a_file_that_is_no_territory_is_refused(file: Callable[[object], Path], content: bytes) -> None:
    code, out, err = called(file(content))
    assert (code, out) == (1, "")
    assert err.startswith("Fichier refusé. $ : ")


def test_a_byte_order_mark_is_accepted(file: Callable[[object], Path], brioche: Territory) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(territory_document(brioche)).encode()
    assert called(file(content))[0] == 0


HOSTILE_VALUES = [
    None, True, -1, 0, 0.25, 1e308, float("nan"), float("inf"), "", " ", "x" * 600, "\ud800", [], {}, [[]], 10**30, "e999", "t1", [None],
]  # fmt: skip


def spoil(document: dict[str, Any], rng: random.Random) -> None:
    """Change, remove, repeat or empty something somewhere in the document."""
    place: Any = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = rng.choice(keys)
        inside = place[key]
        if isinstance(inside, dict | list) and inside and rng.random() < 0.8:
            place = inside
            continue
        kind = rng.random()
        if kind < 0.2 and isinstance(place, list):
            place.append(deepcopy(inside))
        elif kind < 0.4:
            del place[key]
        else:
            place[key] = rng.choice(HOSTILE_VALUES)
        return


@pytest.mark.parametrize("batch", range(8))
def test_hostile_files_get_a_path_or_an_answer(file: Callable[[object], Path], batch: int) -> None:
    rng = random.Random(batch)
    sound = territory_document(invent_territory(employers=2, seed=batch, tasks=2, people=2))
    codes = set()
    for _ in range(250):
        document = deepcopy(sound)
        for _ in range(rng.randint(1, 3)):
            spoil(document, rng)
        code, out, err = called(file(document))
        codes.add(code)
        if code == 0:
            assert json.loads(out)["status"] in {"optimal", "feasible", "none"}
        else:
            assert (code, out) == (1, "")
            assert err.startswith("Fichier refusé. ")
    assert codes == {0, 1}


def test_ten_thousand_tasks_get_an_answer(file: Callable[[object], Path]) -> None:
    territory = invent_territory(employers=40, seed=1, tasks=10_000, people=60)
    code, out, _ = called(file(territory_document(territory)), iterations=None, seconds=3.0)
    answer = json.loads(out)
    assert code == 0
    assert answer["jobs"]
    assert answer["value"] <= answer["bound"]


def test_lines_printed_by_the_solver_do_not_reach_the_answer(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_solver():
        os.write(1, b"HighsMipSolverData::...\n")
        ctypes.CDLL(None).puts(b"still in a buffer")
    os.write(1, b"{}\n")
    assert capfd.readouterr().out == "{}\n"


def test_a_stop_request_is_heard_and_former_handlers_come_back() -> None:
    former = signal.getsignal(signal.SIGINT)
    with stop_requests() as asked:
        assert not asked()
        signal.raise_signal(signal.SIGINT)
        assert asked()
    assert signal.getsignal(signal.SIGINT) is former
