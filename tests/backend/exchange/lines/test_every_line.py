"""Lines of the file = added + changed + unchanged + refused, whatever the lines say; the check says what the import does."""

from __future__ import annotations

import random
import tempfile
from itertools import compress
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.core.actor import Actor
from backend.exchange import registry
from backend.exchange.exporting import export_bundle
from backend.exchange.report import Report
from backend.exchange.services import import_bundle
from tests.backend.exchange.whole import FULL, Lines, prepare, read_file, write_bundle

pytestmark = pytest.mark.django_db
IDS = {"id", "salarie_id", "structure_id", "groupe_id", "contrat_id", "contrat_initial_id"}
DAYS = ["2024-02-01", "2024-02-03", "2024-07-31", "2025-01-31", "2025-06-30", "2023-01-01", "31/02/2024", ""]
POOLS = {
    "date_debut": DAYS, "date_fin": DAYS, "date_fin_prevue": DAYS, "date_sortie": DAYS, "date_entree": DAYS, "date": DAYS,
    "mois": ["2024-02", "2024-03", "03/2024", "août"], "heures": ["80", "75,5", "399", "0", "-1", "beaucoup"],
    "client_type": ["", "PUBLIC", "PARTICULIER", "VOISIN"], "motif": ["9", "10", "3", "77"],
    "numero": ["999990000001", "999990000002", "12"], "niveau": ["1", "4", "9"], "statut": ["", "OBSERVEE", "CERTIFIEE"],
    "observateur": ["", "Paul Prétendu"], "synthese": ["", "RAS", 'Un "mot"'], "code": ["104253", "1"],
}  # fmt: skip


def drawn_lines(name: str, drawn: random.Random, count: int) -> list[dict[str, str]]:
    """Lines made of a few ids, days and values, good or bad, so that they meet."""

    def cell(title: str, usual: str) -> str:
        if title in IDS:
            return drawn.choice([usual, usual, usual[:1] + "1", usual[:1] + "2", "inconnu", "EFFACER"])
        if drawn.random() < 0.1:
            return drawn.choice(["EFFACER", "", "#"])
        return drawn.choice(POOLS.get(title, [usual]))

    return [{title: cell(title, usual) for title, usual in FULL[name][0].items()} for _ in range(count)]


@settings(
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**6))
def test_every_line_has_one_outcome_and_a_check_says_the_same(seed):
    drawn = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        prepare()
        first = write_bundle(Path(folder) / "first", FULL)
        import_bundle(actor=Actor.operator(), folder=first)
        lines = {name: drawn_lines(name, drawn, drawn.randint(0, 8)) or FULL[name] for name in FULL}
        bundle = write_bundle(Path(folder) / "second", lines)
        checked = import_bundle(actor=Actor.operator(), folder=bundle, is_dry_run=True)
        done = import_bundle(actor=Actor.operator(), folder=bundle)
        assert checked.counts() == done.counts()
        assert (checked.faults, checked.notices) == (done.faults, done.notices)
        for name, counts in done.counts().items():
            read = counts.pop("read")
            assert read == sum(counts.values()) == len(lines[name]), (seed, name, counts)
        again = import_bundle(actor=Actor.operator(), folder=bundle)
        for name, counts in again.counts().items():
            assert (counts["added"], counts["changed"]) == (0, 0), (seed, name, counts)
        transaction.set_rollback(True)


def without_refused(lines: Lines, report: Report) -> Lines:
    """The same files once the refused lines are taken away; of a file refused whole, only its titles stay."""
    kept: Lines = {}
    for name, rows in lines.items():
        tally = report.tallies[name]
        stands = (number not in tally.refused for number in range(2, len(rows) + 2))
        kept[name] = [] if tally.is_refused_whole else list(compress(rows, stands))
    return kept


def everything_held(folder: Path) -> dict[str, list[dict[str, str]]]:
    """What each table of the bundle holds, as the way out tells it.

    A row no file named leaves under a number of the base, which is not the same from one import to the next.
    """
    export_bundle(actor=Actor.operator(), folder=folder)
    return {
        path.name: sorted(map(_without_own_number, read_file(path)), key=repr)
        for path in folder.glob("*.csv")
    }


def _without_own_number(row: dict[str, str]) -> dict[str, str]:
    return {name: "" if name == "id" and cell.isdigit() else cell for name, cell in row.items()}


@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**6))
def test_a_refused_line_changes_no_row_of_any_table(seed):
    """What is left after an import is what the good lines alone would have left."""
    drawn, held = random.Random(seed), {}
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        prepare()
        import_bundle(actor=Actor.operator(), folder=write_bundle(Path(folder) / "first", FULL))
        lines = {name: drawn_lines(name, drawn, drawn.randint(0, 5)) or FULL[name] for name in FULL}
        for who in ("all", "good"):
            undo = transaction.savepoint()
            report = import_bundle(actor=Actor.operator(), folder=write_bundle(Path(folder) / who, lines))
            held[who] = everything_held(Path(folder) / f"held-{who}")
            transaction.savepoint_rollback(undo)
            lines = without_refused(lines, report)
        assert held["all"] == held["good"], seed
        transaction.set_rollback(True)


def test_every_file_has_lines_here():
    assert {layout.name for layout in registry.layouts()} == set(FULL)
