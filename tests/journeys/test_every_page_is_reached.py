"""Every page is reached by links, from the home of some role or from the door."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.db import models
from django.test import Client
from django.urls import Resolver404, resolve

from backend.accounts.models import SeatToken
from backend.core.actor import Role
from employers.enums import Situation
from pathways.enums import DiagnosedBy, RelayStatus
from pathways.models import Derogation, EligibilityDiagnosis, Immersion, PassProlongation, Retention
from tests import factories as make
from tests.access.answers import nothing_kept
from tests.access.policy import WEB
from tests.access.routes import every_route
from tests.access.world import ROLES, build_world
from tests.factories import TODAY
from tests.house.nothing_forgotten.test_no_field_is_forgotten import forms_by_table, typed_into
from tests.journeys.reading import watched

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
    "mfa_reauthenticate_webauthn": "asked in front of another page",
    "mfa_edit_webauthn": "from one’s page of security, once there is a key",
    "mfa_remove_webauthn": "the same",
    "identity_login": "only where the settings name a provider: see the browser’s own tour of it",
    "identity_callback": "where the provider sends people back",
    "identity_link": "from one’s page of security, where the settings name a provider",
    "identity_unlink": "the same, once it is linked",
    "mfa_authenticate": "the second step of signing in",
    "mfa_activate_totp": "where signing in leads before the second factor",
    "mfa_view_recovery_codes": "after the second factor, and from « Mon compte » once there are codes",
    "mfa_download_recovery_codes": "from the page of recovery codes",
    "web:invitation": "the link of an e-mail",
    "web:seats": "from « Mon compte », when there is more than one place",
    "web:token_revoke": "a button",
    "web:session_close": "a button, when another device is signed in",
    "account_logout": "a button everywhere; the page only asks again",
    "web:exits_job": "where asking for an export leads",
    "web:exits_file": "from the page of an export, once it is ready",
    "web:data_copy": "from the page of what is kept on somebody, once the copy asked for is ready",
    "web:convention_new": "from the conventions of a year that has none yet; in this world the year shown has its own",
    "web:taking_out_file": "from the page of a way out, once it is ready",
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
    "web:observe_word": "from a line ticked today, which this world has not",
    "web:passport_check": "the address printed on a passport",
    "web:cv_clear": "from a CV that somebody chose, which this world has not",
    "web:badge_one": "from a passport whose lines somebody else attests, which this world has not established yet",
    "web:badges_all": "the same",
    "web:badge_check": "the same; its address is in the archive of badges too",
    "web:badge_issuer": "read by tools that verify a badge: its address is written in each",
    "web:badge_states": "the same",
    "api:schema": "the document that the page of the API reads",
}  # fmt: skip


READ_OTHERWISE = {
    "pathways.EntryProfile": "« À l’entrée » goes through all its questions: pathways/screens/people/entry.py",
    "pathways.RuleSetting": "asked of the base: the book, pathways/selectors/rule_book.py, and « Règles »",
    "accounts.User.password": "read by who signs in",
    "competences.Bloc.is_retired": "asked of the base: what is no longer proposed",
    "employers.Placement.trial_ends_on": "held against the other days when a hire is written: employers/rules/hires.py",
    "organisations.Organisation.interview_every_days": "asked of the base: pathways/selectors/following/presence.py",
    "pathways.Action.goal": "a goal reads its own actions",
    "pathways.RelayStep.subject": "asked of the base: pathways/services/relays/receiving.py",
    "employers.Establishment.insee_code": "kept for others: the commune of an establishment, in the format of exchange",
    "organisations.Organisation.department": "kept for others: its département, in the format of exchange",
    "organisations.Organisation.insee_code": "kept for others: its commune, in the format of exchange",
    "organisations.Organisation.siret": "kept for others: the format of exchange knows a structure by it",
    "pathways.Beneficiary.insee_code": "kept for others: the State's file of an employee asks for the commune by its code",
}
"""What people type and no page reads by its name, with who does instead; a table alone stands for all its fields."""


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


@dataclass(frozen=True)
class Walked:
    """Every page that somebody reaches, from the door and from each role's home; the fields that these pages read."""

    pages: set[str]
    read: set[str]


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker):
    """The walk, once for the module, on the day of the factories; nothing of it stays."""
    with django_db_blocker.unblock(), time_machine.travel(f"{TODAY}T10:00:00+01:00"), nothing_kept():
        world = build_world()
        _what_is_still_open(world)
        _what_is_rarely_said(world)
        with watched(typed_fields()) as read:
            found = Walk(Client(), pages()).everywhere("/")
            for role in WHO_FIRST:
                if pages() - set(NOT_BY_A_LINK) <= found:
                    break
                found |= Walk(world.clients[role], pages()).everywhere("/")
        return Walked(found, read)


def _what_is_rarely_said(world) -> None:
    """What most rows leave empty, so that the pages that show it have something to show."""
    said, day = "Dit ici", TODAY
    Immersion.objects.update(tutor_name=said, tutor_role=said)
    PassProlongation.objects.update(document=said, document_on=day)
    Derogation.objects.update(document=said, document_on=day)
    EligibilityDiagnosis.objects.update(made_by=DiagnosedBy.PRESCRIBER, prescriber=said)
    Retention.objects.update(kept_until=day, kept_because=said)
    called = {"milestone": "M6", "done_on": day, "situation": Situation.IN_POST, "note": said}
    make.PostHireFollowUpFactory(placement=world.objects["placement"]["own"], **called)
    place, advisor = world.objects["structure"]["own"], world.seats[Role.ADVISOR]
    left = make.StayFactory(organisation=place, advisor=advisor.user, ended_on=date(2026, 10, 30))
    make.ExitFactory(stay=left, motive="7", occurred_on=left.ended_on)
    make.WatchEndFactory(beneficiary=left.beneficiary, organisation=place, note=said)
    key = {"seat_key": advisor.seat_key, "expiry": timedelta(days=30)}
    SeatToken.objects.create(user=advisor.user, name=said, **key)


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


def typed_fields() -> list[models.Field]:
    """Every field that some form asks, sorted by the table it is kept in."""
    typed = {model._meta.get_field(name) for model in forms_by_table() for name in typed_into(model)}
    return sorted(typed, key=label_of)


def label_of(field: models.Field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def test_every_page_is_reached_by_links(walked):
    lost = pages() - walked.pages - set(NOT_BY_A_LINK)
    assert sorted(lost) == [], (
        "link these pages from a menu or a page, or say why nobody follows a link there"
    )


def test_every_exception_is_still_a_page():
    assert set(NOT_BY_A_LINK) <= pages()


def test_every_field_that_people_type_is_read_by_a_page(walked):
    """A field that only goes from a form to a file and back was typed for nobody."""
    typed = {label_of(field) for field in typed_fields()}
    whole = {name for name in typed if name.rpartition(".")[0] in READ_OTHERWISE}
    unread, excused = typed - walked.read - whole, set(READ_OTHERWISE) & typed
    assert sorted(unread - excused) == [], "show it, use it, or say in READ_OTHERWISE who reads it"
    assert sorted(excused - unread) == [], "a page reads it: the excuse goes"
    assert {name for name in READ_OTHERWISE if name.count(".") == 1} == {
        name.rpartition(".")[0] for name in whole
    }
