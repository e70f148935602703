"""Whatever the day and the seed, the rules of their day find nothing to say of what the demonstration draws."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given

from employers.rules.post_hire import hire_findings
from pathways.enums import DerogationMotive
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.hours import month_findings, month_hours_findings
from pathways.rules.contracts.hours_480 import HoursLine, hours_480_findings
from pathways.rules.contracts.stretches import Amendment
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.eligibility.findings import Eligibility
from pathways.rules.exits.findings import exit_findings, motive_findings
from pathways.rules.immersions import Host, ImmersionFacts, Stint, immersion_findings
from pathways.rules.passes.length import OtherPass, pass_findings
from pathways.rules.passes.length import day_findings as pass_days
from pathways.rules.stays import entry_findings
from pathways.rules.trainings import Course, Length, TrainingFacts, training_findings
from tests.backend.demo.decided import decisions, facts_of, grouped, told
from tests.backend.demo.territories import small, territories


@small
@given(territories)
def test_no_contract_breaks_the_rules_of_its_first_day(case):
    territory, today = case.draw()
    kinds = {each.id: each.kind for each in territory.structures}
    stays = {each.id: each for each in territory.stays}
    passes = grouped(territory.passes, lambda each: each.person)
    born = {each.id: each.birth_date for each in territory.persons}
    decided = decisions(territory)
    avenants = grouped(territory.amendments, lambda each: each.contract)
    here = grouped(territory.contracts, lambda each: (each.person, each.structure))
    same_kind = grouped(territory.contracts, lambda each: (each.person, each.structure, each.kind))
    found = []
    for contracts in same_kind.values():
        for each in contracts:
            first = each.initial_contract or each.id
            before = [one for one in contracts if one.start < each.start]
            chain = [one for one in before if first in {one.id, one.initial_contract}]
            facts = ContractFacts(
                structure_kind=kinds[each.structure],
                kind=each.kind,
                started_on=each.start,
                today=today,
                planned_end_on=each.planned_end,
                weekly_hours=None if each.weekly_hours is None else Decimal(str(each.weekly_hours)),
                chain=spells(chain),
                others=spells(one for one in before if one not in chain),
                renewed_kind=each.kind if chain else "",
                stay_started_on=stays[each.stay].start,
                stay_ended_on=stays[each.stay].end,
                pass_starts_on=max((one.start for one in passes[each.person]), default=None),
                pass_ends_on=max((one.last_day for one in passes[each.person]), default=None),
                born_on=born[each.person],
                ended_on=each.end,
                end_motive=each.end_motive or "",
                beside=spells(one for one in here[each.person, each.structure] if one.kind != each.kind),
                derogations=tuple(decided[each.person, each.structure]),
                amendments=tuple(
                    Amendment(one.start, Decimal(str(one.weekly_hours))) for one in avenants[each.id]
                ),
                guaranteed_hours=None
                if each.guaranteed_hours is None
                else Decimal(str(each.guaranteed_hours)),
                eligibility=Eligibility(passes=tuple((one.start, one.end) for one in passes[each.person])),
            )
            found.append((each.id, contract_findings(facts, book=BUILT_IN)))
    assert found
    assert told(found) == []


def spells(contracts):
    return tuple(
        Spell(each.start, each.end or each.planned_end, planned_end=each.planned_end, kind=each.kind)
        for each in contracts
    )


@small
@given(territories)
def test_no_hours_break_the_rules_of_their_month(case):
    territory, today = case.draw()
    contracts = {each.id: each for each in territory.contracts}
    of_person = grouped(territory.contracts, lambda each: each.person)
    found = []
    for each in territory.hours:
        contract = contracts[each.contract]
        outside = month_findings(
            month=each.month, contract_started_on=contract.start, contract_ended_on=contract.end, today=today
        )
        found.append((each.contract, list(outside)))
    months = grouped(territory.hours, lambda each: (contracts[each.contract].person, each.month))
    for (person, month), lines in months.items():
        days = [(each.start, each.end or today) for each in of_person[person]]
        hours = Decimal(str(sum(each.hours for each in lines)))
        said = month_hours_findings(
            month=month, hours=hours, before=Decimal(0), contracts=days, book=BUILT_IN
        )
        found.append((person, list(said)))
    lent = grouped(
        territory.hours, lambda each: (contracts[each.contract].person, contracts[each.contract].structure)
    )
    kinds = {each.id: each.kind for each in territory.structures}
    for (person, structure), lines in lent.items():
        if kinds[structure] == "AI":
            every = [
                HoursLine(
                    each.month, Decimal(str(each.hours)), each.client_kind, contracts[each.contract].start
                )
                for each in lines
            ]
            found += [
                (person, hours_480_findings(line, before=Decimal(0), others=every[:at], book=BUILT_IN))
                for at, line in enumerate(every)
            ]
    assert found
    assert told(found) == []


@small
@given(territories)
def test_no_exit_and_no_pass_contradicts_itself(case):
    territory, today = case.draw()
    stays = {each.id: each for each in territory.stays}
    born = {each.id: each.birth_date for each in territory.persons}
    found = []
    for each in territory.stays:
        said = entry_findings(started_on=each.start, today=today, born_on=born[each.person])
        found.append((each.id, list(said)))
    for each in territory.exits:
        started_on = stays[each.stay].start
        found.append((each.stay, list(exit_findings(started_on=started_on, on=each.date, today=today))))
        motive = "" if each.motive is None else str(each.motive)
        found.append((each.stay, list(motive_findings(motive=motive, contract_months=each.contract_months))))
    agreed = grouped(
        (each for each in territory.derogations if each.motive is DerogationMotive.NEW_PASS),
        lambda each: stays[each.stay].person,
    )
    for person, passes in grouped(territory.passes, lambda each: each.person).items():
        for each in passes:
            facts = [facts_of(one, territory) for one in passes if one is not each]
            said = pass_findings(
                starts_on=each.start,
                ends_on=each.last_day,
                others=[OtherPass(one.start, one.last_day, one.waits_from) for one in facts],
                book=BUILT_IN,
                agreed=[(one.start, one.end) for one in agreed[person]],
            )
            found.append((person, list(said)))
            days = pass_days(starts_on=each.start, ends_on=each.end, today=today, born_on=born[person])
            found.append((person, list(days)))
    for each in territory.placements:
        said = hire_findings(
            started_on=each.start, trial_ends_on=None, today=today, born_on=born[each.person]
        )
        found.append((each.id, list(said)))
    assert told(found) == []


@small
@given(territories)
def test_no_immersion_breaks_the_rules_of_its_first_day(case):
    territory, today = case.draw()
    kinds = {each.id: each.kind for each in territory.structures}
    hosts = {each.id: Host(each.name, each.commune, each.siret) for each in territory.employers}
    born = {each.id: each.birth_date for each in territory.persons}
    contracts = grouped(territory.contracts, lambda each: each.person)
    numbers = {each.id: rank for rank, each in enumerate(territory.immersions)}
    of_person = grouped(territory.immersions, lambda each: each.person)
    found = []
    for each in territory.immersions:
        stints = [
            Stint(
                numbers[one.id], one.start, one.end or one.planned_end, one.purpose, one.objectives, hosts[one.host],
                None if one.renews is None else numbers[one.renews],
            )
            for one in of_person[each.person]
        ]  # fmt: skip
        this = next(one for one in stints if one.id == numbers[each.id])
        days = [
            (one.start, one.end or one.planned_end) for one in contracts[each.person] if one.kind == "CDDI"
        ]
        facts = ImmersionFacts(
            this=this,
            planned_end=each.planned_end,
            prescriber=each.prescriber,
            today=today,
            structure_kind=kinds[each.structure],
            hours=None if each.hours is None else Decimal(each.hours),
            others=tuple(one for one in stints if one is not this),
            contract=tuple(run for run in days if run[0] <= each.start <= run[1]),
            born_on=born[each.person],
        )
        found.append((each.id, immersion_findings(facts, book=BUILT_IN)))
    assert told(found) == []


@small
@given(territories)
def test_no_training_breaks_the_rules_of_its_own_day(case):
    territory, today = case.draw()
    born = {each.id: each.birth_date for each in territory.persons}
    stays = grouped(territory.stays, lambda each: each.person)
    of_person = grouped(territory.trainings, lambda each: each.person)
    found = []
    for each in territory.trainings:
        courses = {
            one.title: Course(rank, one.start, one.end or one.planned_end)
            for rank, one in enumerate(of_person[each.person])
        }
        facts = TrainingFacts(
            this=courses.pop(each.title),
            planned_end=each.planned_end,
            today=today,
            planned=Length(each.days, Decimal(each.hours)),
            done=Length(each.done_days, None if each.done_hours is None else Decimal(each.done_hours)),
            is_ended=each.end is not None,
            outcome=each.outcome or "",
            stop_reason=each.stop_reason or "",
            certified_on=each.certified,
            time=each.time,
            others=tuple(courses.values()),
            stays=tuple((one.start, one.end) for one in stays[each.person]),
            born_on=born[each.person],
        )
        found.append((each.title, training_findings(facts)))
    assert [each for each in found if each[1]] == [], "not even a remark"
