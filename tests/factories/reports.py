"""What left as publishable."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from reports.exits.compute.layouts import EXIT_LAYOUT
from reports.models import PublishedTable
from tests.factories.organisations import OrganisationFactory, UserFactory


class PublishedTableFactory(DjangoModelFactory):
    """The table of one structure, of a year long over."""

    class Meta:
        model = PublishedTable

    year = 2023
    rank = factory.Sequence(lambda number: number + 1)
    breakdown = "TYPE"
    organisation = factory.SubFactory(OrganisationFactory)
    lines = factory.LazyAttribute(
        lambda made: [
            {"line": "ACI", "label": "", "organisations": [made.organisation.pk], "counts": dict.fromkeys(EXIT_LAYOUT.all_columns, 40)},
            {"line": "total", "label": "", "organisations": [], "counts": dict.fromkeys(EXIT_LAYOUT.all_columns, 40)},
        ]
    )  # fmt: skip
    threshold = 11
    rules = "2026-08"
    data_state = "0:0"
    published_by = factory.SubFactory(UserFactory)
