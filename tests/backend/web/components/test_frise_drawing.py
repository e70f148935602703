"""The frise tells every step, counts every gap and shows what is only planned as planned."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import backend.web
from backend.web.components.frise.draw import draw
from backend.web.components.frise.scale import BUCKETS, NARROWEST, PX_PER_MONTH
from backend.web.components.frise.source import (
    FriseBand,
    FriseGap,
    FriseMoment,
    FrisePeriod,
    FriseSource,
    FriseStep,
)

TODAY = date(2026, 11, 22)


def _percent(text: str) -> float:
    return float(text.rstrip("%"))


def test_a_gap_is_counted_in_days_first_and_last_included():
    gap = FriseGap(date(2026, 3, 1), date(2026, 5, 15))
    frise = draw(FriseSource(gaps=[gap]), today=TODAY)
    assert gap.days == 76
    assert "76" in frise.gaps[0].tip


def test_a_running_contract_is_full_until_today_and_lighter_after():
    step = FriseStep("aci", "ACI", "Chantier des Rives", date(2026, 1, 5), date(2027, 1, 4))
    shape = draw(FriseSource(steps=[step]), today=TODAY).steps[0]
    assert shape.width
    assert shape.future_width
    assert _percent(shape.future_x) == pytest.approx(_percent(shape.x) + _percent(shape.width), abs=0.01)


def test_a_contract_to_come_is_only_planned():
    step = FriseStep("ei", "EI", "Atelier Bois", date(2026, 12, 1), date(2027, 3, 31))
    shape = draw(FriseSource(steps=[step]), today=TODAY).steps[0]
    assert not shape.width
    assert shape.future_width


def test_a_short_mission_keeps_its_name_underneath():
    step = FriseStep("etti", "ETTI", "Vallées Intérim", date(2026, 6, 1), date(2026, 6, 9))
    frise = draw(FriseSource(steps=[step]), today=TODAY)
    assert frise.steps[0].text == ""
    assert [label.text for label in frise.callouts] == ["ETTI"]


def test_every_nature_of_thing_has_its_row():
    source = FriseSource(
        steps=[FriseStep("ai", "AI", "Trois Vallées", date(2025, 1, 6), date(2025, 12, 19))],
        gaps=[FriseGap(date(2025, 12, 20), date(2026, 1, 4))],
        bands=[FriseBand("PASS IAE", [FrisePeriod("pass", "PASS IAE", date(2025, 1, 6), date(2027, 1, 5))])],
        meetings=[FriseMoment(date(2026, 11, 3), "Suivi")],
        gains=[FriseMoment(date(2026, 4, 2), "CACES R489")],
    )
    frise = draw(source, today=TODAY)
    assert [len(part) for part in (frise.steps, frise.gaps, frise.bands, frise.meetings, frise.gains)] == [
        1
    ] * 5
    assert [name.text for name in frise.names] == ["Contrats", "PASS IAE", "Suivi", "Acquis"]


def test_nothing_known_still_draws_today():
    frise = draw(FriseSource(), today=TODAY)
    assert 0 < _percent(frise.today_x) < 100
    assert [label.text for label in frise.header if label.css == "today-label"] == ["aujourd’hui"]


def test_two_contracts_at_once_stand_on_two_rows():
    first = FriseStep("ai", "AI", "Trois Vallées", date(2026, 1, 5), date(2026, 12, 31))
    second = FriseStep("asp-sap", "SAP", "Aide aux Hameaux", date(2026, 3, 1), date(2026, 8, 31))
    above, under = draw(FriseSource(steps=[first, second]), today=TODAY).steps
    assert under.y - above.y > 36


@given(start=st.dates(date(2010, 1, 1), date(2026, 11, 1)), days=st.integers(0, 4000))
def test_everything_stays_inside_the_frame(start, days):
    step = FriseStep("aci", "ACI", "Chantier", start, start + timedelta(days=days))
    frise = draw(FriseSource(steps=[step]), today=TODAY)
    shape = frise.steps[0]
    for x, width in ((shape.x, shape.width), (shape.future_x, shape.future_width)):
        if width:
            assert _percent(x) >= 0
            assert _percent(x) + _percent(width) <= 100.5


def test_the_style_sheet_never_draws_a_month_narrower_than_the_labels_were_placed_for():
    css = (Path(backend.web.__file__).parent / "static" / "web" / "passerelles.css").read_text(
        encoding="utf-8"
    )
    widths = re.findall(r"\.months-(\d+) \{ min-width: (\d+)px; \}", css)
    assert {int(months) for months, _ in widths} == set(BUCKETS)
    assert all(int(width) >= max(int(months) * PX_PER_MONTH, NARROWEST) for months, width in widths)


STEP = FriseStep("aci", "ACI", "Chantier des Rives", date(2026, 1, 5), date(2027, 1, 4))


@pytest.mark.parametrize("day", [date(1921, 1, 1), date(1900, 1, 1), date(2009, 6, 3), date(2099, 1, 1)])
@pytest.mark.parametrize("kind", ["meetings", "gains"])
def test_an_absurd_mark_does_not_stretch_the_line(day, kind):
    alone = draw(FriseSource(steps=[STEP]), today=TODAY)
    slip = draw(FriseSource(steps=[STEP], **{kind: [FriseMoment(day, "Suivi")]}), today=TODAY)
    assert (slip.css, slip.steps, slip.year_lines) == (alone.css, alone.steps, alone.year_lines)
    assert not getattr(slip, kind)


def test_a_meeting_before_the_first_step_is_still_drawn():
    before = FriseMoment(date(2025, 6, 3), "Accueil")
    frise = draw(FriseSource(steps=[STEP], meetings=[before]), today=TODAY)
    assert _percent(frise.meetings[0].x) < _percent(frise.steps[0].x)


@given(days=st.lists(st.dates(), min_size=1, max_size=6), today=st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_whatever_the_dates_the_line_keeps_a_scale_it_has_and_few_years(days, today):
    steps = [FriseStep("aci", "ACI", "Chantier des Rives", day, max(days)) for day in days]
    frise = draw(FriseSource(steps=steps, meetings=[FriseMoment(day, "Suivi") for day in days]), today=today)
    assert len(frise.year_lines) <= max(BUCKETS) // 12
    assert int(frise.css.removeprefix("months-")) in BUCKETS
    assert all(0 <= _percent(shape.x) <= 100 for shape in (*frise.steps, *frise.meetings))


def _band(*periods: FrisePeriod, **more) -> FriseSource:
    return FriseSource(steps=[STEP], bands=[FriseBand("Formations", periods, **more)])


def test_a_period_to_come_is_only_planned_and_two_at_once_stand_on_two_rows():
    now = FrisePeriod("training", "Cuisine", date(2026, 11, 2), date(2026, 12, 4), "Cuisine")
    other = FrisePeriod("training", "Accueil", date(2026, 11, 30), date(2026, 12, 11), "Accueil")
    (band,) = draw(_band(now, other), today=TODAY).bands
    running, planned = band.shapes
    assert (bool(running.width), bool(running.future_width)) == (True, True)
    assert (bool(planned.width), bool(planned.future_width)) == (False, True)
    assert planned.y > running.y
    assert [label.text for label in band.labels] == ["Cuisine", "Accueil"]


def test_a_row_without_anything_in_sight_is_not_drawn():
    far = FrisePeriod("training", "Cuisine", date(1996, 11, 2), date(1996, 12, 4), "Cuisine")
    frise = draw(_band(far), today=TODAY)
    assert frise.bands == []
    assert [name.text for name in frise.names] == ["Contrats"]
    assert frise.css == draw(FriseSource(steps=[STEP]), today=TODAY).css


def test_rows_follow_each_other_without_touching():
    period = FrisePeriod("training", "Cuisine", date(2026, 10, 5), date(2026, 10, 30), "Cuisine songée")
    source = FriseSource(
        steps=[STEP],
        bands=[FriseBand(name, [period, period]) for name in ("PASS IAE", "Immersions", "Formations")],
        meetings=[FriseMoment(date(2026, 11, 3), "Suivi")],
        gains=[FriseMoment(date(2026, 4, 2), "CACES R489")],
    )
    frise = draw(source, today=TODAY)
    for above, under in pairwise(frise.bands):
        assert under.y >= above.label_y + max(label.y for label in above.labels) + 6
    assert frise.tops["meetings"] - 5 >= frise.bands[-1].label_y
    assert frise.tops["gains"] - 7 > frise.tops["meetings"] + 5
    assert frise.height > frise.tops["gains"] + 7
    ys = [name.y for name in frise.names]
    assert ys == sorted(ys)


@given(words=st.text(min_size=1, max_size=400), day=st.dates(date(2026, 1, 5), date(2027, 4, 1)))
def test_however_long_a_title_its_words_stay_in_the_narrowest_picture(words, day):
    period = FrisePeriod("training", words, day, day, words)
    frise = draw(
        FriseSource(steps=[STEP], bands=[FriseBand("Formations", [period])], gains=[FriseMoment(day, words)]),
        today=TODAY,
    )
    labels = [*frise.gains, *(label for band in frise.bands for label in band.labels)]
    assert all(0 <= label.left <= label.right <= frise.width for label in labels)
    assert all(words in bar.tip for band in frise.bands for bar in band.shapes)
