"""A relay played by its three hands on a phone: agreed in part and accepted by another group, refused, withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from backend.accounts.models import User
from pathways.enums import RelayPart
from pathways.models import Relay
from tests.chromium import Visitor, browser, faults_of, picture, trail_can_be_emptied  # noqa: F401
from tests.committing import committing
from tests.worlds.relays import SENTINELS, Relayed

pytestmark = [pytest.mark.browser, committing]
PHONE = 360
GIVEN = (RelayPart.IDENTITY, RelayPart.CONTACT, RelayPart.GOALS)


class Hand:
    """One person on their phone."""

    def __init__(self, browser, base, actor) -> None:  # noqa: F811
        self.visitor = Visitor(browser, base, User.objects.get(pk=actor.user_id), seat=actor.seat)
        self.page = self.visitor.context(PHONE).new_page()

    def opens(self, path: str) -> str:
        """The words of a page, which fits the screen and has no fault."""
        self.status = self.page.goto(path).status
        if self.status == 200:
            assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE, path
            assert faults_of(self.page) == [], path
        return self.page.inner_text("body").replace("\u00a0", " ")

    def presses(self, words: str, *, then: str = "", **said: str | list[str]) -> None:
        """A button of the page, the sheet it opens filled and sent."""
        self.page.get_by_role("link", name=words).first.click()
        form = self.page.locator("#sheet-content form")
        form.wait_for()
        for name, value in said.items():
            if isinstance(value, list):
                for each in value:
                    form.locator(f'[name="{name}"][value="{each}"]').check(force=True)
            elif form.locator(f'[name="{name}"][type="radio"]').count():
                form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            else:
                form.locator(f'[name="{name}"]').fill(value)
        with self.page.expect_navigation():
            form.locator('button[type="submit"]').last.click()
        if then:
            assert then in self.page.inner_text("body").replace("\u00a0", " ")


@pytest.fixture
def world():
    return Relayed.build()


@pytest.fixture
def hands(browser, live_server, world):  # noqa: F811
    found = {
        name: Hand(browser, live_server.url, getattr(world, name))
        for name in ("sender", "oneself", "receiver")
    }
    yield found
    for hand in found.values():
        assert hand.visitor.elsewhere == []
        assert hand.visitor.complaints == []


def proposed(world, hands) -> str:
    """From the person's page to an address of another group; the address of the relay."""
    hands["sender"].opens(f"/personnes/{world.person.pk}/")
    hands["sender"].presses(
        "Proposer un relais",
        to_email="accueil@example.org",
        message="Quelqu’un aimerait continuer chez vous.",
        meets_at=_day(7),
        planned_on=_day(14)[:10],
        then="Proposé à la personne",
    )
    return f"/relais/{Relay.objects.latest('pk').pk}/"


def _day(ahead: int) -> str:
    return f"{timezone.localdate() + timedelta(days=ahead):%Y-%m-%d}T10:00"


def agreed(world, hands, parts=GIVEN) -> str:
    address = proposed(world, hands)
    assert "Proposé : vous pouvez répondre" in hands["oneself"].opens("/mon-parcours/")
    hands["oneself"].opens(address)
    hands["oneself"].presses(
        "Dire oui, et choisir ce qui se lit",
        parts=[str(each) for each in parts],
        then="Vous êtes d’accord",
    )
    return address


def test_agreed_in_part_accepted_by_another_group_and_seen_by_both_as_agreed_and_no_more(world, hands):
    sender, oneself, receiver = hands["sender"], hands["oneself"], hands["receiver"]
    address = proposed(world, hands)
    receiver.opens(address)
    assert receiver.status == 404
    assert "Une proposition de relais" not in receiver.opens("/relais/")
    oneself.opens(address)
    oneself.presses(
        "Dire oui, et choisir ce qui se lit",
        parts=[str(each) for each in GIVEN],
        then="Vous êtes d’accord",
    )

    assert SENTINELS[RelayPart.IDENTITY] in receiver.opens("/ma-journee/")
    seen = receiver.opens(address)
    picture(receiver.page, "relay-received-360")
    for part, sentinel in SENTINELS.items():
        assert (sentinel in seen) is (part in GIVEN), part
    mine = oneself.opens(address)
    for part, sentinel in SENTINELS.items():
        assert (sentinel in mine) is (part in GIVEN), part
    assert "Non donné" in sender.opens(address)

    receiver.presses("Accepter la rencontre", then="Accepté")
    sender.opens(address)
    sender.presses("Noter la rencontre", then="Rencontre faite")
    receiver.opens(address)
    receiver.presses("Accueillir la personne", started_on=_day(0)[:10], then=SENTINELS[RelayPart.IDENTITY])
    theirs = receiver.opens(f"/personnes/{world.person.pk}/")
    picture(receiver.page, "relay-welcomed-360")
    assert SENTINELS[RelayPart.GOALS] in theirs
    for part in (RelayPart.STEPS, RelayPart.INTERVIEWS, RelayPart.SKILLS):
        assert SENTINELS[part] not in theirs
    assert sender.opens(f"/personnes/{world.person.pk}/")
    assert sender.status == 200


def test_refused_by_the_person_nothing_is_visible(world, hands):
    address = proposed(world, hands)
    hands["oneself"].opens(address)
    hands["oneself"].presses("Dire non", then="Vous avez dit non")
    hands["receiver"].opens(address)
    assert hands["receiver"].status == 404
    assert "relais qui vous attendent" not in hands["receiver"].opens("/ma-journee/").lower()


def test_withdrawn_the_next_request_knows_it(world, hands):
    address = agreed(world, hands)
    assert SENTINELS[RelayPart.GOALS] in hands["receiver"].opens(address)
    hands["oneself"].opens(address)
    hands["oneself"].presses("Retirer l’accord", then="Vous avez retiré votre accord")
    hands["receiver"].opens(address)
    assert hands["receiver"].status == 404
    assert "Une proposition" not in hands["receiver"].opens("/relais/")


def test_declined_with_a_reason_both_others_read_it(world, hands):
    address = agreed(world, hands)
    hands["receiver"].opens(address)
    hands["receiver"].presses("Ne pas donner suite", refusal_reason="PAS_DE_PLACE")
    assert "Pas de place en ce moment" in hands["oneself"].opens(address)
    assert "Pas de place en ce moment" in hands["sender"].opens(address)
    hands["receiver"].opens(address)
    assert hands["receiver"].status == 404
