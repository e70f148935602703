"""The stories a visitor follows are there, whatever the day the demo is opened."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

import pytest

from backend.core.actor import Role
from backend.core.values.dates import months_after
from backend.demo.territory import demo_territory
from backend.demo.work_templates import TASKS
from backend.organisations.enums import StructureKind
from competences.enums import Level, LicenceKind, ProofStatus, VaeStatus
from competences.rules.vae import FileFacts, StepFacts, read_file
from employers.enums import AnalysisStatus, ConsentDecision, HireKind, Situation
from pathways.enums import AppointmentStatus, ContractKind, RequestStatus
from pathways.rules.contracts.facts import ContractFacts, Spell
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.hours_480 import HoursLine, Level480, count_480
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.derogations import Derogation

DAYS = [date(2026, 11, 22), date(2024, 2, 29), date(2027, 1, 1), date(2028, 8, 31), date(2030, 12, 31)]


drawn = lru_cache(demo_territory)  # tests come in random order: each day is drawn once all the same


@pytest.fixture(params=DAYS, ids=str)
def demo(request):
    return drawn(request.param), request.param


def of(rows, person):
    return [each for each in rows if each.person == person]


def name_of(territory, person):
    row = next(each for each in territory.persons if each.id == person)
    return f"{row.first_name} {row.last_name}"


def test_the_group_has_every_kind_of_structure_and_a_neighbour_outside(demo):
    territory, _ = demo
    inside = {each.kind for each in territory.structures if each.group == "trois-vallees"}
    assert inside == {
        StructureKind.AI,
        StructureKind.ETTI,
        StructureKind.ACI,
        StructureKind.EI,
        StructureKind.EITI,
        StructureKind.ASP_SAP,
    }
    assert [each.kind for each in territory.structures if each.group is None] == [StructureKind.ACI]
    assert territory.groups[0].name == "Groupe des Trois Vallées"


def test_four_hundred_people_and_a_dozen_employers(demo):
    territory, _ = demo
    assert len(territory.persons) == 400
    assert len(territory.employers) == 12
    assert len({each.employer for each in territory.establishments}) == 12


def test_no_two_people_bear_the_same_name_even_in_the_teams(demo):
    territory, _ = demo
    names = Counter((each.first_name, each.last_name) for each in (*territory.persons, *territory.staff))
    names.update(
        (each.first_name, each.last_name) for each in territory.accounts if not (each.person or each.staff)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_solange_went_through_four_kinds_of_structure_to_a_permanent_contract(demo):
    territory, today = demo
    kinds = {each.id: each.kind for each in territory.structures}
    stays = of(territory.stays, "solange")
    assert [kinds[each.structure] for each in stays] == [
        StructureKind.AI,
        StructureKind.ETTI,
        StructureKind.ACI,
        StructureKind.ASP_SAP,
    ]
    assert [each.motive for each in of(territory.exits, "solange")] == [2, 2, 9, 3]
    gaps = [(after.start - before.end).days - 1 for before, after in pairwise(stays)]
    assert all(8 <= gap <= 30 for gap in gaps)
    [hire] = of(territory.placements, "solange")
    assert (hire.employer, hire.kind, hire.months) == ("brioches", HireKind.CDI, None)
    assert stays[-1].end < hire.start < today


def test_solange_has_caces_recognition_and_a_vae_on_its_way_to_the_jury(demo):
    territory, today = demo
    caces = next(each for each in of(territory.licences, "solange") if each.kind is LicenceKind.CACES_R489)
    assert caces.expires == months_after(caces.obtained, 60) - timedelta(days=1)
    assert ProofStatus.RECOGNISED in {each.status for each in of(territory.assessments, "solange")}
    [vae] = of(territory.vae_projects, "solange")
    reading = reading_of(vae, today)
    assert reading.status is VaeStatus.VALIDATION_SENT
    assert today < reading.delay("jury").last_on <= today + timedelta(days=63)


def reading_of(vae, today):
    steps = tuple(
        StepFacts(each.kind, each.on, jury_on=each.jury_on, blocs=each.blocs, details=each.details)
        for each in vae.steps
    )
    return read_file(FileFacts(steps=steps), today=today, book=BUILT_IN)


def test_there_is_a_vae_at_each_stage_and_a_partial_result(demo):
    territory, today = demo
    readings = [reading_of(each, today) for each in territory.vae_projects]
    assert {each.status for each in readings} == set(VaeStatus)
    assert [each.blocs for each in readings if each.status is VaeStatus.PARTIAL] == [("BC01", "BC03")]
    assert all(each.out_of_place == () for each in readings)


def test_solanges_next_milestone_is_due_within_the_week(demo):
    territory, today = demo
    hire = of(territory.placements, "solange")[0]
    steps = {each.code: each for each in territory.milestones if each.placement == hire.id}
    assert {code for code, each in steps.items() if each.situation is Situation.IN_POST} == {
        "J7",
        "M1",
        "ESSAI",
    }
    assert today <= steps["M3"].due <= today + timedelta(days=7)


def test_solange_agreed_for_the_bakery_and_refused_another_employer(demo):
    territory, _ = demo
    decisions = {each.employer: each.decision for each in of(territory.consents, "solange")}
    assert decisions == {"brioches": ConsentDecision.GRANTED, "cantine": ConsentDecision.REFUSED}


def test_pauls_pass_ends_in_twenty_days(demo):
    territory, today = demo
    assert name_of(territory, "paul") == "Paul Prétendu"
    assert of(territory.passes, "paul")[0].end == today + timedelta(days=20)


def test_jo_is_between_two_steps_and_silent_for_forty_seven_days(demo):
    territory, today = demo
    assert name_of(territory, "jo") == "Jo Imaginaire"
    assert [each.structure for each in of(territory.stays, "jo")] == ["etti"]
    assert of(territory.stays, "jo")[0].end < today
    assert max(each.at.date() for each in of(territory.interviews, "jo")) == today - timedelta(days=47)


def test_linas_contract_ends_in_twenty_eight_days_after_fourteen_months(demo):
    territory, today = demo
    contracts = of(territory.contracts, "lina")
    assert name_of(territory, "lina") == "Lina Modèle"
    assert contracts[-1].planned_end == today + timedelta(days=28)
    assert contracts[0].start == months_after(today, -14)
    assert {each.initial_contract for each in contracts[1:]} == {contracts[0].id}


def test_theo_left_and_the_motive_is_missing(demo):
    territory, today = demo
    [exit_] = of(territory.exits, "theo")
    assert name_of(territory, "theo") == "Théo Exemple"
    assert exit_.motive is None
    assert exit_.date == today - timedelta(days=18)


def test_karims_renewal_is_due_in_three_weeks(demo):
    territory, today = demo
    assert name_of(territory, "karim") == "Karim Inventé"
    assert of(territory.contracts, "karim")[-1].planned_end == today + timedelta(days=21)


def test_aminas_diagnosis_is_still_to_be_made(demo):
    territory, _ = demo
    assert name_of(territory, "amina") == "Amina Supposée"
    assert not of(territory.barriers, "amina")
    assert not of(territory.interviews, "amina")


def test_nadia_waits_nine_days_for_a_start_already_agreed(demo):
    territory, today = demo
    before, after = of(territory.stays, "nadia")
    assert name_of(territory, "nadia") == "Nadia Inventée"
    assert (before.structure, after.structure) == ("ai", "aci")
    assert (after.start - before.end).days - 1 == 9
    assert before.end < today < after.start


def test_odile_has_three_appointments_today(demo):
    territory, today = demo
    odile = next(
        each for each in territory.staff if (each.first_name, each.last_name) == ("Odile", "Exemple")
    )
    assert (odile.role, odile.structure) == (Role.ADVISOR, "aci")
    planned = sorted((each.at, each.person) for each in territory.appointments if each.at.date() == today)
    assert [(f"{at:%H:%M}", person) for at, person in planned] == [
        ("09:00", "karim"),
        ("14:00", "amina"),
        ("16:30", "lina"),
    ]
    assert all(each.advisor == odile.id for each in territory.appointments if each.at.date() == today)
    assert all(
        each.status is AppointmentStatus.PLANNED for each in territory.appointments if each.at.date() >= today
    )


def test_odile_follows_a_believable_number_of_people(demo):
    territory, _ = demo
    assert 25 <= sum(each.referent == "odile" for each in territory.persons) <= 80


def test_one_account_of_each_role_points_to_what_it_concerns(demo):
    territory, _ = demo
    accounts = {each.role: each for each in reversed(territory.accounts)}
    assert set(accounts) == set(Role) - {Role.OPERATOR}
    assert accounts[Role.ADVISOR].staff == "odile"
    assert accounts[Role.BENEFICIARY].person == "solange"
    assert accounts[Role.EMPLOYER].employer == "brioches"
    assert accounts[Role.GROUP_HEAD].group == "trois-vallees"
    assert len({each.id for each in territory.accounts}) == len(territory.accounts)


def test_an_adviser_of_the_association_intermediaire_may_sign_in_too(demo):
    """The hours by kind of client and the 480 h are seen from there, and from nowhere else."""
    territory, _ = demo
    kinds = {each.id: each.kind for each in territory.structures}
    [account] = [each for each in territory.accounts if kinds.get(each.structure) is StructureKind.AI]
    assert (account.role, account.staff) == (Role.ADVISOR, "remi")
    followed = {each.person for each in territory.stays if each.advisor == "remi" and each.end is None}
    assert {"felicie", "zelie", "octave", "perrine"} <= followed


def test_octave_has_nearly_reached_the_hours_one_person_may_be_lent_to_companies(demo):
    territory, today = demo
    mine = {each.id: each for each in of(territory.contracts, "octave")}
    lines = [
        HoursLine(each.month, Decimal(str(each.hours)), each.client_kind, mine[each.contract].start)
        for each in territory.hours
        if each.contract in mine
    ]
    assert count_480(lines, on=today, book=BUILT_IN).level is Level480.NEAR


def test_apollines_next_contract_waits_for_an_answer(demo):
    """Without the derogation it would be refused the day after the last one, and with it accepted."""
    territory, today = demo
    contracts = of(territory.contracts, "apolline")
    asked = [
        each for each in territory.derogations if each.stay == contracts[0].stay and each.decided_on is None
    ]
    assert [each.start for each in asked] == [contracts[-1].planned_end + timedelta(days=1)]
    assert today < asked[0].start < today + timedelta(days=31)
    following = ContractFacts(
        structure_kind="ACI", kind="CDDI", started_on=asked[0].start, planned_end_on=asked[0].end, today=today,
        chain=tuple(Spell(each.start, each.planned_end) for each in contracts), renewed_kind="CDDI",
    )  # fmt: skip
    decision = Derogation(
        asked[0].motive, asked[0].start, asked[0].end, asked[0].decider, RequestStatus.GRANTED
    )
    found = [each.code for each in contract_findings(following, book=BUILT_IN)]
    assert found == ["cddi_ceiling"]
    assert contract_findings(replace(following, derogations=(decision,)), book=BUILT_IN) == []


def test_a_decision_over_is_followed_by_another_on_the_day_after(demo):
    territory, today = demo
    first, second = [
        each for each in territory.derogations if each.stay == of(territory.stays, "barnabe")[0].id
    ]
    assert first.end < today < second.end
    assert second.start == first.end + timedelta(days=1)


def test_a_contract_broken_says_why_unless_nobody_explained_the_exit(demo):
    territory, _ = demo
    motives = {each.stay: each.motive for each in territory.exits}
    for each in territory.contracts:
        if each.end_motive:
            assert each.planned_end is None or each.end < each.planned_end
        elif each.end and motives.get(each.stay) and each.planned_end and each.kind is ContractKind.CDDI:
            assert each.end == each.planned_end


def test_four_workplaces_were_analysed_one_of_them_not_given_back_yet(demo):
    territory, _ = demo
    assert Counter(each.status for each in territory.analyses) == {
        AnalysisStatus.RETURNED: 3,
        AnalysisStatus.DRAFT: 1,
    }
    assert all(
        6 <= sum(each.analysis == one.id for each in territory.tasks) <= 8 for one in territory.analyses
    )


def test_bakery_and_canteen_together_hold_a_good_job_in_every_season(demo):
    territory, _ = demo
    sites = {each.id for each in territory.establishments if each.employer in {"brioches", "cantine"}}
    analyses = {each.id for each in territory.analyses if each.establishment in sites}
    tasks = [each for each in territory.tasks if each.analysis in analyses]
    for season in range(4):
        light = sum(each.hours[season] for each in tasks if not (each.hard or each.devalued))
        learning = sum(each.hours[season] for each in tasks if each.skill_building)
        assert light >= 0.6 * 20
        assert learning >= 0.15 * 20
    assert len({each.family for each in tasks}) >= 3


@pytest.mark.parametrize("sector", list(TASKS))
def test_tasks_of_a_sector_are_well_formed(sector):
    for task in TASKS[sector]:
        assert set(task.dayparts) <= set("EMAS")
        assert set(task.flags) <= set("hds")
        assert len(task.hours) == 4
        assert all(hours * 2 == int(hours * 2) >= 0 for hours in task.hours)
        assert re.fullmatch(r"[A-N]\d{4}", task.rome_code)
        assert all(level in set(Level) for level in task.levels.values())


def test_what_is_written_about_people_holds_nothing_sensitive(demo):
    territory, _ = demo
    sensitive = re.compile(
        r"maladi|dépress|alcool|drogue|prison|relig|syndic|grossesse|handicap|condamn|médic", re.IGNORECASE
    )
    for each in territory.interviews:
        assert not sensitive.search(f"{each.synthesis} {each.private_note or ''}")
        assert each.synthesis.endswith(".")
