"""Bounds of a PASS, of eligibility, of immersions and of the year's employees: R14 to R24, R31 to R33."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from backend.core.values.dates import days_after, months_after
from pathways.enums import DiagnosedBy as By
from pathways.enums import ProlongationMotive
from pathways.enums import SuspensionMotive as S
from pathways.rules.dated import eligibility as criteria
from pathways.rules.dated import immersions as pmsmp
from pathways.rules.dated import prolongations as longer
from pathways.rules.dated import rows
from pathways.rules.dated.book import RuleBook
from pathways.rules.eligibility.criteria import of_level
from pathways.rules.eligibility.findings import (
    Diagnosis,
    Eligibility,
    documents_are_due,
    entry_findings,
    stale_documents,
)
from pathways.rules.fte import is_counted_employee
from pathways.rules.immersions import Host, ImmersionFacts, Stint, immersion_findings
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension
from pathways.rules.passes.length import pass_end, pass_findings
from pathways.rules.passes.prolongations import prolongation_findings
from pathways.rules.passes.suspensions import closing_findings, suspension_findings
from tests.pathways.rules.boundaries.standing import (
    QUARTER,
    SOME_DAYS,
    START,
    TODAY,
    Bound,
    Judge,
    last,
    refused,
)

HOST = Host("Moulin songé", "Rêveville")


def _pass_length(value: int, step: int, book: RuleBook) -> bool:
    """Whether a day of the PASS, the value-th one and those around it, is still inside it."""
    return days_after(START, value - 1 + step) <= pass_end(START, book=book)


def _pass_months(value: int, step: int, book: RuleBook) -> bool:
    start = date(2022, 3, 10)
    return last(value, step, start) <= pass_end(start, book=book)


IAE = PassFacts(date(2024, 6, 1), date(2027, 12, 31))


def _suspension(motive: S, start: date, end: date, book: RuleBook, code: str) -> bool:
    found = suspension_findings(
        Suspension(start, end, motive), IAE, structure_kind="ACI", today=TODAY, book=book
    )
    return not refused(found, code)


def _suspension_most(value: int, step: int, book: RuleBook) -> bool:
    return _suspension(S.CONTRACT_BROKEN, START, last(value, step), book, "suspension_too_long")


def _suspension_least(value: int, step: int, book: RuleBook) -> bool:
    end = days_after(START, value - 1 + step)
    return _suspension(S.CONTRACT_SUSPENDED, START, end, book, "suspension_too_short")


def _suspension_ahead(_value: object, step: int, book: RuleBook) -> bool:
    start = days_after(TODAY, step)
    return _suspension(S.CONTRACT_BROKEN, start, start + SOME_DAYS, book, "suspension_to_come")


def _suspension_pushes(_value: object, step: int, book: RuleBook) -> bool:
    """The end of a PASS moves by the days of its suspension less one: not by one day more."""
    bare = PassFacts(START, pass_end(START, book=book))
    moved = bare.moved(suspensions=[Suspension(date(2026, 2, 1), date(2026, 2, 28), S.CONTRACT_BROKEN)])
    return days_after(bare.end, 27 + step) <= moved.computed_end(book=book)


def _closing(value: int, step: int, book: RuleBook) -> bool:
    began = days_after(months_after(TODAY, -value), -step)
    iae = replace(IAE, suspensions=(Suspension(began, TODAY + SOME_DAYS, S.CONTRACT_BROKEN),))
    found = closing_findings(iae, on=TODAY, note="Vu avec elle", today=TODAY, book=book)
    return not refused(found, "closing_too_soon")


def _waiting(value: int, step: int, book: RuleBook) -> bool:
    """The last day of the waiting is the day of the month it began after: a new PASS waits one more."""
    over = date(2024, 6, 10)
    start = days_after(months_after(over, value), 1 + step)
    found = pass_findings(
        starts_on=start, ends_on=start + SOME_DAYS, others=[(date(2022, 6, 11), over)], book=book
    )
    return not refused(found, "pass_waiting")


def _prolonged(
    book: RuleBook,
    *codes: str,
    days: int,
    motive: ProlongationMotive,
    on: date = TODAY,
    done: int = 0,
    born_on: date | None = None,
) -> bool:
    end = date(2027, 2, 28)
    before = Prolongation(end - timedelta(days=done), end, ProlongationMotive.TRAINING, TODAY)
    iae = PassFacts(date(2025, 3, 1), end, prolongations=(before,) if done else ())
    new = Prolongation(end, days_after(end, days), motive, on)
    found = prolongation_findings(new, iae, structure_kind="ACI", book=book, born_on=born_on)
    return not refused(found, *codes)


def _each(motive: ProlongationMotive) -> Judge:
    return lambda value, step, book: _prolonged(
        book, "prolongation_too_long", days=value + step, motive=motive
    )


def _total(motive: ProlongationMotive) -> Judge:
    return lambda value, step, book: _prolonged(
        book, "prolongation_total", days=100, done=value - 100 + step, motive=motive
    )


def _prolonged_age(motive: ProlongationMotive) -> Judge:
    def judge(value: int, step: int, book: RuleBook) -> bool:
        born = days_after(months_after(days_after(date(2027, 2, 28), 100), -12 * value), -step)
        return _prolonged(book, "prolongation_age", days=100, motive=motive, born_on=born)

    return judge


def _asked(sign: int) -> Judge:
    """So many months before the end (`sign` −1) or after it; a step is always one day further from the end."""

    def judge(value: int, step: int, book: RuleBook) -> bool:
        on = days_after(months_after(date(2027, 2, 28), sign * value), sign * step)
        return _prolonged(
            book, "prolongation_outside_window", days=100, motive=ProlongationMotive.RQTH, on=on
        )

    return judge


SECOND = tuple(each.value for each in of_level(2))


def _entry(last: Diagnosis, kind: str, book: RuleBook, code: str) -> bool:
    found = entry_findings(Eligibility(last), structure_kind=kind, started_on=TODAY, today=TODAY, book=book)
    return not refused(found, code)


def _second_level(kind: str) -> Judge:
    return lambda value, step, book: _entry(
        Diagnosis(By.EMPLOYER, TODAY, SECOND[: value + step]), kind, book, "criteria_missing"
    )


def _own_diagnosis(value: int, step: int, book: RuleBook) -> bool:
    made = days_after(TODAY, -(value - 1 + step))
    return _entry(Diagnosis(By.EMPLOYER, made, ("RSA",)), "ACI", book, "diagnosis_lapsed")


def _their_diagnosis(value: int, step: int, book: RuleBook) -> bool:
    made = days_after(months_after(days_after(TODAY, 1), -value), -step)
    return _entry(Diagnosis(By.PRESCRIBER, made), "ACI", book, "diagnosis_lapsed")


def _document(criterion: str) -> Judge:
    def judge(value: int, step: int, book: RuleBook) -> bool:
        seen = days_after(months_after(days_after(TODAY, 1), -value), -step)
        diagnosis = Diagnosis(By.EMPLOYER, TODAY, (criterion,), {criterion: seen})
        return not stale_documents(diagnosis, delivered_on=TODAY, book=book)

    return judge


def _kept(value: int, step: int, book: RuleBook) -> bool:
    made = days_after(months_after(days_after(TODAY, 1), -value), -step)
    return not documents_are_due(Diagnosis(By.EMPLOYER, made), today=TODAY, book=book)


def _stint(number: int, start: date, days: int, **said: Any) -> Stint:
    known = {"purpose": "DECOUVRIR", "objectives": f"Voir {number}", "host": HOST}
    return Stint(number, start, days_after(start, days - 1), **known | said)


def _immersed(book: RuleBook, code: str, this: Stint, **said: Any) -> bool:
    facts = ImmersionFacts(this, this.end, "FRANCE_TRAVAIL", TODAY, "ACI", **said)
    return not refused(immersion_findings(facts, book=book), code)


def _immersion_month(value: int, step: int, book: RuleBook) -> bool:
    this = Stint(0, START, last(value, step), "DECOUVRIR", "Voir", HOST)
    return _immersed(book, "immersion_month", this)


def _immersion_renewals(value: int, step: int, book: RuleBook) -> bool:
    """The value-th renewal of one convention."""
    first = _stint(1, date(2025, 1, 6), 5)
    before = [
        _stint(10 + rank, START - timedelta(days=90 - rank), 1, renews=1) for rank in range(value - 1 + step)
    ]
    return _immersed(book, "immersion_renewed_twice", _stint(0, START, 5, renews=1), others=(first, *before))


def _same_host(value: int, step: int, book: RuleBook) -> bool:
    others = tuple(_stint(rank, START - timedelta(days=10 * rank), 1) for rank in range(1, value + step))
    return _immersed(book, "immersion_same_host", _stint(0, START, 1), others=others)


def _same_host_months(value: int, step: int, book: RuleBook) -> bool:
    """As many others as are let, begun so long ago: out of the period from its anniversary on."""
    most = book.whole(pmsmp.IMMERSION_SAME_HOST, on=START)
    began = days_after(months_after(START, -value), -step)
    others = tuple(_stint(rank, began, 1) for rank in range(1, most + 1))
    return _immersed(book, "immersion_same_host", _stint(0, START, 1), others=others)


def _same_host_days(value: int, step: int, book: RuleBook) -> bool:
    others = (_stint(1, START - timedelta(days=100), value - 10 + step),)
    return _immersed(book, "immersion_host_days", _stint(0, START, 10), others=others)


def _immersion_share(value: int, step: int, book: RuleBook) -> bool:
    contract = ((START, days_after(START, 99)),)
    return _immersed(book, "immersion_share", _stint(0, START, value + step), contract=contract)


def _no_hour(_value: object, step: int, _book: RuleBook) -> bool:
    return not is_counted_employee(max(Decimal(0), step * QUARTER))


P = ProlongationMotive
BOUNDS: tuple[Bound, ...] = (
    Bound("R14", rows.IAE_DAYS, _pass_length),
    Bound("R14", rows.IAE_MONTHS, _pass_months),
    Bound("R15", rows.SUSPENSION_MONTHS, _suspension_most),
    Bound("R15", None, _suspension_ahead, words="le jour même"),
    Bound("R16", None, _suspension_pushes, words="jours de la suspension, moins un"),
    Bound("R17", rows.SUSPENSION_LEAST, _suspension_least, is_most=False),
    Bound("R18", rows.CLOSING_MONTHS, _closing, is_most=False),
    Bound("R19", rows.IAE_WAITING, _waiting, is_most=False),
    Bound("R20", longer.EACH_DAYS, _each(P.RQTH)),
    Bound("R20", longer.CDI_DAYS, _each(P.SENIOR_CDI)),
    Bound("R20", longer.TOTAL_DAYS, _total(P.RQTH)),
    Bound("R20", longer.SENIOR_DAYS, _total(P.SENIOR)),
    Bound("R20", longer.SENIOR_AGE, _prolonged_age(P.SENIOR), is_most=False),
    Bound("R20", longer.CDI_AGE, _prolonged_age(P.SENIOR_CDI), is_most=False),
    Bound("R21", rows.PROLONG_BEFORE, _asked(-1)),
    Bound("R21", rows.PROLONG_AFTER, _asked(1)),
    Bound("R22", criteria.LEVEL_2_MOST, _second_level("ACI"), is_most=False),
    Bound("R22", criteria.LEVEL_2_FEW, _second_level("AI"), is_most=False),
    Bound("R22", criteria.BY_EMPLOYER, _own_diagnosis),
    Bound("R22", criteria.BY_PRESCRIBER, _their_diagnosis),
    Bound("R23", criteria.RECENT, _document("RSA")),
    Bound("R23", criteria.OF_HALF_A_YEAR, _document("QPV")),
    Bound("R23", criteria.OF_A_YEAR, _document("ASE")),
    Bound("R24", criteria.DOCUMENTS_KEPT, _kept),
    Bound("R31", None, _no_hour, words="aucune heure"),
    Bound("R32", pmsmp.IMMERSION_MONTHS, _immersion_month),
    Bound("R32", pmsmp.IMMERSION_RENEWALS, _immersion_renewals),
    Bound("R32", pmsmp.IMMERSION_SAME_HOST, _same_host),
    Bound("R32", pmsmp.IMMERSION_SAME_HOST_MONTHS, _same_host_months, is_most=False),
    Bound("R32", pmsmp.IMMERSION_SAME_HOST_DAYS, _same_host_days),
    Bound("R33", pmsmp.IMMERSION_SHARE, _immersion_share),
)
