"""Badges as people carry them, and what strangers do with them."""

from __future__ import annotations

import json
from datetime import date

from django.utils import timezone

from competences.selectors.badges import badges_of, issuer_at, issuer_document
from competences.selectors.passports import lines_for
from competences.services import make_passport
from tests.competences.badges.stranger import believes

TODAY = date(2026, 11, 27)
ISSUER = issuer_at("https://passerelles.example.org/badges/emetteur/")
EMAIL = "solange.exemple@example.org"


def made(manager, person, **said):
    keys = [line.key for line in lines_for(manager, person, today=TODAY)]
    return make_passport(actor=manager, beneficiary=person, **{"chosen": keys, "days": 90, **said})


def badges(passport, **said):
    return [badge.document for badge in badges_of(passport, ISSUER, now=timezone.now(), **said)]


def methods():
    return {each["id"]: each["publicKeyMultibase"] for each in issuer_document(ISSUER)["verificationMethod"]}


def is_believed(badge):
    """By a stranger, with the key that the issuer publishes under the address written in the badge."""
    key = methods().get(badge["proof"]["verificationMethod"])
    return key is not None and believes(badge, key)


def sent(badge):
    return json.dumps(badge, ensure_ascii=False).encode()
