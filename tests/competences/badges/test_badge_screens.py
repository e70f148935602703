"""Taking badges away from the page; verifying one that somebody brings; the addresses that tools read."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.pages.pace import forget
from competences.models import Passport
from competences.selectors.passports import read_badges
from competences.services import withdraw_passport
from tests.competences.badges.carried import EMAIL, badges, made, sent
from tests.competences.badges.stranger import believes
from tests.factories import AssessmentFactory, MembershipFactory, OrganisationFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


def taken(client, passport, name="web:badges_all", **more):
    return client.get(reverse(name, kwargs={"pk": passport.pk, **more}))


def test_the_page_gives_each_badge_and_all_of_them(advisor, place):
    person = place.solange
    person.email = EMAIL
    person.save()
    reading = AssessmentFactory(beneficiary=person, observer_name="Odile Exemple")
    address = reverse("web:passports", args=[person.pk])
    assert "Relier les badges" in advisor.get(address).content.decode()
    advisor.post(address, {"days": "30", "chosen": [f"a{reading.pk}"], "is_linked": "on"})
    passport = Passport.objects.get(beneficiary=person)
    page = advisor.get(address).content.decode()
    assert reverse("web:badges_all", args=[passport.pk]) in page
    one = taken(advisor, passport, "web:badge_one", key=f"a{reading.pk}")
    assert one["Content-Disposition"].startswith('attachment; filename="badge-')
    assert person.last_name not in one["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(taken(advisor, passport).content))
    assert sorted(archive.namelist())[-2:] == ["badge-" + archive.namelist()[0][6:], "emetteur.json"]
    badge = json.loads(archive.read(archive.namelist()[0]))
    keys = json.loads(archive.read("emetteur.json"))["verificationMethod"]
    assert believes(badge, keys[0]["publicKeyMultibase"]), "with the archive alone, no network"
    assert reverse("web:badge_check") in archive.read("LISEZ-MOI.txt").decode()
    assert badge["credentialSubject"]["identifier"]
    assert Entry.objects.about(passport).filter(action="passport.badges_read").count() == 2
    advisor.post(reverse("web:passport_withdraw", args=[passport.pk]))
    for answer in (taken(advisor, passport), taken(advisor, passport, "web:badge_one", key="a0")):
        assert answer.url == address
    assert "Il n’y a pas de badge à emporter ici" in advisor.get(address).content.decode()


def test_without_an_address_in_the_file_nobody_is_asked_about_it(advisor, place):
    AssessmentFactory(beneficiary=place.solange, observer_name="Odile Exemple")
    place.solange.email = ""
    place.solange.save()
    page = advisor.get(reverse("web:passports", args=[place.solange.pk])).content.decode()
    assert "Relier les badges" not in page


def brought(badge, **more):
    sent_file = SimpleUploadedFile("badge.json", badge if isinstance(badge, bytes) else sent(badge))
    return Client().post(reverse("web:badge_check"), {"badge": sent_file, **more})


def test_whoever_receives_a_badge_verifies_it_without_an_account(manager, person, held):
    passport = made(manager, person, is_linked=True)
    badge = badges(passport)[0]
    assert "Aucun compte n’est nécessaire" in Client().get(reverse("web:badge_check")).content.decode()
    true = brought(badge, email=EMAIL).content.decode()
    assert "Ce badge est vrai." in true
    assert "Il est bien relié à l’adresse" in true
    assert "Odile Exemple" in true
    assert "Ce badge ne vient pas d’ici." in brought({"proof": {"verificationMethod": "x"}}).content.decode()
    assert "Ce fichier n’est pas un badge." in brought(b"bonjour").content.decode()
    assert "pas celui qui a été signé" in brought({**badge, "name": "x"}).content.decode()
    withdraw_passport(actor=manager, passport=passport)
    assert "Ce badge a été retiré." in brought(badge).content.decode()


def test_a_file_too_large_or_missing_is_said_in_words():
    assert brought(b"x" * 70_000).status_code == 422
    empty = Client().post(reverse("web:badge_check"), {})
    assert empty.status_code == 422
    assert "Choisissez le fichier du badge." in empty.content.decode()


def test_what_is_sent_writes_nothing(manager, person, held, django_assert_num_queries):
    badge = badges(made(manager, person))[0]
    before = Entry.objects.count()
    brought(badge, email=EMAIL)
    assert Entry.objects.count() == before


def test_keys_and_states_are_public_and_hold_nobody(manager, person, held):
    passport = made(manager, person)
    issuer = Client().get(reverse("web:badge_issuer"))
    states = Client().get(reverse("web:badge_states", args=[1]))
    for answer in (issuer, states):
        assert answer["Content-Type"] == "application/ld+json"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert person.last_name not in answer.content.decode()
    assert issuer.json()["id"] == "http://testserver/badges/emetteur/"
    assert believes(states.json(), issuer.json()["verificationMethod"][0]["publicKeyMultibase"])
    assert Client().get(reverse("web:badge_states", args=[2])).status_code == 404
    assert read_badges(passport)


def test_a_tool_takes_the_same_badges_with_the_same_rights(manager, person, held, house):
    passport = made(manager, person)
    address = reverse("api:passports-badges", args=[passport.pk])
    given = _seated(Role.MANAGER, house).get(address).json()
    assert [badge["id"] for badge in given] == [badge["id"] for badge in badges(passport)]
    keys = Client().get(reverse("web:badge_issuer")).json()["verificationMethod"]
    assert believes(given[0], keys[0]["publicKeyMultibase"])
    for name in ("api:passports-badges", "api:passports-document"):
        answer = _seated(Role.SUPERVISOR, house).get(reverse(name, args=[passport.pk]))
        assert answer.status_code == 403
    assert _seated(Role.MANAGER, OrganisationFactory()).get(address).status_code == 404


def _seated(role, house):
    seat = MembershipFactory(role=role, organisation=house)
    return sign_in(Client(), seat.user, seat=seat.seat_key)


def test_nobody_has_the_service_verify_all_day(settings):
    settings.PACE_OF_REQUESTS = {**settings.PACE_OF_REQUESTS, "search": 2}
    forget()
    assert [brought(b"bonjour").status_code for _ in range(3)] == [200, 200, 429]
    assert Client().get(reverse("web:badge_check")).status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post(reverse("web:badge_check"), {}).status_code == 422
