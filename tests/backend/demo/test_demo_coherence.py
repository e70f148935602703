"""Whatever the seed and the day, an invented thread breaks no law and no sequence of time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from backend.demo.chance.calendar_tools import last_day_of_pass
from backend.demo.chance.calibration import STRUCTURES
from backend.demo.rows import Territory
from backend.demo.simulate import simulate
from pathways.enums import ContractKind, RequestStatus
from tests.backend.demo.territories import small, territories

DAY = timedelta(days=1)


def by_stay(rows):
    grouped = defaultdict(list)
    for each in rows:
        grouped[each.stay].append(each)
    return grouped


FROM_NOWHERE = {("accounts", "structure"), ("wishes", "structure")}
"""Who heads several structures has none; what people say by themselves is said in none."""


@small
@given(territories)
def test_every_row_refers_to_rows_that_exist(case):
    territory, _ = case.draw()
    known = {
        "structure": {each.id for each in territory.structures},
        "group": {each.id for each in territory.groups} | {None},
        "person": {each.id for each in territory.persons} | {None},
        "stay": {each.id for each in territory.stays},
        "contract": {each.id for each in territory.contracts},
        "initial_contract": {each.id for each in territory.contracts} | {None},
        "opened": {each.id for each in territory.stays} | {None},
        "target": {each.id for each in territory.structures} | {None},
        "goal": {each.id for each in territory.goals},
        "employer": {each.id for each in territory.employers} | {None},
        "establishment": {each.id for each in territory.establishments},
        "analysis": {each.id for each in territory.analyses},
        "placement": {each.id for each in territory.placements},
    }
    staff = {each.id for each in territory.staff} | {None}
    known |= dict.fromkeys(("advisor", "supervisor", "observer", "referent", "staff", "agreed_with"), staff)
    for name in Territory.names():
        for row in getattr(territory, name):
            for field in fields(row):
                if field.name in known:
                    allowed = known[field.name] | ({None} if (name, field.name) in FROM_NOWHERE else set())
                    assert getattr(row, field.name) in allowed, (name, field.name)


@small
@given(territories)
def test_ids_are_unique(case):
    territory, _ = case.draw()
    for name in Territory.names():
        ids = [row.id for row in getattr(territory, name) if hasattr(row, "id")]
        assert len(ids) == len(set(ids)), name


@small
@given(territories)
def test_contracts_of_a_person_never_overlap_and_renewals_name_the_first(case):
    territory, today = case.draw()
    people = defaultdict(list)
    for each in territory.contracts:
        people[each.person].append(each)
        assert each.end is None or each.start <= each.end < today
        assert each.end is None or each.planned_end is None or each.end <= each.planned_end
    for contracts in people.values():
        contracts.sort(key=lambda each: each.start)
        for before, after in pairwise(contracts):
            assert before.end is not None
            assert before.end < after.start
    signed = {each.id: each for each in territory.contracts}
    for each in territory.contracts:
        first = signed[each.initial_contract] if each.initial_contract else each
        assert (first.initial_contract, first.stay, first.kind) == (None, each.stay, each.kind)
        assert first is each or first.start < each.start
    for chain in by_stay(territory.contracts).values():
        for before, after in pairwise(sorted(chain, key=lambda each: each.start)):
            follows = (
                before.kind is after.kind is ContractKind.CDDI and after.start - before.planned_end == DAY
            )
            assert not follows or after.initial_contract, f"{after.id} renews {before.id}"


@small
@given(territories)
def test_a_pass_lasts_730_days_and_covers_every_siae_contract_and_no_other(case):
    territory, today = case.draw()
    kinds = {each.id: each.kind for each in territory.structures}
    assert len(territory.passes) == len({each.number for each in territory.passes})
    moved = Counter()
    for each in territory.suspensions:
        moved[each.iae_pass] += 0 if each.cancel_reason else (each.end - each.start).days
    for each in territory.prolongations:
        moved[each.iae_pass] += (each.end - each.start).days if each.status is RequestStatus.GRANTED else 0
    passes = defaultdict(list)
    for each in territory.passes:
        passes[each.person].append(each)
        assert each.end == last_day_of_pass(each.start) + timedelta(days=moved[each.number])
        assert len(each.number) == 12
    siae_people = set()
    for each in territory.contracts:
        if kinds[each.structure].is_siae:
            siae_people.add(each.person)
            last = each.planned_end or today  # a CDI inclusion has no term
            assert any(one.start <= each.start and last <= one.last_day for one in passes[each.person]), (
                each.id
            )
    assert siae_people == set(passes)


@small
@given(territories)
def test_hours_stay_inside_their_contract_and_below_what_it_says(case):
    territory, today = case.draw()
    contracts = {each.id: each for each in territory.contracts}
    changed = {each.contract: each for each in territory.amendments}
    for each in territory.hours:
        contract, avenant = contracts[each.contract], changed.get(each.contract)
        weekly = avenant.weekly_hours if avenant and each.month >= avenant.start else contract.weekly_hours
        end = min(contract.end or today, today)
        following = (each.month + timedelta(days=32)).replace(day=1)
        days = (min(end, following - timedelta(days=1)) - max(contract.start, each.month)).days + 1
        assert each.month.day == 1
        assert days > 0
        assert 0 < each.hours <= (weekly or 35) / 7 * days + 0.5


@small
@given(territories)
def test_each_finished_stay_has_one_exit_on_the_last_day_of_its_last_contract(case):
    territory, today = case.draw()
    contracts, exits = by_stay(territory.contracts), by_stay(territory.exits)
    waiting_for_a_post = {each.stay for each in territory.diagnoses if not contracts[each.stay]}
    for stay in territory.stays:
        if stay.id in waiting_for_a_post:
            assert stay.end is None
            continue
        assert contracts[stay.id][0].start == stay.start
        assert len(exits[stay.id]) == (stay.end is not None)
        if stay.end is not None:
            assert exits[stay.id][0].date == stay.end < today
            assert max(each.end for each in contracts[stay.id]) == stay.end


@small
@given(territories)
def test_nothing_recorded_is_in_the_future_and_nothing_precedes_the_first_step(case):
    territory, today = case.draw()
    entry = {}
    for stay in territory.stays:
        entry[stay.person] = min(stay.start, entry.get(stay.person, stay.start))
    dated = [(each.person, each.at.date()) for each in territory.interviews]
    dated += [
        (each.person, each.date) for each in (*territory.barriers, *territory.assessments, *territory.exits)
    ]
    dated += [(each.person, each.created) for each in territory.goals]
    for person, day in dated:
        assert entry[person] <= day <= today
    for each in territory.milestones:
        assert (each.done_on is None) == (each.situation is None)
        assert each.done_on is None or each.done_on <= today


@pytest.mark.parametrize("kind", list(STRUCTURES))
def test_every_structure_of_a_large_territory_has_its_team(kind):
    territory = simulate(50, 60, 1, 5, date(2026, 11, 22))
    of_kind = {each.id for each in territory.structures if each.kind is kind}
    roles = {(each.structure, each.role.value) for each in territory.staff}
    assert of_kind
    assert all((each, role) in roles for each in of_kind for role in ("ADVISOR", "MANAGER"))
