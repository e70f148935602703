"""The badges a person takes away: what they say, who believes them, for how long, and what they never say."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from backend.audit.models import Entry
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.sealing.places import places
from competences.models import BadgeKey, BadgeState, Passport
from competences.rules.badges import identity_of
from competences.selectors.badges import Verdict, badges_of, check_badge, issuer_document, list_of_states
from competences.selectors.passports import lines_for, read_badges
from competences.services import renew_badge_key, withdraw_passport
from tests.competences.badges.carried import (
    EMAIL,
    ISSUER,
    TODAY,
    badges,
    is_believed,
    made,
    methods,
    sent,
)
from tests.competences.badges.stranger import canonical, is_set
from tests.factories import AssessmentFactory, CompetenceFactory, PassportFactory

pytestmark = pytest.mark.django_db


def test_only_what_somebody_else_attests_is_signed(manager, person, held):
    found = badges_of(made(manager, person), ISSUER, now=timezone.now())
    assert [badge.line.status for badge in found] == ["CERTIFIEE", "RECONNUE", "OBSERVEE"]
    assert all(is_believed(badge.document) for badge in found)


def test_what_nobody_put_their_name_to_is_not_signed(manager, person):
    AssessmentFactory(beneficiary=person, observer_name="")
    passport = made(manager, person)
    assert badges(passport) == []
    assert not BadgeState.objects.exists()


def test_only_what_was_chosen_has_a_badge(manager, person, held):
    key = next(line.key for line in lines_for(manager, person, today=TODAY) if line.status == "OBSERVEE")
    said = lines_for(manager, person, today=TODAY)[3].key
    assert [badge["id"] for badge in badges(made(manager, person, chosen=[said]))] == []
    assert len(badges(made(manager, person, chosen=[key, said]))) == 1


def test_a_badge_says_who_saw_what_when_and_where(manager, person, held):
    badge = badges(made(manager, person))[2]
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["issuer"] == {
        "id": ISSUER.address, "type": ["Profile"], "name": ISSUER.name,
    }  # fmt: skip
    assert badge["evidence"][0]["narrative"].replace("\N{NO-BREAK SPACE}", " ") == (
        "Laver les vitres : en autonomie. Le 2 novembre 2026. Attesté par : Odile Exemple, Les Ateliers inventés."
    )
    assert badge["awardedDate"] == "2026-11-02T00:00:00Z"
    achievement = badge["credentialSubject"]["achievement"]
    assert achievement["name"] == "Laver les vitres"
    assert achievement["alignment"][0]["targetCode"] == "117001"
    assert (
        badge["credentialSubject"]["result"][0]["value"]
        in achievement["resultDescription"][0]["allowedValue"]
    )


def test_a_word_of_the_starter_set_is_aligned_with_nothing(manager, person):
    AssessmentFactory(
        beneficiary=person, competence=CompetenceFactory(code="S1A01-01"), observer_name="Odile Exemple"
    )
    assert "alignment" not in badges(made(manager, person))[0]["credentialSubject"]["achievement"]


def test_nothing_of_the_person_is_in_a_badge_that_was_not_chosen(manager, person, held):
    for badge in badges(made(manager, person)):
        text = json.dumps({**badge, "proof": None}, ensure_ascii=False)
        for secret in (person.last_name, person.first_name, EMAIL, "example.org/beneficiary"):
            assert secret not in text
        assert "identifier" not in badge["credentialSubject"]
    subjects = {badge["credentialSubject"]["id"] for badge in badges(made(manager, person))}
    assert len(subjects) == 3


def test_a_person_who_chose_it_is_found_again_by_who_knows_their_address(manager, person, held):
    documents = badges(made(manager, person, is_linked=True))
    identities = [badge["credentialSubject"]["identifier"][0] for badge in documents]
    assert len({identity["identityHash"] for identity in identities}) == 3, "two badges are not tied together"
    for badge, identity in zip(documents, identities, strict=True):
        assert identity["identityHash"] == identity_of(EMAIL.upper(), identity["salt"])
        assert is_believed(badge)
    for typed, is_theirs in ((EMAIL, True), ("autre@example.org", False), ("", None)):
        assert check_badge(sent(documents[0]), email=typed).is_theirs is is_theirs


def test_every_member_of_a_badge_is_signed(manager, person, held):
    """What no context defines would be dropped before signing: anybody could change it."""
    badge = badges(made(manager, person, is_linked=True))[0]
    whole = canonical({name: value for name, value in badge.items() if name != "proof"})

    def leaves(value):
        match value:
            case dict():
                for name, inner in value.items():
                    yield from () if name in {"@context", "proof"} else leaves(inner)
            case list():
                for inner in value:
                    yield from leaves(inner)
            case str():
                yield value

    for leaf in leaves(badge):
        assert json.dumps(leaf, ensure_ascii=False)[1:-1] in whole or f"#{leaf}>" in whole, leaf


@pytest.mark.parametrize(
    "change",
    [
        lambda badge: badge["credentialSubject"]["result"][0].update(value="Peut transmettre"),
        lambda badge: badge["evidence"][0].update(narrative="Attesté par quelqu’un d’autre."),
        lambda badge: badge.pop("credentialStatus"),
        lambda badge: badge["credentialStatus"].update(statusListIndex="1"),
        lambda badge: badge["issuer"].update(name="Une autre maison"),
        lambda badge: badge.update(validUntil="2099-01-01T00:00:00Z"),
        lambda badge: badge.update(mention="jamais signée"),
        lambda badge: badge["proof"].update(created="2020-01-01T00:00:00Z"),
        lambda badge: badge["proof"].update(proofValue="z1111"),
        lambda badge: badge["@context"].append({"name": "https://example.invalid/nom"}),
        lambda badge: badge["@context"].append("https://example.invalid/contexte"),
    ],
)
def test_a_badge_changed_anywhere_is_no_longer_the_one_that_was_signed(manager, person, held, change):
    badge = badges(made(manager, person))[0]
    assert check_badge(sent(badge)).verdict == Verdict.TRUE
    change(badge)
    assert check_badge(sent(badge)).verdict == Verdict.ALTERED


def test_a_list_of_states_is_not_a_badge(manager, person, held):
    made(manager, person)
    assert check_badge(sent(list_of_states(1, ISSUER, now=timezone.now()))).verdict == Verdict.ALTERED


def test_another_houses_badge_is_said_to_come_from_elsewhere(manager, person, held):
    badge = badges(made(manager, person))[0]
    for method in (
        "https://ailleurs.example.org/#cle-99999",
        "did:key:z6Mk#z6Mk",
        "#cle-²",
        "#cle-" + "9" * 40,
    ):
        badge["proof"]["verificationMethod"] = method
        assert check_badge(sent(badge)).verdict == Verdict.ELSEWHERE


def test_a_badge_outlives_the_paper_the_person_and_the_key(manager, person, held):
    passport = made(manager, person)
    badge = badges(passport)[0]
    with time_machine.travel("2031-01-01T10:00:00+01:00", tick=False):
        renew_badge_key(actor=Actor.operator())
        passport.delete()
        assert check_badge(sent(badge)).verdict == Verdict.TRUE
        assert is_believed(badge)
    current, former = BadgeKey.objects.order_by("-pk")
    assert (former.secret, former.is_current, current.is_current) == ("", False, True)


def test_once_renewed_the_new_key_signs(manager, person, held, capsys):
    passport = made(manager, person)
    before = badges(passport)[0]
    call_command("renew_badge_key")
    after = badges(passport)[0]
    assert before["id"] == after["id"]
    assert before["proof"]["verificationMethod"] != after["proof"]["verificationMethod"]
    assert is_believed(before)
    assert is_believed(after)
    assert str(BadgeKey.objects.get(is_current=True)) in capsys.readouterr().out
    assert Entry.objects.filter(action="badge_key.renewed").count() == 1


def test_a_key_that_leaked_is_believed_no_more(manager, person, held):
    passport = made(manager, person)
    before = badges(passport)[0]
    call_command("renew_badge_key", "--leaked")
    assert not is_believed(before)
    assert check_badge(sent(before)).verdict == Verdict.ELSEWHERE
    assert check_badge(sent(badges(passport)[0])).verdict == Verdict.TRUE


def test_one_key_signs_at_a_time_and_a_former_one_has_no_secret():
    renew_badge_key(actor=Actor.operator())
    for wrong in ({"is_current": True}, {"is_current": False, "secret": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BadgeKey.objects.create(public="p", **wrong)


def test_the_secret_is_sealed_and_takes_the_new_key_of_the_house(manager, person, held):
    made(manager, person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM competences_badgekey")
        stored = cursor.fetchone()[0]
    assert "PRIVATE" not in stored
    assert stored.startswith("v2:")
    assert "competences_badgekey.secret" in {place.label for place in places()}


def test_without_the_key_of_the_house_it_is_said_in_words(manager, person, held, settings):
    passport = made(manager, person)
    settings.FIELD_KEYS = ["une autre clé, et celle-ci seulement"]
    with pytest.raises(DomainError) as refusal:
        list_of_states(1, ISSUER, now=timezone.now())
    assert refusal.value.code == "badge_key"
    assert badges(Passport.objects.get(pk=passport.pk)) == []


def test_a_badge_taken_back_is_said_so_to_everybody(manager, person, held):
    kept, withdrawn = made(manager, person), made(manager, person)
    mine, theirs = badges(kept)[0], badges(withdrawn)[0]
    withdraw_passport(actor=manager, passport=withdrawn)
    said = list_of_states(1, ISSUER, now=timezone.now())
    assert is_believed(said)
    assert said["id"] == theirs["credentialStatus"]["statusListCredential"]
    assert is_set(said, int(theirs["credentialStatus"]["statusListIndex"]))
    assert not is_set(said, int(mine["credentialStatus"]["statusListIndex"]))
    assert [check_badge(sent(each)).verdict for each in (mine, theirs)] == [Verdict.TRUE, Verdict.WITHDRAWN]
    withdrawn.refresh_from_db()
    assert badges(withdrawn) == []


def test_states_are_drawn_at_random_and_say_nothing_of_whose(manager, person, held):
    allotted = [badge for _ in range(3) for badge in read_badges(made(manager, person)).values()]
    places_taken = [badge.position for badge in allotted]
    assert places_taken != sorted(places_taken)
    assert len(set(places_taken)) == BadgeState.objects.count() == 9
    assert {field.name for field in BadgeState._meta.fields} == {
        "id",
        "list_number",
        "position",
        "is_withdrawn",
    }


def test_a_passport_made_before_badges_has_none():
    passport = PassportFactory()
    assert badges(passport) == []
    assert not BadgeKey.objects.exists()


def test_the_issuer_is_plain_json_ld_that_keeps_every_key(manager, person, held):
    made(manager, person)
    renew_badge_key(actor=Actor.operator())
    document = issuer_document(ISSUER)
    assert len(document["assertionMethod"]) == 2
    whole = canonical(document)
    for key in methods().values():
        assert key in whole
    assert whole.count("security#assertionMethod>") == 2
