"""What a role reads by the API it reads on a page, and the other way round: one answer per group of fields.

Each group is a word that stands nowhere else. A person is never given by one door what the other keeps from them, and
what a tool may fetch is not hidden from the person who must check it.
"""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Role
from employers.enums import Situation
from employers.models import PostHireFollowUp
from pathways.models import Appointment
from tests.access.api_policy import API_KINDS
from tests.access.policy import WEB
from tests.access.world import RELATIONS, ROLES
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

TOLD_BY = {
    "contact": ("person", "email", "joindre-la-personne@example.org"),
    "pass": ("pass", "number", "999992612345"),
    "interview": ("interview", "synthesis", "Synthèse témoin"),
    "goal": ("goal", "label", "Objectif témoin"),
    "action": ("action", "label", "Action témoin"),
    "appointment": ("appointment", "purpose", "Rendez-vous témoin"),
    "immersion": ("immersion", "host_name", "Accueil témoin"),
    "training": ("training", "title", "Formation témoin"),
    "hours wanted": ("hours_wish", "weekly_hours", "31.25"),
    "medical visit": ("medical_visit", "service", "Service témoin"),
    "days saved": ("saved_days", "days", "41.75"),
    "licence": ("licence", "label", "Titre témoin"),
    "vae": ("vae", "certification", "Certification témoin"),
    "employer": ("employer", "name", "Employeur témoin"),
    "employer’s contact": ("employer", "contact_name", "Interlocutrice Témoin"),
    "workplace": ("establishment", "name", "Lieu témoin"),
    "analysis": ("analysis", "title", "Analyse témoin"),
    "task": ("task", "name", "Tâche témoin"),
    "job": ("proposal", "title", "Poste témoin"),
    "post-hire": ("follow_up", "note", "Appel témoin"),
    "invitation": ("invitation", "email", "invitation-temoin@example.org"),
}
"""A group of fields, by the word that tells it: which object of one's own, which field, which word."""

DRAWN = "the thread draws its days; its number serves to whoever writes to the platform"
OWN = "their own, for the asking: « Mon parcours » says what comes, not all that is written"
ON_REQUEST = {
    (Role.GROUP_HEAD, "pass"): DRAWN,
    (Role.BENEFICIARY, "pass"): DRAWN,
    (Role.BENEFICIARY, "post-hire"): OWN,
    (Role.EMPLOYER, "employer’s contact"): "themselves, as the team knows them",
}
"""Read by the API and on no page, with the reason."""


@pytest.fixture(scope="module")
def told(world):
    """The world, each group of fields told by its word; what one reads in each window, by role."""
    for kind, field, word in TOLD_BY.values():
        row = world.objects[kind]["own"]
        setattr(row, field, word)
        type(row).objects.filter(pk=row.pk).update(**{field: getattr(row, field)})
    PostHireFollowUp.objects.update(done_on=TODAY, situation=Situation.IN_POST)
    Appointment.objects.update(starts_at=timezone.now() + timedelta(days=2))
    return {role: (by_the_api(world, role), by_the_pages(world, role)) for role in ROLES}


def by_the_api(world, role):
    """Every list, every object."""
    texts = []
    for collection, kind in API_KINDS.items():
        for address in (
            f"/api/v1/{collection}/?page_size=100",
            f"/api/v1/{collection}/{world.pk(kind, 'own', role)}/",
        ):
            answer = world.clients[role].get(address)
            texts.append(answer.content.decode() if answer.status_code == 200 else "")
    return groups_in("\n".join(texts).encode().decode("unicode_escape", "ignore") + "\n".join(texts))


def by_the_pages(world, role):
    """Every page and every sheet that opens to this role, about one's own objects."""
    texts = []
    for name, page in WEB.items():
        if "GET" not in page.methods or not page.opens_for(role, RELATIONS[0]):
            continue
        kwargs = {"pk": world.pk(page.kind, RELATIONS[0], role)} if page.kind else {}
        answer = world.clients[role].get(reverse(name, kwargs={**kwargs, **world.captured(page)}))
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            texts.append(unescape(answer.content.decode()))
    return groups_in("\n".join(texts))


def groups_in(text):
    return {group for group, (_, _, word) in TOLD_BY.items() if word in text}


def test_every_word_is_read_by_somebody(told):
    read = set().union(*(windows[0] | windows[1] for windows in told.values()))
    assert read == set(TOLD_BY), "a word nobody reads proves nothing"


@pytest.mark.parametrize("role", ROLES)
def test_both_windows_give_the_same(told, role):
    """SEC-07."""
    api, pages = told[role]
    excused = {group for (who, group) in ON_REQUEST if who is role}
    assert api - pages == excused, "the API gives what no page of this role shows"
    assert pages - api == set(), "a page shows what the API keeps from this role"


def test_whoever_observes_at_work_reads_no_employer(told):
    api, pages = told[Role.SUPERVISOR]
    assert not (api | pages) & {"employer", "employer’s contact", "workplace", "analysis", "task", "job"}
