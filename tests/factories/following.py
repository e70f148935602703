"""Rights that follow a person: a medical visit, days off saved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from pathways.models import MedicalVisit, SavedDays
from tests.factories.organisations import OrganisationFactory
from tests.factories.pathways import BeneficiaryFactory


class MedicalVisitFactory(DjangoModelFactory):
    class Meta:
        model = MedicalVisit

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = "VIP_INITIALE"
    made_on = date(2026, 2, 2)
    rhythm = "ORDINAIRE"
    paper = "ATTESTATION"
    service = "Service de prévention des Songes"
    jobs = "K2204,G1603"
    due_on = date(2031, 1, 31)


class SavedDaysFactory(DjangoModelFactory):
    class Meta:
        model = SavedDays

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = "CONGES"
    days = Decimal("6.5")
    counted_on = date(2026, 10, 31)
    fate = "A_PAYER"
