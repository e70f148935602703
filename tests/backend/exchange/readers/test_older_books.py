"""OpenDocument and Excel 97 workbooks are read like the others: values, durations, days, errors, hidden sheets."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from backend.core.errors import DomainError
from backend.exchange import registry
from backend.exchange.formats.workbooks import LOCKED, check_workbook, sheet_rows, sheets_of
from backend.exchange.report import Report
from tests.backend.exchange.older_books import Blank, BlankRows, Failed, ods, xls

ERRORS = ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]
ROW = [
    "Élodie",
    date(1988, 5, 17),
    timedelta(hours=110, minutes=30),
    612345678,
    26.5,
    None,
    True,
    Failed("#REF!"),
]
TOLD = ["Élodie", "1988-05-17", "110.5", "612345678", "26.5", "", "oui", "#REF!"]


def read(path, sheet="salaries"):
    layout = registry.layouts()[0]
    rows = list(sheet_rows(path, sheet)(layout, Report()))
    return [
        (number, cells[: max((rank + 1 for rank, cell in enumerate(cells) if cell), default=0)])
        for number, cells in rows
    ]


@pytest.mark.parametrize("written", [ods, xls, lambda **sheets: xls(is_1904=True, **sheets)])
def test_every_kind_of_cell_becomes_the_text_of_our_csv(tmp_path, written):
    (tmp_path / "classeur").write_bytes(written(salaries=[["titre"], ROW]))
    assert read(tmp_path / "classeur") == [(1, ["titre"]), (2, TOLD)]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("written", [ods, xls])
def test_a_failed_formula_is_never_an_empty_cell(tmp_path, written, error):
    (tmp_path / "classeur").write_bytes(written(autre=[["a"]], salaries=[["nom"], [None, Failed(error)]]))
    assert read(tmp_path / "classeur")[1] == (2, ["", error])


@pytest.mark.parametrize("written", [ods, xls])
def test_a_hidden_sheet_is_known_as_hidden(tmp_path, written):
    (tmp_path / "classeur").write_bytes(written(hidden=("brouillon",), salaries=[["a"]], brouillon=[["b"]]))
    assert sheets_of(tmp_path / "classeur") == {"salaries": False, "brouillon": True}


def test_blank_rows_and_cells_told_at_once_keep_their_numbers(tmp_path):
    rows = [["nom"], BlankRows(3), [Blank(2), Failed("#N/A")], BlankRows(1_000_000)]
    (tmp_path / "classeur").write_bytes(ods(salaries=rows))
    assert read(tmp_path / "classeur") == [(1, ["nom"]), (5, ["", "", "#N/A"])]


@pytest.mark.parametrize("year", [1950, 1999, 2000, 2024, 2026])
def test_days_counted_from_1904_are_the_same_days(tmp_path, year):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.title = "salaries"
    book.active.append([date(year, 2, 28)])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx") == [(1, [f"{year}-02-28"])]


def test_a_password_is_named():
    with pytest.raises(DomainError) as refusal:
        check_workbook(io.BytesIO(xls(salaries=[["a"]]) + "EncryptedPackage".encode("utf-16-le")))
    assert refusal.value.message == LOCKED
