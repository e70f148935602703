"""The map of a person, the picture of a team, the figures without names; the API says the same to the same people."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from competences.enums import ProofStatus
from competences.models import CompetenceEquivalent
from competences.selectors.polycompetence import skills_of
from competences.selectors.team_skills import team_of
from tests.factories import (
    AssessmentFactory,
    BeneficiaryAccessFactory,
    CompetenceFactory,
    EmployerAccessFactory,
    MembershipFactory,
    OrganisationFactory,
    actor_of,
)
from tests.signin import sign_in
from tests.worlds.workshop import WORKSHOP_DAY as TODAY

API = "/api/v1/"


def browser(workshop, role):
    seat = workshop.seats[role]
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def map_of(person):
    return reverse("web:polycompetence", args=[person.pk])


def test_proved_and_declared_are_never_mixed(workshop):
    ana = workshop.people[0]
    workshop.saw(ana, "abc", level=2)
    workshop.saw(ana, "gh", status=ProofStatus.DECLARED)
    found = skills_of(actor_of(Role.MANAGER, workshop.place), ana)
    assert (found.proved.breadth, found.told.breadth) == (1, 2)
    assert [each.trade for each in found.proved.held] == ["K2204"]
    assert {each.trade for each in found.told.held} == {"K2204", "A1203"}


def test_the_newest_proof_counts_and_a_declaration_takes_nothing_away(workshop):
    ana = workshop.people[0]
    workshop.saw(ana, "abcd", level=3, on=date(2026, 3, 2))
    workshop.saw(ana, "abcd", level=1, status=ProofStatus.DECLARED, on=date(2026, 11, 2))
    found = skills_of(actor_of(Role.MANAGER, workshop.place), ana)
    assert found.proved.breadth == found.told.breadth == 1
    assert [point.day for point in found.evolution] == [date(2026, 3, 2), date(2026, 11, 2)]


def test_the_page_of_a_person_is_drawn_and_told(workshop):
    ana = workshop.people[0]
    workshop.saw(ana, "abc", level=2)
    workshop.saw(ana, "g", status=ProofStatus.DECLARED)
    page = browser(workshop, Role.SUPERVISOR).get(map_of(ana)).content.decode()
    assert "Nettoyage inventé : tenu, 75" in page
    assert (
        "Jardins inventés : à découvrir, 0 %, 50 % avec ce que la personne déclare".replace(
            " %", "\N{NO-BREAK SPACE}%"
        )
        in page
    )
    assert "La même carte en tableau" in page
    assert Entry.objects.filter(action="skills.read").count() == 1


def test_who_opens_the_map_of_a_person(workshop):
    ana = workshop.people[0]
    workshop.saw(ana, "ab")
    own = BeneficiaryAccessFactory(beneficiary=ana)
    other = BeneficiaryAccessFactory(beneficiary=workshop.people[1])
    stranger = MembershipFactory(role=Role.SUPERVISOR, organisation=OrganisationFactory())
    employer = EmployerAccessFactory()
    expected = [
        (own, 200),
        (other, 404),
        (stranger, 404),
        (employer, 404),
        (workshop.seats[Role.GROUP_HEAD], 404),
    ]
    for seat, status in expected:
        client = sign_in(Client(), seat.user, seat=seat.seat_key)
        assert client.get(map_of(ana)).status_code == status, seat
        answer = client.get(f"{API}polycompetence/?beneficiary={ana.pk}")
        assert answer.status_code == status or (status == 404 and answer.status_code == 403), seat


def a_team_by_one_person(workshop):
    """Ana alone does c and d; Ben and Cléo do a and b."""
    ana, ben, cleo, *_ = workshop.people
    workshop.saw(ana, "abc", level=4)
    workshop.saw(ben, "ab")
    workshop.saw(cleo, "ab")
    return ana, ben, cleo


def test_a_team_says_its_key_person_and_the_training_that_helps_most(workshop):
    ana, ben, cleo = a_team_by_one_person(workshop)
    team = team_of(actor_of(Role.SUPERVISOR, workshop.place), TODAY, needs={"D": 0})
    assert team.chosen == "K2204"
    assert team.measures.coverage == 1
    assert team.measures.solidity == Fraction(15, 18)
    assert team.measures.key_people == tuple(sorted(str(each.pk) for each in (ana, ben, cleo)))
    dan_eve_fil = {str(each.pk) for each in workshop.people[3:]}
    assert {each.person for each in team.trainings} <= dan_eve_fil


def test_a_gesture_seen_more_than_two_years_ago_is_not_counted_on(workshop):
    ana = workshop.people[0]
    supervisor = actor_of(Role.SUPERVISOR, workshop.place)
    workshop.saw(ana, "a", on=date(2024, 11, 26))
    workshop.saw(ana, "b", on=date(2024, 11, 27))
    team = team_of(supervisor, TODAY)
    mine = next(each for each in team.people if each.person == ana)
    assert dict(mine.levels) == {"B": 3}


def test_what_is_only_declared_replaces_nobody(workshop):
    workshop.saw(workshop.people[0], "abcd", status=ProofStatus.DECLARED)
    assert team_of(actor_of(Role.SUPERVISOR, workshop.place), TODAY).measures.served == 0


def test_every_trade_at_once(workshop):
    ana, *_ = a_team_by_one_person(workshop)
    team = team_of(actor_of(Role.SUPERVISOR, workshop.place), TODAY, trade="tous")
    assert [each.code for each in team.activities] == ["K2204"]
    assert next(each.levels for each in team.people if each.person == ana) == {"K2204": 4}


def test_the_page_of_a_team(workshop):
    a_team_by_one_person(workshop)
    client = browser(workshop, Role.SUPERVISOR)
    page = client.get(reverse("web:skills_team"), {"besoin-D": "0"}).content.decode()
    assert "Personnes clés" in page
    assert "Ana Inventé" in page
    wrong = client.get(reverse("web:skills_team"), {"besoin-A": "beaucoup"})
    assert wrong.status_code == 422
    assert "beaucoup" in wrong.content.decode()
    assert client.get(reverse("web:skills_team"), {"metier": "Z9999"}).status_code == 200


def test_the_head_of_a_group_reads_figures_and_no_name(workshop):
    a_team_by_one_person(workshop)
    small = OrganisationFactory(group=workshop.group, name="Petite structure inventée")
    workshop.welcome("Gus", small)
    client = browser(workshop, Role.GROUP_HEAD)
    page = client.get(reverse("web:skills_figures")).content.decode()
    assert workshop.place.name in page
    assert "Moins de 5 personnes" in page
    assert not any(f"{name} Inventé" in page for name in ("Ana", "Ben", "Cléo", "Dan", "Eve", "Fil", "Gus"))
    assert client.get(reverse("web:skills_team")).status_code == 404
    lines = {line["structure"]: line for line in client.get(f"{API}team-figures/").json()}
    assert lines[small.pk]["measures"] is None
    assert lines[workshop.place.pk]["measures"]["coverage"] == {"exact": "3/4", "value": 0.75}
    assert lines[workshop.place.pk]["at_work"] == 6
    assert client.get(f"{API}team-skills/").status_code == 403


def test_the_api_gives_exact_fractions(workshop):
    ana, *_ = a_team_by_one_person(workshop)
    client = browser(workshop, Role.MANAGER)
    told = client.get(f"{API}polycompetence/?beneficiary={ana.pk}").json()
    assert told["proved"]["breadth"] == {"exact": "1", "value": 1.0}
    assert told["proved"]["trades"][0]["coverage"] == {"exact": "3/4", "value": 0.75}
    team = client.get(f"{API}team-skills/?trade=K2204").json()
    assert team["measures"]["coverage"] == {"exact": "3/4", "value": 0.75}
    assert ana.pk in team["key_people"]
    assert client.get(f"{API}polycompetence/").status_code == 400
    assert client.get(f"{API}polycompetence/?beneficiary={ana.pk}&nom=x").status_code == 400


def test_a_starter_gesture_counts_under_its_official_code(workshop):
    ana, old = workshop.people[0], CompetenceFactory(code="S1A01-99", is_retired=True)
    CompetenceEquivalent.objects.create(
        competence=old, official=workshop.gestures["a"], likeness=0.9, reason="mêmes mots"
    )
    AssessmentFactory(beneficiary=ana, competence=old, organisation=workshop.place)
    found = skills_of(actor_of(Role.MANAGER, workshop.place), ana)
    assert found.proved.levels == {"A": 3}
