"""What rules a work out for someone, and in which order people are looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from employers.matching.candidates import tie_key
from employers.matching.errors import InputRefused
from employers.matching.feasibility import (
    Availability,
    Finding,
    LegalCeiling,
    Wish,
    WorkTerms,
    check_feasibility,
    order_for_work,
)
from employers.matching.vocabulary import Match, Reason, State

WORK = WorkTerms(
    ends_on=date(2026, 6, 30),
    weekly_hours=20,
    hours=100,
    demands=frozenset({"port_charges_10kg"}),
    licences=frozenset({"CACES 3"}),
)
PERSON = Availability(
    travel_minutes=30,
    travel_limit_minutes=30,
    least_weekly_hours=20,
    most_weekly_hours=20,
    licences={"CACES 3": date(2026, 6, 30)},
    ceilings=(LegalCeiling("480 h sur 24 mois", 100, "Code du travail, art. L5132-9"),),
)


def codes(work: WorkTerms, person: Availability) -> list[str]:
    return [finding.code for finding in check_feasibility(work, person) if finding.is_blocking]


def test_every_limit_is_included():
    assert check_feasibility(WORK, PERSON) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"travel_minutes": 31}, "travel"),
        ({"least_weekly_hours": 22.5}, "too_few_hours"),
        ({"most_weekly_hours": 17.5}, "too_many_hours"),
        ({"exclusions": frozenset({"port_charges_10kg"})}, "excluded_demand"),
        ({"licences": {}}, "no_licence"),
        ({"licences": {"CACES 3": date(2026, 6, 29)}}, "licence_expires"),
        ({"ceilings": (LegalCeiling("480 h sur 24 mois", 99.5, "L5132-9"),)}, "legal_ceiling"),
    ],
)
def test_r38_one_step_past_a_limit_rules_the_work_out(changes, code):
    assert codes(WORK, replace(PERSON, **changes)) == [code]


@pytest.mark.parametrize("changes", [{"least_weekly_hours": 22}, {"most_weekly_hours": 18}])
def test_hours_within_two_of_those_wanted_are_accepted(changes):
    assert codes(WORK, replace(PERSON, **changes)) == []


def test_a_licence_without_end_is_valid():
    assert codes(WORK, replace(PERSON, licences={"CACES 3": None})) == []


def test_r10_a_work_the_law_forbids_is_for_nobody():
    (finding,) = check_feasibility(replace(WORK, legal_ban="Code du travail, art. L5132-10"), PERSON)
    assert (finding.code, finding.basis) == ("legal_ban", "Code du travail, art. L5132-10")


def test_what_is_not_known_asks_a_question_and_excludes_nobody():
    findings = check_feasibility(
        replace(WORK, hours=None, licences=frozenset()), Availability(ceilings=PERSON.ceilings)
    )
    assert [finding.code for finding in findings] == [
        "hours_unknown",
        "travel_unknown",
        "weekly_hours_unknown",
    ]
    assert not any(finding.is_blocking for finding in findings)


def test_numbers_are_written_as_in_french():
    (finding,) = check_feasibility(WORK, replace(PERSON, travel_minutes=37.5))
    assert (
        finding.message
        == "Le trajet prend 37,5 min par ses propres moyens ; la personne accepte jusqu’à 30 min."
    )


@pytest.mark.parametrize("key", ["age", "code_postal", "rqth", "humeur"])
def test_an_availability_takes_nothing_that_is_not_on_its_list(key):
    with pytest.raises(InputRefused, match=f"« {key} »"):
        Availability.from_mapping({"travel_minutes": 10, key: "valeur"})


def test_an_availability_is_built_from_named_values():
    assert Availability.from_mapping({"travel_minutes": 10}) == Availability(travel_minutes=10)


def match(profile: str, score: float, *, gap: int = 0) -> Match:
    return Match(profile, 1, score, score, 0.0, (Reason("C1", State.HELD, None, 1.0, gap),))


BLOCKED = (Finding("travel", "Trop loin."),)
QUESTION = (Finding("travel_unknown", "À vérifier.", is_blocking=False),)


def test_feasible_first_then_project_then_cover_then_gaps():
    matches = [
        match("loin", 1.0),
        match("non", 0.9),
        match("muet", 0.9),
        match("etape", 0.9),
        match("faible", 0.5),
        match("ecart", 0.8, gap=1),
        match("pret", 0.8),
    ]
    wishes = {"loin": Wish.YES, "non": Wish.NO, "etape": Wish.STEP} | dict.fromkeys(
        ["faible", "ecart", "pret"], Wish.YES
    )
    places = order_for_work(matches, {"loin": BLOCKED, "pret": QUESTION}, wishes)
    assert [place.match.profile for place in places] == [
        "pret",
        "ecart",
        "faible",
        "etape",
        "muet",
        "non",
        "loin",
    ]
    assert [place.place for place in places] == [1, 2, 3, 4, 5, 6, 7]
    assert [place.match.profile for place in places if not place.is_feasible] == ["loin"]


def test_equals_share_a_place_in_a_stable_order_that_no_id_decides():
    people = [f"p{number}" for number in range(12)]
    places = order_for_work([match(name, 0.5) for name in people], {}, {})
    assert {place.place for place in places} == {1}
    assert [place.match.profile for place in places] == sorted(people, key=tie_key)
