"""Bounds of contracts, derogations, hours with companies and dismissals: R01 to R13, R41."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from backend.core.findings import Finding
from backend.core.values.dates import days_after, months_after
from employers.rules.dismissals import dismissal_findings
from pathways.enums import ClientKind, Decider, DerogationMotive, OtherEmployer
from pathways.rules.contracts.facts import ContractFacts, Posts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.hours_480 import HoursLine, Level480, count_480, hours_480_findings
from pathways.rules.dated import inclusion, rows
from pathways.rules.dated.book import RuleBook
from pathways.rules.derogations import Derogation, derogation_findings
from tests.pathways.rules.boundaries.standing import OLD, QUARTER, START, TODAY, Bound, Judge, last, refused


def _contract(book: RuleBook, **said: Any) -> list[Finding]:
    usual = {
        "structure_kind": "ACI",
        "kind": "CDDI",
        "started_on": START,
        "today": START,
        "weekly_hours": Decimal(26),
    }
    return contract_findings(ContractFacts(**usual | said), book=book)


def _minimum(value: int, step: int, book: RuleBook) -> bool:
    return not refused(_contract(book, planned_end_on=last(value, step)), "cddi_minimum")


def _ceiling(value: int, step: int, book: RuleBook) -> bool:
    return not refused(_contract(book, planned_end_on=last(value, step)), "cddi_ceiling")


def _mission(value: int, step: int, book: RuleBook) -> bool:
    found = _contract(book, structure_kind="ETTI", kind="CTT", planned_end_on=last(value, step))
    return not refused(found, "mission_ceiling")


def _mission_of_cdi(value: int, step: int, book: RuleBook) -> bool:
    held = Spell(date(2025, 1, 1), None, None, None, "CDI-I")
    found = _contract(
        book, structure_kind="ETTI", kind="CTT", planned_end_on=last(value, step), beside=(held,)
    )
    return not refused(found, "mission_ceiling")


def _week(kind: str, code: str) -> Judge:
    def judge(value: Decimal, step: int, book: RuleBook) -> bool:
        end = None if kind == "CDI-I" else last(6, 0)
        found = _contract(
            book, kind=kind, planned_end_on=end, weekly_hours=value + step * QUARTER, born_on=OLD
        )
        return not refused(found, code)

    return judge


def _cdi_age(value: int, step: int, book: RuleBook) -> bool:
    born = days_after(months_after(START, -12 * value), -step)
    return not refused(_contract(book, kind="CDI-I", born_on=born), "cdi_inclusion_age")


def _cdi_pathway(value: int, step: int, book: RuleBook) -> bool:
    began = days_after(months_after(START, -value), -step)
    found = _contract(book, kind="CDI-I", born_on=OLD, pass_starts_on=began)
    return not refused(found, "cdi_inclusion_pathway")


def _cdi_share(*, is_lifted: bool) -> Judge:
    def judge(value: int, step: int, book: RuleBook) -> bool:
        held = Decimal(value) - 1 + step * Decimal("0.01")
        posts = Posts(held, Decimal(100), is_lifted)
        found = _contract(book, kind="CDI-I", born_on=OLD, weekly_hours=Decimal(35), posts=posts)
        return not refused(found, "cdi_inclusion_share")

    return judge


def _derogation(
    book: RuleBook, new: Derogation, *codes: str, contracts: tuple[Any, ...] = (), **more: Any
) -> bool:
    found = derogation_findings(
        new, structure_kind="ACI", contracts=contracts, today=TODAY, book=book, **more
    )
    return not refused(found, *codes)


def _decision(motive: DerogationMotive, end: date | None, **more: Any) -> Derogation:
    return Derogation(motive, START, end, more.pop("decider", Decider.PREFET), **more)


def _decision_length(motive: DerogationMotive) -> Judge:
    def judge(value: int, step: int, book: RuleBook) -> bool:
        new = _decision(motive, last(value, step), other_employer=OtherEmployer.ORDINARY)
        return _derogation(book, new, "derogation_too_long")

    return judge


def _derogation_total(value: int, step: int, book: RuleBook) -> bool:
    """Contracts that end the day before the decision, and the whole measuring so many months."""
    end = last(6, 0)
    began = days_after(months_after(days_after(end, 1), -value), -step)
    new = _decision(DerogationMotive.DIFFICULTIES, end, decider=Decider.PRESCRIBER)
    return _derogation(book, new, "derogation_total", contracts=((began, days_after(START, -1)),))


def _training(_value: object, step: int, book: RuleBook) -> bool:
    ends = last(6, 0)
    new = _decision(
        DerogationMotive.TRAINING, days_after(ends, step), decider=Decider.EMPLOYER, training_end=ends
    )
    return _derogation(book, new, "derogation_past_training")


def _cumul_after(value: int, step: int, book: RuleBook) -> bool:
    new = _decision(DerogationMotive.CUMUL, last(3, 0), other_employer=OtherEmployer.ORDINARY)
    since = days_after(months_after(START, -value), -step)
    return _derogation(book, new, "cumul_too_soon", pathway_since=since)


def _cumul_renewals(value: int, step: int, book: RuleBook) -> bool:
    """One decision, renewed so many times: this one is the last of them."""
    new = _decision(DerogationMotive.CUMUL, last(3, 0), other_employer=OtherEmployer.ORDINARY)
    return _derogation(book, new, "cumul_renewed", others=[new] * (value + step))


def _line(hours: Decimal, day: date = START) -> HoursLine:
    return HoursLine(day.replace(day=1), hours, ClientKind.COMPANY, day)


def _company(value: Decimal, step: int, book: RuleBook) -> bool:
    line = _line(value + step * QUARTER)
    return not hours_480_findings(line, before=Decimal(0), others=[], book=book)


def _company_warning(value: Decimal, step: int, book: RuleBook) -> bool:
    """It « passes » from the value on: the alert is given."""
    return count_480([_line(value + step * QUARTER)], on=START, book=book).level is not Level480.CALM


def _company_window(value: int, step: int, book: RuleBook) -> bool:
    """Hours of the last day of the window, one more, then one after: a new window begins, and they pass."""
    first, later = _line(book.hours(rows.HOURS_480, on=START)), days_after(months_after(START, value), step)
    line = _line(Decimal(1), later)
    return not hours_480_findings(line, before=Decimal(0), others=[first], book=book)


def _dismissal(value: int, step: int, book: RuleBook) -> bool:
    day = days_after(months_after(TODAY, -value), -step)
    return not list(dismissal_findings(kind="AI", dismissals=[day], today=TODAY, book=book))


def _after_the_pass(_value: object, step: int, book: RuleBook) -> bool:
    found = _contract(book, planned_end_on=last(6, 0), pass_ends_on=days_after(START, -step))
    return not refused(found, "contract_after_pass")


D = DerogationMotive
BOUNDS: tuple[Bound, ...] = (
    Bound("R01", rows.CDDI_MINIMUM, _minimum, is_most=False),
    Bound("R02", rows.CDDI_CEILING, _ceiling),
    Bound("R04", rows.DEROGATION_EACH, _decision_length(D.DIFFICULTIES)),
    Bound("R04", rows.DEROGATION_TOTAL, _derogation_total),
    Bound("R05", None, _training, words="dernier jour de la formation"),
    Bound("R06", rows.CDDI_HOURS, _week("CDDI", "cddi_hours"), is_most=False),
    Bound("R06", rows.LEGAL_WEEK, _week("CDDI", "cddi_hours")),
    Bound("R06", rows.FEW_HOURS_EACH, _decision_length(D.FEW_HOURS)),
    Bound("R07", inclusion.CUMUL_AFTER, _cumul_after, is_most=False),
    Bound("R07", inclusion.CUMUL_EACH, _decision_length(D.CUMUL)),
    Bound("R07", inclusion.CUMUL_RENEWALS, _cumul_renewals),
    Bound("R08", rows.HOURS_480, _company),
    Bound("R08", rows.HOURS_480_WARNING, _company_warning, is_most=False),
    Bound("R08", rows.HOURS_480_WINDOW, _company_window, is_most=False),
    Bound("R11", inclusion.DISMISSAL_MONTHS, _dismissal, is_most=False),
    Bound("R12", rows.MISSION_CEILING, _mission),
    Bound("R12", inclusion.CDI_I_MISSIONS, _mission_of_cdi),
    Bound("R13", inclusion.CDI_I_AGE, _cdi_age, is_most=False),
    Bound("R13", inclusion.CDI_I_MONTHS, _cdi_pathway, is_most=False),
    Bound("R13", inclusion.CDI_I_SHARE, _cdi_share(is_lifted=False)),
    Bound("R13", inclusion.CDI_I_SHARE_MORE, _cdi_share(is_lifted=True)),
    Bound("R13", rows.CDI_HOURS, _week("CDI-I", "cdi_inclusion_hours"), is_most=False),
    Bound("R41", None, _after_the_pass, words="dernier jour du PASS"),
)
