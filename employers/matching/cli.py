"""Ranking from files to JSON lines: what `passerelles rank` does once the referential is loaded."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

from employers.matching.candidates import Candidates
from employers.matching.errors import InputRefused
from employers.matching.guard import shown
from employers.matching.ranking import rank_candidates
from employers.matching.reading import read_profiles, read_requirements
from employers.matching.referential import Referential
from employers.matching.vocabulary import Requirement
from employers.matching.writing import RankingWriter

DONE = 0
REFUSED = 1
REQUIREMENTS_AT_ONCE = 64  # some hundred megabytes of text at most for 5,000 people
WRITERS_AT_ONCE = 2
CODES_NAMED = 10


def run(
    requirements_path: Path,
    profiles_path: Path,
    referential: Referential,
    *,
    top: int | None,
    trade_weight: float,
    with_reasons: bool,
    output: Path | None,
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """Rank every profile for every requirement; 0 when done, 1 when something is refused, told on stderr.

    Nothing is written before both files are read whole, and `output` is replaced only once complete.
    """
    try:
        check_options(top=top, trade_weight=trade_weight)
        requirements = read_requirements(requirements_path)
        candidates = Candidates.build(read_profiles(profiles_path), referential)
        _report_unknown(requirements, candidates, stderr)
        lines = _lines(
            requirements, candidates, top=top, trade_weight=trade_weight, with_reasons=with_reasons
        )
        _deliver(lines, output, stdout)
    except InputRefused as refusal:
        stderr.write(f"{refusal.message}\n")
        return REFUSED
    stderr.write(f"Besoins traités : {len(requirements)}. Profils classés : {len(candidates.ids)}.\n")
    return DONE


def check_options(*, top: int | None, trade_weight: float) -> None:
    """Refuse a number of people under 1 or a trade weight outside 0 to 1."""
    if top is not None and top < 1:
        raise InputRefused("top", "Le nombre de personnes à montrer doit être d’au moins 1.")
    if not 0 <= trade_weight <= 1:
        raise InputRefused("trade_weight", "Le poids du métier doit être compris entre 0 et 1.")


def _lines(
    requirements: Sequence[Requirement],
    candidates: Candidates,
    *,
    top: int | None,
    trade_weight: float,
    with_reasons: bool,
) -> Iterator[bytes]:
    writer = RankingWriter(candidates, with_reasons=with_reasons)
    with ThreadPoolExecutor(WRITERS_AT_ONCE) as hands:
        for start in range(0, len(requirements), REQUIREMENTS_AT_ONCE):
            some = requirements[start : start + REQUIREMENTS_AT_ONCE]
            yield from hands.map(
                writer.line, rank_candidates(some, candidates, trade_weight=trade_weight, top=top)
            )


def _report_unknown(requirements: Iterable[Requirement], candidates: Candidates, stderr: TextIO) -> None:
    """Name each required code the referential does not have; sum up those of the profiles."""
    known = candidates.referential.index
    asked = Counter(
        competence.code
        for requirement in requirements
        for competence in requirement.competences
        if competence.code not in known
    )
    for code, times in sorted(asked.items()):
        stderr.write(
            f"Code de compétence inconnu du référentiel : « {shown(code)} » ({times} fois demandé). "
            "Il compte comme une exigence que personne ne détient. Vérifiez le code ou la version du référentiel.\n"
        )
    if candidates.unknown_codes:
        named = ", ".join(shown(code) for code in sorted(candidates.unknown_codes)[:CODES_NAMED])
        others = len(candidates.unknown_codes) - CODES_NAMED
        more = f" et {others} autres" if others > 0 else ""
        stderr.write(f"Codes inconnus du référentiel dans les profils, laissés de côté : {named}{more}.\n")


def _deliver(lines: Iterator[bytes], output: Path | None, stdout: TextIO) -> None:
    try:
        if output is None:
            _to_stdout(lines, stdout)
        elif output.exists() and not output.is_file():  # a pipe or a device is written to, never replaced
            with output.open("wb") as file:
                file.writelines(lines)
        else:
            _to_file(lines, output.resolve())
    except BrokenPipeError:  # whoever was reading has seen enough
        _silence(stdout)
    except OSError:
        name = shown(output.name) if output else "la sortie"
        message = f"Le résultat ne peut pas être écrit dans {name}. Vérifiez le dossier, les droits et la place libre."
        raise InputRefused("unwritable_output", message) from None


def _to_stdout(lines: Iterator[bytes], stdout: TextIO) -> None:
    stdout.flush()
    binary = getattr(stdout, "buffer", None)
    for line in lines:
        if binary is not None:
            binary.write(line)
        else:
            stdout.write(line.decode("ascii"))
    stdout.flush()


def _to_file(lines: Iterator[bytes], output: Path) -> None:
    """Write beside the file, then take its place: a stopped run leaves the former file as it was."""
    with tempfile.NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as draft:
        try:
            draft.writelines(lines)
            draft.flush()
            Path(draft.name).chmod(_usual_mode())
            Path(draft.name).replace(output)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _silence(stdout: TextIO) -> None:
    """Keep the interpreter from complaining about the closed pipe when it flushes at the end."""
    with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stdout.fileno())
