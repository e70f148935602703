"""What a spreadsheet could not compute, or rounded, is refused by name in every column of every file."""

from __future__ import annotations

import itertools

import pytest

from backend.exchange import registry
from backend.exchange.cells import ID, escaped, literal
from backend.exchange.formats.workbooks import sheet_rows
from backend.exchange.reading import csv_rows, read_lines
from backend.exchange.report import Report
from backend.exchange.values import BadValue
from tests.backend.exchange.import_jobs import brought
from tests.backend.exchange.sheets import workbook
from tests.backend.exchange.whole import FULL

ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"]
IN_CSV = [*ERRORS, "#VALEUR!", "#NOM?", "#N/D", "Err:502", "#####", "#CALC!"]
FILES = pytest.mark.parametrize("layout", registry.layouts(), ids=lambda layout: layout.name)


def spoiled(layout, errors):
    """One line per column, this column in error."""
    titles, line = list(FULL[layout.name][0]), FULL[layout.name][0]
    shown = itertools.cycle(errors)
    return [titles, *([line[title] if title != bad else next(shown) for title in titles] for bad in titles)]


def refused(source, layout):
    report = Report()
    assert read_lines(source, layout, report, absent=[]) == []
    return [(fault.line, fault.column, fault.problem) for fault in report.faults]


@FILES
@pytest.mark.parametrize("errors", [ERRORS, ["=1/0"]], ids=["kept", "never calculated"])
def test_an_error_of_a_sheet_is_refused_in_every_column(layout, errors, tmp_path):
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(workbook(**{layout.title: spoiled(layout, errors)}).read())
    titles = list(FULL[layout.name][0])
    expected = [(number, title, "erreur du tableur") for number, title in enumerate(titles, start=2)]
    assert refused(sheet_rows(path, layout.title), layout) == expected


@FILES
@pytest.mark.parametrize("error", IN_CSV)
def test_an_error_in_a_csv_is_refused_in_every_column(layout, error, tmp_path):
    path = tmp_path / layout.name
    rows = spoiled(layout, [error])
    path.write_text(
        "\n".join(
            ";".join(cell.replace("\n", " ").replace(";", ",").replace('"', "") for cell in row)
            for row in rows
        )
    )
    expected = [(number, title, "erreur du tableur") for number, title in enumerate(rows[0], start=2)]
    assert refused(csv_rows(path), layout) == expected


def test_a_row_that_holds_errors_only_is_a_row(tmp_path):
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(workbook(salaries=[["id", "nom", "prenom"], [], ["#N/A", None, "#REF!"]]).read())
    report = Report()
    layout = next(each for each in registry.layouts() if each.name == "salaries.csv")
    read_lines(sheet_rows(path, "salaries"), layout, report, absent=[])
    assert {(fault.line, fault.column) for fault in report.faults} == {(3, "id"), (3, "nom"), (3, "prenom")}


@pytest.mark.parametrize("cell", ["1,23457E+18", "1.85057E+14", "1.23456789012346E+18", "1e+20"])
def test_an_id_rounded_by_the_spreadsheet_is_refused(cell):
    with pytest.raises(BadValue, match="scientifique"):
        ID(cell)


@pytest.mark.parametrize("cell", ["12E3", "E+12", "123456789012345", "1E5", "2A+10", "00012"])
def test_an_id_that_only_looks_a_little_like_it_is_kept(cell):
    assert ID(cell) == cell


@pytest.mark.django_db
@pytest.mark.usefixtures("import_dir", "sent")
def test_two_people_of_one_rounded_id_are_both_refused_with_their_contracts(manager):
    people = [["id", "nom", "prenom"], [1234567890123456789, "F", "S"], [1234567890123456788, "I", "K"]]
    contracts = [
        ["id", "salarie_id", "type", "date_debut"],
        ["c1", 1234567890123456789, "CDI", "2026-01-05"],
        ["c2", 1234567890123456788, "CDI", "2026-01-05"],
    ]
    job = brought(manager, workbook(salaries=people, contrats=contracts))
    assert {name: counts["refused"] for name, counts in job.counts.items()} == {
        "salaries.csv": 2,
        "contrats.csv": 2,
    }


@pytest.mark.parametrize("text", ["EFFACER", "#N/A", "'EFFACER", "''#REF!", "Err:502"])
def test_a_text_that_would_read_otherwise_is_written_behind_an_apostrophe(text):
    assert escaped(text) == f"'{text}"
    assert literal(escaped(text)) == text


@pytest.mark.parametrize("text", ["'quoi", "effacer", "", "'", "L'EFFACER", "N/A"])
def test_any_other_text_is_written_as_it_is(text):
    assert escaped(text) == text
    assert literal(text) is None
