"""What a file or a sheet says of itself: its separator, its hidden sheets, its orders, its longest values."""

from __future__ import annotations

import io

import openpyxl
import pytest

from backend.exchange import registry, values
from backend.exchange.layout import EMPTIED
from backend.exchange.reading import _value, csv_rows, read_lines
from backend.exchange.report import Report, in_words
from backend.exchange.sources import sent_sources
from backend.exchange.values import BadValue
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, workbook


@pytest.mark.parametrize("mark", ["|", "~"])
def test_a_separator_nobody_reads_is_named(tmp_path, mark):
    (tmp_path / "salaries.csv").write_text(
        mark.join(["id", "nom", "prenom"]) + "\n" + mark.join(["p1", "F", "S"]) + "\n"
    )
    layout = next(each for each in registry.layouts() if each.name == "salaries.csv")
    report = Report()
    assert read_lines(csv_rows(tmp_path / "salaries.csv"), layout, report, absent=[]) == []
    assert [fault.problem for fault in report.faults] == [f"les colonnes sont séparées par « {mark} »"]


def test_a_hidden_sheet_is_read_and_named(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(salaries=PEOPLE, contrats=CONTRACTS).read()))
    book["contrats"].sheet_state = "hidden"
    book.save(tmp_path / "classeur.xlsx")
    report = Report()
    assert set(sent_sources(tmp_path, report)) == {"salaries.csv", "contrats.csv"}
    assert [(n.file, n.problem) for n in report.notices] == [
        ("contrats.csv", "la feuille « contrats » est masquée, et elle a été lue")
    ]


def test_the_order_to_empty_is_heard_in_small_letters_where_it_can_be_nothing_else():
    layout = next(each for each in registry.layouts() if each.name == "salaries.csv")
    assert _value(layout.column("telephone"), "effacer") is EMPTIED
    assert _value(layout.column("nom"), "effacer") == "effacer"
    with pytest.raises(BadValue):
        _value(layout.column("id"), "EFFACER")


def test_an_address_is_no_longer_than_its_field():
    with pytest.raises(BadValue):
        values.email("a" * 60 + "@" + ".".join(["b" * 60] * 3) + "." + "c" * 10 + ".fr")


def test_what_was_answered_is_shown_as_it_was_written():
    assert [in_words(value) for value in (True, False, None, ["A", "B"], 12)] == [
        "oui",
        "non",
        "",
        "A,B",
        "12",
    ]


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("00/00/1985", "Laissez vide si le jour n’est pas connu."),
        ("1985-00-12", "Laissez vide si le jour n’est pas connu."),
        ("31/02/1985", "Vérifiez le jour et le mois."),
    ],
)
def test_a_day_nobody_knows_is_told_from_a_slip(typed, advice):
    with pytest.raises(BadValue) as refusal:
        values.day(typed)
    assert (refusal.value.problem, refusal.value.what_to_do) == ("cette date n’existe pas", advice)
