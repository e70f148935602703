"""La compétence qui débloque, on the pages and through the API: true once it is gained, and for whom may read it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from employers.selectors.unlocking import shared_unlocks, unlocks_of
from tests.factories import (
    BeneficiaryAccessFactory,
    LicenceFactory,
    TaskRequirementFactory,
    WorkTaskFactory,
)
from tests.queries import queries_of
from tests.signin import sign_in
from tests.worlds.workshop import WORKSHOP_DAY as TODAY

API = "/api/v1/unlocking/"


def actor(workshop, role):
    return workshop.seats[role].as_actor()


def browser(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


@pytest.fixture
def bakery(workshop):
    """Two tasks known to the structure: one asks g, the other g further and a habilitation."""
    first = WorkTaskFactory(
        name="Désherber la cour",
        weekly_hours=Decimal("6.0"),
        analysis__establishment__employer__organisation=workshop.place,
    )
    TaskRequirementFactory(task=first, competence=workshop.gestures["g"], level=2)
    second = WorkTaskFactory(
        name="Tailler la haie", weekly_hours=Decimal("3.5"), licences=["SST"], analysis=first.analysis
    )
    TaskRequirementFactory(task=second, competence=workshop.gestures["g"], level=3)
    return workshop


def test_the_promise_is_true_once_it_is_gained(bakery):
    ana, advisor = bakery.people[0], actor(bakery, Role.ADVISOR)
    LicenceFactory(beneficiary=ana, kind="SST", expires_on=None)
    bakery.saw(ana, "a")
    before = unlocks_of(advisor, ana, today=TODAY)
    first = before.first[0]
    assert (first.unlock.code, first.unlock.level, first.unlock.hours) == ("G", 3, Decimal("9.5"))
    assert first.tasks == ("Désherber la cour", "Tailler la haie")
    bakery.saw(ana, "g", level=first.unlock.level)
    after = unlocks_of(advisor, ana, today=TODAY)
    assert after.hours_open - before.hours_open == first.unlock.hours
    assert (after.hours_open, after.hours_known) == (Decimal("9.5"), Decimal("9.5"))


def test_a_habilitation_may_be_what_unlocks(bakery):
    ana, advisor = bakery.people[0], actor(bakery, Role.ADVISOR)
    bakery.saw(ana, "g", level=3)
    LicenceFactory(beneficiary=ana, kind="SST", obtained_on="2024-01-01", expires_on="2026-01-01")
    before = unlocks_of(advisor, ana, today=TODAY)
    assert (before.first[0].label, before.first[0].unlock.hours) == (
        "Sauveteur secouriste du travail",
        Decimal("3.5"),
    )
    LicenceFactory(beneficiary=ana, kind="SST", obtained_on="2026-11-02", expires_on=None)
    assert unlocks_of(advisor, ana, today=TODAY).hours_open == Decimal("9.5")


def test_what_is_already_declared_waits_to_be_seen(bakery):
    ana = bakery.people[0]
    bakery.saw(ana, "g", status="DECLAREE")
    assert unlocks_of(actor(bakery, Role.ADVISOR), ana, today=TODAY).first[0].is_told


def test_who_meets_no_employer_reads_trades_only(bakery):
    ana = bakery.people[0]
    bakery.saw(ana, "ab")
    own = BeneficiaryAccessFactory(beneficiary=ana)
    for seat in (bakery.seats[Role.SUPERVISOR], own):
        found = unlocks_of(seat.as_actor(), ana, today=TODAY)
        assert found.hours_known == 0
        assert {each.unlock.hours for each in found.first} == {0}
        page = browser(seat).get(reverse("web:polycompetence", args=[ana.pk])).content.decode()
        assert "La compétence qui débloque" in page
        assert "Désherber la cour" not in page


def test_one_training_for_the_people_present(bakery):
    ana, ben, *_ = bakery.people
    bakery.saw(ana, "a")
    (first, *_) = shared_unlocks(actor(bakery, Role.MANAGER), today=TODAY)
    assert first.unlock.code == "G"
    assert first.unlock.hours == 6 * len(bakery.people)
    assert {ana, ben} <= set(first.people)
    page = browser(bakery.seats[Role.MANAGER]).get(reverse("web:skills_team")).content.decode()
    assert "La formation qui ouvrirait le plus" in page


def test_the_api_has_the_rights_of_the_pages(bakery):
    ana = bakery.people[0]
    bakery.saw(ana, "a")
    answer = browser(bakery.seats[Role.ADVISOR]).get(f"{API}?beneficiary={ana.pk}").json()
    assert (answer[0]["code"], answer[0]["weekly_hours"]) == ("G", "6.0")
    assert browser(bakery.seats[Role.MANAGER]).get(API).json()[0]["people"]
    own = BeneficiaryAccessFactory(beneficiary=ana)
    assert browser(own).get(f"{API}?beneficiary={ana.pk}").status_code == 200
    assert browser(own).get(f"{API}?beneficiary={bakery.people[1].pk}").status_code == 404
    assert browser(own).get(API).status_code == 403
    assert browser(bakery.seats[Role.GROUP_HEAD]).get(f"{API}?beneficiary={ana.pk}").status_code == 403


def test_as_many_questions_for_one_task_as_for_many(bakery):
    ana, advisor = bakery.people[0], actor(bakery, Role.ADVISOR)
    bakery.saw(ana, "ab")
    unlocks_of(advisor, ana, today=TODAY)  # what lives for the process is warm
    few = queries_of(lambda: unlocks_of(advisor, ana, today=TODAY))
    analysis = WorkTaskFactory(analysis__establishment__employer__organisation=bakery.place).analysis
    for name in "abcdgh":
        TaskRequirementFactory(task=WorkTaskFactory(analysis=analysis), competence=bakery.gestures[name])
    bakery.saw(ana, "cd")
    assert queries_of(lambda: unlocks_of(advisor, ana, today=TODAY)) == few
