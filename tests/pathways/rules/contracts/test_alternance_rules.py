"""A contract that goes with a training: both sides of its ordinary length, and who employs under one."""

from __future__ import annotations

from datetime import date

import pytest

from backend.organisations.enums import StructureKind
from pathways.enums import ContractKind
from pathways.rules.contracts.alternance import ALTERNANCE
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.findings import contract_findings
from pathways.rules.contracts.signers import may_sign
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.kinds import TRAITS

START = date(2026, 9, 1)


def found(kind: ContractKind, end: date | None) -> list[tuple[str, bool]]:
    facts = ContractFacts(structure_kind="GEIQ", kind=kind, started_on=START, planned_end_on=end, today=START)
    return [(each.code, each.refuses) for each in contract_findings(facts, book=BUILT_IN)]


@pytest.mark.parametrize("kind", sorted(ALTERNANCE))
@pytest.mark.parametrize(
    ("end", "is_said"),
    [
        (date(2027, 2, 27), True),
        (date(2027, 2, 28), False),
        (date(2029, 8, 31), False),
        (date(2029, 9, 1), True),
        (None, False),
    ],
)
def test_the_ordinary_length_is_six_to_thirty_six_months_and_another_is_only_said(kind, end, is_said):
    assert found(kind, end) == ([("alternance_length", False)] if is_said else [])


@pytest.mark.parametrize("kind", sorted(ALTERNANCE))
def test_every_structure_that_employs_signs_it_and_a_geiq_first_of_all(kind):
    signers = {each for each in StructureKind if may_sign(each, kind, on=START, book=BUILT_IN)}
    assert signers == set(StructureKind) - {StructureKind.EITI}
    assert TRAITS[StructureKind.GEIQ].usual_contract in ALTERNANCE
