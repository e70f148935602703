"""The recomposition command without its frame: read a file, search, answer in JSON; never a traceback for bad input."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from employers.recomposition.documents.reading import read_territory
from employers.recomposition.documents.report import plan_document
from employers.recomposition.documents.shapes import InputError
from employers.recomposition.engine import Limits, recompose
from employers.recomposition.explain.unused import explain_unused
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import USUAL, Parameters, Plan
from employers.recomposition.proof.quiet import quiet_solver

DONE, REFUSED, MISUSED = 0, 1, 2
EXPLAINING_SHARE, LEAST_EXPLAINING = (
    0.2,
    1.0,
)  # of the time given, and seconds at least, kept for explanations
LONGEST_SECONDS = 24 * 3_600.0


def run(
    file: str,
    *,
    output: str | None = None,
    seconds: float = 20.0,
    seed: int = 1,
    iterations: int | None = None,
    usual: Parameters = USUAL,
    stdout: TextIO,
    stderr: TextIO,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Recompose the territory of a JSON file; 0 when answered, 1 when the data is refused, 2 on bad usage.

    `usual` are the parameters where the file says nothing. The answer goes to `output` or to `stdout`; progress and refusals go to `stderr`, one sentence each.
    """
    misuse = _misuse(seconds, seed, iterations)
    if misuse:
        stderr.write(misuse + "\n")
        return MISUSED
    try:
        text = Path(file).read_bytes()
    except (OSError, ValueError):
        stderr.write("Le fichier indiqué ne peut pas être lu. Vérifiez son chemin et vos droits.\n")
        return MISUSED
    try:
        territory = read_territory(_decoded(text), usual)
    except InputError as refusal:
        stderr.write(f"Fichier refusé. {refusal}\n")
        return REFUSED
    limits = Limits(seconds=seconds, iterations=iterations, seed=seed)
    with quiet_solver():
        answer = _answer(territory, limits, stderr, should_stop)
    return _write(answer, output, stdout, stderr)


@contextmanager
def stop_requests() -> Iterator[Callable[[], bool]]:
    """Whether the person asked to stop (Ctrl-C or a polite kill): the command then answers with the best plan so far."""
    asked: list[int] = []
    wanted = (signal.SIGINT, signal.SIGTERM)
    former = [signal.signal(one, lambda number, _frame: asked.append(number)) for one in wanted]
    try:
        yield lambda: bool(asked)
    finally:
        for one, handler in zip(wanted, former, strict=True):
            signal.signal(one, handler)


def _misuse(seconds: float, seed: int, iterations: int | None) -> str:
    if not 0 < seconds <= LONGEST_SECONDS:
        return (
            "La durée doit être un nombre de secondes positif, d’au plus une journée. Corrigez « --seconds »."
        )
    if seed < 0:
        return "La graine doit être un entier positif ou nul. Corrigez « --seed »."
    if iterations is not None and iterations < 1:
        return "Le nombre d’itérations doit être un entier positif. Corrigez « --iterations »."
    return ""


def _decoded(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise InputError("$", "le texte n’est pas en UTF-8", "Enregistrez le fichier en UTF-8.") from fault
    except json.JSONDecodeError as fault:
        place = f"ligne {fault.lineno}, colonne {fault.colno}"
        raise InputError(
            "$", f"ce n’est pas du JSON ({place})", "Corrigez le fichier à cet endroit."
        ) from fault
    except (RecursionError, ValueError) as fault:
        raise InputError(
            "$", "le document est trop imbriqué ou un nombre trop long", "Simplifiez le fichier."
        ) from fault


def _answer(territory: Territory, limits: Limits, stderr: TextIO, should_stop: Callable[[], bool]) -> str:
    def tell(plan: Plan) -> None:
        stderr.write(
            f"{plan.seconds:.1f} s : {len(plan.jobs)} emploi(s), valeur {plan.value}, plafond {plan.bound}.\n"
        )

    explaining = max(LEAST_EXPLAINING, EXPLAINING_SHARE * limits.seconds)
    plan = recompose(territory, limits=limits, on_progress=tell, should_stop=should_stop)
    stderr.write(f"{plan.seconds:.1f} s : explications en cours.\n")
    unused = explain_unused(
        territory,
        plan.jobs,
        seconds=explaining if limits.iterations is None else None,
        should_stop=should_stop,
    )
    return json.dumps(plan_document(territory, plan, unused), ensure_ascii=False, indent=1) + "\n"


def _write(answer: str, output: str | None, stdout: TextIO, stderr: TextIO) -> int:
    if output is None:
        stdout.write(answer)
        return DONE
    try:
        Path(output).write_text(answer, encoding="utf-8")
    except (OSError, ValueError):
        stderr.write(
            "La réponse ne peut pas être enregistrée à cet endroit. Vérifiez le chemin et vos droits.\n"
        )
        return MISUSED
    return DONE
