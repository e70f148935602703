"""A value that comes from a text says since when, or that nobody read it; a rule is no surer than what it reads."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine
from backend.core.values.dates import MONTHS
from pathways.rules.dated.book import ALWAYS, Rule, RuleBook
from pathways.rules.dated.figure import DECREE_2021, LAW_2020
from pathways.rules.dated.inclusion import CDI_I_AGE
from pathways.rules.dated.rows import BUILT_IN, IAE_DAYS, ROWS
from pathways.rules.told.shown import shown_line
from tests.house.rules_page import FOR_EVER, LINES

BORN = {"CDI inclusion": LAW_2020, "PASS IAE": DECREE_2021}
"""What did not exist before a law or a decree: a figure of it that the Code fixes has a first day."""
_TEXT = re.compile(rf"\bdu (\d{{1,2}})(?:er)? ({'|'.join(MONTHS)}) (\d{{4}})")


def texts_named(basis: str) -> list[date]:
    """The days of the texts a basis names: « loi n° 2020-1577 du 14 décembre 2020 »."""
    return [date(int(year), MONTHS.index(month) + 1, int(day)) for day, month, year in _TEXT.findall(basis)]


def older_than_its_text(rows: tuple[Rule, ...]) -> list[str]:
    """Rows that would hold before the text they name, or before what they are about existed."""
    found = [row.name for row in rows if any(row.valid_from < day for day in texts_named(row.basis))]
    of_the_code = [row for row in rows if row.basis.startswith("Code du travail")]
    return found + [
        row.name
        for row in of_the_code
        for thing, day in BORN.items()
        if thing in row.label and row.valid_from < day
    ]


def surer_than_its_values(lines: list[RuleLine], book: RuleBook) -> list[str]:
    """Rules whose line says more than the least sure of the values they read."""
    return [line.code for line in lines if shown_line(line, book, FOR_EVER).confidence is not line.confidence]


def test_no_value_is_older_than_its_text():
    assert older_than_its_text(ROWS) == [], "say since when in pathways/rules/dated/, or name no text"


def test_a_value_older_than_its_text_is_seen():
    row = BUILT_IN.history(CDI_I_AGE)[0]
    named = replace(row, label="", basis="Loi du 14 décembre 2020", valid_from=date(2020, 12, 13))
    assert older_than_its_text((replace(row, valid_from=ALWAYS),)) == [CDI_I_AGE]
    assert older_than_its_text((named,)) == [CDI_I_AGE]
    assert older_than_its_text((replace(named, valid_from=date(2020, 12, 14)),)) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_only_our_own_choices_hold_since_ever(row):
    assert ("depuis toujours" in row.days_in_words) <= row.is_ours


def test_a_rule_is_no_surer_than_the_values_it_reads():
    assert surer_than_its_values(LINES, BUILT_IN) == [], (
        "the value decides: write its confidence on the line, or confirm the value in pathways/rules/dated/"
    )


def test_a_rule_surer_than_a_value_is_seen_and_shown_as_the_value():
    rows = [replace(row, confidence=Confidence.UNSETTLED) if row.name == IAE_DAYS else row for row in ROWS]
    book = RuleBook(tuple(rows))
    assert surer_than_its_values(LINES, book) == ["R14"]
    line = next(each for each in LINES if each.code == "R14")
    assert shown_line(line, book, FOR_EVER).confidence is Confidence.UNSETTLED
