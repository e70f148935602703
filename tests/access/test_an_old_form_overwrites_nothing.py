"""A form opened before somebody else wrote on the same row is refused, with what was typed; nothing is put back over it."""

from __future__ import annotations

import ast

import pytest
from django.urls import reverse

from backend.web.forms.meanwhile import ROW_SEEN
from tests.access.answers import ask, nothing_kept
from tests.access.policy import WEB
from tests.access.sent.readiness import READY
from tests.access.test_web_access_matrix import address_of, body_of
from tests.house.tree import modules, source

CAREFUL = {"version_now", "adds", "about"}
WRITES_ONCE = {
    "person_access_new": "an access still open is refused",
    "separate": "what was separated is no longer there to be",
    "stop": "nobody waits twice",
    "open_file": "each opening is a line of its own",
    "rule_new": "each value is a dated row of its own",
    "amendment_new": "a day written again is corrected, as the page says",
    "hours_new": "a month written again is corrected, as the page says",
    "pass_new": "the same number written again updates its days, as the page says",
    "welcome_back": "a stay under way is refused",
    "employer_access_new": "an access still open is refused",
    "hire": "the same hire is refused",
    "convention_new": "one a year and a structure",
    "invite": "an invitation still open is refused",
    "structure_new": "a SIRET or a name already known is refused",
    "group_new": "a name already known is refused",
    "offer_new": "an offer still open is refused",
    "head_invite": "an invitation still open is refused",
}
"""Pages that write a new thing, which is recognised when it is written again: nothing known is written over."""


def pages_of_forms():
    """Every `FormPage` of the product: the function that makes it, and what it says."""
    for path, _ in modules():
        for made in ast.walk(ast.parse(source(path))):
            if isinstance(made, ast.FunctionDef):
                for call in ast.walk(made):
                    if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "FormPage":
                        yield f"{path}:{call.lineno}", made.name, {each.arg for each in call.keywords}


def test_every_form_says_what_it_was_opened_on():
    silent = {name: where for where, name, said in pages_of_forms() if not said & CAREFUL}
    forgotten = {where for name, where in silent.items() if name not in WRITES_ONCE}
    assert forgotten == set(), (
        "give its FormPage `version_now` or `about` (it writes over what is known), or `adds` (it writes a new thing)"
    )
    assert set(WRITES_ONCE) == set(silent), "no longer without: take it out of WRITES_ONCE"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted(name for name, page in WEB.items() if {"GET", "POST"} <= set(page.methods))
)
def test_an_old_form_is_refused_with_what_was_typed(world, name):
    role = next((each for each in sorted(WEB[name].roles) if WEB[name].opens_for(each, "own")), None)
    with nothing_kept():
        if name in READY:
            READY[name](world, "own")
        form = role and ask(world.clients[role], "GET", address_of(world, name, "own", role)).form
        if not form or ROW_SEEN not in form.fields:
            return
        body = body_of(world, name, role, "own", form) | {ROW_SEEN: "0" * 32}
        found = ask(world.clients[role], "POST", address_of(world, name, "own", role), data=body)
    assert found.status == 422, found.content.decode()[-2000:]
    assert "Quelqu’un a modifié" in found.content.decode()
    assert found.written == ()


@pytest.mark.django_db
def test_sent_again_after_reading_it_is_recorded(world):
    """The form shown again was opened on what is saved now."""
    role = sorted(WEB["web:contract_end"].roles)[0]
    client, address = world.clients[role], address_of(world, "web:contract_end", "own", role)
    with nothing_kept():
        first = client.get(address).context["form"]
        old = {ROW_SEEN: "0" * 32, "on": f"{first.initial['on']:%Y-%m-%d}", "form_id": ""}
        refused = client.post(address, old)
        again = refused.context["form"]
        done = client.post(address, old | {ROW_SEEN: again[ROW_SEEN].value()})
    assert refused.status_code == 422
    assert done.status_code == 302
    assert done.url.startswith(reverse("web:person", args=[world.pk("person", "own")]))
