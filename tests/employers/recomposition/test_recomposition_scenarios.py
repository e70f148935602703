"""The scenarios of the field, with their exact hours, shares, money and sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from employers.recomposition.engine import Limits, recompose
from employers.recomposition.explain.unused import explain_unused
from employers.recomposition.explain.why import is_fragile, robustness
from employers.recomposition.facts.measures import WEEKS_WORKED, measure
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import USUAL, Job, Plan, TaskShare
from employers.recomposition.rules.checker import check_job
from employers.recomposition.rules.colleague import Activity, review_week
from employers.recomposition.rules.contracts import contract_label, contract_types
from employers.recomposition.rules.job import RULES, exact, heavy_cap
from tests.employers.recomposition.recomposition_territories import everyone, line, place

LIMITS = Limits(iterations=10)


def solved(territory: Territory) -> Plan:
    return recompose(territory, limits=LIMITS)


def job(**hours: list[float]) -> Job:
    return Job(
        tuple(TaskShare(name, tuple(round(2 * value) for value in given)) for name, given in hours.items())
    )


def test_1_a_brioche_factory_gets_one_job_of_25_hours_at_the_cap_in_every_period(brioche: Territory) -> None:
    plan = solved(brioche)
    assert plan.status == "optimal"
    (only,) = plan.jobs
    found = measure(brioche, only)
    assert found.totals == (50, 50, 50, 50)
    assert [found.heavy_share(period) for period in range(4)] == [Fraction(2, 5)] * 4
    hours = {share.task: share.half_hours for share in only.shares}
    assert hours["approvisionnement"] == (16,) * 4
    assert hours["cartons"] == (4,) * 4
    assert found.weekly_gain(17.0) == 243
    assert found.weekly_gain(17.0) * WEEKS_WORKED == 10_935
    (cartons,) = explain_unused(brioche, plan.jobs)
    assert (cartons.task, cartons.half_hours) == ("cartons", (16,) * 4)
    assert "plafond 40 %" in cartons.reason


def test_1_a_cap_on_the_year_would_let_the_hard_hours_be_packed_in_one_season(
    brioche: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    soft = {"pesée": [6] * 4, "contrôle visuel": [6] * 4, "saisie": [3] * 4}
    packed = job(**soft, approvisionnement=[8] * 4, cartons=[8, 0, 0, 0])
    assert measure(brioche, packed).heavy_share(0) > Fraction(2, 5)
    assert [breach.rule for breach in check_job(brioche, packed)] == ["heavy"]

    def yearly_cap(found, rules):
        if Fraction(sum(found.heavy), found.total) > exact(rules.heavy_cap):
            yield from heavy_cap(found, rules)

    yearly = tuple(yearly_cap if rule is heavy_cap else rule for rule in RULES)
    monkeypatch.setattr("employers.recomposition.rules.job.RULES", yearly)
    assert check_job(brioche, packed) == []


def test_2_a_commune_with_only_devalued_hours_is_refused_honestly() -> None:
    commune = place(line("voirie", 12, flags="d"), line("ménage école", 12, flags="d"))
    plan = solved(commune)
    assert (plan.status, plan.jobs, plan.value, plan.bound) == ("none", (), 0, 0)
    wanted = "il manque 12 h non dévalorisées par semaine pour un emploi de 20 h, dont 3 h qui développent une compétence"
    assert [one.nearest_fix for one in explain_unused(commune, plan.jobs)] == [wanted] * 2


def test_3_two_employers_make_together_the_job_neither_makes_alone(canteen: Callable[..., Territory]) -> None:
    territory = canteen()
    for alone in territory.employers:
        tasks = tuple(task for task in territory.tasks if task.employer == alone.id)
        assert solved(replace(territory, tasks=tasks)).status == "none"
    plan = solved(territory)
    (only,) = (measure(territory, one) for one in plan.jobs)
    assert plan.status == "optimal"
    assert only.totals == (44, 44, 44, 44)
    assert round(float(only.heavy_share(0)), 3) == 0.136
    assert round(float(only.skill_share), 3) == 0.409
    assert len(only.employers) == 2


def test_4_a_farm_and_a_factory_complete_each_other_over_the_seasons() -> None:
    def season(summer: float, otherwise: float) -> list[float]:
        return [summer if month in (5, 6, 7, 8) else otherwise for month in range(12)]

    farm = (line("récolte", season(9, 1), flags="p"), line("paniers", season(15, 3), flags="c"))
    factory = (
        line("pesée", season(2, 12), employer="e2", flags="c"),
        line("cartons", season(0, 8), employer="e2", flags="d"),
    )
    assert solved(place(*farm, periods=12)).status == "none"
    territory = place(*farm, *factory, periods=12, kilometres=9.0)
    plan = solved(territory)
    (only,) = (measure(territory, one) for one in plan.jobs)
    assert sorted(only.totals) == [48] * 8 + [52] * 4
    assert round(only.total / 2 / 12, 2) == 24.67
    assert {only.heavy_share(0), only.heavy_share(6)} == {Fraction(3, 8), Fraction(9, 26)}


def test_5_a_22_hour_job_is_a_cddi_and_two_hours_short_of_ordinary_part_time(
    canteen: Callable[..., Territory],
) -> None:
    label = (
        "valable en CDDI (20 h) ; non valable en CDI de droit commun : il manque 2 h, "
        "sauf demande écrite et motivée ou accord de branche étendu"
    )
    assert contract_label(44, USUAL) == label
    assert contract_types(44, USUAL)["CDDI"] is True
    territory = canteen(min_hours=24)
    plan = solved(territory)
    assert plan.status == "none"
    assert all(label in one.nearest_fix for one in explain_unused(territory, plan.jobs))


@pytest.mark.parametrize(
    ("hours", "cddi", "cdi"), [(39, False, False), (40, True, False), (47, True, False), (48, True, True)]
)
def test_5_contract_thresholds_to_the_half_hour(hours: int, cddi: bool, cdi: bool) -> None:
    types = contract_types(hours, USUAL)
    assert ((types["CDDI"] is True), (types["CDI"] is True)) == (cddi, cdi)


def test_7_dawn_and_evening_never_make_one_day() -> None:
    territory = place(
        line("préparation four", 12, dayparts="E", flags="c"),
        line("rangement", 10, employer="e2", dayparts="S"),
        kilometres=3.0,
    )
    plan = solved(territory)
    assert plan.status == "none"
    assert [one.reason for one in explain_unused(territory, plan.jobs)] == ["amplitude 16 h > 13 h"] * 2


@pytest.mark.parametrize("needed", [2, 3])
def test_8_a_job_needs_enough_people_who_hold_the_licence(needed: int) -> None:
    territory = place(
        line("tri", 10),
        line("test électro", 6, flags="c"),
        line("collecte", 6, flags="p", needs=(("permis_b", 1),)),
        people=everyone(10, drivers=2),
        min_people=needed,
    )
    plan = solved(territory)
    if needed == 2:
        (only,) = (measure(territory, one) for one in plan.jobs)
        assert (only.totals, only.people) == ((44,) * 4, 2)
    else:
        assert plan.status == "none"
        fixes = {one.nearest_fix for one in explain_unused(territory, plan.jobs)}
        assert fixes == {"1 personne de plus avec permis B, ou sans « collecte » 16 h (< 20 h)"}


CARE_WEEK = [
    Activity("soins lourds", 18, heavy=True),
    Activity("relationnel", 7, heavy=False),
    Activity("linge", 6, heavy=False),
    Activity("repas", 4, heavy=False),
]
HANDED_OVER = {"linge": 6.0, "repas": 4.0}


def test_9_freed_hours_refilled_with_heavy_care_raise_an_alert() -> None:
    use = [Activity("soins lourds", 7.2, heavy=True), Activity("relationnel", 2.8, heavy=False)]
    review = review_week(CARE_WEEK, HANDED_OVER, use)
    assert round(float(review.before), 3) == 0.514
    assert review.after == Fraction(72, 100)
    assert (review.alert, review.blocked, review.ready) == (True, False, False)
    assert "+20,6 points" in review.message


def test_9_freed_hours_given_to_people_and_tutoring_raise_none() -> None:
    use = [Activity("relationnel", 6, heavy=False), Activity("tutorat", 4, heavy=False)]
    review = review_week(CARE_WEEK, HANDED_OVER, use)
    assert review.before == review.after
    assert review.ready


def test_9_freed_hours_without_a_declared_use_block_the_proposal() -> None:
    review = review_week(CARE_WEEK, HANDED_OVER, [])
    assert (review.blocked, review.ready) == (True, False)


@pytest.mark.parametrize(
    ("hours", "left", "survives"), [((10, 9, 7), {16, 17, 19}, 0), ((12, 11, 10), {21, 22, 23}, 3)]
)
def test_10_a_job_is_robust_when_any_employer_may_leave(
    hours: tuple[int, ...], left: set[int], survives: int, three_sites: Callable[..., Territory]
) -> None:
    territory = three_sites(*hours)
    shares = Job(tuple(TaskShare(task.id, task.half_hours) for task in territory.tasks))
    found = measure(territory, shares)
    assert {found.left_without(employer) / 2 for employer in found.employers} == left
    assert robustness(found, territory.parameters) == survives
    assert is_fragile(found, territory.parameters) == (survives == 0)
    assert check_job(territory, shares) == []
