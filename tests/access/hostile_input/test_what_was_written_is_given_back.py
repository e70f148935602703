"""A form sent to what is no longer open, the file having closed meanwhile: nothing is recorded, and no word is lost."""

from __future__ import annotations

import html

import pytest
from django import forms

from tests.access.answers import nothing_kept
from tests.access.hostile_input.test_nothing_typed_breaks_a_page import (
    FORMS,
    address_of,
    filled,
    of_kind,
    opened,
)
from tests.access.policy import WEB

pytestmark = pytest.mark.django_db
WORDS = "Elle a trouvé une garde d’enfants <le mardi> & cherche pour le jeudi."
SHEET = {"headers": {"HX-Request": "true", "HX-Target": "sheet-content"}}


def texts_of(form):
    return [
        bound for bound in of_kind(form, (forms.CharField,)) if isinstance(bound.field.widget, forms.Textarea)
    ]


@pytest.mark.parametrize("in_a_sheet", [False, True], ids=["page", "sheet"])
@pytest.mark.parametrize("name", [name for name in FORMS if WEB[name].kind])
def test_a_form_whose_object_is_closed_gives_its_words_back(world, name, in_a_sheet):
    client, form = opened(world, name)
    texts = texts_of(form) if form else []
    if not texts:
        return
    data = filled(form) | {bound.html_name: WORDS for bound in texts}
    with nothing_kept():
        answer = client.post(
            address_of(world, name, world.pk(WEB[name].kind, "absent")), data, **(SHEET if in_a_sheet else {})
        )
    assert answer.status_code == 404
    assert answer.content.decode().count(f">\n{html.escape(WORDS)}</textarea>") == len(texts)
    assert ("HX-Retarget" in answer.headers) is in_a_sheet


def test_some_forms_ask_for_words(world):
    asking = [
        name for name in FORMS if WEB[name].kind and (found := opened(world, name)[1]) and texts_of(found)
    ]
    assert len(asking) >= 15


def test_a_password_is_never_written_back(world):
    sent = {"password": "une phrase de passe", "synthesis": WORDS}
    answer = next(iter(world.clients.values())).post("/personnes/987654321/noter/", sent)
    assert answer.status_code == 404
    assert "phrase de passe" not in answer.content.decode()
