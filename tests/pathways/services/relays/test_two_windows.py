"""The page and the API of a relay give the same verdict: the same refusal, in the same words, and nothing written."""

from __future__ import annotations

import pytest
from django.test import Client

from backend.accounts.models import User
from pathways.enums import RelayPart
from pathways.models import Relay
from tests.signin import sign_in
from tests.worlds.relays import Relayed

NOT_YET = {"meets_at": "2026-12-20T10:00", "planned_on": "2026-12-14"}
REFUSED = {
    # code: how far the relay went, whose hand, the verb of the API, the word of the page, what is said
    "relay_meets_late": ("proposed", "sender", "", "correction", NOT_YET | {"message": "Un relais ?"}),
    "appointment_in_the_past": ("agreed", "receiver", "suggest", "autre-date", {"meets_at": "2001-01-01T10:00"}),
    "relay_agreed_another_day": ("proposed", "sender", "agree", "accord", {"parts": ["IDENTITE"], "agreed_on": "2026-11-01"}),
    "relay_move": ("proposed", "oneself", "withdraw", "retrait", {}),
    "relay_name_missing": ("met", "receiver", "welcome", "accueil", {"started_on": "2026-11-22"}),
    "relay_met_another_day": ("agreed", "sender", "meet", "rencontre", {"met_on": "2026-12-01"}),
    "relay_lapsed": ("agreed", "oneself", "withdraw", "retrait", {}),
}  # fmt: skip


@pytest.fixture
def world(db):
    return Relayed.build()


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_the_page_and_the_api_refuse_alike(world, code):
    made, hand, verb, word, said = REFUSED[code]
    relay = world.proposed() if made == "proposed" else getattr(world, made)(RelayPart.GOALS)
    rows = Relay.objects.filter(pk=relay.pk)
    if code == "relay_met_another_day":
        rows.update(status="ACCEPTE")
    if code == "relay_lapsed":
        rows.update(expires_on="2026-11-21")
    actor = getattr(world, hand)
    client = sign_in(Client(), User.objects.get(pk=actor.user_id), seat=actor.seat)
    before = rows.values().get()
    address = f"/api/v1/relays/{relay.pk}/"
    asked = client.patch if not verb else client.post
    answer = asked(
        f"{address}{verb}/" if verb else address,
        said,
        content_type="application/json",
        headers={"If-Match": client.get(address)["ETag"]},
    )
    page = client.post(f"/relais/{relay.pk}/{word}/", {**said, "version": before["version"]})
    refusal = answer.json()
    assert (answer.status_code, refusal["code"]) in {(400, code), (409, code), (422, code)}
    assert page.status_code == 422
    assert refusal["detail"] in page.content.decode().replace("&#x27;", "’").replace("&amp;", "&")
    assert rows.values().get() == before
