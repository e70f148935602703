"""A workbook is read in a process of its own: what would break the reader never reaches the service."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from backend.core.errors import DomainError
from backend.exchange.formats import workbook_reader, workbooks
from backend.exchange.reading import Unreadable
from backend.exchange.registry import layouts
from backend.exchange.report import Report
from tests.backend.exchange.sheets import workbook

SHEET = "xl/worksheets/sheet1.xml"
_INSTANT = datetime(2026, 2, 1, 14, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
BEGINS = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
FIRST_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def saved(tmp_path, content):
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(content)
    return path


def forged(sheet_xml):
    """A workbook whose only sheet was written by hand."""
    written = io.BytesIO()
    with zipfile.ZipFile(workbook(salaries=[["id"]])) as honest, zipfile.ZipFile(written, "w") as packed:
        for name in honest.namelist():
            packed.writestr(name, sheet_xml if name == SHEET else honest.read(name))
    return written.getvalue()


def rows_of(path, name="salaries"):
    """The rows without the empty columns that follow them: a sheet has them, titled or not."""
    return [
        (number, _without_the_end(cells))
        for number, cells in workbooks.sheet_rows(path, name)(layouts()[0], Report())
    ]


def _without_the_end(cells):
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def test_rows_keep_the_number_people_see_wherever_the_table_begins(tmp_path):
    book = workbook(salaries=[[], [], [None, "nom"], [], [None, None, 12]])
    assert rows_of(saved(tmp_path, book.read())) == [(3, ["nom"]), (5, ["", "12"])]


def test_cells_of_every_kind_become_the_text_of_our_csv(tmp_path):
    cells = [True, 35, 26.5, date(2026, 2, 1), _INSTANT, time(9, 30), "  Été  ", "#N/A", "fin"]
    (row,) = rows_of(saved(tmp_path, workbook(salaries=[cells]).read()))
    assert row == (1, ["oui", "35", "26.5", "2026-02-01", "2026-02-01", "09:30:00", "Été", "#N/A", "fin"])


def test_hours_kept_as_a_duration_are_hours(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "heures"
    for rank, value in enumerate((timedelta(hours=110, minutes=30), timedelta(hours=7, minutes=45)), start=1):
        cell = book.active.cell(1, rank, value)
        cell.number_format = "[h]:mm"
    book.save(tmp_path / "classeur.xlsx")
    assert rows_of(tmp_path / "classeur.xlsx", "heures") == [(1, ["110.5", "7.75"])]


def test_a_number_the_spreadsheet_rounded_is_told_as_it_keeps_it(tmp_path):
    cells = [123456789012345, 1234567890123456, 1234567890123456789]
    (row,) = rows_of(saved(tmp_path, workbook(salaries=[cells]).read()))
    assert row == (1, ["123456789012345", "1.23456789012346E+15", "1.23456789012346E+18"])


def test_only_sheets_with_cells_are_named(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(salaries=[["id"]], contrats=[["id"]]).read()))
    book.create_chartsheet("Courbe")
    book.save(tmp_path / "classeur.xlsx")
    assert list(workbooks.sheets_of(tmp_path / "classeur.xlsx")) == ["salaries", "contrats"]


def test_columns_far_from_the_table_are_left_aside(tmp_path):
    wide = [*range(workbook_reader.MAX_COLUMNS), "trop loin"]
    ((_, texts),) = rows_of(saved(tmp_path, workbook(salaries=[wide]).read()))
    assert len(texts) == workbook_reader.MAX_COLUMNS


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing_to_the_service(tmp_path):
    """SEC-27."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = saved(tmp_path, forged(f"{BEGINS}<sheetData>{FIRST_ROW}{far}</sheetData></worksheet>"))
    assert path.stat().st_size < 20_000
    with pytest.raises(Unreadable) as refusal:
        rows_of(path)
    assert refusal.value.problem == "la feuille est trop étendue pour être ouverte"


@pytest.mark.parametrize(
    "body",
    [
        '<sheetData><row r="1"><c r="A1"><v>1',
        '<sheetData><row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData></worksheet>',
        '<sheetData><row r="x"><c r="!!"><v>1</v></c></row></sheetData></worksheet>',
    ],
)
def test_a_damaged_sheet_is_refused_in_words(tmp_path, body):
    with pytest.raises(Unreadable) as refusal:
        rows_of(saved(tmp_path, forged(f"{BEGINS}{body}")))
    assert refusal.value.problem == "la feuille est abîmée"


def test_a_size_that_the_file_lies_about_is_not_believed(tmp_path):
    lie = f'{BEGINS}<dimension ref="A1:XFD1048576"/><sheetData>{FIRST_ROW}</sheetData></worksheet>'
    assert rows_of(saved(tmp_path, forged(lie))) == [(1, ["1"])]


def test_a_reader_stopped_half_way_leaves_no_process(tmp_path, monkeypatch):
    started = []
    opening = workbooks.subprocess.Popen

    def noted(*args, **options):
        started.append(opening(*args, **options))
        return started[-1]

    monkeypatch.setattr(workbooks.subprocess, "Popen", noted)
    book = workbook(salaries=[[number, "x" * 200] for number in range(2_000)])
    rows = workbooks.sheet_rows(saved(tmp_path, book.read()), "salaries")(layouts()[0], Report())
    assert next(rows)[0] == 1
    rows.close()
    assert started[0].returncode is not None


def test_a_reader_that_dies_says_the_workbook_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks.sys, "executable", "/bin/false")
    with pytest.raises(DomainError) as refusal:
        workbooks.sheets_of(saved(tmp_path, workbook(salaries=[["id"]]).read()))
    assert refusal.value.code == "workbook_too_large"
