"""What a rule finds: refused when typed, kept with a word beside it when it comes from a file."""

from __future__ import annotations

import pytest

from backend.core.errors import DomainError
from backend.core.findings import Finding, raise_refusals, remarks

LAW = Finding(
    "cddi_minimum",
    "Ce contrat est trop court.",
    basis="Code du travail, art. L5132-5",
    way_out="Choisissez une fin plus tardive.",
    field="planned_end_on",
)
IMPOSSIBLE = Finding("exit_before_entry", "La sortie précède l’entrée.", is_contradiction=True)
NOTED = Finding("hours_48", "Plus de 48 heures par semaine.", refuses=False)


@pytest.mark.parametrize(
    ("found", "code"),
    [([], None), ([NOTED], None), ([NOTED, LAW], "cddi_minimum"), ([IMPOSSIBLE], IMPOSSIBLE.code)],
)
def test_a_service_refuses_what_the_law_refuses_and_what_cannot_be(found, code):
    if code is None:
        assert raise_refusals(found) is None
        assert remarks(found) == found
    else:
        with pytest.raises(DomainError) as refusal:
            raise_refusals(found)
        assert refusal.value.code == code


def test_a_refusal_says_the_way_out_the_field_and_the_text():
    error = LAW.as_error()
    assert error.as_dict() == {
        "code": "cddi_minimum",
        "detail": "Ce contrat est trop court. Choisissez une fin plus tardive.",
        "field": "planned_end_on",
        "basis": "Code du travail, art. L5132-5",
    }


def test_what_is_refused_of_other_fields_is_said_with_the_first_once_each():
    later = Finding("too_late", "Trop tard.", field="on")
    again = Finding("too_soon", "Trop tôt.", field="on")
    with pytest.raises(DomainError) as refusal:
        raise_refusals([NOTED, LAW, later, again, IMPOSSIBLE, LAW])
    assert [(each.code, each.field) for each in refusal.value.others] == [("too_late", "on")]
