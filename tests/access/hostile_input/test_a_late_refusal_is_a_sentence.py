"""Whatever a gesture is refused once it has begun (someone else was first, a right ended): a sentence, never a failure."""

import pytest

from backend.audit import trail
from backend.core.errors import DomainError
from tests.access.answers import nothing_kept
from tests.access.policy import WEB
from tests.access.sent.readiness import READY
from tests.access.test_web_access_matrix import LEAVES_NO_LINE, address_of, body_of
from tests.access.world import RELATIONS

pytestmark = pytest.mark.django_db
SENTENCE = "Quelqu’un vient de passer avant vous."
SENT = sorted(
    name
    for name, page in WEB.items()
    if "POST" in page.methods and page.sends != {} and name not in LEAVES_NO_LINE
)
NOTHING_TO_SEND = {"web:import_columns", "web:import_confirm", "web:self_undo", "web:undo"}
"""In the world of these tests: a table that waits for its columns, a word of one's own said today, a signed notice."""


@pytest.fixture
def refuses_once(monkeypatch):
    """The last beat but one of the next gesture is refused: everything before it really ran."""
    refused = []

    def once(real):
        def record(*args, **kwargs):
            if not refused:
                refused.append(True)
                raise DomainError("too_late_by_a_breath", SENTENCE)
            return real(*args, **kwargs)

        return record

    for name in ("record", "record_about"):
        monkeypatch.setattr(trail, name, once(getattr(trail, name)))
    return refused


def somebody_who_may(world, name):
    """The first role, and the nearest object, this page is sent with."""
    page = WEB[name]
    return next(
        (role, relation)
        for role in sorted(page.roles)
        for relation in RELATIONS
        if page.opens_for(role, relation) and page.writes_for(role, relation)
    )


@pytest.mark.parametrize("name", SENT)
def test_a_late_refusal_is_said_where_the_gesture_was_made(world, name, refuses_once):
    role, relation = somebody_who_may(world, name)
    client, address = world.clients[role], address_of(world, name, relation, role)
    with nothing_kept():
        READY.get(name, lambda *_: None)(world, relation)
        refuses_once.append("not yet")
        form = opened(client, address, name)
        refuses_once.clear()
        answer = client.post(address, body_of(world, name, role, relation, form))
        assert refuses_once == [True], f"{answer.status_code}: the gesture never reached its trail"
        assert answer.status_code in {200, 302, 409, 422}
        if answer.status_code == 302 and SENTENCE not in answer.content.decode():
            answer = client.get(answer.url, follow=True)
        is_json = answer.headers["Content-Type"].startswith("application/json")
        said = str(answer.json()) if is_json else answer.content.decode()
    client.cookies.pop("messages", None)
    assert SENTENCE in said or SENTENCE.replace("’", "&#x27;") in said


def opened(client, address, name):
    """The form as it opens, when the page is also read."""
    if "GET" not in WEB[name].methods:
        return None
    context = client.get(address).context
    return context.get("form") if context else None


def test_every_sent_page_is_tried():
    left_out = {name for name, page in WEB.items() if "POST" in page.methods} - set(SENT)
    assert left_out == LEAVES_NO_LINE | NOTHING_TO_SEND
