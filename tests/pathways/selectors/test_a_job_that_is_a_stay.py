"""An exit to a structure outside the IAE and the stay there are one step of the line, not two."""

from __future__ import annotations

from datetime import date

import pytest

from backend.organisations.enums import StructureKind
from pathways.models import Stay
from pathways.rules.timeline import EMPLOYMENT
from pathways.selectors.steps import line_of, stay_lines, steps_of
from tests.factories import ExitFactory, OrganisationFactory, StayFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("kind", "begins", "jobs"),
    [
        (StructureKind.ASP_SAP, date(2026, 1, 12), 0),
        (StructureKind.ASP_SAP, date(2026, 10, 1), 1),
        (StructureKind.EI, date(2026, 1, 12), 1),
    ],
    ids=["hired there", "long after", "back in the IAE"],
)
def test_a_job_that_is_a_stay_is_told_once(kind, begins, jobs):
    stay = StayFactory(started_on=date(2025, 1, 1), ended_on=date(2025, 12, 31))
    ExitFactory(stay=stay, occurred_on=date(2025, 12, 31), motive="9", contract_months=8)
    StayFactory(beneficiary=stay.beneficiary, organisation=OrganisationFactory(kind=kind), started_on=begins)
    stays = stay_lines(Stay.objects.filter(beneficiary=stay.beneficiary))
    line = line_of(stays, [], today=TODAY)

    assert len(steps_of(stays)) == 2
    assert sum(step.kind == EMPLOYMENT for step in line.steps) == jobs
