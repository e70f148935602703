"""A situation that nobody lives, judged by the rules of everybody: the same functions, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.core.findings import Finding
from backend.core.values.dates import days_inclusive, french_date, month_start
from backend.organisations.enums import StructureKind
from pathways.enums import ClientKind, ContractKind, DerogationMotive, ImmersionPrescriber
from pathways.rules.contracts.durations import Period, total_length
from pathways.rules.contracts.facts import ContractFacts, Spell, pathway_start
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.hours_480 import HoursLine, count_480, hours_480_findings
from pathways.rules.dated.book import RuleBook
from pathways.rules.derogations import Derogation, derogation_findings
from pathways.rules.immersions import Host, ImmersionFacts, Stint, immersion_findings
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension
from pathways.rules.passes.length import OtherPass, day_findings, pass_end, pass_findings
from pathways.rules.passes.prolongations import prolongation_findings, window
from pathways.rules.passes.suspensions import suspension_findings


@dataclass(frozen=True, slots=True)
class Situation:
    """What is tried. A part whose first day is missing is not judged; both days of a period are included.

    `cumuls_before` cumuls of two contracts were agreed already. `before_from`–`before_to` are earlier contracts of the same kind in the same structure, prolonged when `is_renewal`.
    `company_hours` were made with companies since `company_since`, `company_more` would be added in the month of
    `company_on`.
    """

    structure_kind: str
    kind: str = ""
    started_on: date | None = None
    planned_end_on: date | None = None
    weekly_hours: Decimal | None = None
    before_from: date | None = None
    before_to: date | None = None
    is_renewal: bool = False
    born_on: date | None = None
    derogation_motive: str = ""
    derogation_decider: str = ""
    derogation_from: date | None = None
    derogation_to: date | None = None
    training_ends_on: date | None = None
    other_employer: str = ""
    cumuls_before: int | None = None
    pass_from: date | None = None
    pass_to: date | None = None
    last_pass_to: date | None = None
    suspension_motive: str = ""
    suspension_from: date | None = None
    suspension_to: date | None = None
    prolongation_motive: str = ""
    prolongation_asked_on: date | None = None
    prolongation_to: date | None = None
    immersion_from: date | None = None
    immersion_to: date | None = None
    company_hours: Decimal | None = None
    company_since: date | None = None
    company_more: Decimal | None = None
    company_on: date | None = None

    @property
    def before(self) -> Period | None:
        """The earlier contracts, when both their days are known."""
        return (self.before_from, self.before_to) if self.before_from and self.before_to else None

    @property
    def derogation(self) -> Derogation | None:
        """The decision, taken as granted."""
        if not self.derogation_motive or self.derogation_from is None:
            return None
        return Derogation(
            self.derogation_motive, self.derogation_from, self.derogation_to, self.derogation_decider,
            training_end=self.training_ends_on, other_employer=self.other_employer,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One part of the situation: what was counted, and what the rules find there."""

    subject: str
    said: str
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        """Whether it would be refused if it were typed."""
        return any(each.refuses or each.is_contradiction for each in self.findings)


def try_situation(situation: Situation, *, today: date, book: RuleBook) -> list[Judged]:
    """Each part that was told, judged by the rules of its own day as if it were typed today; empty when none was."""
    iae = _pass_facts(situation, book=book)
    return [
        *_pass(situation, iae, today=today, book=book),
        *_prolongation(situation, iae, today=today, book=book),
        *_derogation(situation, today=today, book=book),
        *_contract(situation, iae, today=today, book=book),
        *_company(situation, book=book),
        *_immersion(situation, today=today, book=book),
    ]


def _pass_facts(situation: Situation, *, book: RuleBook) -> PassFacts | None:
    start = situation.pass_from
    return None if start is None else PassFacts(start, situation.pass_to or pass_end(start, book=book))


def _pass(situation: Situation, iae: PassFacts | None, *, today: date, book: RuleBook) -> Iterator[Judged]:
    """R14, R19, then R15 to R17 for its suspension."""
    if iae is None:
        return
    if iae.end < iae.start:
        yield _backwards("PASS IAE")
        return
    past = situation.last_pass_to
    agreed = situation.derogation
    found = [
        *day_findings(starts_on=iae.start, ends_on=iae.end, today=today, born_on=situation.born_on),
        *pass_findings(
            starts_on=iae.start,
            ends_on=iae.end,
            others=[OtherPass(past, past)] if past else [],
            book=book,
            agreed=[(agreed.start, agreed.end or date.max)] if agreed and _is_new_pass(agreed) else [],
        ),
    ]
    days = days_inclusive(iae.start, iae.end)
    yield Judged(
        "PASS IAE", f"Du {french_date(iae.start)} au {french_date(iae.end)}, soit {days} jours.", tuple(found)
    )
    if situation.suspension_from and situation.suspension_to:
        new = Suspension(situation.suspension_from, situation.suspension_to, situation.suspension_motive)
        moved = _suspended(situation, iae) or iae
        yield Judged(
            "Suspension du PASS IAE",
            f"La fin du PASS irait au {french_date(moved.end)}.",
            tuple(
                suspension_findings(new, iae, structure_kind=situation.structure_kind, today=today, book=book)
            ),
        )


def _backwards(subject: str) -> Judged:
    """Days the wrong way round: of a real file the table itself refuses them before any rule is asked."""
    found = Finding(
        "trial_backwards",
        "Une fin vient avant son début.",
        way_out="Vérifiez les deux dates.",
        is_contradiction=True,
    )
    return Judged(subject, "", (found,))


def _is_new_pass(derogation: Derogation) -> bool:
    return derogation.motive == DerogationMotive.NEW_PASS


