"""The rule book: a value by its day, a structure's own decision, and rows typed here checked the same way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from backend.core.errors import DomainError
from pathways.enums import ContractKind
from pathways.rules.dated.book import ALWAYS, contract_name
from pathways.rules.dated.reading import read_row, rule_book
from pathways.rules.dated.rows import BUILT_IN, CDDI_CEILING, HOURS_480_LIFTED, NAMES, ROWS

DAY = date(2026, 1, 1)


@dataclass
class Typed:
    """A row as the database keeps it."""

    key: str = CDDI_CEILING
    value: str = "30"
    valid_from: date = DAY
    valid_to: date | None = None
    basis: str = "Loi inventée"
    confidence: str = "confirmed"
    organisation_id: int | None = None


@pytest.mark.parametrize(("day", "months"), [(-1, 24), (0, 30), (30, 30), (31, 24)])
def test_a_row_holds_from_its_first_to_its_last_day(day, months):
    book = rule_book([Typed(valid_to=DAY + timedelta(days=30))])
    assert book.whole(CDDI_CEILING, on=DAY + timedelta(days=day)) == months


def test_the_newest_row_wins_and_the_order_does_not_matter():
    rows = [Typed(value="30"), Typed(value="36", valid_from=date(2026, 6, 1))]
    for order in (rows, rows[::-1]):
        assert rule_book(order).whole(CDDI_CEILING, on=date(2026, 6, 1)) == 36


def test_a_decision_of_one_structure_concerns_it_alone():
    decision = Typed(key=HOURS_480_LIFTED, value="oui", organisation_id=7, valid_to=date(2026, 12, 31))
    book = rule_book([decision])
    days = [(date(2025, 12, 31), "non"), (DAY, "oui"), (date(2026, 12, 31), "oui"), (date(2027, 1, 1), "non")]
    assert [book.value(HOURS_480_LIFTED, on=day, organisation_id=7) for day, _ in days] == [
        word for _, word in days
    ]
    assert book.value(HOURS_480_LIFTED, on=DAY, organisation_id=8) == "non"


@pytest.mark.parametrize(
    ("kind", "last", "structure"),
    [(ContractKind.PASSERELLE, date(2025, 12, 31), "ACI"), (ContractKind.EITI, date(2026, 12, 31), "EITI")],
)
def test_an_experiment_ends_on_its_last_day(kind, last, structure):
    assert structure in BUILT_IN.contract_signers(kind, on=last)
    assert BUILT_IN.contract_signers(kind, on=last + timedelta(days=1)) == frozenset()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"value": "deux ans"}, "un nombre est attendu"),
        ({"value": "24,5"}, "un nombre entier est attendu"),
        ({"value": "nan"}, "seuil positif"),
        ({"key": "cddi_ceiling"}, "connues : min_days_aci_ei"),
        ({"key": "category:99", "value": "durable"}, "un code de motif"),
        ({"key": "category:13", "value": "peut-être"}, "une des catégories"),
        ({"key": contract_name("CDDI"), "value": "ACI, ESAT"}, "inconnus : ESAT"),
        ({"valid_to": DAY - timedelta(days=1)}, "avant de commencer"),
        ({"organisation_id": 7}, "pour toutes les structures"),
        ({"key": HOURS_480_LIFTED, "value": "oui"}, "une structure est attendue"),
        ({"key": HOURS_480_LIFTED, "value": "oui", "organisation_id": 7}, "une dernière date"),
        (
            {"key": HOURS_480_LIFTED, "value": "oui", "organisation_id": 7, "valid_to": date(2029, 1, 1)},
            "3 ans au plus tard",
        ),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_and_says_why(typed, words):
    with pytest.raises(DomainError, match=words):
        read_row(Typed(**typed))


def test_three_years_less_a_day_is_the_longest_decision():
    row = Typed(key=HOURS_480_LIFTED, value="oui", organisation_id=7, valid_to=date(2028, 12, 31))
    assert read_row(row).valid_to == date(2028, 12, 31)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_of_the_product_says_its_text_and_can_be_typed_again(row):
    assert row.basis
    assert row.label == NAMES[row.name].label
    if row.value is None:
        typed = "unsettled"
    elif isinstance(row.value, frozenset):
        typed = ",".join(row.value)
    else:
        typed = str(row.value)
    if not NAMES[row.name].is_local:
        assert read_row(Typed(key=row.name, value=typed)).value == row.value


def test_every_name_has_a_row():
    assert set(NAMES) == set(BUILT_IN.names)


def test_every_value_used_in_a_period_is_told():
    book = rule_book([Typed(valid_from=date(2026, 7, 1))])
    used = book.used([CDDI_CEILING], date(2026, 1, 1), date(2026, 12, 31))
    assert [(row.value, row.valid_from) for row in used] == [(24, ALWAYS), (30, date(2026, 7, 1))]
    assert [row.value for row in book.used([CDDI_CEILING], date(2026, 7, 1), date(2026, 12, 31))] == [30]
