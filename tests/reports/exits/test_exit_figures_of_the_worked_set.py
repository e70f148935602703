"""120 exits = 14 withdrawn + 16 below the threshold + 90 examined: the promised JSON, to the last figure."""

from __future__ import annotations

import json

import pytest

from backend.core.actor import Actor
from reports.exits.compute.period import Period
from reports.exits.figures import exit_statistics
from tests.factories import OrganisationFactory
from tests.queries import assert_same_queries
from tests.worlds.worked_set import build, leave

pytestmark = pytest.mark.django_db
LINE_KEYS = [
    "all_exits", "withdrawn", "below_threshold", "examined",
    "durable", "transition", "positive", "other", "no_news", "rates",
]  # fmt: skip


def test_the_worked_set_gives_the_promised_json(in_2025):
    build()
    statistics = exit_statistics(Actor.operator(), in_2025)
    assert statistics["period"] == {"start": "2025-01-01", "end": "2025-12-31"}
    assert {"min_days_aci_ei": 81, "min_hours_ai_etti": 150}.items() <= statistics["rules"].items()
    assert statistics["rules"]["version"]
    assert json.dumps(statistics["total"]) == json.dumps(
        {
            "all_exits": 120, "withdrawn": 14, "below_threshold": 16, "examined": 90,
            "durable": 24, "transition": 17, "positive": 13, "other": 36, "no_news": 10,
            "rates": {
                "dynamic": 0.6, "durable": 0.2667, "transition": 0.1889, "positive": 0.1444, "no_news": 0.1111,
            },
        }
    )  # fmt: skip
    assert list(statistics["by_type"]) == ["AI", "ETTI", "ACI", "EI"]
    assert set(statistics["by_structure"]) == {"ai", "etti", "aci", "ei"}


def test_r28_every_line_adds_up(in_2025):
    build()
    statistics = exit_statistics(Actor.operator(), in_2025)
    lines = [statistics["total"], *statistics["by_type"].values(), *statistics["by_structure"].values()]
    for line in lines:
        assert list(line) == LINE_KEYS
        assert line["all_exits"] == line["examined"] + line["withdrawn"] + line["below_threshold"]
        assert line["examined"] == sum(line[name] for name in ("durable", "transition", "positive", "other"))
    for name in LINE_KEYS[:-1]:
        assert statistics["total"][name] == sum(line[name] for line in statistics["by_type"].values())
        assert statistics["total"][name] == sum(line[name] for line in statistics["by_structure"].values())


def test_leavers_of_personal_services_and_geiq_enter_no_denominator(in_2025):
    build()
    before = exit_statistics(Actor.operator(), in_2025)
    for kind in ("ASP-SAP", "GEIQ"):
        leave(OrganisationFactory(kind=kind), motive="3")
    after = exit_statistics(Actor.operator(), in_2025)
    assert after["left_out"] == {"superseded": 0, "not_siae": 2, "unsettled": 0, "to_come": 0}
    for key in ("total", "by_type", "by_structure"):
        assert after[key] == before[key]


def test_r29_a_year_without_exit_has_null_rates_never_zero():
    build()
    statistics = exit_statistics(Actor.operator(), Period.of_year(2019))
    assert statistics["total"]["all_exits"] == 0
    assert set(statistics["total"]["rates"].values()) == {None}
    assert set(statistics["by_structure"]["aci"]["rates"].values()) == {None}
    assert statistics["missing_motive"]["dynamic"] == {"lowest": None, "highest": None}


def test_missing_motives_are_counted_apart_with_the_interval(in_2025):
    places = build()
    for hours in (300, 300, 20):
        leave(places["AI"], motive="", hours=hours)
    statistics = exit_statistics(Actor.operator(), in_2025)
    assert statistics["total"]["all_exits"] == 120
    assert statistics["missing_motive"] == {
        "count": 3,
        "examinable": 2,
        "dynamic": {"lowest": round(54 / 92, 4), "highest": round(56 / 92, 4)},
    }


def test_a_structure_without_external_id_is_known_by_its_number(in_2025):
    here = OrganisationFactory(kind="EI")
    statistics = exit_statistics(Actor.operator(), in_2025)
    assert statistics["by_structure"][str(here.pk)]["rates"]["dynamic"] is None


def test_figures_ask_as_many_queries_for_one_person_as_for_a_hundred(in_2025):
    here = OrganisationFactory(kind="AI")

    def grow(more: int) -> None:
        for _ in range(more):
            leave(here, motive="7")

    assert_same_queries(lambda: exit_statistics(Actor.operator(), in_2025), grow)
