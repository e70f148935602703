"""R38: how long a habilitation holds, to the day, and which one counts once it is renewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.enums import LicenceKind
from competences.rules.licences import FIGURE_OF, holds_on, in_force, last_day, licence_findings, told_alike
from pathways.rules.dated.rows import BUILT_IN

ONE = timedelta(days=1)
TODAY = date(2026, 11, 27)


@dataclass(frozen=True)
class Title:
    kind: str = "CACES_R489"
    label: str = "catégorie 3"
    obtained_on: date = date(2022, 3, 15)
    expires_on: date | None = date(2027, 3, 14)
    is_suspended: bool = False


@pytest.mark.parametrize(
    ("kind", "obtained", "last"),
    [
        ("CACES_R489", date(2022, 3, 15), date(2027, 3, 14)),
        ("CACES_R482", date(2022, 3, 15), date(2032, 3, 14)),
        ("SST", date(2024, 2, 29), date(2026, 2, 27)),
        ("SST", date(2025, 1, 1), date(2026, 12, 31)),
        ("CONDUITE", date(2025, 10, 1), date(2030, 9, 30)),
        ("FIMO_FCO", date(2021, 12, 31), date(2026, 12, 30)),
        ("HACCP", date(2010, 1, 1), None),
        ("PERMIS_B", date(2010, 1, 1), None),
        ("AUTRE", date(2010, 1, 1), None),
    ],
)
def test_r38_each_kind_holds_as_long_as_its_rule_says(kind, obtained, last):
    found = last_day(kind, obtained, book=BUILT_IN)
    assert found == last or (found and last and abs((found - last).days) <= 1 and obtained.day == 29)


def test_r38_every_figure_is_in_the_book_and_every_kind_is_known():
    assert set(FIGURE_OF.values()) <= set(BUILT_IN.names)
    for kind in LicenceKind:
        last_day(kind, TODAY, book=BUILT_IN)


def test_r38_it_holds_to_its_last_day_included_and_from_its_first():
    title = Title()
    assert not holds_on(title, title.obtained_on - ONE)
    assert holds_on(title, title.obtained_on)
    assert holds_on(title, title.expires_on)
    assert not holds_on(title, title.expires_on + ONE)
    assert not holds_on(Title(is_suspended=True), TODAY)
    assert holds_on(Title(expires_on=None), date(2060, 1, 1))


def test_r38_a_renewal_takes_the_place_of_what_it_renews_whatever_the_order():
    old = Title(obtained_on=date(2017, 3, 15), expires_on=date(2022, 3, 14))
    new = Title(label="Catégorie 3")
    other = Title(label="catégorie 5")
    assert in_force([old, new, other]) == in_force([other, new, old])
    assert old not in in_force([new, old, other])
    assert {each.label for each in in_force([old, new, other])} == {"Catégorie 3", "catégorie 5"}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        (Title(), None),
        (Title(expires_on=None), None),
        (Title(expires_on=date(2027, 3, 13)), None),
        (Title(expires_on=date(2027, 3, 15)), "licence_too_long"),
        (Title(obtained_on=TODAY, expires_on=None), None),
        (Title(obtained_on=TODAY + ONE, expires_on=None), "licence_to_come"),
        (Title(expires_on=date(2022, 3, 14)), "licence_ends_before"),
        (Title(expires_on=date(2022, 3, 15)), None),
        (Title(kind="AUTRE", label=" ", expires_on=None), "licence_unnamed"),
        (Title(kind="PERMIS_B", label="", expires_on=date(2037, 3, 14)), None),
        (Title(kind="PERMIS_B", label="", expires_on=date(2122, 3, 14)), "day_too_far"),
        (Title(obtained_on=date(1921, 3, 1), expires_on=None), "day_too_old"),
    ],
)
def test_r38_what_cannot_be_true_of_a_title_is_found(title, code):
    found = [each.code for each in licence_findings(title, today=TODAY, book=BUILT_IN)]
    assert found == ([code] if code else [])


@given(
    kind=st.sampled_from(list(LicenceKind)),
    obtained=st.dates(date(1990, 1, 1), TODAY),
    day=st.dates(date(1990, 1, 1), date(2060, 1, 1)),
)
def test_r38_the_end_that_is_computed_is_never_refused(kind, obtained, day):
    title = Title(kind, "x", obtained, last_day(kind, obtained, book=BUILT_IN))
    assert list(licence_findings(title, today=TODAY, book=BUILT_IN)) == []
    assert holds_on(title, day) == (obtained <= day and (title.expires_on is None or day <= title.expires_on))


@pytest.mark.parametrize("written", ["cat 3", "cat. 3", "CAT 3", "catégorie 3", "Catégories 3", "categ. 3"])
def test_a_category_is_the_same_however_it_is_written(written):
    assert told_alike(written) == told_alike("Catégorie 3") != told_alike("Catégorie 5")
