"""What a person says of themselves beside what was seen: never mixed, shown to who accompanies, answered."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from backend.audit.models import Entry
from backend.core import steps
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from competences.models import Assessment
from competences.rules.self_assessment import Word, differences
from competences.services import assess, comment_assessment, undo_assessment
from tests.factories import AssessmentFactory, CompetenceFactory
from tests.worlds.two_houses import API, House, client_of

DAY = date(2026, 11, 20)


def word(competence, level, status, day=DAY, rank=0):
    return Word(competence, level, status, day, rank)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], []),
        ([word(1, 2, "DECLAREE")], []),
        ([word(1, 2, "DECLAREE"), word(1, 2, "OBSERVEE")], []),
        ([word(1, 4, "DECLAREE"), word(1, 2, "OBSERVEE")], [(1, 4, 2)]),
        ([word(1, 4, "DECLAREE"), word(1, 2, "OBSERVEE", date(2026, 1, 5)), word(1, 4, "RECONNUE")], []),
        (
            [word(1, 2, "DECLAREE", rank=1), word(1, 3, "DECLAREE", rank=2), word(1, 2, "OBSERVEE")],
            [(1, 3, 2)],
        ),
        (
            [word(1, 3, "DECLAREE"), word(1, 2, "OBSERVEE"), word(2, 1, "DECLAREE"), word(2, 4, "CERTIFIEE")],
            [(2, 1, 4), (1, 3, 2)],
        ),
    ],
)
def test_two_words_differ_when_the_latest_of_each_way_do_the_widest_first(words, found):
    for order in (words, words[::-1]):
        told = [(each.competence, each.own.level, each.seen.level) for each in differences(order)]
        assert told == found


@pytest.fixture
def house(db, today):
    return House()


@pytest.fixture
def seen(house):
    return house["assessments"]


def me(house):
    return house.clients[Role.BENEFICIARY]


def says(house, competence, level):
    answer = me(house).post(reverse("web:self_level", args=[competence.pk]), {"level": str(level)})
    assert answer.status_code == 302
    return Assessment.objects.get(competence=competence, status="DECLAREE")


def test_what_is_declared_never_takes_the_place_of_what_was_seen(house, seen):
    own, alone = says(house, seen.competence, 4), says(house, CompetenceFactory(), 2)
    assert own.assessed_on > seen.assessed_on
    latest = set(Assessment.objects.filter(beneficiary=house.person).latest_per_competence())
    assert latest == {seen, alone}


def test_a_person_says_it_again_the_same_day_and_may_take_it_back(house, seen):
    says(house, seen.competence, 4)
    own = says(house, seen.competence, 2)
    assert own.level == 2
    me(house).post(reverse("web:self_undo", args=[own.pk]))
    assert list(Assessment.objects.filter(competence=seen.competence)) == [seen]
    me(house).post(reverse("web:self_undo", args=[seen.pk]))
    assert Assessment.objects.filter(pk=seen.pk).exists()


def test_the_difference_is_a_subject_for_who_accompanies_and_said_kindly_to_the_person(house, seen):
    says(house, seen.competence, 4)
    advisor = house.clients[Role.ADVISOR]
    page = advisor.get(reverse("web:person", args=[house.person.pk])).content.decode()
    assert "À se dire au prochain entretien" in page
    assert "La personne dit « peut transmettre »" in page
    follow_up = advisor.get(reverse("web:follow_up_new", args=[house.person.pk])).content.decode()
    assert "la personne dit « peut transmettre », on a noté « en autonomie »" in follow_up
    own = me(house).get(reverse("web:my_pathway")).content.decode()
    assert "Vous dites « peut transmettre »" in own
    row = me(house).get(reverse("web:self_assess")).content.decode()
    assert "Les deux comptent" in row
    supervisor = house.clients[Role.SUPERVISOR].get(reverse("web:observe_person", args=[house.person.pk]))
    assert "peut transmettre »" not in supervisor.content.decode()


def test_an_answer_stays_beside_the_observation_and_both_read_it(house, seen):
    address = reverse("web:reading_comment", args=[seen.pk])
    sent = {"version": steps.seen(seen), "comment": "Le hall aussi, sans aide."}
    assert me(house).post(address, sent).url == reverse("web:my_pathway")
    seen.refresh_from_db()
    assert (seen.level, seen.comment) == (3, "Le hall aussi, sans aide.")
    line = Entry.objects.about(seen).get(action="competence.commented")
    assert "hall" not in str(vars(line))
    for role, page in (
        (Role.ADVISOR, reverse("web:person", args=[house.person.pk])),
        (Role.SUPERVISOR, reverse("web:observe_person", args=[house.person.pk])),
        (Role.BENEFICIARY, reverse("web:my_pathway")),
    ):
        assert "Le hall aussi, sans aide." in house.clients[role].get(page).content.decode(), role
    observer = client_of(house.advisor).get(reverse("web:observe")).content.decode()
    assert "Le hall aussi, sans aide." in observer


def test_an_observation_that_was_answered_is_corrected_by_another_never_taken_back(house):
    seen = assess(
        actor=house.advisor,
        beneficiary=house.person,
        competence=CompetenceFactory(),
        level=1,
        assessed_on=DAY,
    )
    comment_assessment(actor=house.advisor, assessment=seen, seen=steps.seen(seen), comment="Non.")
    with pytest.raises(DomainError, match="les deux restent"):
        undo_assessment(actor=house.advisor, assessment=seen)
    seen.refresh_from_db()
    comment_assessment(actor=house.advisor, assessment=seen, seen=steps.seen(seen), comment="")
    undo_assessment(actor=house.advisor, assessment=seen)


def test_an_answer_is_not_written_over_another_hand_nor_on_one_s_own_word(house, seen):
    before = steps.seen(seen)
    comment_assessment(actor=house.advisor, assessment=seen, seen=before, comment="Elle dit le hall aussi.")
    with pytest.raises(Conflict):
        comment_assessment(actor=house.advisor, assessment=seen, seen=before, comment="Autre.")
    own = AssessmentFactory(beneficiary=house.person, status="DECLAREE")
    with pytest.raises(DomainError, match="déjà la parole"):
        comment_assessment(actor=house.advisor, assessment=own, seen=steps.seen(own), comment="Oui.")


def test_nobody_answers_for_somebody_they_do_not_accompany(house, seen):
    with pytest.raises(NotPermitted):
        comment_assessment(actor=House().advisor, assessment=seen, seen=steps.seen(seen), comment="Non.")
    assert (
        house.clients[Role.SUPERVISOR].get(reverse("web:reading_comment", args=[seen.pk])).status_code == 404
    )


def test_the_api_takes_an_answer_with_the_version_read(house, seen):
    client, address = me(house), f"{API}assessments/{seen.pk}/"
    version = client.get(address).headers["ETag"]
    body = {"comment": "Le hall aussi."}
    for headers, status in (({}, 428), ({"If-Match": '"0"'}, 412), ({"If-Match": version}, 200)):
        answer = client.post(f"{address}comment/", body, "application/json", headers=headers)
        assert answer.status_code == status, answer.content
    assert answer.json()["comment"] == "Le hall aussi."
