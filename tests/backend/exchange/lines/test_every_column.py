"""What holds for every column of every file: it comes in, stays, is corrected, emptied, and goes out again."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from backend.core.actor import Actor
from backend.exchange import registry
from backend.exchange.exporting import export_bundle
from backend.exchange.layout import EMPTYING
from backend.exchange.services import import_bundle
from pathways.models import PrivateNote
from tests.backend.exchange.whole import FULL, empty_base, first_row, prepare, read_file, write_bundle

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()
FILES = sorted(FULL)


def bring(folder, lines):
    return import_bundle(actor=OPERATOR, folder=write_bundle(folder, lines))


@pytest.fixture
def whole(tmp_path):
    """The base after everything came in once."""
    prepare()
    report = bring(tmp_path / "first", FULL)
    assert report.faults == []
    return tmp_path


def layout_of(name):
    return next(layout for layout in registry.layouts() if layout.name == name)


def kept_columns(name):
    """Columns whose value lives on a row."""
    return [column for column in layout_of(name).columns if column.field]


def holder(row, column):
    return getattr(row, column.part) if column.part else row


def another(column, row):
    """A value that differs from what a field holds."""
    value = getattr(holder(row, column), column.leaf)
    match value:
        case bool():
            return not value
        case int():
            return None if column.refers_to else value + 1 if value != 4 else 2
        case Decimal():
            return value / 2
        case datetime() | date():
            return value + timedelta(days=1)
        case list():
            return ["QPV"] if column.name == "criteres" else ["SANTE"]
        case dict():
            return {"RSA": "2024-01-16"}
        case None:
            return None
    choices = [
        key for key, _ in holder(row, column)._meta.get_field(column.leaf).choices or () if key != value
    ]
    return choices[0] if choices else value[::-1]


def change_here(name):
    """Change every value on our side; what each column then writes."""
    row, changed = first_row(name), {}
    for column in kept_columns(name):
        if column.name == "date_sortie":
            continue  # moves with its stay: see the tests of exits
        held = holder(row, column)
        value = another(column, row)
        type(held)._base_manager.filter(pk=held.pk).update(**{column.leaf: value})
        changed[column.name] = value
    row = first_row(name)
    return {each.name: each.written(row) for each in kept_columns(name) if each.name in changed}


def values_here(name, names):
    row = first_row(name)
    return {column.name: column.written(row) for column in kept_columns(name) if column.name in names}


def with_first_line(name, change):
    line = change(dict(FULL[name][0]))
    return {**FULL, name: [line, *FULL[name][1:]]}


def test_every_column_of_every_file_is_filled_in_these_tests():
    assert {name: list(FULL[name][0]) for name in FULL} == {
        layout.name: [column.name for column in layout.columns if column.name in FULL[layout.name][0]]
        for layout in registry.layouts()
    }, "the cells of tests/backend/exchange/whole.py stand in the order of the columns"
    assert {layout.name: {column.name for column in layout.columns} for layout in registry.layouts()} == {
        name: set(lines[0]) for name, lines in FULL.items()
    }, "a value for each column in tests/backend/exchange/whole.py"
    empty = {
        (name, column)
        for name, lines in FULL.items()
        for column in lines[0]
        if not any(line.get(column) for line in lines)
    }
    assert empty == set(), "one line of it, at least, says something"


def test_what_came_in_goes_out_and_comes_in_the_same(whole):
    export_bundle(actor=OPERATOR, folder=whole / "out")
    for name, lines in FULL.items():
        wanted = dict(lines[0])
        assert wanted in read_file(whole / "out" / name), name
    empty_base()
    back = import_bundle(actor=OPERATOR, folder=whole / "out")
    assert back.faults == []
    export_bundle(actor=OPERATOR, folder=whole / "again")
    for name in FULL:
        assert (whole / "again" / name).read_text() == (whole / "out" / name).read_text(), name


def test_what_hangs_from_an_interview_leaves_with_its_id(whole):
    interview = first_row("entretiens.csv")
    PrivateNote.objects.create(interview=interview, author=interview.author, text="À relire")
    export_bundle(actor=OPERATOR, folder=whole / "out")
    [note] = read_file(whole / "out" / "autres" / "pathways_privatenote.csv")
    assert (note["interview_id"], note["text"]) == ("e1", "À relire")
    [other] = read_file(whole / "out" / "autres" / "pathways_interview.csv")
    assert (other["id"], other["beneficiary_id"]) == ("e1", "p1")


def test_the_same_bundle_again_is_unchanged_line_by_line(whole):
    again = bring(whole / "again", FULL)
    assert {
        (name, tally.read == tally.unchanged, tally.changed) for name, tally in again.tallies.items()
    } == {(name, True, 0) for name in FULL}
    assert [notice for notice in again.notices if "lues ensemble" not in notice.problem] == []


UNSAID = {("formations.csv", "raison_arret")}
"""Cells the whole line leaves empty: a training whose certificate was given did not stop before its end."""


@pytest.mark.parametrize("name", FILES)
def test_what_was_changed_here_is_kept_and_said(whole, name):
    here = change_here(name)
    compulsory = {*layout_of(name).compulsory, "id", *layout_of(name).key}
    absent = with_first_line(name, lambda line: {k: v for k, v in line.items() if k in compulsory})
    absent[name] = absent[name][:1]
    empty = with_first_line(name, lambda line: {k: v if k in compulsory else "" for k, v in line.items()})
    for step, lines in enumerate((absent, empty, FULL)):
        report = bring(whole / f"again{step}", lines)
        assert values_here(name, here) == here, lines[name]
        refused = [fault for fault in report.faults if fault.file == name]
        assert report.tallies[name].unchanged + len(refused) == report.tallies[name].read
    said = {notice.column for notice in report.notices if notice.file == name and "gardée" in notice.problem}
    # The chain is looked at once its line stands: see below.
    late = {column.name for column in kept_columns(name) if column.is_late and refused}
    unsaid = {title for title in here if (name, title) in UNSAID}
    assert said >= set(here) - {"date"} - late - unsaid


def test_a_chain_untied_here_is_kept_and_said(whole):
    row = first_row("contrats.csv")
    type(row).objects.filter(pk=row.pk).update(initial=None)
    report = bring(whole / "again", FULL)
    assert report.faults == []
    assert first_row("contrats.csv").initial_id is None
    kept = [notice.column for notice in report.notices if "gardée" in notice.problem]
    assert kept == ["contrat_initial_id"]


def moved(name, column):
    """The first line, every day of it but those of `column` one day earlier, and without that column."""
    line = {title: cell for title, cell in FULL[name][0].items() if title != column}
    for title, cell in line.items():
        if title.startswith("date") and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            line[title] = (date.fromisoformat(cell) - timedelta(days=1)).isoformat()
    return {**FULL, name: [line, *FULL[name][1:]]}


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (layout.name, column.name)
        for layout in registry.layouts()
        for column in layout.columns
        if not column.is_compulsory and column.name not in layout.key and column.field
    ],
)
def test_an_absent_column_changes_nothing_known(whole, name, column):
    """Even where the rest of the line moves: what a column would say stays what it was."""
    before = values_here(name, [column])
    bring(whole / "again", moved(name, column))
    assert values_here(name, [column]) == before


@pytest.mark.parametrize("given", [{}, {"date_fin": ""}])
def test_a_prolonged_pass_stays_prolonged(whole, given):
    line = FULL["pass.csv"][0]
    bring(whole / "prolonged", {**FULL, "pass.csv": [line | {"date_fin": "2027-06-30"}]})
    moved_line = {k: v for k, v in line.items() if k != "date_fin"} | {"date_debut": "2024-01-31"} | given
    report = bring(whole / "moved", {**FULL, "pass.csv": [moved_line]})
    iae = first_row("pass.csv")
    assert (iae.starts_on, iae.ends_on) == (date(2024, 1, 31), date(2027, 6, 30))
    assert "date_fin" in [notice.column for notice in report.notices if notice.file == "pass.csv"]


TIED = {
    ("avenants.csv", "date_debut"),
    ("formations.csv", "date_debut"),
    ("formations.csv", "date_fin"),
    ("contrats.csv", "date_fin"),
    ("immersions.csv", "date_debut"),
    ("immersions.csv", "date_fin"),
}
"""Days that others of the line hold in place: moved alone, they would contradict it."""


@pytest.mark.parametrize("name", FILES)
def test_a_value_corrected_by_the_file_is_corrected(whole, name):
    """Nobody touched the row here: what the sender corrects is taken."""
    corrections = {
        "nom": "Nom Corrigé", "prenom": "Solène", "type": {"structures.csv": "EI"},
        "telephone": "0384000002", "brsa": "non", "etp_conventionnes": "13", "date_debut": "2024-08-02",
        "heures": "90", "date_fin": "2026-02-15", "employeur": "Autre Employeur", "synthese": "Corrigée",
        "duree": "30", "sujets": "DROITS", "niveau": "4", "contexte": "Atelier", "motif": {"sorties.csv": "10"},
        "contrat_duree_mois": "5", "heures_hebdo": "20", "financement": "CPF",
        "precisions": "Jury décalé", "heures_semaine": "8", "jusqu_au": "2025-01-31", "date_declaration": "2024-01-30",
        "devenir": "PAYES", "service": "Autre service",
    }  # fmt: skip

    def corrected(line):
        for title in line:
            value = corrections.get(title)
            value = value.get(name) if isinstance(value, dict) else value
            if value and (name, title) not in TIED:
                line[title] = value
        return line

    lines = with_first_line(name, corrected)
    report = bring(whole / "again", lines)
    assert report.faults == []
    assert report.tallies[name].changed >= bool(kept_columns(name))
    export_bundle(actor=OPERATOR, folder=whole / "out")
    assert lines[name][0] in read_file(whole / "out" / name)


@pytest.mark.parametrize("name", FILES)
def test_the_word_that_empties_does_so_once_and_only_where_it_may(whole, name):
    layout = layout_of(name)
    free = [column for column in kept_columns(name) if not column.is_compulsory]
    emptied = with_first_line(name, lambda line: line | {column.name: EMPTYING for column in free})
    assert bring(whole / "emptied", emptied).faults == []
    row = first_row(name)
    for column in free:
        held = holder(row, column)
        kept = held._meta.get_field(column.leaf)
        if name == "pass.csv" and column.name == "date_fin":
            assert column.written(row) == date(
                2026, 1, 31
            )  # the rule of its first day gives it back: 24 calendar months
        else:
            empty = kept.db_default if kept.has_db_default() else kept.get_default()
            assert column.written(row) == (None if kept.null else empty), column.name
    for column in layout.columns:
        if column.is_compulsory:
            lines = with_first_line(name, lambda line, column=column: line | {column.name: EMPTYING})
            report = bring(whole / f"refused-{column.name}", lines)
            assert (name, 2, column.name) in [(f.file, f.line, f.column) for f in report.faults]


def test_an_order_to_empty_given_again_does_not_undo_what_was_filled_since(whole):
    lines = with_first_line("salaries.csv", lambda line: line | {"telephone": EMPTYING})
    bring(whole / "emptied", lines)
    row = first_row("salaries.csv")
    assert row.phone == ""
    type(row).objects.filter(pk=row.pk).update(phone="06 00 00 00 00")
    bring(whole / "emptied", lines)
    assert first_row("salaries.csv").phone == "06 00 00 00 00"


def test_a_row_that_changes_raises_its_version(whole):
    before = first_row("salaries.csv")
    bring(whole / "again", with_first_line("salaries.csv", lambda line: line | {"telephone": "0384000009"}))
    after = first_row("salaries.csv")
    assert (after.version, after.entry_profile.version) == (before.version + 1, before.entry_profile.version)
