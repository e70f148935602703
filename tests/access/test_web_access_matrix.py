"""SEC-02, SEC-03, SEC-04: every page, read and sent, × role × relation, generated from the URL table."""

import pytest
from django import forms
from django.urls import reverse

from backend.core.actor import Role
from backend.web.forms.meanwhile import ROW_SEEN
from tests.access.answers import ask, last_line, nothing_kept
from tests.access.policy import OUTSIDE, WEB
from tests.access.routes import every_route
from tests.access.sent.readiness import READY
from tests.access.sent.screens import SHEETS
from tests.access.world import RELATIONS, ROLES, worth_asking
from tests.worlds.two_houses import stranger

pytestmark = pytest.mark.django_db
DONE, REFUSED_IN_WORDS, CLOSED = {200, 204, 302}, {302, 409, 422}, 404
SEARCHES = {
    "web:people", "web:note", "web:employers", "web:observe", "web:observe_person", "web:certifications", "web:line_search",
    "web:feasibility", "web:observe_together", "web:self_assess",
}  # fmt: skip
ASKED_LATER = {"is_someone_else", "is_another"}  # only in front of one who looks the same
LEAVES_NO_LINE = {"web:follow_up_draft", "web:rule_trial"} | SEARCHES
"""Not a gesture: what one is still typing, what one only looks for, what one only tries."""
CHOICE_IS_MADE = {"web:taking_out_ask"}
"""Who answers for one structure chooses none: what is sent as a choice is not read."""
RULE_OF = {
    Role.NETWORK_HEAD: {"name": "national_dynamic_target", "value": "0.55"},
    Role.MANAGER: {"name": "hours_480_lifted", "value": "oui", "valid_to": "2027-11-21"},
}


def address_of(world, name, relation, role=None):
    page = WEB[name]
    kwargs = {"pk": world.pk(page.kind, relation, role)} if page.kind else {}
    return reverse(name, kwargs={**kwargs, **world.captured(page)})


def relations_of(page, role):
    reached = [each for each in RELATIONS if page.kind and page.opens_for(role, each)]
    is_chosen_there = page.chooses is not None and role in page.roles
    return RELATIONS if is_chosen_there else worth_asking(reached)


def body_of(world, name, role, relation, form=None):
    """What the browser sends: what the form holds already, and what this gesture says."""
    said = SHEETS[name](world, relation)
    if name == "web:rule_new":
        said = said | {"organisation": world.pk("structure", "own")} | RULE_OF.get(role, {})
    return {**(filled(form) if form else {}), **said}


def filled(form):
    """The inputs as the form opened."""
    values = {}
    for bound in form:
        value = bound.value()
        if not isinstance(bound.field, forms.FileField) and value not in (None, False, ""):
            shown = value if isinstance(value, list) else bound.field.widget.format_value(value)
            values[bound.html_name] = value if shown is None else shown
    return values


def test_every_route_is_in_the_policy():
    pages = {route.name for route in every_route() if not route.name.startswith("api:")}
    assert pages - set(WEB) - OUTSIDE - {"None"} == set(), (
        "write who may open these pages in tests/access/policy.py"
    )
    assert set(WEB) | OUTSIDE <= pages | {"None"}, "the policy names pages that no longer exist"


def test_every_page_that_is_sent_has_something_to_send():
    assert {name for name, page in WEB.items() if "POST" in page.methods} == set(SHEETS)


def test_every_page_where_a_row_is_chosen_says_which_ones(world):
    """A page without object whose sheet names a row: the matrix tries those of elsewhere there too."""
    naming = {
        name
        for name, sheet in SHEETS.items()
        if WEB[name].kind is None and len({repr(sheet(world, each)) for each in RELATIONS}) > 1
    }
    assert naming == {name for name, page in WEB.items() if page.chooses is not None}, (
        "write which ones, by whom, in `chooses` (tests/access/policy.py)"
    )


@pytest.mark.parametrize("name", sorted(WEB))
def test_SEC_03_a_page_is_read_and_sent_by_whom_the_policy_says(world, name):
    wrong = {}
    for role in ROLES:
        absent = {}
        for relation in relations_of(WEB[name], role):
            form = None
            for method in WEB[name].methods:
                if method == "GET":
                    problem, form = why_wrongly_read(world, name, role, relation, absent)
                else:
                    problem = why_wrongly_sent(world, name, role, relation, absent, form)
                if problem:
                    wrong[method, role.value, relation] = problem
    assert wrong == {}


