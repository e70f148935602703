"""What opens a group is asked by one address."""

from __future__ import annotations

from django import forms

from backend.organisations.models import Group
from backend.web.forms.base import CalmForm


class AddressForm(CalmForm):
    """The address of the person one writes to."""

    writes = "une adresse à qui écrire : la proposition est faite par le service"

    email = forms.EmailField(label="Son adresse électronique", max_length=254)


class GroupNameForm(CalmForm):
    """How a group is called; `version` says which name is being corrected."""

    writes = Group

    version = forms.CharField(widget=forms.HiddenInput, max_length=32)
    name = forms.CharField(label="Son nom", max_length=160)
