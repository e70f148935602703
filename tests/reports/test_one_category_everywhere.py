"""One exit has one category: the API, the statistics, the lists and the screens ask the same dated book."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from backend.core.actor import Role
from pathways.models import RuleSetting
from pathways.rules.exits.motives import MOTIVES, ExitCategory
from pathways.screens.exits.forms import motive_choices
from pathways.selectors.rule_book import read_book
from reports.exits.compute.period import Period
from reports.exits.figures import exit_report
from tests.factories import OrganisationFactory, PlacementFactory, actor_of
from tests.worlds.two_houses import client_of
from tests.worlds.worked_set import leave

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 2)


def moved(category: ExitCategory | None) -> ExitCategory:
    """Another category than the product's own."""
    return ExitCategory.POSITIVE if category is not ExitCategory.POSITIVE else ExitCategory.OTHER


def test_every_motive_moved_by_a_setting_is_moved_everywhere():
    here = OrganisationFactory(kind="AI")
    manager = actor_of(Role.MANAGER, here)
    exits = {}
    for motive in MOTIVES:
        RuleSetting.objects.create(
            key=f"category:{motive.code}",
            value=moved(motive.category),
            valid_from=date(2025, 1, 1),
            basis="Réponse de l’ASP",
        )
        exits[motive.code] = leave(here, motive=motive.code, on=DAY)
    client = client_of(manager)
    listed = client.get("/api/v1/exits/", {"page_size": 100}).json()["results"]
    by_api = {row["motive"]: row["category"] for row in listed}
    counted = exit_report(manager, Period.of_year(2025)).classified.set_index("motive")["category"].to_dict()
    offered = {
        code: label for label, motives in motive_choices(read_book(), DAY) if isinstance(motives, list)
        for code, _ in motives
    }  # fmt: skip
    for motive in MOTIVES:
        expected = moved(motive.category)
        assert (by_api[motive.code], counted[motive.code]) == (expected, expected), motive.code
        assert offered[motive.code] == expected.label


def test_the_page_of_a_hire_says_the_same_category():
    here = OrganisationFactory(kind="AI")
    exit_ = leave(here, motive="13", on=DAY)
    placement = PlacementFactory(exit=exit_, beneficiary=exit_.stay.beneficiary)
    client = client_of(actor_of(Role.MANAGER, here))
    address = reverse("web:placement", args=[placement.pk])
    assert "Emploi durable" in client.get(address).content.decode()
    RuleSetting.objects.create(
        key="category:13", value="transition", valid_from=DAY, basis="Réponse de l’ASP"
    )
    assert "Emploi de transition" in client.get(address).content.decode()