def _suspended(situation: Situation, iae: PassFacts | None) -> PassFacts | None:
    """The PASS with its suspension, when its days make sense."""
    start, end = situation.suspension_from, situation.suspension_to
    if iae is None or start is None or end is None or end < start:
        return iae
    return iae.moved(suspensions=[Suspension(start, end, situation.suspension_motive)])


def _prolongation(
    situation: Situation, iae: PassFacts | None, *, today: date, book: RuleBook
) -> Iterator[Judged]:
    """R20, R21: asked today unless told otherwise, of the PASS with its suspension."""
    suspended, motive = _suspended(situation, iae), situation.prolongation_motive
    if suspended is None or not motive or situation.prolongation_to is None:
        return
    asked_on = situation.prolongation_asked_on or today
    new = Prolongation(suspended.end, situation.prolongation_to, motive, asked_on)
    first, last = window(new.start, asked_on=asked_on, book=book)
    yield Judged(
        "Prolongation du PASS IAE",
        f"{new.days} jours de plus ; elle se demande du {french_date(first)} au {french_date(last)}.",
        tuple(
            prolongation_findings(
                new,
                suspended,
                structure_kind=situation.structure_kind,
                book=book,
                born_on=situation.born_on,
            )
        ),
    )


def _derogation(situation: Situation, *, today: date, book: RuleBook) -> Iterator[Judged]:
    """R03, R04, R05, R07; the pathway began with the PASS told, or with the contracts told before."""
    new = situation.derogation
    if new is None:
        return
    found = derogation_findings(
        new,
        structure_kind=situation.structure_kind,
        contracts=[situation.before] if situation.before else [],
        today=today,
        book=book,
        born_on=situation.born_on,
        pathway_since=_pathway_since(situation, new.start),
        others=[new] * (situation.cumuls_before or 0),
    )
    yield Judged("Dérogation", "", tuple(found))


def _pathway_since(situation: Situation, on: date) -> date | None:
    """None when nothing that was told began before: the four months are then not judged."""
    contracts = [day for day in (situation.before_from, situation.started_on) if day is not None]
    told = [day for day in (situation.pass_from, *contracts) if day is not None and day <= on]
    return pathway_start(situation.pass_from, contracts, on=on) if told else None


def _contract(
    situation: Situation, iae: PassFacts | None, *, today: date, book: RuleBook
) -> Iterator[Judged]:
    """R01, R02, R06, R12, R13, R41."""
    if not situation.kind or situation.started_on is None:
        return
    before, last = situation.before, situation.planned_end_on
    if (last and last < situation.started_on) or (before and before[1] < before[0]):
        yield _backwards("Contrat")
        return
    spells = (Spell(before[0], before[1], planned_end=before[1]),) if before else ()
    suspended, derogation = _suspended(situation, iae), situation.derogation
    facts = ContractFacts(
        structure_kind=situation.structure_kind,
        kind=situation.kind,
        started_on=situation.started_on,
        today=today,
        planned_end_on=situation.planned_end_on,
        weekly_hours=situation.weekly_hours,
        chain=spells if situation.is_renewal else (),
        others=() if situation.is_renewal else spells,
        pass_ends_on=suspended.end if suspended else None,
        pass_starts_on=suspended.start if suspended else None,
        derogations=(derogation,) if derogation else (),
        born_on=situation.born_on,
    )
    yield Judged("Contrat", _length_said(facts), tuple(contract_findings(facts, book=book)))


def _length_said(facts: ContractFacts) -> str:
    """« Il durerait 6 mois ; avec les précédents, 14 mois. »"""
    last = facts.last_day
    if last is None or last < facts.started_on:
        return ""
    alone = total_length([(facts.started_on, last)]).in_words
    if len(facts.periods) == 1:
        return f"Il durerait {alone}."
    return f"Il durerait {alone} ; avec les contrats précédents, {total_length(facts.periods).in_words}."


def _company(situation: Situation, *, book: RuleBook) -> Iterator[Judged]:
    """R08: hours with companies, in an AI."""
    since, more, day = situation.company_since, situation.company_more, situation.company_on
    if situation.structure_kind != StructureKind.AI or more is None or day is None:
        return
    done = situation.company_hours or Decimal(0)
    known = [HoursLine(month_start(since), done, ClientKind.COMPANY, since)] if since else []
    line = HoursLine(month_start(day), more, ClientKind.COMPANY, day)
    found = hours_480_findings(line, before=Decimal(0), others=known, book=book)
    count = count_480([*known, line], on=day, book=book)
    end = f", jusqu’au {french_date(count.window_end)}" if count.window_end else ""
    yield Judged(
        "Heures en entreprise",
        f"Le compteur serait à {count.counted:f} heures sur {count.ceiling:f}{end}.",
        tuple(found),
    )


def _immersion(situation: Situation, *, today: date, book: RuleBook) -> Iterator[Judged]:
    """R32, R33, R34: one convention prescribed by the structure, under the contract told if it is a CDDI."""
    start, end = situation.immersion_from, situation.immersion_to
    if start is None or end is None:
        return
    days = (situation.started_on, situation.planned_end_on)
    is_under = situation.kind == ContractKind.CDDI and days[0] and days[1] and days[0] <= start <= days[1]
    facts = ImmersionFacts(
        this=Stint(0, start, end, "", "", Host("")),
        planned_end=end,
        prescriber=ImmersionPrescriber.STRUCTURE,
        today=today,
        structure_kind=situation.structure_kind,
        contract=((days[0], days[1]),) if is_under and days[0] and days[1] else (),
        born_on=situation.born_on,
    )
    said = f"{days_inclusive(start, end)} jours, prescrite par la structure." if start <= end else ""
    yield Judged("Immersion (PMSMP)", said, tuple(immersion_findings(facts, book=book)))
