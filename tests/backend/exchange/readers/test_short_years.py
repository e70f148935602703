"""A year on two figures is read by one rule, and said: a birth never ahead nor a child's, a day not too far ahead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.core.values.written_days import has_short_year
from backend.exchange import values
from backend.exchange.reading import read_lines
from backend.exchange.registry import layouts
from backend.exchange.report import Report
from backend.exchange.values import BadValue

pytestmark = pytest.mark.time_machine("2026-11-27T10:00:00+01:00")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12/03/85", "1985-03-12"), ("1/1/99", "1999-01-01"), ("31-12-60", "1960-12-31"), ("02.02.08", "2008-02-02"),
        ("12/03/10", "2010-03-12"), ("5/6/00", "2000-06-05"), ("3 mars 75", "1975-03-03"), ("1er janv. 90", "1990-01-01"),
        ("28/11/26", "1926-11-28"), ("12/03/1985", "1985-03-12"), ("01/01/47", "1947-01-01"),
    ],
)  # fmt: skip
def test_a_birth(cell, day):
    assert values.birth_date(cell) == date.fromisoformat(day)


@pytest.mark.parametrize("cell", ["12/12/10", "01/01/11", "15/08/24", "12/03/25", "31/02/85"])
def test_a_birth_nobody_may_have_is_refused(cell):
    with pytest.raises(BadValue):
        values.birth_date(cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/01/26", "2026-01-05"), ("31/12/27", "2027-12-31"), ("1/9/19", "2019-09-01"), ("30-06-46", "2046-06-30"),
        ("30-06-47", "1947-06-30"), ("2.2.99", "1999-02-02"), ("5 janvier 26", "2026-01-05"), ("05/01/2026", "2026-01-05"),
        ("01/02/03", "2003-02-01"), ("29/02/24", "2024-02-29"),
    ],
)  # fmt: skip
def test_any_other_day(cell, day):
    assert values.day(cell) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "cell",
    ["janv. 26", "janvier 26", "01/26", "1/26", "01-26", "1.26", "janv 26", "2026-01", "05/01/26", "01/2026"],
)
def test_a_month(cell):
    assert values.month(cell) == date(2026, 1, 1)


@pytest.mark.parametrize(
    "cell", ["12/03/1985", "1985-03-12", "3 mars 1985", "", "85", "2026-01", "01/2026", "12/03/5"]
)
def test_four_figures_are_no_repair(cell):
    assert not has_short_year(cell)


def test_how_it_was_read_is_said():
    layout = next(each for each in layouts() if each.name == "salaries.csv")
    rows = [(1, ["id", "nom", "prenom", "date_naissance"]), (2, ["1", "Fictive", "Solange", "12/03/85"]), (3, ["2", "Inventé", "Karim", "12/03/1985"])]  # fmt: skip
    report = Report()
    lines = read_lines(lambda layout, report: iter(rows), layout, report, absent=[])
    assert [line["date_naissance"] for line in lines] == [date(1985, 3, 12)] * 2
    assert [(said.line, said.column, said.problem) for said in report.notices] == [
        (2, "date_naissance", "année écrite sur deux chiffres : lue 12/03/1985")
    ]


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("110:30", "110.5"), ("110:30:00", "110.5"), ("110h30", "110.5"), ("110 h 30", "110.5"), ("110 H", "110"), ("0:45", "0.75"),
        ("7:20", "7.33"), ("110,5", "110.5"), ("110.5", "110.5"), ("1:00", "1"), ("151:40", "151.67"),
    ],
)  # fmt: skip
def test_a_duration(cell, hours):
    assert values.hours(0, 400)(cell) == Decimal(hours)


@pytest.mark.parametrize(
    "cell",
    ["110:60", "110:5", ":30", "h", "4 days, 14:30", "500:00", "-3:00", "1:2:3:4", "10 heures", "1O:30"],
)
def test_no_duration(cell):
    with pytest.raises(BadValue):
        values.hours(0, 400)(cell)
