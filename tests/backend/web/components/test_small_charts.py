"""Curves and bars: what they say, and what they leave to the table."""

from __future__ import annotations

from datetime import date

from backend.web.components.charts import share_bar, spark


def test_a_frein_that_eases_is_not_shown_in_the_colour_of_alert():
    assert spark([(date(2026, 1, 5), 3), (date(2026, 11, 3), 1)]).css == ""


def test_a_frein_that_weighs_more_is_shown_in_the_colour_of_alert():
    assert spark([(date(2026, 1, 5), 1), (date(2026, 11, 3), 2)]).css == "rising"


def test_one_reading_is_a_flat_line():
    points = spark([(date(2026, 1, 5), 2)]).points.split()
    assert len(points) == 2
    assert len({point.split(",")[1] for point in points}) == 1


def test_shares_fill_the_bar_and_empty_ones_are_left_out():
    bar = share_bar(
        [("durable", "Emploi durable", 24), ("transition", "Transition", 0), ("other", "Autres", 76)]
    )
    assert [share.key for share in bar.shares] == ["durable", "other"]
    assert sum(float(share.width.rstrip("%")) for share in bar.shares) == 100


def test_a_thin_share_keeps_its_figure_for_the_table():
    bar = share_bar([("durable", "Emploi durable", 5), ("other", "Autres", 95)])
    assert bar.shares[0].text == ""
    assert bar.shares[1].text == "95"


def test_no_figure_stands_under_the_objective_line():
    bar = share_bar([("durable", "Emploi durable", 58), ("other", "Autres", 42)], objective=0.6)
    assert (bar.shares[1].text, bar.shares[1].text_x) == ("42", "61.50%")
    assert bar.objective_x == "60.00%"
    narrow = share_bar(
        [("durable", "Emploi durable", 58), ("other", "Autres", 10), ("none", "…", 32)], objective=0.62
    )
    assert narrow.shares[1].text == ""


def test_the_biggest_share_always_says_its_figure():
    for objective in range(0, 101, 5):
        for first in range(1, 10):
            bar = share_bar(
                [("durable", "Emploi durable", first), ("other", "Autres", 10 - first)],
                objective=objective / 100,
            )
            assert max(bar.shares, key=lambda share: share.count).text


def test_an_empty_year_draws_nothing():
    assert share_bar([("durable", "Emploi durable", 0)]).shares == []
