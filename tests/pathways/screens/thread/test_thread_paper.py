"""« Parcours en PDF »: tagged, in French, the same picture and the same table as on screen."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.web.components.frise.draw import draw
from backend.web.components.frise.source import FriseSource, FriseStep
from pathways.models import Beneficiary
from pathways.screens.person.paper import PAGE, Paper, thread_paper
from pathways.screens.thread.frise import frise_of
from pathways.selectors import thread_of
from tests.factories import StayFactory
from tests.worlds.three_valleys import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def tags_of(content: bytes) -> list[str]:
    paper = pikepdf.open(io.BytesIO(content))
    return [
        str(each.S)
        for each in paper.objects
        if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each
    ]


def test_it_is_tagged_in_french_with_a_line_for_each_step(advisor, place):
    answer = advisor.get(reverse("web:thread_pdf", args=[place.solange.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    paper = pikepdf.open(io.BytesIO(answer.content))
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang) == "fr"
    with paper.open_metadata() as about:
        assert about["dc:title"] == f"Parcours de {place.solange}"
    line = thread_of(place.seat.as_actor(), place.solange, today=date(2026, 11, 22))
    tags = tags_of(answer.content)
    assert tags.count("/H1") == 1
    assert tags.count("/TR") - tags.count("/Table") == len(
        line.rows
    )  # its titles are said again on each sheet
    assert len(line.rows) > 3
    assert Entry.objects.filter(action="thread.taken", beneficiary_id=place.solange.pk).count() == 1


def test_every_shape_of_the_screen_stands_on_the_sheet(place):
    frise = frise_of(thread_of(place.seat.as_actor(), place.solange, today=date(2026, 11, 22)))
    boxes = Paper(frise).boxes
    drawn = {(box.left, box.width) for box in boxes}
    bars = [bar for band in frise.bands for bar in (*band.shapes, *band.over)]
    shapes = [*frise.steps, *bars, *frise.gaps]
    assert {(each.x, each.width) for each in shapes if each.width} <= drawn
    assert {(each.future_x, each.future_width) for each in shapes if each.future_width} <= drawn
    labels = [
        *frise.header,
        *frise.callouts,
        *frise.gains,
        *(each for band in frise.bands for each in band.labels),
    ]
    assert {each.text for each in labels} <= {box.text for box in boxes}
    assert len([box for box in boxes if box.css.startswith("dot")]) == len(frise.meetings)


@pytest.mark.parametrize("years", [0, 3, 30])
def test_however_long_it_keeps_to_the_width_of_the_sheet(years):
    today = date(2026, 11, 22)
    steps = [FriseStep("aci", "ACI", "ACI · Chantier songé", date(2026 - years, 3, 1), None)]
    paper = Paper(draw(FriseSource(steps=steps), today=today))
    assert round(paper.width * paper.scale) == pytest.approx(PAGE, abs=1)
    assert (
        thread_paper(Beneficiary(first_name="Jo", last_name="Songe"), paper.frise, today=today)[:4] == b"%PDF"
    )


def test_whoever_does_not_read_the_page_does_not_take_the_paper(sign_in, place):
    address = reverse("web:thread_pdf", args=[place.solange.pk])
    stranger = member(Role.ADVISOR, StayFactory().organisation)
    assert sign_in(stranger.user).get(address).status_code == 404
    assert sign_in(place.door.user).get(address).status_code in {403, 404}
