"""The worked example of the README, figure by figure."""

from __future__ import annotations

from collections.abc import Callable

from employers.recomposition.documents.report import plan_document
from employers.recomposition.engine import Limits, recompose
from employers.recomposition.facts.measures import half_hour_value, measure
from employers.recomposition.facts.territory import Territory


def test_the_worked_example_of_the_readme(canteen: Callable[..., Territory]) -> None:
    territory = canteen()
    weights = [half_hour_value(task, territory.parameters) for task in territory.tasks]
    assert weights == [14, 16, 10, 14, 16]
    plan = recompose(territory, limits=Limits(iterations=5))
    assert (plan.status, plan.value, plan.bound) == ("optimal", 2652, 2652)
    assert plan.value == 200 - 60 + 8 * (5 * 14 + 4 * 16 + 3 * 10 + 5 * 14 + 5 * 16)
    found = measure(territory, plan.jobs[0])
    assert (found.heavy_share(0).as_integer_ratio(), found.skill_share.as_integer_ratio()) == (
        (3, 22),
        (9, 22),
    )
    (job,) = plan_document(territory, plan, [])["jobs"]
    assert job["contracts"] == {
        "CDDI": True,
        "CDI": "il manque 2 h, sauf demande écrite et motivée ou accord de branche étendu",
    }
