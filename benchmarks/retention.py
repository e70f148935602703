"""How long the rule of retention takes on a whole base, killed on the way, and what is left of those it erased.

    python benchmarks/retention.py [--people 20000] [--kills 3]

The base is that of `pages.py`, copied; everybody is given a name and an address that nobody else has. Whoever nobody met
for two years is warned, then, thirty days later, erased by processes killed without a word after some batches, each
begun again as the clock would, while another process keeps the base open, as the web does. Printed: seconds of each step,
seconds of processor of the longest batch (nobody writes meanwhile, on SQLite), and how many of the erased are still named in
a file of the service: base, write-ahead log, exports, logs. Limits: ten minutes of processor in all, two seconds a batch,
nobody named.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history, pages  # noqa: E402

WARNED_ON = date.today()  # noqa: DTZ011 (a benchmark lives where it runs)
ERASED_ON = WARNED_ON + timedelta(days=31)
BATCHES_BEFORE_A_KILL = 7
MINUTES, SECONDS_A_BATCH = 10, 2
_NAMED = re.compile(rb"zq(\d{7})x", re.IGNORECASE)


def main() -> None:
    """Warn, erase with kills, look for names; print the figures, keep a line, fail beyond a limit."""
    options = arguments()
    if options.part:
        PARTS[options.part]()
        return
    base = copied(*pages.base_of(options.people, ""))
    environment = {**os.environ, **pages.environment_of(base.parent, f"sqlite:///{base}")}
    _, prepared = played("prepare", environment)
    before = named_in(base.parent)
    with closing(sqlite3.connect(base)) as open_elsewhere:
        (people,) = open_elsewhere.execute("SELECT COUNT(*) FROM pathways_beneficiary").fetchone()
        warning, warned = played("warn", environment)
        erasing, processor, erased, longest = 0.0, 0.0, 0, 0.0
        for turn in range(options.kills + 1):
            stop = BATCHES_BEFORE_A_KILL if turn < options.kills else 0
            seconds, lines = played("erase", environment, kill_after=stop)
            erasing += seconds
            erased += max((line["erased"] for line in lines), default=0)
            processor += sum(line["processor_s"] for line in lines)
            longest = max([longest, *(line["processor_s"] for line in lines)])
        kept = {row[0] for row in open_elsewhere.execute("SELECT id FROM pathways_beneficiary")}
        still_named = named_in(base.parent) - kept
    _, looked = played("look", environment)
    broken, whole = looked[-1]["links_to_nobody"], looked[-1]["integrity"]
    figures = {
        "people": people,
        "named_before": len(before),
        "files_prepared": prepared[-1]["files"],
        "warned": warned[-1]["noticed"],
        "warning_s": round(warning, 1),
        "erased": erased,
        "gone": people - len(kept),
        "kills": options.kills,
        "erasing_s": round(erasing, 1),
        "erasing_processor_s": round(processor, 1),
        "longest_batch_processor_s": round(longest, 2),
        "erased_still_named": len(still_named),
        "links_to_nobody": broken,
        "integrity": whole,
        "limit": f"{MINUTES} min and {SECONDS_A_BATCH} s a batch of processor, 0 named",
    }
    history.append("retention", figures)
    assert (still_named, broken, whole) == (set(), 0, "ok")
    assert figures["gone"] == erased
    assert processor < 60 * MINUTES
    assert longest < SECONDS_A_BATCH


def copied(folder: Path, address: str) -> Path:
    """The same base with its secrets, in a folder of its own."""
    mine = folder.parent / f"retention-{folder.name}"
    shutil.rmtree(mine, ignore_errors=True)
    mine.mkdir()
    for each in (*folder.glob("*.secret"), folder / "base.sqlite3"):
        shutil.copy(each, mine)
    return mine / "base.sqlite3"


def named_in(folder: Path) -> set[int]:
    """The numbers of the people that any file of this folder still names, workbooks opened."""
    found: set[int] = set()
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                said = b"".join(parts.read(name) for name in parts.namelist())
        else:
            said = path.read_bytes()
        found |= {int(number) for number in _NAMED.findall(said)}
    return found


def played(
    part: str, environment: dict[str, str], *, kill_after: int = 0
) -> tuple[float, list[dict[str, Any]]]:
    """The seconds of one process, and the lines it printed; killed without a word after so many, when asked."""
    begun = time.perf_counter()
    log = Path(environment["DATA_DIR"]) / "service.log"
    with log.open("a") as said:
        process = subprocess.Popen(
            [sys.executable, __file__, "--part", part],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=said, text=True,
        )  # fmt: skip
        lines = []
        for line in process.stdout or ():
            lines.append(json.loads(line))
            if kill_after and len(lines) == kill_after:
                process.send_signal(signal.SIGKILL)
        assert process.wait() == 0 or kill_after, f"see {log}"
    return time.perf_counter() - begun, lines


def tell(**said: object) -> None:
    """One line for who started this process."""
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()


def prepare() -> None:
    """Names that nobody else has, wherever a name is kept of everybody; exports made before, which name some."""
    import django

    django.setup()
    from django.conf import settings
    from django.db.models import CharField, F, Value
    from django.db.models.functions import Cast, Concat, LPad

    from backend.core.actor import Actor, Role
    from backend.organisations.models import Membership
    from backend.organisations.seats import actor_again
    from pathways.models import Beneficiary
    from reports import services

    mark = Concat(Value("Zq"), LPad(Cast(F("pk"), CharField()), 7, Value("0")), Value("x"))
    Beneficiary.objects.update(
        last_name=mark, email=Concat(mark, Value("@example.org"), output_field=CharField())
    )
    Beneficiary.objects.update(search_name=Concat(F("last_name"), Value(" prenom")))
    for seat in Membership.objects.filter(role=Role.MANAGER, ended_at=None):
        actor: Actor | None = actor_again(seat.user, seat.seat_key)
        if actor is None:
            continue
        year = {"start": f"{WARNED_ON.year - 3}-01-01", "end": f"{WARNED_ON.year - 3}-12-31"}
        for format in ("csv", "xlsx"):
            job = services.request_export(actor=actor, kind="exits", format=format, parameters=year)
            services.prepare_export(job_id=str(job.pk))
    tell(files=len(list(Path(settings.EXPORT_DIR).iterdir())))


def warn() -> None:
    """As on one night."""
    tell(noticed=_applied(WARNED_ON).noticed)


def erase() -> None:
    """As thirty-one nights later; one line a batch, then what the whole run did."""
    import django

    django.setup()
    last = time.process_time()

    def each(words: str) -> None:
        nonlocal last
        now = time.process_time()
        if "effacées" in words:
            tell(erased=int(words.split()[0]), processor_s=now - last)
        last = now

    _applied(ERASED_ON, each)


def look() -> None:
    """What the base says of itself."""
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        broken = len(cursor.fetchall())
        cursor.execute("PRAGMA integrity_check")
        tell(links_to_nobody=broken, integrity=cursor.fetchone()[0])


def _applied(day: date, each: Any = lambda words: None) -> Any:
    import django

    django.setup()
    import time_machine

    from backend.core.actor import Actor
    from pathways.services.privacy.retention import apply_retention

    with time_machine.travel(f"{day}T04:10:00+01:00"):
        return apply_retention(actor=Actor.operator(), tell=each)


PARTS = {"prepare": prepare, "warn": warn, "erase": erase, "look": look}


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=20_000)
    asked.add_argument("--kills", type=int, default=3)
    asked.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    return asked.parse_args()


if __name__ == "__main__":
    main()
