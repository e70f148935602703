"""R32, R33, R34: an immersion within the limits of the law, on both sides of each boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.findings import Confidence
from backend.core.values.dates import last_day_after, months_after
from pathways.enums import ImmersionPrescriber
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.immersions import Host, ImmersionFacts, Stint, immersion_findings, review_findings

TODAY = date(2026, 11, 23)
MILL = Host("Moulin songé", "Rêveville")


def a_convention(start, end, **said):
    known = {"id": -1, "purpose": "DECOUVRIR", "objectives": "Voir", "host": MILL} | said
    return Stint(start=start, end=end, **known)


def facts(
    start,
    end,
    *,
    others=(),
    contract=(),
    planned_end=None,
    prescriber="FRANCE_TRAVAIL",
    kind="ACI",
    hours=None,
    **said,
):
    return ImmersionFacts(
        this=a_convention(start, end, **said),
        planned_end=planned_end or end,
        prescriber=prescriber,
        today=TODAY,
        structure_kind=kind,
        hours=hours,
        others=tuple(others),
        contract=tuple(contract),
    )


def codes(*args, **kwargs):
    return [each.code for each in immersion_findings(facts(*args, **kwargs), book=BUILT_IN)]


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 3, 10), date(2026, 4, 9)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 27)),
        (date(2024, 2, 29), date(2024, 3, 28)),
        (date(2026, 12, 15), date(2027, 1, 14)),
    ],
)
def test_r32_a_convention_lasts_a_month_date_to_date(start, last):
    assert codes(start, last) == []
    assert codes(start, last + timedelta(days=1)) == ["immersion_month"]


@given(start=st.dates(date(2015, 1, 1), date(2026, 12, 31)))
def test_r32_a_month_is_never_longer_than_the_calendar_s(start):
    last = last_day_after(start, 1)
    assert codes(start, last) == []
    assert "immersion_month" in codes(start, months_after(start, 1))


def test_r32_it_says_until_when_and_from_which_text():
    (found,) = immersion_findings(facts(date(2026, 3, 10), date(2026, 4, 10)), book=BUILT_IN)
    assert "9\u00a0avril\u00a02026" in found.sentence
    assert found.way_out.startswith("Choisissez une durée plus courte")
    assert (found.basis, found.confidence) == ("Code du travail, art. D5135-3", Confidence.CONFIRMED)


FIRST = a_convention(date(2026, 6, 1), date(2026, 6, 30), id=1)


def test_r32_it_is_renewed_once_by_what_follows_it():
    assert codes(date(2026, 7, 1), date(2026, 7, 30), others=[FIRST], renews=1) == []
    again = a_convention(date(2026, 7, 1), date(2026, 7, 10), id=2, renews=1)
    assert "immersion_renewed_twice" in codes(
        date(2026, 7, 13), date(2026, 7, 17), others=[FIRST, again], renews=1
    )
    assert "immersion_renewed_twice" in codes(
        date(2026, 7, 13), date(2026, 7, 17), others=[FIRST, again], renews=2
    )
    assert codes(date(2026, 6, 30), date(2026, 7, 10), others=[FIRST], renews=1) == [
        "immersion_renewal_early"
    ]


@pytest.mark.parametrize("said", [{"purpose": "RECRUTER"}, {"host": Host("Verger rêvé", "Rêveville")}])
def test_r32_a_renewal_keeps_the_host_and_the_object(said):
    assert codes(date(2026, 7, 1), date(2026, 7, 10), others=[FIRST], renews=1, **said) == [
        "immersion_renewal_differs"
    ]


def two_here():
    return [
        a_convention(date(2026, 1, 5), date(2026, 1, 9), id=1, purpose="CONFIRMER"),
        a_convention(date(2026, 5, 4), date(2026, 5, 7), id=2, purpose="RECRUTER"),
    ]


def test_r32_two_conventions_with_the_same_host_over_twelve_months():
    assert codes(date(2026, 9, 7), date(2026, 9, 11), others=two_here()[:1]) == []
    assert codes(date(2026, 9, 7), date(2026, 9, 11), others=two_here()) == ["immersion_same_host"]
    assert codes(date(2027, 1, 4), date(2027, 1, 8), others=two_here()) == ["immersion_same_host"]
    assert codes(date(2027, 1, 5), date(2027, 1, 8), others=two_here()) == []


def test_r32_a_renewal_is_no_third_convention():
    first, second = two_here()
    renewal = {"renews": 2, "purpose": "RECRUTER"}
    assert codes(date(2026, 5, 11), date(2026, 5, 15), others=[first, second], **renewal) == []


def test_r32_an_earlier_one_written_late_counts_too():
    later = [
        replace(
            each,
            start=each.start.replace(year=2026, month=each.start.month + 3),
            end=each.end.replace(month=each.end.month + 3),
        )
        for each in two_here()
    ]
    assert codes(date(2026, 1, 12), date(2026, 1, 16), others=later) == ["immersion_same_host"]


def test_r32_elsewhere_is_another_count():
    elsewhere = Host("Verger rêvé", "Rêveville")
    assert codes(date(2026, 9, 7), date(2026, 9, 11), others=two_here(), host=elsewhere) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Host("Moulin Songé", "rêveville"), MILL, True),
        (Host("Moulin songé", "Ailleurs"), MILL, False),
        (Host("A", siret="73282932000074"), Host("B", siret="73282932000074"), True),
        (Host("A", siret="73282932000074"), Host("A", siret="55210055400013"), False),
        (Host("A", siret="73282932000074"), Host("A"), True),
    ],
)
def test_r32_a_host_is_known_by_its_siret_else_by_its_name_and_town(one, other, same):
    assert one.is_same(other) is same is other.is_same(one)


def test_r32_two_conventions_have_different_objects_or_objectives():
    known = [a_convention(date(2026, 5, 4), date(2026, 5, 7), id=1, objectives="voir ")]
    assert codes(date(2026, 9, 7), date(2026, 9, 11), others=known) == ["immersion_same_purpose"]
    assert codes(date(2026, 9, 7), date(2026, 9, 11), others=known, objectives="Essayer") == []


def test_r32_sixty_days_with_the_same_host_renewals_included():
    known = [
        a_convention(date(2026, 3, 1), date(2026, 3, 31), id=1, purpose="CONFIRMER"),  # 31 days
        a_convention(date(2026, 4, 1), date(2026, 4, 15), id=2, purpose="CONFIRMER", renews=1),  # 15
    ]
    assert codes(date(2026, 6, 1), date(2026, 6, 14), others=known) == []  # 14: sixty
    (found,) = immersion_findings(facts(date(2026, 6, 1), date(2026, 6, 15), others=known), book=BUILT_IN)
    assert (found.code, found.confidence) == ("immersion_host_days", Confidence.PROBABLE)
    assert "61 jours" in found.sentence
    assert "il reste 14\u00a0jours" in found.way_out


def test_r33_a_quarter_of_the_contract_renewals_included():
    contract = [(date(2026, 1, 1), date(2026, 2, 9)), (date(2026, 2, 10), date(2026, 3, 11))]  # 70 days: 17
    assert codes(date(2026, 2, 2), date(2026, 2, 18), contract=contract) == []
    (found,) = immersion_findings(
        facts(date(2026, 2, 2), date(2026, 2, 19), contract=contract), book=BUILT_IN
    )
    assert found.code == "immersion_share"
    assert "D5132-26-3" in found.basis
    assert "il reste 17\u00a0jours" in found.way_out


def test_r33_every_immersion_of_the_contract_counts_and_no_other_day():
    contract = [(date(2026, 1, 1), date(2026, 4, 10))]  # 100 days: 25
    before = a_convention(date(2025, 12, 22), date(2026, 1, 10), id=1, host=Host("Verger rêvé"))  # 10 inside
    assert codes(date(2026, 2, 2), date(2026, 2, 16), others=[before], contract=contract) == []
    assert codes(date(2026, 2, 2), date(2026, 2, 17), others=[before], contract=contract) == [
        "immersion_share"
    ]


def test_r33_nothing_to_count_without_a_cddi():
    assert codes(date(2026, 3, 2), date(2026, 3, 31)) == []


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("ACI", []),
        ("EI", []),
        ("AI", []),
        ("ETTI", ["immersion_prescriber"]),
        ("GEIQ", ["immersion_prescriber"]),
        ("", []),
    ],
)
def test_r34_an_etti_does_not_prescribe(kind, found):
    assert (
        codes(date(2026, 3, 2), date(2026, 3, 6), kind=kind, prescriber=ImmersionPrescriber.STRUCTURE)
        == found
    )


def test_r34_its_people_go_through_somebody_who_does():
    assert codes(date(2026, 3, 2), date(2026, 3, 6), kind="ETTI") == []
    (found,) = immersion_findings(
        facts(date(2026, 3, 2), date(2026, 3, 6), kind="ETTI", prescriber="STRUCTURE"), book=BUILT_IN
    )
    assert "France Travail" in found.way_out


def test_what_cannot_be_true_is_said_alone():
    (found,) = immersion_findings(facts(date(2026, 3, 6), date(2026, 3, 2)), book=BUILT_IN)
    assert (found.code, found.is_contradiction, found.field) == ("immersion_days", True, "planned_end_on")
    (found,) = immersion_findings(
        facts(date(2026, 3, 6), date(2026, 3, 2), planned_end=date(2026, 3, 20)), book=BUILT_IN
    )
    assert found.field == "ended_on"
    assert codes(date(2026, 3, 2), date(2026, 3, 3), hours=Decimal(48)) == []
    assert codes(date(2026, 3, 2), date(2026, 3, 3), hours=Decimal("48.1")) == ["immersion_hours"]


def test_it_goes_past_its_end_by_a_renewal_only():
    assert codes(date(2026, 3, 2), date(2026, 3, 12), planned_end=date(2026, 3, 12)) == []
    assert codes(date(2026, 3, 2), date(2026, 3, 13), planned_end=date(2026, 3, 12)) == [
        "immersion_past_its_end"
    ]


def test_two_on_the_same_days_deserve_a_look():
    other = a_convention(date(2026, 3, 2), date(2026, 3, 6), id=1, host=Host("Verger rêvé"))
    (found,) = immersion_findings(facts(date(2026, 3, 6), date(2026, 3, 10), others=[other]), book=BUILT_IN)
    assert (found.code, found.refuses) == ("immersion_same_days", False)
    assert codes(date(2026, 3, 7), date(2026, 3, 10), others=[other]) == []


@pytest.mark.parametrize(
    ("day", "words", "found"),
    [
        (date(2026, 11, 2), True, []),
        (date(2026, 11, 1), True, ["immersion_review_day"]),
        (TODAY, True, []),
        (TODAY + timedelta(days=1), True, ["immersion_review_day"]),
        (TODAY, False, ["immersion_review_empty"]),
    ],
)
def test_what_is_said_of_it_is_said_once_it_has_begun(day, words, found):
    said = review_findings(reviewed_on=day, started_on=date(2026, 11, 2), today=TODAY, has_words=words)
    assert [each.code for each in said] == found
