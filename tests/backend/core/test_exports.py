"""Files that leave the product: nothing in them runs, everything in them reads back."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.errors import DomainError
from backend.core.tables import exports
from backend.core.tables.exports import CSV_ENCODING, Column, Percent, Sheet, csv_text, write_csv, write_xlsx

TRIGGERS = "=+-@\t\r\n＝＋－＠"
TEXT = st.one_of(
    st.text(max_size=40),
    st.builds(lambda start, rest: start + rest, st.sampled_from(TRIGGERS), st.text(max_size=20)),
    st.sampled_from(
        ['=HYPERLINK("http://x","y")', "@SUM(1)", "+33 6", "-2+3", "＝1+1", ";=1", '"=1"', "\n=1"]
    ),
)
COLUMNS = (Column("Nom", lambda row: row[0]), Column("Note", lambda row: row[1]))


@settings(max_examples=2000)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=3))
def test_SEC_30_no_csv_cell_is_a_formula_and_each_reads_back(rows):
    parsed = list(csv.reader(io.StringIO(csv_text(COLUMNS, rows), newline=""), delimiter=";"))
    assert len(parsed) == len(rows) + 1
    for cells, row in zip(parsed[1:], rows, strict=True):
        for cell, text in zip(cells, row, strict=True):
            assert not cell.startswith(tuple(TRIGGERS))
            assert cell.removeprefix("'") == text.removeprefix("'")


@settings(max_examples=50)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=20, max_size=20))
def test_SEC_30_no_xlsx_cell_is_a_formula(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.xlsx"
        list(write_xlsx(path, [Sheet("Noms", COLUMNS, rows)]))
        sheet = openpyxl.load_workbook(path).active
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(tuple(TRIGGERS))


def test_csv_opens_in_french_spreadsheets(tmp_path):
    columns = (
        Column("Élève", lambda row: row["name"]),
        Column("Jour", lambda row: row["day"]),
        Column("Heures", lambda row: row["hours"]),
        Column("Taux", lambda row: row["rate"]),
        Column("Présent", lambda row: row["present"]),
    )
    row = {
        "name": "Solange",
        "day": date(2026, 10, 3),
        "hours": Decimal("-12.50"),
        "rate": Percent(0.2667),
        "present": True,
    }
    file = tmp_path / "f.csv"
    with file.open("w", encoding=CSV_ENCODING, newline="") as written:
        list(write_csv(written, columns, [row, dict.fromkeys(row)]))
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode(CSV_ENCODING).splitlines() == [
        '"Élève";"Jour";"Heures";"Taux";"Présent"',
        '"Solange";"03/10/2026";"-12,50";"26,67 %";"oui"',
        '"";"";"";"";""',
    ]


def test_xlsx_keeps_numbers_days_and_shares_as_such(tmp_path):
    columns = (
        Column("Heures", lambda row: row[0]),
        Column("Jour", lambda row: row[1]),
        Column("Taux", lambda row: row[2]),
    )
    path = tmp_path / "f.xlsx"
    list(
        write_xlsx(
            path,
            [Sheet("Une", columns, [(12.5, date(2026, 10, 3), Percent(0.6))]), Sheet("Deux", columns, [])],
        )
    )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Une", "Deux"]
    cells = next(iter(book["Une"].iter_rows(min_row=2)))
    assert cells[0].value == 12.5
    assert cells[1].value.date() == date(2026, 10, 3)
    assert (cells[2].value, cells[2].number_format) == (0.6, "0.0%")


def test_rows_are_taken_one_at_a_time(tmp_path):
    """A row is asked for only once the previous one is written: nothing piles up in memory."""
    asked = []

    def rows():
        for number in range(5):
            asked.append(number)
            yield ("a", number)

    with (tmp_path / "f.csv").open("w", encoding=CSV_ENCODING, newline="") as file:
        for written, _ in enumerate(write_csv(file, COLUMNS, rows()), start=1):
            assert len(asked) == written


def test_a_sheet_longer_than_the_format_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(exports, "XLSX_MAX_ROWS", 3)
    with pytest.raises(DomainError, match="Choisissez le format CSV"):
        list(write_xlsx(tmp_path / "f.xlsx", [Sheet("Trop", COLUMNS, [("a", "b")] * 4)]))
