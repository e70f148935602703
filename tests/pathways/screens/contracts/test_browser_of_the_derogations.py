"""A derogation from the refusal that asks for it to the alert before its end; past sixty months, none stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from backend.core.values.dates import french_date, last_day_after, months_after
from pathways.models import Contract, Derogation
from tests.chromium import Visitor, browser, faults_of, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.factories import ContractFactory, DerogationFactory
from tests.worlds.accompanied import Accompanied

pytestmark = [pytest.mark.browser, committing]
DAY = timedelta(days=1)


@pytest.fixture
def house() -> Accompanied:
    return Accompanied.build()


@pytest.fixture
def page(browser, live_server, house):  # noqa: F811
    visitor = Visitor(browser, live_server.url, house.advisor_user, seat=house.advisor.seat)
    yield visitor.context(360).new_page()
    assert (visitor.elsewhere, visitor.complaints) == ([], [])


def signed(house: Accompanied, months: int, *, until: date) -> Contract:
    """A CDDI of so many months in this structure, which ends that day."""
    start = months_after(until + DAY, -months)
    stay = house.stay
    stay.started_on = start
    stay.save()
    return ContractFactory(stay=stay, started_on=start, planned_end_on=until)


def words(page) -> str:
    return page.inner_text("main").replace("\u00a0", " ")


def sends(page, **typed: date | str) -> str:
    """The form of the page, filled and sent; what the next page says."""
    form = page.locator("main form").last
    for name, value in typed.items():
        field, said = form.locator(f'[name="{name}"]'), str(value)
        if field.first.get_attribute("type") == "radio":
            form.locator(f'[name="{name}"][value="{said}"]').check(force=True)
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(said)
        else:
            field.fill(said)
    with page.expect_navigation():
        form.locator('button[type="submit"]').last.click()
    return words(page)


def test_refused_asked_obtained_renewed_and_told_before_its_end(house, page):
    today = timezone.localdate()
    last = signed(house, 24, until=today + 10 * DAY)
    beyond, end = last.planned_end_on + DAY, today + 50 * DAY
    renewal = f"/passages/{house.stay.pk}/contrat/?prolonge={last.pk}"
    page.goto(renewal)
    refused = sends(page, planned_end_on=end)
    assert "le maximum est de 24 mois" in refused
    assert f"à partir du {french_date(beyond)}, il faut une dérogation".replace("\u00a0", " ") in refused
    assert "enregistrez la dérogation décidée par" in refused
    assert faults_of(page) == []

    page.get_by_role("button", name="Enregistrer une dérogation").click()
    page.wait_for_url("**/derogation/?suite=*")
    assert [page.input_value(f"#id_{name}") for name in ("starts_on", "ends_on")] == [
        beyond.isoformat(),
        end.isoformat(),
    ]
    assert "gardé une heure" in words(page)
    assert faults_of(page) == []
    sends(
        page, motive="DIFFICULTES", decider="PRESCRIPTEUR", status="ACCORDEE", asked_on=today - 20 * DAY,
        decided_on=today - 2 * DAY, document="Courrier inventé", document_on=today - 2 * DAY,
    )  # fmt: skip
    assert "La dérogation est enregistrée." in page.inner_text("body")
    assert page.input_value("#id_planned_end_on") == end.isoformat()
    page.go_back()
    assert page.input_value("#id_starts_on") == beyond.isoformat()
    page.go_forward()
    assert page.input_value("#id_planned_end_on") == end.isoformat()
    sends(page)
    assert "Le contrat est enregistré." in page.inner_text("body")
    assert Contract.objects.get(initial=last).planned_end_on == end

    page.goto("/ma-journee/")
    assert "Dérogation qui se termine" in words(page)
    assert f"La dérogation s’arrête le {french_date(end)}".replace("\u00a0", " ") in words(page)


def test_past_sixty_months_no_derogation_for_difficulties_stands(house, page):
    today = timezone.localdate()
    last = signed(house, 59, until=today + 10 * DAY)
    DerogationFactory(
        beneficiary=house.person, organisation=house.structure, motive="DIFFICULTES", status="ACCORDEE",
        starts_on=months_after(last.started_on, 24), ends_on=last.planned_end_on,
        asked_on=last.started_on, decided_on=last.started_on,
    )  # fmt: skip
    start = last.planned_end_on + DAY
    page.goto(f"/passages/{house.stay.pk}/derogation/")
    refused = sends(
        page, motive="DIFFICULTES", decider="PRESCRIPTEUR", starts_on=start, ends_on=last_day_after(start, 5),
        status="ACCORDEE", asked_on=today - 20 * DAY, decided_on=today - 2 * DAY,
    )  # fmt: skip
    assert "60 mois" in refused
    assert Derogation.objects.count() == 1

    page.goto(f"/passages/{house.stay.pk}/contrat/?prolonge={last.pk}")
    assert "il faut une dérogation" in sends(page, planned_end_on=last_day_after(start, 5))
    assert not Contract.objects.filter(initial=last).exists()
