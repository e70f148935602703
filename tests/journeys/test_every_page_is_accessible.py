"""Every page of the URL table in a real browser: filled, then sent with nothing in it, in every look."""

from __future__ import annotations

import pytest
from django.urls import reverse

from backend.core.actor import Role
from tests.access.policy import WEB
from tests.access.world import build_world
from tests.chromium import LOOKS, Visitor, faults_of, picture
from tests.committing import committing

pytestmark = [pytest.mark.browser, committing]
WHO_FIRST = (Role.ADVISOR, Role.MANAGER, Role.GROUP_HEAD, Role.EMPLOYER, Role.BENEFICIARY, Role.ADMINISTRATOR)
REFUSED_AT = 360
"""The reasons of a refusal stand above and beside the same form: the narrow page is the hard one."""
PARTS = 2
"""Half of the pages each: the longest walk of the suite is shared by the browsers that are free."""
FEWEST_REFUSALS = 6
"""Forms of a part that refuse an empty sending; fewer means that the test no longer sends anything."""

_EMPTY_THE_FORM = """form => {
  form.noValidate = true;
  for (const field of form.querySelectorAll('input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea'))
    field.value = '';
}"""


@pytest.fixture
def visitors(browser, live_server):
    """One signed-in browser per role, in the world of the access matrix; nothing asked elsewhere."""
    world = build_world()
    found = {
        role: Visitor(browser, live_server.url, seat.user, seat=seat.seat_key)
        for role, seat in world.seats.items()
    }
    yield world, found
    for visitor in found.values():
        assert visitor.elsewhere == []
        assert visitor.complaints == []


def addresses(world, part: int) -> dict[str, tuple[Role, str]]:
    """The pages of a part that can be read, with the first role that opens each."""
    pages = {}
    for name, page in sorted(WEB.items())[part::PARTS]:
        role = next((role for role in WHO_FIRST if page.opens_for(role, "own")), None)
        if "GET" not in page.methods or role is None:
            continue
        kwargs = {"pk": world.pk(page.kind, "own")} if page.kind else {}
        address = reverse(name, kwargs={**kwargs, **world.captured(page)})
        if _is_a_document(name, world.clients[role], address):
            pages[name] = role, address
    return pages


_DOCUMENTS: dict[str, bool] = {}
"""What was learnt of a route serves every look: the world is made again for each, its routes are the same."""


def _is_a_document(name: str, client, address: str) -> bool:
    """A whole page, neither a file to download nor what only ever stands inside a page."""
    if name not in _DOCUMENTS:
        answer = client.get(address)
        _DOCUMENTS[name] = answer["Content-Type"].startswith("text/html") and b"<html" in answer.content
    return _DOCUMENTS[name]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_is_accessible_filled_and_refused(visitors, width, scheme, part):
    """SEC-60."""
    world, by_role = visitors
    pages = addresses(world, part)
    faults: dict[str, list[str]] = {}
    refusals = set()
    roles = sorted({role for role, _ in pages.values()})
    windows = {role: by_role[role].context(width, scheme).new_page() for role in roles}
    for name, (role, address) in pages.items():
        page = windows[role]
        answer = page.goto(address)
        assert answer.ok, f"{name}: {answer.status}"
        picture(page, f"{name.removeprefix('web:')}-{width}-{scheme}")
        faults[name] = faults_of(page)
        if width == REFUSED_AT and "POST" in WEB[name].methods and _is_refused_when_empty(page):
            refusals.add(name)
            picture(page, f"{name.removeprefix('web:')}-refused-{width}-{scheme}")
            faults[f"{name} refused"] = faults_of(page)
    assert {where: found for where, found in faults.items() if found} == {}
    assert width != REFUSED_AT or len(refusals) >= FEWEST_REFUSALS, sorted(refusals)


def _is_refused_when_empty(page) -> bool:
    """Send the form of the page with every text emptied; whether it came back with its reasons."""
    form = page.locator("main form[method=post]").last
    if not form.count() or not form.locator("[type=text], [type=email], [type=date], textarea").count():
        return False
    form.evaluate(_EMPTY_THE_FORM)
    with page.expect_navigation() as sent:
        form.locator("button.btn-primary").first.click()
    return sent.value.status == 422
