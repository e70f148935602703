"""SEC-23: more than forty texts made to run something, written wherever people write, run nothing in a real Chromium."""

from __future__ import annotations

from contextlib import suppress
from itertools import cycle

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from backend.core.actor import Role
from tests.access.policy import WEB
from tests.access.test_web_access_matrix import address_of
from tests.access.world import RELATIONS, ROLES, WHOLE, build_world
from tests.attacks.canary.marks import NOT_TYPED, personal_texts
from tests.attacks.canary.test_what_is_kept import scoped_models
from tests.chromium import Visitor, browser, trail_can_be_emptied  # noqa: F401 - fixtures
from tests.committing import committing
from tests.factories import (
    ActionFactory,
    AppointmentFactory,
    EmployerFactory,
    GoalFactory,
    InterviewFactory,
    MembershipFactory,
    StayFactory,
    WorkTaskFactory,
)

pytestmark = [pytest.mark.browser, committing]
RUN = "window.touched=1"
PAYLOADS = (
    f"<script>{RUN}</script>", f"<ScRiPt>{RUN}</sCrIpT>", f"<script >{RUN}</script >", f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script/x>{RUN}</script>", f"<script\n>{RUN}</script>", f"</title><script>{RUN}</script>", f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>", f"--><script>{RUN}</script>", f"]]><script>{RUN}</script>", f"<svg><script>{RUN}</script></svg>",
    f"<img src=x onerror={RUN}>", f"<img src=x onerror='{RUN}'>", f'"><img src=x onerror="{RUN}">', f"'><img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}>", f"<IMG SRC=x ONERROR={RUN}>", f"<image src=x onerror={RUN}>", f"<svg onload={RUN}>",
    f"<svg/onload={RUN}>", f"<svg><animate onbegin={RUN} attributeName=x dur=1s>", f"<svg><set onbegin={RUN} attributename=x>",
    f"<body onload={RUN}>", f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>", f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<a href=javascript:{RUN}>ici</a>", f"<a href='java\tscript:{RUN}'>ici</a>", f"<a href=data:text/html,<script>{RUN}</script>>ici</a>",
    f"<form action=javascript:{RUN}><button>ici</button></form>", f"<button formaction=javascript:{RUN}>ici</button>",
    f"<input autofocus onfocus={RUN}>", f"<select autofocus onfocus={RUN}>", f"<textarea autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}></video>", f"<audio src=x onerror={RUN}>",
    f"<object data=javascript:{RUN}></object>", f"<embed src=javascript:{RUN}>", f"<marquee onstart={RUN}>x</marquee>",
    f"<math><mtext><script>{RUN}</script></mtext></math>", f"<base href=javascript:{RUN}//>", f"<meta http-equiv=refresh content=0;url=javascript:{RUN}>",
    f"<link rel=stylesheet href=javascript:{RUN}>", f"<style>*{{background:url(javascript:{RUN})}}</style>",
    f"<div hx-get='/' hx-trigger='load' hx-on::load='{RUN}'>x</div>", f"<div data-hx-on:click={RUN}>x</div>", f"<template><script>{RUN}</script></template>",
    f"javascript:{RUN}", f"\" autofocus onfocus=\"{RUN}", f"' onmouseover='{RUN}", f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}", f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e", f"&lt;script&gt;{RUN}&lt;/script&gt;", f"%3Cscript%3E{RUN}%3C/script%3E",
    f"<x onclick={RUN} tabindex=1 autofocus onfocus={RUN}>", f"<p style='animation-name:x' onanimationstart={RUN}>", f"\u2028<script>{RUN}</script>",
)  # fmt: skip


QUICK = frozenset(
    {
        "web:person",
        "web:typed",
        "web:note",
        "web:people",
        "web:day",
        "web:employer",
        "web:analysis",
        "web:employers",
    }
)
"""Where most of what people write is shown; every page of every role: `make attacks`."""


def addresses(rows):
    """The pages of an advisor about these rows, and those about none."""
    wanted = [
        (name, page)
        for name, page in sorted(WEB.items())
        if "GET" in page.methods and Role.ADVISOR in page.roles and not page.extra
        if page.kind in {None, *rows} and (name in QUICK or WHOLE)
    ]
    return [reverse(name, kwargs={"pk": rows[page.kind].pk} if page.kind else {}) for name, page in wanted]


