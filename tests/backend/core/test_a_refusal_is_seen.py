"""What the domain refuses is shown where people look: under an input they see, else at the top of the form."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from backend.core.errors import DomainError, errors_on


class Step(forms.Form):
    typed_as = {"on": "reached_on", "morning": "half_day", "afternoon": "half_day", "lines": "text position"}

    kind = forms.CharField(widget=forms.HiddenInput(), required=False)
    on = forms.CharField(required=False)
    morning = forms.CharField(required=False)
    afternoon = forms.CharField(required=False)
    lines = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("on", "on"),
        ("reached_on", "on"),
        ("position", "lines"),
        ("half_day", "__all__"),
        ("kind", "__all__"),
        ("elsewhere", "__all__"),
        (None, "__all__"),
    ],
)
@pytest.mark.parametrize("is_ours", [True, False])
def test_a_refusal_never_hides_behind_a_hidden_input(field, place, is_ours):
    form = Step({})
    with errors_on(form):
        if is_ours:
            raise DomainError("refused", "Une phrase.", field=field)
        raise ValidationError({field: "Une phrase."} if field else "Une phrase.")
    assert form.errors == {place: ["Une phrase."]}
