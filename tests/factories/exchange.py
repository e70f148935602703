"""Builders of what leaves with a structure."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from backend.exchange.models import StructureCopy
from tests.factories.organisations import OrganisationFactory, UserFactory


class StructureCopyFactory(DjangoModelFactory):
    """A way out being prepared."""

    class Meta:
        model = StructureCopy

    user = factory.SubFactory(UserFactory)
    seat = "membership:1"
    organisation = factory.SubFactory(OrganisationFactory)
    format = "zip"