def why_wrongly_read(world, name, role, relation, absent):
    """Empty when the page opens as the policy says; the form found there."""
    with nothing_kept():
        found = ask(world.clients[role], "GET", address_of(world, name, relation, role))
    if WEB[name].opens_for(role, relation):
        problem = "" if found.status in {200, 302} else f"{found.status} where it opens"
        return problem or forgotten_on_the_page(found, WEB[name]), found.form
    return why_not_absent(world, name, "GET", role, found, absent), None


def forgotten_on_the_page(found, page):
    """Empty when every field is on the page: one left out is never typed, and what it holds is sent empty."""
    fields = found.form.visible_fields() if found.form and "POST" in page.methods else []
    names = [field.html_name for field in fields]
    left_out = [
        name for name in names if name not in ASKED_LATER and f'name="{name}"'.encode() not in found.content
    ]
    return f"fields that the page forgets: {left_out}" if left_out else ""


def why_wrongly_sent(world, name, role, relation, absent, form):
    """Empty when sending the page writes, or refuses and writes nothing, as the policy says."""
    page = WEB[name]
    opens, writes = page.opens_for(role, relation), page.writes_for(role, relation)
    with nothing_kept():
        is_prepared = opens and writes and name in READY
        if is_prepared:
            READY[name](world, relation)
        before, body = last_line(), body_of(world, name, role, relation, form)
        if is_prepared:  # the row is no longer as the form was opened on it
            body.pop(ROW_SEEN, None)
        found = ask(world.clients[role], "POST", address_of(world, name, relation, role), data=body)
        line = last_line() > before
    if not opens:
        return why_not_absent(world, name, "POST", role, found, absent)
    if not writes:
        fine = found.status in REFUSED_IN_WORDS and not found.written
        return "" if fine else f"{found.status}, wrote in {found.written}, where it is refused with words"
    if not page.offers(role, relation):
        return why_not_as_unknown(world, name, role, found, absent, form)
    if found.status not in DONE:
        return f"{found.status} where it is sent: {found.form.errors.as_json() if found.form else ''}"
    return "" if line or name in LEAVES_NO_LINE else "accepted without a line in the trail"


def why_not_as_unknown(world, name, role, found, absent, form):
    """Empty when what was chosen changes nothing: answered as what does not exist, nothing of it written nor shown."""
    if "chosen" not in absent:
        with nothing_kept():
            body = body_of(world, name, role, "absent", form)
            absent["chosen"] = ask(world.clients[role], "POST", address_of(world, name, "absent"), data=body)
    if found.written and name not in CHOICE_IS_MADE:
        return f"{found.status}, wrote in {found.written}, where what is chosen is out of reach"
    is_as_unknown = (found.written, found.same) == (absent["chosen"].written, absent["chosen"].same)
    return "" if is_as_unknown else "not answered as a choice that does not exist"


def why_not_absent(world, name, method, role, found, absent):
    """Empty when the answer is exactly that of an object that does not exist, asked once per role and method."""
    if found.status != CLOSED or found.written:
        return f"{found.status}, wrote in {found.written}, where it is closed"
    if WEB[name].kind is None:
        return ""
    if method not in absent:
        with nothing_kept():
            sent = {"data": SHEETS[name](world, "own")} if method == "POST" else {}
            absent[method] = ask(world.clients[role], method, address_of(world, name, "absent"), **sent)
    return "" if found.same == absent[method].same else "not the same as an absent object"


def test_nobody_enters_without_signing_in(world):
    nobody = stranger()
    for name, page in WEB.items():
        for method in page.methods:
            answer = nobody.generic(method, address_of(world, name, "own"))
            assert answer.status_code == 302, (name, method)
            assert answer.url.startswith(reverse("account_login")), (name, method)


def test_a_page_answers_only_the_methods_it_declares(world):
    """SEC-10."""
    for name, page in WEB.items():
        client = world.clients[sorted(page.roles)[0]]
        for method in {"GET", "POST", "PUT", "DELETE"} - set(page.methods):
            with nothing_kept():
                found = ask(client, method, address_of(world, name, "own"))
            assert found.status in {404, 405}, (name, method)
            if found.status == 405:
                assert "n’est pas une page".encode() in found.content, (name, method)