@pytest.fixture
def place():
    """A structure where every text that somebody writes is one of these."""
    seat = MembershipFactory(role=Role.ADVISOR, organisation__name=PAYLOADS[0][:100])
    stay = StayFactory(organisation=seat.organisation, advisor=seat.user)
    person = stay.beneficiary
    person.first_name, person.last_name = PAYLOADS[12][:60], PAYLOADS[19][:60]
    person.save()
    said = {"beneficiary": person, "organisation": seat.organisation}
    for text in PAYLOADS:
        GoalFactory(label=text[:200], **said)
        ActionFactory(label=text[:200], outcome=text[:300], assignee=seat.user, **said)
        InterviewFactory(synthesis=text, author=seat.user, **said)
        AppointmentFactory(purpose=text[:120], advisor=seat.user, **said)
    employer = EmployerFactory(
        organisation=seat.organisation, name=PAYLOADS[14][:100], sector=PAYLOADS[1][:100]
    )
    task = WorkTaskFactory(analysis__establishment__employer=employer, name=PAYLOADS[13][:100])
    return seat, person, employer, task.analysis


def test_the_texts_are_many():
    assert len(set(PAYLOADS)) >= 40
    assert all(RUN in text for text in PAYLOADS)


class Looking:
    """A window that opens pages one after the other, and notes what ran there and what it read."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.context().new_page()
        self.dialogs, self.ran, self.opened, self.shown = [], [], 0, ""
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def open(self, address):
        """The status; what is downloaded is no page: nothing of it is shown here."""
        answer = self.page.request.get(address)
        if "attachment" in answer.headers.get("content-disposition", ""):
            return answer.status
        answer = self.page.goto(address)
        self.opened += 1
        self.page.wait_for_timeout(150)
        if self.page.evaluate("window.touched") or self.dialogs:
            self.ran.append(address)
        self.shown += self.page.inner_text("body")
        return answer.status


def test_nothing_runs_on_any_page_and_every_text_is_read_as_typed(browser, live_server, place):  # noqa: F811
    seat, person, employer, analysis = place
    looking = Looking(Visitor(browser, live_server.url, seat.user, seat=seat.seat_key))
    for address in addresses({"person": person, "employer": employer, "analysis": analysis}):
        assert looking.open(address) == 200, address
    assert looking.ran == []
    assert looking.visitor.elsewhere == []
    shown = " ".join(looking.shown.split())
    assert [text for text in PAYLOADS if " ".join(text.split())[:40] not in shown] == []


def planted(world):
    """One of these texts in each column where somebody writes, of every row: how many."""
    texts, done = cycle(PAYLOADS), 0
    for model in scoped_models():
        mine = [each for (table, _), each in personal_texts().items() if table == model._meta.db_table]
        names = [each for each in mine if (model._meta.db_table, each.column) not in NOT_TYPED]
        for pk in model._base_manager.values_list("pk", flat=True):
            for each in names:
                with suppress(IntegrityError), transaction.atomic():
                    text = next(texts)[: each.max_length]
                    done += model._base_manager.filter(pk=pk).update(**{each.name: text})
    return done


@pytest.mark.parametrize("role", ROLES if WHOLE else (Role.BENEFICIARY,))
def test_nothing_runs_on_any_page_of_any_role(browser, live_server, role):  # noqa: F811
    world = build_world()
    assert planted(world) > 200
    seat = world.seats[role]
    looking = Looking(Visitor(browser, live_server.url, seat.user, seat=seat.seat_key))
    wrong = {}
    for name, page in sorted(WEB.items()):
        if "GET" in page.methods and role in page.roles:
            relation = next((each for each in RELATIONS if page.opens_for(role, each)), "own")
            status = looking.open(address_of(world, name, relation, role))
            if status >= 500:
                wrong[name] = status
    assert (looking.ran, wrong, looking.visitor.elsewhere) == ([], {}, [])
    assert looking.opened
    assert role in {Role.NETWORK_HEAD, Role.EMPLOYER} or "touched" in looking.shown, "nothing was shown"


def test_one_of_them_would_run_where_nothing_is_escaped(browser):  # noqa: F811
    page = browser.new_page()
    page.set_content(f"<p>{PAYLOADS[12]}</p>")
    page.wait_for_function("window.touched === 1")
