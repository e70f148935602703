"""What may not enter matching, and how it is said."""

from __future__ import annotations

import pytest

from employers.matching.errors import InputRefused
from employers.matching.guard import PROTECTED_BASIS, refuse_protected, refuse_unlisted, shown


@pytest.mark.parametrize(
    "key",
    [
        "age", "Âge", "sexe", "SEX", "date_naissance", "birth-date", "nationalité", "origine", "code_postal",
        "postcode", "commune", "adresse", "rsa", "QPV", "rqth", "handicap", "santé", "nom", "prénom", "photo",
        "religion", "syndicat", "iban", "situation_familiale", "enceinte", "langue", "orientation_sexuelle",
    ],
)  # fmt: skip
def test_r39_a_criterion_the_law_forbids_is_refused_with_the_law(key):
    with pytest.raises(InputRefused, match=PROTECTED_BASIS) as refusal:
        refuse_protected(["id", key])
    assert refusal.value.code == "protected_key"
    assert f"« {key} »" in refusal.value.message


def test_what_speaks_of_the_work_passes():
    refuse_protected(["id", "competences", "code", "level", "importance", "travel_minutes", "exclusions"])


def test_any_other_key_is_refused_too_and_the_allowed_ones_are_told():
    with pytest.raises(InputRefused, match="code, level") as refusal:
        refuse_unlisted({"code": 1, "humeur": 2}, {"code", "level"}, within="un profil")
    assert refusal.value.code == "unlisted_key"
    assert "« humeur »" in refusal.value.message


def test_a_key_is_shown_short_and_without_control_characters():
    assert shown("a\x1b[31m" + "b" * 100) == "a?[31m" + "b" * 33 + "…"
