"""Every page is reached by links, from the home of some role or from the door."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from backend.core.actor import Role
from pathways.enums import RelayStatus
from tests import factories as make
from tests.access.policy import WEB
from tests.access.routes import every_route
from tests.access.world import ROLES, build_world

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'(?:href|hx-get)="([^"#][^"]*)"|<form[^>]*action="([^"]+)"[^>]*method="get"')
SAMPLES = 3
AT_EACH_TURN = {"web:relay": 12}
WHO_FIRST = sorted(
    ROLES, key=[Role.MANAGER, Role.BENEFICIARY, Role.EMPLOYER, Role.GROUP_HEAD].__contains__, reverse=True
)
"""The walk ends when everything is reached: those who see most begin."""

"""How many addresses of one page are opened: one person may be between two contracts, another not."""

NOT_BY_A_LINK = {
    "web:alive": "asked by machines",
    "web:ready": "asked by machines",
    "account_inactive": "where signing in leads when the account is closed",
    "account_reset_password_done": "the page after the form of a forgotten password",
    "account_reset_password_from_key": "the link of an e-mail",
    "account_reset_password_from_key_done": "the page after choosing a new password",
    "account_reauthenticate": "asked in front of another page",
    "mfa_reauthenticate": "asked in front of another page",
    "mfa_authenticate": "the second step of signing in",
    "mfa_activate_totp": "where signing in leads before the second factor",
    "mfa_view_recovery_codes": "after the second factor, and from « Mon compte » once there are codes",
    "mfa_download_recovery_codes": "from the page of recovery codes",
    "web:invitation": "the link of an e-mail",
    "web:seats": "from « Mon compte », when there is more than one place",
    "web:token_revoke": "a button",
    "account_logout": "a button everywhere; the page only asks again",
    "web:exits_job": "where asking for an export leads",
    "web:exits_file": "from the page of an export, once it is ready",
    "web:import_report": "from the page of an import, once it is read",
    "web:import_columns": "where an import leads whose titles are not ours",
    "web:import_lines": "from the page of such an import, once it is read",
    "web:robots_txt": "asked by machines",
    "web:home": "the start of the walk",
    "web:task_new": "its form stands in the page of the analysis",
    "web:competence_search": "asked by a field while one types",
    "web:team_group_new": "only for a structure without group, which nobody has in this world",
    "web:invitation_message": "from the list of invitations, where no mail leaves, which is not this installation",
    "web:pass_close": "from the page of a PASS, once it was suspended long enough",
    "web:passport_check": "the address printed on a passport",
    "api:schema": "the document that the page of the API reads",
}  # fmt: skip


@dataclass
class Walk:
    """A reader who follows every link from one page, a few examples of each kind."""

    client: Client
    pages: set[str]
    seen: dict[str, set[str]] = field(default_factory=dict)

    def everywhere(self, start: str) -> set[str]:
        """The names of the pages reached."""
        waiting = deque([start])
        while waiting:
            path = waiting.popleft()
            answer = self.client.get(path, follow=True)
            self._note(answer.request["PATH_INFO"])
            waiting.extend(path for path in self._links(path, answer) if self._is_new(path))
        return set(self.seen)

    def _links(self, path: str, answer) -> list[str]:
        if not answer.get("Content-Type", "").startswith("text/html"):
            return []
        found = (
            urljoin(path, unescape(link or form)) for link, form in _LINK.findall(answer.content.decode())
        )
        return [link for link in found if not urlsplit(link).netloc]

    def _is_new(self, path: str) -> bool:
        """Whether to go there; noting it at once keeps the walk from queueing it twice."""
        return self._note(urlsplit(path).path)

    def _note(self, path: str) -> bool:
        try:
            name = resolve(path).view_name
        except Resolver404:
            return False
        if name not in self.pages:
            return False
        known = self.seen.setdefault(name, set())
        if path in known or len(known) >= AT_EACH_TURN.get(name, SAMPLES):
            return False
        known.add(path)
        return True


@pytest.fixture
def reached():
    """Every page that somebody reaches, from the door and from each role's home."""
    world = build_world()
    _what_is_still_open(world)
    found = Walk(Client(), pages()).everywhere("/")
    for role in WHO_FIRST:
        if pages() - set(NOT_BY_A_LINK) <= found:
            break
        found |= Walk(world.clients[role], pages()).everywhere("/")
    return found


def _what_is_still_open(world) -> None:
    """A person without access, a question that waits for its answer, a relay at each of its turns."""
    place, advisor = world.objects["structure"]["own"], world.seats[Role.ADVISOR].user
    person = make.BeneficiaryFactory()
    make.StayFactory(beneficiary=person, organisation=place, advisor=advisor)
    employer = world.objects["employer"]["own"]
    proposal = world.objects["proposal"]["own"]
    make.ProfileConsentFactory(beneficiary=person, employer=employer, proposal=proposal)
    for status in (RelayStatus.RESCHEDULED, RelayStatus.ACCEPTED, RelayStatus.MET):
        for said in ({"beneficiary": person, "organisation": place}, {"receiver": place}):
            make.RelayFactory(agreed=True, status=status, **said)


def pages() -> set[str]:
    """What opens by reading: neither an address that only takes what is sent, nor a resource of the API."""
    api = {"api:docs", "api:schema"}
    names = {route.name for route in every_route()}
    screens = {name for name in names if not name.startswith("api:") and name != "None"}
    return api | {name for name in screens if name not in WEB or "GET" in WEB[name].methods}


def test_every_page_is_reached_by_links(reached):
    lost = pages() - reached - set(NOT_BY_A_LINK)
    assert sorted(lost) == [], (
        "link these pages from a menu or a page, or say why nobody follows a link there"
    )


def test_every_exception_is_still_a_page():
    assert set(NOT_BY_A_LINK) <= pages()
