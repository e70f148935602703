"""The frise shows all that lasts: the PASS and what changes it, immersions and trainings, past, under way and to come."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import backend.web
import pathways
from backend.core.actor import Role
from backend.core.values.dates import french_date
from pathways.enums import RequestStatus
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.timeline import Span, thread
from pathways.screens.thread.chapters import chapters_of
from pathways.screens.thread.frise import BANDS, LOOKS, OVER_A_PASS, frise_of
from pathways.selectors import thread_of
from tests.factories import (
    TODAY,
    IaePassFactory,
    ImmersionFactory,
    PassProlongationFactory,
    PassSuspensionFactory,
    TrainingFactory,
    actor_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SCREEN = Path(backend.web.__file__).parent / "static" / "web" / "passerelles.css"
PAPER = Path(pathways.__file__).parent / "static" / "pathways" / "frise-paper.css"


def plain(words: str) -> str:
    """Without the spaces that never break."""
    return words.replace("\u00a0", " ")


@pytest.fixture
def told(place):
    """Solange with a suspended then prolonged PASS, an immersion behind, a training ahead."""
    iae = place.solange.passes.first() or IaePassFactory(beneficiary=place.solange)
    iae.starts_on, iae.ends_on = date(2025, 1, 6), date(2027, 4, 5)
    iae.save()
    PassSuspensionFactory(iae_pass=iae, starts_on=date(2026, 3, 2), ends_on=date(2026, 4, 30))
    PassProlongationFactory(
        iae_pass=iae, starts_on=date(2027, 3, 6), ends_on=date(2027, 4, 5), status=RequestStatus.GRANTED
    )
    structure = place.seat.organisation
    ImmersionFactory(
        beneficiary=place.solange, organisation=structure, host_name="Fournil songé",
        started_on=date(2026, 6, 1), planned_end_on=date(2026, 6, 12),
    )  # fmt: skip
    TrainingFactory(
        beneficiary=place.solange, organisation=structure, title="Cuisine songée",
        started_on=date(2027, 1, 4), planned_end_on=date(2027, 1, 29),
    )  # fmt: skip
    return place.solange


def test_each_period_is_drawn_from_its_first_day_to_its_last_and_stands_in_the_table(place, told):
    line = thread_of(place.seat.as_actor(), told, today=TODAY)
    frise = frise_of(line)
    bands = {band.name: band for band in frise.bands}
    assert list(bands) == ["PASS IAE", "Immersions", "Formations"]
    tips = {plain(bar.tip) for band in frise.bands for bar in (*band.shapes, *band.over)}
    assert "PASS suspendu, du 2 mars 2026 au 30 avril 2026" in tips
    assert "PASS prolongé, du 7 mars 2027 au 5 avril 2027" in tips
    assert "Immersion chez Fournil songé, du 1er juin 2026 au 12 juin 2026" in tips
    assert [bar.width for bar in bands["Formations"].shapes] == [""]
    assert all(bar.future_width for bar in bands["Formations"].shapes)
    for span in line.spans:
        days = french_date(span.start), french_date(span.end)
        said = [row.what for row in frise.rows if row.nature == span.nature and (row.start, row.end) == days]
        assert [what for what in said if what.startswith(span.label)]
    planned = [row.what for row in frise.rows if row.nature == "Formation"]
    assert planned
    assert all(what.endswith("(prévu)") for what in planned)


def test_a_suspension_stands_on_the_bar_of_its_pass_and_says_no_motive(place, told):
    band = frise_of(thread_of(place.seat.as_actor(), told, today=TODAY)).bands[0]
    assert {each.y for each in band.over} <= {each.y for each in band.shapes}
    assert "suspendu 60 j" in [plain(label.text) for label in band.labels]
    assert "rompu" not in " ".join(bar.tip for bar in band.over).lower()


def test_who_heads_the_group_reads_the_pass_and_not_what_changed_it(place, told):
    head = actor_of(Role.GROUP_HEAD, organisation=place.seat.organisation)
    natures = {span.nature for span in thread_of(head, told, today=TODAY).spans}
    assert "PASS IAE" in natures
    assert not natures & set(OVER_A_PASS)
    reader = place.seat.as_actor()
    assert set(OVER_A_PASS) <= {span.nature for span in thread_of(reader, told, today=TODAY).spans}


def test_every_nature_has_its_row_and_its_look_on_screen_and_on_paper():
    natures = {nature for _, nature in BANDS} | set(OVER_A_PASS)
    assert natures == set(LOOKS)
    for sheet in (SCREEN, PAPER):
        looks = set(re.findall(r"\.([a-z-]+)", sheet.read_text(encoding="utf-8")))
        assert set(LOOKS.values()) <= looks


def test_a_closed_pass_ends_the_day_it_was_closed(place, told):
    told.passes.update(closed_on=date(2026, 10, 1))
    (span,) = [
        span
        for span in thread_of(place.seat.as_actor(), told, today=TODAY).spans
        if span.nature == "PASS IAE"
    ]
    assert span.end == date(2026, 10, 1)


def test_a_suspension_ends_with_the_pass_that_was_closed(place, told):
    """Closed within 36 months of suspension, its days never stand over the PASS that follows."""
    told.passes.update(closed_on=date(2026, 4, 10))
    spans = [
        span
        for span in thread_of(place.seat.as_actor(), told, today=TODAY).spans
        if span.nature == "Suspension du PASS"
    ]
    assert [(span.start, span.end) for span in spans] == [(date(2026, 3, 2), date(2026, 4, 10))]
    told.passes.update(closed_on=date(2026, 2, 10))
    natures = {span.nature for span in thread_of(place.seat.as_actor(), told, today=TODAY).spans}
    assert "Suspension du PASS" not in natures


def test_a_date_is_never_cut_in_a_narrow_frame(place, told):
    frise = frise_of(thread_of(place.seat.as_actor(), told, today=TODAY))
    labels = [label for label in frise.bands[0].labels if label.text.startswith("jusqu’au")]
    assert [plain(label.short) for label in labels] == ["5 avr. 2027"]
    assert not [label.short for label in frise.bands[0].labels if "…" in label.short]


def test_the_person_reads_immersions_and_trainings_in_plain_words():
    spans = [
        Span("Immersion", "Immersion chez Fournil songé", date(2026, 6, 1), date(2026, 6, 12)),
        Span("Formation", "Formation « Cuisine songée »", date(2026, 11, 2), date(2026, 12, 4)),
        Span("Formation", "Formation « Accueil songé »", date(2027, 1, 4), date(2027, 1, 29)),
        Span("Suspension du PASS", "PASS suspendu", date(2026, 3, 2), date(2026, 4, 30)),
    ]
    told = chapters_of(thread([], today=TODAY, book=BUILT_IN, spans=spans))
    assert [(plain(chapter.words), chapter.css) for chapter in told] == [
        ("Du 1er juin 2026 au 12 juin 2026.", ""),
        ("Du 2 novembre 2026 au 4 décembre 2026. C’est maintenant.", "now"),
        ("À partir du 4 janvier 2027.", "planned-step"),
    ]
