"""A text longer than its field is never cut by the browser: the form refuses it, says so, and gives it back whole."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django import forms
from django.urls import reverse

from backend.web.forms.base import CalmForm, dress
from pathways.models import Action, Interview
from tests.house.tree import of_the_product

LONG = "Rappeler le magasin des Tilleuls. " * 9
"""306 characters, for a field of 200."""


def test_no_form_lets_the_browser_cut_what_is_pasted():
    cut, seen = [], 0
    for form in of_the_product(CalmForm):
        for name, field in form.base_fields.items():
            if isinstance(field, forms.CharField) and field.max_length:
                seen += 1
                shown = deepcopy(field)
                dress(shown)
                if "maxlength" in shown.widget.attrs:
                    cut.append((form.__name__, name))
    assert cut == []
    assert seen >= 30


@pytest.mark.django_db
def test_a_next_step_too_long_is_refused_and_given_back_whole(advisor, place):
    page = reverse("web:follow_up_new", args=[place.solange.pk])
    before = Interview.objects.count(), Action.objects.count()
    shown = advisor.get(page).context["form"]
    sent = {field.html_name: field.value() or "" for field in shown}
    refused = advisor.post(page, sent | {"synthesis": "Vue au magasin", "next_action": LONG.strip()})
    assert refused.status_code == 422
    (said,) = refused.context["form"].errors["next_action"]
    assert "200" in said
    assert LONG.strip() in refused.content.decode()
    assert (Interview.objects.count(), Action.objects.count()) == before
