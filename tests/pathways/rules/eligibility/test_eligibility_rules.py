"""Who may enter, by which criteria, with which documents: the day before, the day, the day after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.values.dates import months_after
from backend.organisations.enums import SIAE_KINDS, StructureKind
from pathways.enums import Criterion, DiagnosedBy
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.eligibility.criteria import PROOFS, of_level
from pathways.rules.eligibility.findings import (
    Diagnosis,
    Eligibility,
    criteria_missing,
    diagnosis_findings,
    documents_are_due,
    entry_findings,
    kept_until,
    last_good_day,
    last_valid_day,
    missing_in_words,
    of_age,
    stale_documents,
)
from pathways.rules.kinds import ASKS_FEWER_CRITERIA

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
SECOND = [each.value for each in of_level(2)]
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


def own(*criteria: str, on: date = date(2026, 11, 2), **more) -> Diagnosis:
    return Diagnosis(DiagnosedBy.EMPLOYER, on, criteria, **more)


def theirs(on: date = date(2026, 11, 2)) -> Diagnosis:
    return Diagnosis(DiagnosedBy.PRESCRIBER, on)


def codes(last: Diagnosis | None, *, kind="ACI", start=TODAY, today=TODAY, passes=()) -> list[str]:
    said = entry_findings(
        Eligibility(last, passes), structure_kind=kind, started_on=start, today=today, book=BUILT_IN
    )
    return [each.code for each in said]


def test_every_criterion_has_its_proof():
    assert set(PROOFS) == set(Criterion)
    assert [each.value for each in of_level(1)] == ["RSA", "ASS", "AAH", "DETLD"]
    assert len(SECOND) == 14


@pytest.mark.parametrize("kind", sorted(SIAE_KINDS))
@pytest.mark.parametrize("count", range(5))
def test_r22_three_criteria_of_level_two_or_two_in_ai_and_etti(kind, count):
    needed = 2 if kind in {"AI", "ETTI"} else 3
    known = SECOND[:count]
    assert criteria_missing(known, kind, on=TODAY, book=BUILT_IN) == max(0, needed - count)
    assert codes(own(*known), kind=kind) == (["criteria_missing"] if count < needed else [])


@pytest.mark.parametrize("criterion", [each.value for each in of_level(1)])
@pytest.mark.parametrize("kind", sorted(SIAE_KINDS))
def test_r22_one_of_level_one_is_enough(criterion, kind):
    assert codes(own(criterion), kind=kind) == []


@pytest.mark.parametrize("kind", sorted(SIAE_KINDS))
def test_r22_a_prescripteur_needs_no_criterion(kind):
    assert codes(theirs(), kind=kind) == []
    assert missing_in_words(theirs(), kind, book=BUILT_IN) == ""


@pytest.mark.parametrize(
    ("criteria", "kind", "words"),
    [
        ((), "ETTI", "Il manque un critère de niveau 1, ou deux critères de niveau 2, pour une ETTI."),
        (
            ("QPV",),
            "ETTI",
            "Il manque un critère de niveau 1, ou un critère de niveau 2 de plus, pour une ETTI.",
        ),
        (
            ("QPV",),
            "ACI",
            "Il manque un critère de niveau 1, ou deux critères de niveau 2 de plus, pour un ACI.",
        ),
        (("QPV", "PI"), "ETTI", ""),
        (("RSA",), "EI", ""),
    ],
)
def test_r22_what_is_missing_is_said_for_this_structure(criteria, kind, words):
    assert missing_in_words(own(*criteria), kind, book=BUILT_IN) == words


@pytest.mark.parametrize("kind", sorted(set(StructureKind) - SIAE_KINDS))
def test_nothing_is_asked_outside_the_iae(kind):
    assert codes(None, kind=kind) == []


@pytest.mark.parametrize(("age", "found"), [(90, []), (91, []), (92, ["diagnosis_lapsed"])])
def test_the_structures_own_diagnosis_stands_ninety_two_days(age, found):
    assert codes(own("RSA", on=TODAY - age * DAY)) == found


@pytest.mark.parametrize(
    ("made", "found"),
    [(date(2026, 5, 23), []), (date(2026, 5, 22), ["diagnosis_lapsed"]), (date(2026, 5, 24), [])],
)
def test_a_prescripteurs_diagnosis_stands_six_months(made, found):
    assert codes(theirs(made)) == found


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (TODAY, TODAY, []),
        (TODAY - DAY, TODAY - DAY, ["diagnosis_lapsed"]),
        (TODAY + DAY, TODAY + DAY, ["diagnosis_lapsed"]),
    ],
)
def test_while_a_pass_runs_nothing_is_asked_again(start, end, found):
    assert codes(own(on=date(2025, 1, 6)), passes=((start, end),)) == found


@pytest.mark.parametrize("start", [TODAY - DAY, TODAY, TODAY + DAY])
def test_a_contract_already_begun_is_kept_with_a_word(start):
    said = list(
        entry_findings(
            Eligibility(own("QPV")), structure_kind="ACI", started_on=start, today=TODAY, book=BUILT_IN
        )
    )
    assert [(each.code, each.refuses) for each in said] == [("criteria_missing", start >= TODAY)]
    assert said[0].basis == "Code du travail, art. R5132-1-7 ; arrêté du 1er septembre 2021"
    assert "prescripteur" in said[0].way_out


@pytest.mark.parametrize(("start", "found"), [(TODAY, ["diagnosis_missing"]), (TODAY - DAY, [])])
def test_without_any_diagnosis_here_a_word_and_no_refusal(start, found):
    said = list(
        entry_findings(Eligibility(), structure_kind="EI", started_on=start, today=TODAY, book=BUILT_IN)
    )
    assert [each.code for each in said] == found
    assert not any(each.refuses for each in said)


def test_a_renewal_enters_nowhere():
    lapsed = Eligibility(own("RSA", on=date(2025, 1, 6)))
    asked = {
        "structure_kind": "EI", "kind": "CDDI", "started_on": TODAY, "today": TODAY, "planned_end_on": date(2027, 5, 21),
        "eligibility": lapsed,
    }  # fmt: skip
    before = (Spell(date(2026, 5, 22), TODAY - DAY, None, None, "CDDI"),)
    assert [each.code for each in contract_findings(ContractFacts(**asked), book=BUILT_IN)] == [
        "diagnosis_lapsed"
    ]
    renewed = ContractFacts(**asked, chain=before, renewed_kind="CDDI")
    assert contract_findings(renewed, book=BUILT_IN) == []


@pytest.mark.parametrize(
    ("criterion", "seen", "stale"),
    [
        ("RSA", date(2026, 8, 23), False),
        ("RSA", date(2026, 8, 22), True),
        ("RSA", date(2026, 8, 24), False),
        ("QPV", date(2026, 5, 23), False),
        ("QPV", date(2026, 5, 22), True),
        ("ASE", date(2025, 11, 23), False),
        ("ASE", date(2025, 11, 22), True),
        ("TH", date(2001, 1, 1), False),
        ("JEUNE", date(2001, 1, 1), False),
    ],
)
def test_r23_a_document_has_an_age_on_the_day_the_pass_comes(criterion, seen, stale):
    diagnosis = own(criterion, documents={criterion: seen})
    assert stale_documents(diagnosis, delivered_on=TODAY, book=BUILT_IN) == (
        [Criterion(criterion)] if stale else []
    )
    if criterion == "RSA":
        assert codes(diagnosis) == (["document_stale"] if stale else []), "said, never refused"


def test_r23_a_document_nobody_saw_is_not_stale():
    assert stale_documents(own("RSA"), delivered_on=TODAY, book=BUILT_IN) == []


@pytest.mark.parametrize(
    ("declared", "made", "today", "is_due"),
    [
        (date(2024, 11, 22), date(2024, 11, 1), date(2026, 11, 21), False),
        (date(2024, 11, 22), date(2024, 11, 1), date(2026, 11, 22), True),
        (None, date(2024, 11, 22), date(2026, 11, 21), False),
        (None, date(2024, 11, 22), date(2026, 11, 22), True),
        (date(2024, 2, 29), date(2024, 2, 29), date(2026, 2, 27), False),
        (date(2024, 2, 29), date(2024, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_r24_documents_go_twenty_four_months_after_the_declaration(declared, made, today, is_due):
    diagnosis = own("RSA", on=made, declared_on=declared)
    assert documents_are_due(diagnosis, today=today, book=BUILT_IN) is is_due


def written(new: Diagnosis, *, kind="ACI", born_on=None) -> list[str]:
    return [
        each.code
        for each in diagnosis_findings(new, structure_kind=kind, today=TODAY, book=BUILT_IN, born_on=born_on)
    ]


@pytest.mark.parametrize(
    ("new", "kind", "found"),
    [
        (own("RSA"), "ACI", []),
        (own(), "ACI", []),
        (own("RSA", on=TODAY), "ETTI", []),
        (own("RSA", on=TODAY + DAY), "ETTI", ["diagnosis_to_come"]),
        (own("RSA"), "GEIQ", ["diagnosis_elsewhere"]),
        (own("RSA", declared_on=date(2026, 11, 1)), "ACI", ["declared_another_day"]),
        (own("RSA", declared_on=date(2026, 11, 2)), "ACI", []),
        (own("RSA", declared_on=TODAY + DAY), "ACI", ["declared_another_day"]),
        (own("RSA", documents={"QPV": TODAY}), "ACI", ["document_another_day"]),
        (own("RSA", documents={"RSA": TODAY + DAY}), "ACI", ["document_another_day"]),
        (own("RSA", documents={"RSA": TODAY}), "ACI", []),
        (own("RSA", on=date(1979, 9, 9)), "ACI", ["day_too_old"]),
        (own("RSA", documents={"RSA": months_after(TODAY, -720)}), "ACI", []),
        (
            own("RSA", "QPV", documents={"RSA": months_after(TODAY, -720) - DAY, "QPV": TODAY}),
            "ACI",
            ["day_too_old"],
        ),
    ],
)
def test_a_diagnosis_is_written_as_it_was_made(new, kind, found):
    assert written(new, kind=kind) == found


@pytest.mark.parametrize(
    ("criterion", "born", "found"),
    [
        ("JEUNE", date(2000, 11, 3), []),
        ("JEUNE", date(2000, 11, 2), ["criterion_age"]),
        ("SENIOR", date(1976, 11, 2), []),
        ("SENIOR", date(1976, 11, 3), ["criterion_age"]),
        ("SENIOR", None, []),
    ],
)
def test_two_criteria_are_the_birth_dates_to_say(criterion, born, found):
    assert written(own(criterion), born_on=born) == found


@given(day=DAYS, later=st.integers(0, 400))
def test_a_diagnosis_lapses_once_for_good(day, later):
    for made in (own("RSA", on=day), theirs(day)):
        until = last_valid_day(made, book=BUILT_IN)
        on = day + later * DAY
        assert ("diagnosis_lapsed" in codes(made, start=on, today=on)) == (on > until)
    assert (last_valid_day(own(on=day), book=BUILT_IN) - day).days == 91


@given(seen=DAYS, delivered=DAYS, criterion=st.sampled_from(list(Criterion)))
def test_r23_a_newer_document_is_never_more_stale(seen, delivered, criterion):
    last = last_good_day(criterion, seen, book=BUILT_IN)
    newer = last_good_day(criterion, seen + DAY, book=BUILT_IN)
    assert (last is None) == (newer is None)
    if last is not None and newer is not None:
        assert seen <= last <= newer
        is_stale = bool(
            stale_documents(
                own(criterion, documents={criterion: seen}), delivered_on=delivered, book=BUILT_IN
            )
        )
        assert is_stale == (delivered > last)


@given(declared=DAYS, today=DAYS)
def test_r24_the_purge_opens_once_and_stays_open(declared, today):
    diagnosis = own("RSA", on=declared)
    assert documents_are_due(diagnosis, today=today, book=BUILT_IN) == (
        today > kept_until(diagnosis, book=BUILT_IN)
    )
    assert (
        kept_until(diagnosis, book=BUILT_IN)
        < months_after(declared, 24)
        <= kept_until(diagnosis, book=BUILT_IN) + 2 * DAY
    )


@given(
    criteria=st.sets(st.sampled_from(list(Criterion))),
    more=st.sampled_from(list(Criterion)),
    kind=st.sampled_from(sorted(SIAE_KINDS)),
)
def test_r22_one_more_criterion_never_takes_the_right_away(criteria, more, kind):
    before = criteria_missing(sorted(criteria), kind, on=TODAY, book=BUILT_IN)
    after = criteria_missing(sorted(criteria | {more}), kind, on=TODAY, book=BUILT_IN)
    assert after <= before
    assert (kind in ASKS_FEWER_CRITERIA) <= (before <= 2)


@given(born=st.dates(date(1940, 1, 1), date(2010, 12, 31)), on=DAYS)
def test_nobody_is_young_and_senior(born, on):
    assert len(of_age(born, on=on)) <= 1
