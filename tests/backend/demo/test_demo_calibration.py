"""A large invented territory looks like the published figures (iae facts, section 2.8)."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

import pytest

from backend.demo.chance import calibration as cal
from backend.demo.simulate import simulate
from backend.organisations.enums import StructureKind
from employers.enums import Situation
from pathways.rules.dated.rows import BUILT_IN

TODAY = date(2026, 11, 22)
PEOPLE = 4_000
CATEGORIES = {
    "durable": {1, 3, 4, 9, 11, 13},
    "transition": {10, 14},
    "positive": {2, 5, 12, 15},
    "withdrawn": {16, 17, 18, 19, 20, 21, 22},
}


@lru_cache
def drawn(seed):
    """Tests come in random order: each seed is drawn once all the same."""
    return simulate(PEOPLE, 40, 3, seed, TODAY)


@pytest.fixture(params=[1, 2026])
def territory(request):
    return drawn(request.param)


@pytest.fixture
def entry_kinds(territory):
    kinds = {each.id: each.kind for each in territory.structures}
    return {each.person: kinds[each.structure] for each in territory.stays if each.rank == 1}


@pytest.fixture
def exits(territory):
    """Counts by kind of structure: all, withdrawn, below, examined, and examined by category."""
    kinds = {each.id: each.kind for each in territory.structures}
    stays = {each.id: each for each in territory.stays}
    contracts = {each.id: each for each in territory.contracts}
    hours = Counter()
    for each in territory.hours:
        contract = contracts[each.contract]
        hours[contract.person, contract.structure, each.month.year] += each.hours
    counts = defaultdict(Counter)
    for each in territory.exits:
        kind, days = kinds[each.structure], (each.date - stays[each.stay].start).days
        worked = hours[each.person, each.structure, each.date.year]
        enough = (
            worked >= BUILT_IN.value("min_hours_ai_etti", on=each.date)
            if kind in {StructureKind.AI, StructureKind.ETTI}
            else worked >= 1
            and (days >= BUILT_IN.value("min_days_aci_ei", on=each.date) or kind is StructureKind.EITI)
        )
        category = next((name for name, motives in CATEGORIES.items() if each.motive in motives), "other")
        counts[kind]["all"] += 1
        if category == "withdrawn" or not enough:
            counts[kind]["withdrawn" if category == "withdrawn" else "below"] += 1
            continue
        counts[kind]["examined"] += 1
        counts[kind][category] += 1
        counts[kind]["no_news"] += each.motive == 8
    return counts


@pytest.fixture
def total(exits):
    return sum((count for kind, count in exits.items() if kind is not StructureKind.ASP_SAP), Counter())


def share(part, whole):
    return sum(map(bool, part)) / len(whole)


def test_six_entrants_in_ten_are_men_and_most_of_the_associations_are_women(territory, entry_kinds):
    women = {each.id for each in territory.persons if each.sex == "F"}
    in_associations = {person for person, kind in entry_kinds.items() if kind is StructureKind.AI}
    assert 1 - len(women) / PEOPLE == pytest.approx(0.62, abs=0.03)
    assert len(women & in_associations) / len(in_associations) == pytest.approx(0.58, abs=0.04)


def test_entrants_are_split_between_structures_as_published(entry_kinds):
    counts = Counter(entry_kinds.values())
    for kind in (StructureKind.ACI, StructureKind.EI, StructureKind.AI, StructureKind.ETTI):
        assert counts[kind] / PEOPLE == pytest.approx(cal.ENTRANTS[kind] / 179.8, abs=0.025)


def test_ages_and_education_follow_the_published_bands(territory):
    entry = {each.person: each.start for each in territory.stays if each.rank == 1}
    ages = [(entry[each.id] - each.birth_date) / timedelta(days=365.25) for each in territory.persons]
    assert share((age < 26 for age in ages), ages) == pytest.approx(0.245, abs=0.025)
    assert share((age >= 50 for age in ages), ages) == pytest.approx(0.203, abs=0.025)
    assert min(ages) >= 18
    levels = [each.education for each in territory.persons]
    assert share((level in {"70", "01"} for level in levels), levels) == pytest.approx(0.39, abs=0.03)
    assert share((level in {"50", "51"} for level in levels), levels) == pytest.approx(0.342, abs=0.03)


@pytest.mark.parametrize(
    ("flag", "low", "high"),
    [
        ("brsa", 0.30, 0.36),
        ("qpv", 0.16, 0.25),
        ("detld", 0.28, 0.35),
        ("rqth", 0.06, 0.10),
        ("aah", 0.01, 0.03),
        ("ass", 0.035, 0.065),
    ],
)
def test_profiles_follow_the_published_shares(territory, flag, low, high):
    values = [getattr(each.profile, flag) for each in territory.persons]
    assert low - 0.01 <= share((value is True for value in values), values) <= high + 0.01
    assert 0 < share((value is None for value in values), values) < 0.06


def test_nobody_is_long_and_very_long_term_unemployed_at_once(territory):
    assert not any(each.profile.detld and each.profile.deld for each in territory.persons)


def test_stays_last_about_a_year_in_chantiers_and_seven_months_elsewhere(territory):
    kinds, days = {each.id: each.kind for each in territory.structures}, defaultdict(list)
    for each in territory.stays:
        if each.end:
            days[kinds[each.structure]].append((each.end - each.start).days / 30.44)
    mean = {kind: sum(values) / len(values) for kind, values in days.items()}
    assert mean[StructureKind.ACI] == pytest.approx(12, abs=1.6)
    assert mean[StructureKind.EI] == pytest.approx(12, abs=1.9)
    assert 5.7 <= mean[StructureKind.AI] <= 8.3
    assert 5.7 <= mean[StructureKind.ETTI] <= 8.3


def test_full_time_posts_per_person_are_of_the_published_order(territory):
    kinds = {each.id: each.kind for each in territory.structures}
    contracts = {each.id: each for each in territory.contracts}
    hours, people = Counter(), defaultdict(set)
    for each in territory.hours:
        contract = contracts[each.contract]
        if each.month.year == 2025:
            hours[kinds[contract.structure]] += each.hours
            people[kinds[contract.structure]].add(contract.person)
    published = {
        StructureKind.ACI: 0.24,
        StructureKind.AI: 0.14,
        StructureKind.EI: 0.28,
        StructureKind.ETTI: 0.26,
    }
    for kind, figure in published.items():
        done = hours[kind] / cal.HOURS_PER_FTE[kind] / len(people[kind])
        assert done == pytest.approx(figure, rel=0.32), kind


def test_examined_exits_split_as_the_suggested_profile(total):
    examined = total["examined"]
    dynamic = total["durable"] + total["transition"] + total["positive"]
    assert 0.55 - 0.015 <= dynamic / examined <= 0.62 + 0.015
    assert 0.22 - 0.015 <= total["durable"] / examined <= 0.27 + 0.015
    assert 0.15 - 0.015 <= total["transition"] / examined <= 0.21 + 0.015
    assert 0.13 - 0.015 <= total["positive"] / examined <= 0.18 + 0.015
    assert 0.08 <= total["no_news"] / examined <= 0.15


def test_withdrawn_and_below_threshold_exits_stay_in_their_bands(exits, total):
    assert 0.08 <= total["withdrawn"] / total["all"] <= 0.15
    assert 0.25 <= exits[StructureKind.AI]["below"] / exits[StructureKind.AI]["all"] <= 0.40
    assert total["all"] == total["examined"] + total["withdrawn"] + total["below"]


def test_associations_and_temporary_work_place_more_people_than_chantiers(exits):
    def employed(kind):
        return (exits[kind]["durable"] + exits[kind]["transition"]) / exits[kind]["examined"]

    assert min(employed(StructureKind.AI), employed(StructureKind.ETTI)) > employed(StructureKind.ACI)
    assert exits[StructureKind.ACI]["durable"] / exits[StructureKind.ACI]["examined"] == pytest.approx(
        0.19, abs=0.05
    )


def test_more_freins_ease_than_grow(territory):
    curves = defaultdict(list)
    for each in territory.barriers:
        curves[each.person, each.theme].append(each.impact)
    eased = sum(curve[-1] < curve[0] for curve in curves.values())
    grown = sum(curve[-1] > curve[0] for curve in curves.values())
    assert eased > 1.5 * grown > 0


def test_most_people_reached_six_months_after_a_hire_are_in_work_and_some_cannot_be_reached(territory):
    found = [each.situation for each in territory.milestones if each.code == "M6" and each.situation]
    reached = [each for each in found if each is not Situation.UNREACHABLE]
    working = share((each in {Situation.IN_POST, Situation.OTHER_JOB} for each in reached), reached)
    assert 0.45 <= working <= 0.85
    assert 0.05 <= 1 - len(reached) / len(found) <= 0.28


def test_some_people_move_between_structures_with_gaps_between_steps(territory):
    stays = defaultdict(list)
    for each in territory.stays:
        stays[each.person].append(each)
    several = [each for each in stays.values() if len(each) > 1]
    gaps = [(after.start - before.end).days - 1 for steps in several for before, after in pairwise(steps)]
    assert 0.06 <= len(several) / PEOPLE <= 0.25
    assert min(gaps) >= 0
    assert max(gaps) > 60


def test_posts_agreed_are_of_the_order_of_the_hours_done(territory):
    contracts = {each.id: each.structure for each in territory.contracts}
    done = Counter()
    for each in territory.hours:
        if each.month.year == 2025:
            done[contracts[each.contract]] += each.hours
    agreed = [each for each in territory.conventions if each.year == 2025]
    assert (
        0.6
        <= sum(done[each.structure] / each.hours_per_fte for each in agreed)
        / sum(each.fte for each in agreed)
        <= 1.15
    )
