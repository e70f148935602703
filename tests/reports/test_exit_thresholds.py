"""Each threshold on both sides, through the database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backend.core.actor import Actor
from pathways.models import RuleSetting
from pathways.rules.dated.rows import CHAIN, EACH_CHAIN, HOURS_SERVE, PRESENCE
from reports.exits.compute.period import Period
from reports.exits.figures import exit_report
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    ExitFactory,
    MonthlyHoursFactory,
    OrganisationFactory,
    StayFactory,
)
from tests.worlds.worked_set import leave

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "days", "hours", "status", "reason"),
    [
        ("ACI", 80, 300, "below_threshold", "non comptée : 80 jours < 81 jours en ACI"),
        ("ACI", 81, 300, "examined", "comptée : 2,7 mois en ACI → autres sorties"),
        ("EI", 80, 300, "below_threshold", "non comptée : 80 jours < 81 jours en EI"),
        ("EI", 81, 1, "examined", "comptée : 2,7 mois en EI → autres sorties"),
        ("ACI", 286, 300, "examined", "comptée : 9,4 mois en ACI → autres sorties"),
        ("ACI", 200, 0.99, "below_threshold", "non comptée : 0,99 h < 1 h en ACI"),
        ("ACI", 200, 0, "below_threshold", "non comptée : 0 h < 1 h en ACI"),
        ("AI", 10, 149, "below_threshold", "non comptée : 149 h < 150 h en AI"),
        ("AI", 10, 149.99, "below_threshold", "non comptée : 149,99 h < 150 h en AI"),
        ("AI", 10, 150, "examined", "comptée : 150 h en AI → autres sorties"),
        ("AI", 10, 151, "examined", "comptée : 151 h en AI → autres sorties"),
        ("ETTI", 10, 149, "below_threshold", "non comptée : 149 h < 150 h en ETTI"),
        ("ETTI", 10, 150, "examined", "comptée : 150 h en ETTI → autres sorties"),
        ("EITI", 10, 0.5, "below_threshold", "non comptée : 0,5 h < 1 h en EITI"),
        ("EITI", 10, 1, "examined", "comptée : 1 h en EITI → autres sorties"),
        ("ASP-SAP", 400, 400, "not_siae", "hors statistiques IAE : services à la personne"),
        ("GEIQ", 400, 400, "not_siae", "hors statistiques IAE : GEIQ"),
    ],
)
def test_r25_r26_each_kind_has_its_threshold_and_its_reason(classified, kind, days, hours, status, reason):
    leave(OrganisationFactory(kind=kind), motive="7", days=days, hours=hours)
    row = classified().iloc[0]
    assert (row["status"], row["reason"]) == (status, reason)


def test_short_contracts_of_one_ai_worker_add_up(classified):
    leave(OrganisationFactory(kind="AI"), motive="3", hours=(60, 60, 30))
    row = classified().iloc[0]
    assert row["reason"] == "comptée : 150 h en AI → emploi durable"


def test_hours_of_another_structure_or_another_year_do_not_count(classified):
    person, here = BeneficiaryFactory(), OrganisationFactory(kind="AI")
    leave(OrganisationFactory(kind="AI"), motive="7", hours=140, person=person, on=date(2025, 3, 3))
    exit_ = leave(here, motive="7", hours=96, person=person, on=date(2025, 6, 3), days=300)
    contract = exit_.stay.contracts.get()
    MonthlyHoursFactory(contract=contract, month=date(2024, 12, 1), hours=Decimal(100))
    rows = classified()
    assert set(rows["status"]) == {"below_threshold"}
    assert "non comptée : 96 h < 150 h en AI" in set(rows["reason"])


@pytest.mark.parametrize(
    ("hole", "is_linked", "days"),
    [(0, False, 81), (0, True, 81), (1, False, 40), (1, True, 81)],
    ids=["continuous run", "run and chain", "a day without contract", "a chain with a hole"],
)
def test_r26_presence_runs_from_the_first_day_of_the_run_or_of_the_chain(classified, hole, is_linked, days):
    """41 days, then 41 more: the State says « in all », its code follows linked contracts; the longer one counts."""
    here = OrganisationFactory(kind="ACI")
    stay = StayFactory(organisation=here, started_on=date(2025, 1, 1), ended_on=date(2025, 3, 23))
    first = ContractFactory(
        stay=stay, started_on=date(2025, 1, 1), ended_on=date(2025, 2, 10) - timedelta(days=hole)
    )
    second = ContractFactory(
        stay=stay,
        started_on=date(2025, 2, 11),
        ended_on=date(2025, 3, 23),
        initial=first if is_linked else None,
    )
    MonthlyHoursFactory(contract=second, month=date(2025, 3, 1))
    ExitFactory(stay=stay)
    assert classified().iloc[0]["presence_days"] == days


def test_r26_a_setting_counts_presence_on_the_chain_alone(classified):
    RuleSetting.objects.create(
        key=PRESENCE, value=CHAIN, valid_from=date(2025, 1, 1), basis="Dialogue de gestion"
    )
    here = OrganisationFactory(kind="ACI")
    stay = StayFactory(organisation=here, started_on=date(2024, 12, 1), ended_on=date(2025, 3, 23))
    ContractFactory(stay=stay, started_on=date(2024, 12, 1), ended_on=date(2025, 2, 10))
    ContractFactory(stay=stay, started_on=date(2025, 2, 11), ended_on=date(2025, 3, 23))
    ExitFactory(stay=stay)
    assert classified().iloc[0]["presence_days"] == 40


def test_one_exit_per_person_structure_and_chain_the_last_one(classified):
    here, person = OrganisationFactory(kind="AI"), BeneficiaryFactory()
    early = leave(here, motive="7", on=date(2025, 2, 3), person=person)
    late = leave(here, motive="3", on=date(2025, 8, 3), person=person)
    late.stay.contracts.update(initial=early.stay.contracts.get())
    rows = classified().set_index("exit_id")
    assert rows.loc[early.pk, "status"] == "superseded"
    assert "plus récente" in rows.loc[early.pk, "reason"]
    assert rows.loc[late.pk, "status"] == "examined"


@pytest.mark.parametrize(
    ("kind", "status"),
    [("AI", "superseded"), ("ETTI", "superseded"), ("EITI", "examined"), ("ACI", "examined")],
)
def test_r25_the_hours_of_a_year_serve_once_for_a_person_in_a_structure(classified, kind, status):
    """20 h then 140 h in an association: one person, one exit, the last; on a work site, two presences, two exits."""
    here, person = OrganisationFactory(kind=kind), BeneficiaryFactory()
    early = leave(here, motive="7", on=date(2025, 4, 3), person=person, days=90, hours=20)
    late = leave(here, motive="3", on=date(2025, 11, 3), person=person, days=90, hours=140)
    rows = classified().set_index("exit_id")
    assert (rows.loc[early.pk, "status"], rows.loc[late.pk, "status"]) == (status, "examined")
    assert rows.loc[late.pk, "hours"] == 160


def test_r25_two_years_are_two_exits_and_two_structures_too(classified):
    here, there, person = OrganisationFactory(kind="AI"), OrganisationFactory(kind="AI"), BeneficiaryFactory()
    for place, day in ((here, date(2024, 11, 3)), (here, date(2025, 4, 3)), (there, date(2025, 5, 3))):
        leave(place, motive="7", on=day, person=person, days=30)
    rows = classified(Period(date(2024, 1, 1), date(2025, 12, 31)))
    assert list(rows["status"]) == ["examined"] * 3


def test_r25_a_setting_lets_each_chain_be_an_exit(classified):
    RuleSetting.objects.create(
        key=HOURS_SERVE, value=EACH_CHAIN, valid_from=date(2025, 1, 1), basis="Dialogue de gestion"
    )
    here, person = OrganisationFactory(kind="AI"), BeneficiaryFactory()
    for day in (date(2025, 2, 3), date(2025, 11, 3)):
        leave(here, motive="7", on=day, person=person, days=30)
    assert list(classified()["status"]) == ["examined", "examined"]


def test_the_halves_of_a_year_add_up_to_the_year():
    here, person = OrganisationFactory(kind="ACI"), BeneficiaryFactory()
    early = leave(here, motive="7", on=date(2025, 2, 3), person=person)
    late = leave(here, motive="3", on=date(2025, 8, 3), person=person)
    late.stay.contracts.update(initial=early.stay.contracts.get())
    halves = [Period(date(2025, 1, 1), date(2025, 6, 30)), Period(date(2025, 7, 1), date(2025, 12, 31))]
    counts = [
        exit_report(Actor.operator(), period).statistics["total"]["examined"]
        for period in (*halves, Period.of_year(2025))
    ]
    assert counts == [0, 1, 1]


@pytest.mark.parametrize(
    ("today", "status"), [(date(2025, 10, 1), "examined"), (date(2025, 9, 30), "to_come")]
)
def test_an_exit_to_come_counts_the_day_it_happens(classified, today, status):
    here, person = OrganisationFactory(kind="AI"), BeneficiaryFactory()
    early = leave(here, motive="7", on=date(2025, 5, 3), person=person, days=30)
    late = leave(here, motive="3", on=date(2025, 10, 1), person=person, days=30)
    rows = classified(today=today).set_index("exit_id")
    assert rows.loc[late.pk, "status"] == status
    # What has not happened yet replaces nothing.
    assert rows.loc[early.pk, "status"] == ("examined" if status == "to_come" else "superseded")


def test_r27_a_category_nobody_settled_is_counted_apart_inside_the_interval():
    here = OrganisationFactory(kind="ACI")
    for motive in ("3", "7", "96"):
        leave(here, motive=motive, on=date(2025, 6, 3))
    figures = exit_report(Actor.operator(), Period.of_year(2025)).statistics
    assert (figures["total"]["examined"], figures["total"]["withdrawn"]) == (2, 0)
    assert figures["left_out"]["unsettled"] == 1
    assert figures["missing_motive"] == {
        "count": 0,
        "examinable": 0,
        "dynamic": {"lowest": 1 / 3, "highest": 2 / 3},
    }
    RuleSetting.objects.create(
        key="category:96", value="durable", valid_from=date(2025, 1, 1), basis="Réponse de l’ASP"
    )
    figures = exit_report(Actor.operator(), Period.of_year(2025)).statistics
    assert (figures["total"]["durable"], figures["left_out"]["unsettled"]) == (2, 0)


def test_a_contract_begun_after_the_exit_is_not_its_chain(classified):
    here, person = OrganisationFactory(kind="ACI"), BeneficiaryFactory()
    leave(here, motive="7", on=date(2025, 5, 3), days=100, person=person)
    back = StayFactory(beneficiary=person, organisation=here, started_on=date(2025, 6, 1))
    ContractFactory(stay=back)
    assert classified().iloc[0]["presence_days"] == 100


def test_an_exit_without_any_contract_is_not_counted_and_says_so(classified):
    stay = StayFactory(started_on=date(2025, 1, 1), ended_on=date(2025, 9, 1))
    ExitFactory(stay=stay)
    row = classified().iloc[0]
    assert row["status"] == "below_threshold"
    assert "aucun contrat enregistré" in row["reason"]


def test_r27_withdrawn_comes_before_the_threshold(classified):
    leave(OrganisationFactory(kind="AI"), motive="16", hours=2)
    row = classified().iloc[0]
    assert (row["status"], row["reason"]) == ("withdrawn", "retirée des sorties constatées")


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        (200, "à compléter pour être comptée"),
        (96, "à compléter ; restera hors du taux : 96 h < 150 h en AI"),
    ],
)
def test_a_missing_motive_waits_to_be_counted(classified, hours, reason):
    leave(OrganisationFactory(kind="AI"), motive="", hours=hours)
    row = classified().iloc[0]
    assert (row["status"], row["reason"]) == ("missing_motive", reason)


def test_both_days_of_the_period_are_included(classified):
    here = OrganisationFactory()
    for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        leave(here, motive="7", on=day)
    assert sorted(classified()["day"]) == [date(2025, 1, 1), date(2025, 12, 31)]


def test_an_old_exit_is_judged_by_the_rule_of_its_day(classified):
    RuleSetting.objects.create(
        key="min_days_aci_ei", value="92", valid_from=date(2025, 7, 1), basis="Dialogue de gestion"
    )
    RuleSetting.objects.create(
        key="category:13", value="transition", valid_from=date(2025, 7, 1), basis="Réponse de l’ASP"
    )
    here = OrganisationFactory(kind="ACI")
    before = leave(here, motive="13", days=85, on=date(2025, 6, 30))
    after = leave(here, motive="13", days=85, on=date(2025, 7, 1))
    late = leave(here, motive="13", days=92, on=date(2025, 7, 1))
    rows = classified().set_index("exit_id")
    assert (rows.loc[before.pk, "status"], rows.loc[before.pk, "category"]) == ("examined", "durable")
    assert rows.loc[after.pk, "status"] == "below_threshold"
    assert (rows.loc[late.pk, "status"], rows.loc[late.pk, "category"]) == ("examined", "transition")


def test_hours_of_each_civil_year_of_a_long_period_stay_apart(classified):
    exit_ = leave(OrganisationFactory(kind="AI"), motive="7", hours=100, on=date(2025, 1, 20), days=100)
    MonthlyHoursFactory(contract=exit_.stay.contracts.get(), month=date(2024, 12, 1), hours=Decimal(100))
    row = classified(Period(date(2024, 1, 1), date(2025, 12, 31))).iloc[0]
    assert row["hours"] == 100
    assert row["status"] == "below_threshold"


def test_every_day_of_presence_moves_the_line_once(classified):
    here = OrganisationFactory(kind="ACI")
    for days in range(78, 85):
        leave(here, motive="7", days=days, on=date(2025, 6, 1) + timedelta(days=days))
    rows = classified().sort_values("presence_days")
    assert list(rows["status"]) == ["below_threshold"] * 3 + ["examined"] * 4
