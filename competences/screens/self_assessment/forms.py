"""The words of a person on what was seen of them."""

from __future__ import annotations

from django import forms

from backend.web.forms.base import CalmForm


class CommentForm(CalmForm):
    """What the person thinks of an observation; an empty text takes the answer back."""

    writes = "la réponse de la personne à une observation, portée par celle-ci"
    is_all_optional = True

    version = forms.CharField(widget=forms.HiddenInput, max_length=32)
    comment = forms.CharField(
        label="Ce qu’elle en dit",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="L’observation reste, cette réponse aussi : qui accompagne et qui a observé lisent les deux. Laissez vide pour la retirer.",
    )
