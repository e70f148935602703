"""A bundle survives a power cut and a move to another base."""

import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.backend.exchange.bundles import write_large

ROOT = Path(__file__).resolve().parents[3]


def passerelles(data_dir: Path, *arguments: str, wait: bool = True):
    """The real command in its own process group, on its own SQLite base."""
    environment = {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": f"sqlite:///{data_dir / 'base.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "backend.settings.embedded",
    }
    data_dir.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "backend.manage", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if wait:
        process.out, process.err = process.communicate(timeout=300)
    return process


def contents(data_dir: Path) -> dict[str, list[tuple]]:
    """What the base says, primary keys aside: a stop in the middle may use some up."""
    base = sqlite3.connect(data_dir / "base.sqlite3")
    people = "SELECT external_id, last_name, first_name, birth_date FROM pathways_beneficiary"
    contracts = (
        "SELECT c.external_id, c.kind, c.started_on, c.planned_end_on, c.ended_on, c.weekly_hours, i.external_id, b.external_id, s.started_on, s.ended_on"
        " FROM pathways_contract c JOIN pathways_stay s ON s.id = c.stay_id JOIN pathways_beneficiary b ON b.id = s.beneficiary_id"
        " LEFT JOIN pathways_contract i ON i.id = c.initial_id"
    )
    hours = "SELECT c.external_id, h.month, h.hours, h.client_kind FROM pathways_monthlyhours h JOIN pathways_contract c ON c.id = h.contract_id"
    exits = "SELECT b.external_id, e.occurred_on FROM pathways_exit e JOIN pathways_stay s ON s.id = e.stay_id JOIN pathways_beneficiary b ON b.id = s.beneficiary_id"
    told = {
        query: sorted(base.execute(query).fetchall(), key=repr) for query in (people, contracts, hours, exits)
    }
    return told | {"motives": motives(data_dir)}


def motives(data_dir: Path) -> list[tuple]:
    """Sealed in the base, each differently each time: read as the way out tells them."""
    out = Path(tempfile.mkdtemp())
    assert passerelles(data_dir, "export-bundle", str(out)).returncode == 0
    with (out / "sorties.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = csv.DictReader(stream, delimiter=";")
        return sorted((line["salarie_id"], line["date_sortie"], line["motif"]) for line in lines)


@pytest.mark.chaos
def test_SEC_49_an_import_killed_at_random_moments_ends_like_an_uninterrupted_one(tmp_path):
    write_large(tmp_path / "bundle", people=400)
    whole = passerelles(tmp_path / "whole", "import-bundle", str(tmp_path / "bundle"))
    assert whole.returncode == 1, whole.err  # one line in ten is faulty: refused data, with a report
    assert "Traceback" not in whole.err
    expected = contents(tmp_path / "whole")

    drawn, cut = random.Random(11), tmp_path / "cut"
    assert passerelles(cut, "migrate", "--verbosity", "0").returncode == 0
    killed = 0
    for _ in range(4):
        process = passerelles(cut, "import-bundle", str(tmp_path / "bundle"), wait=False)
        process.stderr.readline()  # the first chunk is in
        time.sleep(drawn.uniform(0.0, 0.6))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate()
    assert killed, "no run was killed: the bundle is too small for this machine"
    last = passerelles(cut, "import-bundle", str(tmp_path / "bundle"))
    assert last.returncode == 1
    assert contents(cut) == expected
    again = passerelles(cut, "import-bundle", str(tmp_path / "bundle"))
    assert " 0 ajoutées, 0 modifiées" in again.out
    assert contents(cut) == expected


def test_export_then_import_into_an_empty_base_says_the_same(tmp_path):
    write_large(tmp_path / "bundle", people=60, fault_rate=0)
    assert passerelles(tmp_path / "first", "import-bundle", str(tmp_path / "bundle")).returncode == 0
    exported = passerelles(tmp_path / "first", "export-bundle", str(tmp_path / "out"))
    assert exported.returncode == 0, exported.err
    brought = passerelles(tmp_path / "second", "import-bundle", str(tmp_path / "out"))
    assert brought.returncode == 0, brought.out
    assert contents(tmp_path / "second") == contents(tmp_path / "first")
    period = ("--start", "2025-01-01", "--end", "2025-12-31")
    figures = [passerelles(tmp_path / base, "exit-statistics", *period).out for base in ("first", "second")]
    assert figures[0] == figures[1]
    assert '"all_exits": 60' in figures[0]


def test_a_folder_already_used_is_not_written_over(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "salaries.csv").write_text("précieux")
    refused = passerelles(tmp_path / "base", "export-bundle", str(tmp_path / "out"))
    assert refused.returncode == 1
    assert "dossier vide" in refused.err
    assert (tmp_path / "out" / "salaries.csv").read_text() == "précieux"
