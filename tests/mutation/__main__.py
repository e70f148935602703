"""`python -m tests.mutation [file…]`: measures the critical modules, or those named, and writes the record.

`python -m tests.mutation page` measures nothing: it says again which modules changed since they were measured.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.mutation.critical import CRITICAL, LEAST
from tests.mutation.mutants import mutants
from tests.mutation.playing import ROOT, baseline, play, warm_up
from tests.mutation.record import Line, print_of, read, write


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(wanted: list[str]) -> int:
    """One line of the record each; ends red when a score is under the least."""
    if wanted == ["page"]:
        write(read())
        return 0
    warm_up()
    lines = read()
    for each in CRITICAL:
        if wanted and each.file not in wanted:
            continue
        source, started = (ROOT / each.file).read_text(encoding="utf-8"), time.monotonic()
        every = list(mutants(source))
        if unknown := set(each.same) - {mutant.name for mutant in every}:
            sys.exit(f"{each.file} : ces erreurs sans effet n’existent plus, retirez-les : {sorted(unknown)}")
        found = [mutant for mutant in every if mutant.name not in each.same]
        base = Path(tempfile.mkdtemp(prefix="mutation-"))
        seconds, run, not_run = baseline(each.file, each.tests, base)
        lived = []
        for played in play(each.file, found, each.tests, base, seconds):
            if not played.is_seen:
                lived.append(played.mutant.name)
                say(f"  non vue, ligne {played.mutant.line} : {played.mutant.name}")
        shutil.rmtree(base, ignore_errors=True)
        lines[each.file] = line = Line(
            file=each.file,
            day=datetime.now(UTC).date().isoformat(),
            version=print_of(each.file),
            mutants=len(found),
            seen=len(found) - len(lived),
            same=len(each.same),
            lines=len(run | not_run),
            lines_run=len(run),
            lived=tuple(sorted(lived)),
        )
        write(lines)
        say(
            f"{each.file} : {line.seen} vues sur {line.mutants}, {line.score} %, {time.monotonic() - started:.0f} s"
        )
    return int(any(line.score < LEAST for line in lines.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
