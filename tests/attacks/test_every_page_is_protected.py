"""SEC-21: every page, whatever it answers, carries its protections, and what is personal is stored nowhere."""

import pytest

from tests.access.answers import nothing_kept
from tests.access.policy import WEB
from tests.access.test_web_access_matrix import address_of

pytestmark = pytest.mark.django_db


def test_every_page_carries_its_protections(world):
    wrong = {}
    for name, page in sorted(WEB.items()):
        if "GET" not in page.methods:
            continue
        role = sorted(page.roles)[0]
        with nothing_kept():
            answer = world.clients[role].get(address_of(world, name, "own", role))
        policy = answer.get("Content-Security-Policy", "")
        held = (
            "default-src 'none'" in policy
            and "frame-ancestors 'none'" in policy
            and "unsafe" not in policy
            and answer["X-Content-Type-Options"] == "nosniff"
            and answer["X-Frame-Options"] == "DENY"
            and answer["Referrer-Policy"] == "same-origin"
            and "no-store" in answer["Cache-Control"]
        )
        if not held:
            wrong[name] = dict(answer.items())
    assert wrong == {}
