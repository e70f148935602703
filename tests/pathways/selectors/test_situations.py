"""Where a person stands in a structure, in one line."""

from datetime import date

import pytest

from pathways.enums import ContractKind
from pathways.selectors.caseload import situation_of
from tests.factories import ContractFactory, StayFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("renewed_until", "said"),
    [
        (None, "jusqu’au 17 décembre 2026"),
        (date(2027, 6, 17), "jusqu’au 17 décembre 2026, puis jusqu’au 17 juin 2027"),
    ],
)
def test_a_renewal_signed_ahead_is_said_with_the_contract_under_way(renewed_until, said):
    stay = StayFactory(started_on=date(2026, 6, 18))
    signed = {"stay": stay, "kind": ContractKind.CDDI}
    ContractFactory(**signed, started_on=date(2026, 6, 18), planned_end_on=date(2026, 12, 17))
    if renewed_until:
        ContractFactory(**signed, started_on=date(2026, 12, 18), planned_end_on=renewed_until)
    assert situation_of(stay, TODAY).replace("\u00a0", " ").endswith(said)
