"""A draft and the recording of its form reach the server together: whoever wins, nothing recorded is a draft."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from backend.web.models import Draft
from tests.backend.core.api.test_concurrency_api import together, trail_can_be_emptied  # noqa: F401 - fixture
from tests.committing import committing
from tests.signin import sign_in
from tests.worlds.three_valleys import territory

pytestmark = committing

TIMES = 6


def test_a_draft_and_its_recording_cross_and_leave_no_ghost():
    place = territory()
    clients = [sign_in(Client(), place.advisor) for _ in range(2)]
    form, draft = (reverse(name, args=[place.jo.pk]) for name in ("web:follow_up_new", "web:follow_up_draft"))
    now = clients[0].get(form).context["form"]["happened_at"].value()
    for turn in range(TIMES):
        answers = {
            "form_id": f"form-{turn}",
            "happened_at": f"{now:%Y-%m-%dT%H:%M}",
            "kind": "SUIVI",
            "mode": "TELEPHONE",
            "synthesis": f"A trouvé un covoiturage, {turn}.",
        }
        first, second = (form, draft) if turn % 2 else (draft, form)
        statuses = together(2, lambda n, a=answers, to=(first, second): clients[n].post(to[n], a).status_code)
        assert 302 in statuses
        assert not Draft.objects.exists()
    assert place.jo.interviews.count() == TIMES
