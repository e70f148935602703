"""« Ce chantier » : the gestures of a work, kept under a name, corrected, put aside; the structure’s own."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from competences.models import GestureList
from competences.services import correct_gestures, keep_gestures
from competences.services.gesture_lists import MOST_GESTURES
from tests.factories import (
    CompetenceFactory,
    ContractFactory,
    GestureListFactory,
    OccupationCompetenceFactory,
    OccupationFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)
from tests.worlds.two_houses import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def actor(place):
    return actor_of(Role.SUPERVISOR, place)


def held(kept):
    return list(kept.lines.values_list("competence_id", flat=True))


def test_a_list_is_kept_then_corrected_and_keeps_its_order(actor):
    one, two, three = (CompetenceFactory() for _ in range(3))
    kept = keep_gestures(actor=actor, label="  Berges   du Songe ", competences=[two, one, two])
    assert (kept.label, held(kept)) == ("Berges du Songe", [two.pk, one.pk])
    correct_gestures(actor=actor, kept=kept, version=kept.version, competences=[one, three])
    assert held(kept) == [one.pk, three.pk]
    with pytest.raises(Conflict):
        correct_gestures(actor=actor, kept=kept, version=1, label="Autre")


@pytest.mark.parametrize(("count", "code"), [(0, "no_gesture"), (MOST_GESTURES + 1, "too_many_gestures")])
def test_a_list_too_short_or_too_long_to_be_read_standing_is_refused(actor, count, code):
    with pytest.raises(DomainError) as refusal:
        keep_gestures(actor=actor, label="Berges", competences=[CompetenceFactory() for _ in range(count)])
    assert refusal.value.code == code


def test_a_name_serves_once_in_a_structure_until_its_list_is_put_aside(actor, place):
    gesture = CompetenceFactory()
    kept = keep_gestures(actor=actor, label="Berges", competences=[gesture])
    GestureListFactory(label="Berges")
    with pytest.raises(ValidationError, match="porte déjà ce nom"):
        keep_gestures(actor=actor, label="berges", competences=[gesture])
    correct_gestures(actor=actor, kept=kept, version=kept.version, is_put_aside=True)
    keep_gestures(actor=actor, label="berges", competences=[gesture])
    assert GestureList.objects.visible_to(actor).proposed().count() == 1


def test_a_list_of_another_structure_is_out_of_reach(actor):
    away = GestureListFactory()
    assert not GestureList.objects.visible_to(actor).exists()
    with pytest.raises(NotPermitted):
        correct_gestures(actor=actor, kept=away, version=1, label="À moi")
    assert client_of(actor).get(reverse("web:gesture_list_edit", args=[away.pk])).status_code == 404


def test_a_list_is_made_of_what_the_trades_of_the_team_do_then_grows_by_a_search(actor, place):
    cited = OccupationCompetenceFactory(occupation=OccupationFactory(rome_code="K2204")).competence
    ContractFactory(stay=StayFactory(organisation=place), rome_code="K2204")
    client, more = client_of(actor), CompetenceFactory(label="Tondre un pré")
    page = client.get(reverse("web:gesture_list_new"))
    assert cited.label in page.content.decode()
    client.post(reverse("web:gesture_list_new"), {"label": "Halle", "competences": [cited.pk]})
    kept = GestureList.objects.get()
    client.post(reverse("web:gesture_list_add", args=[kept.pk, more.pk]))
    assert held(kept) == [cited.pk, more.pk]
    assert kept.label in client.get(reverse("web:gesture_lists")).content.decode()
