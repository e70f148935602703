"""Names stand in the order of the alphabet, accents and case counted for nothing, on both databases as in Python."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CharField, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from backend.core.actor import Role
from backend.core.tables.ordering import Alphabetical
from backend.core.values.text import alphabetical
from backend.organisations.models import Organisation
from employers.models import Employer
from tests.factories import EmployerFactory, MembershipFactory, OrganisationFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
NAMES = [
    "Zoé",
    "épicerie",
    "Élodie",
    "ELAN",
    "Œuvre",
    "ouvrage",
    "L’Étape",
    "L'Envol",
    "Çà et là",
    "Brico",
    "àbri",
    "Ñandú",
]
IN_ORDER = [
    "àbri",
    "Brico",
    "Çà et là",
    "ELAN",
    "Élodie",
    "épicerie",
    "L'Envol",
    "L’Étape",
    "Ñandú",
    "Œuvre",
    "ouvrage",
    "Zoé",
]
LETTERS = st.text("abcxyzABÉéèêëÀàâçÇïîôöùûüÿœŒæñ ’'-.0123e\u0301", max_size=12)

SORTED_BY_AN_INDEX = {
    "pathways.Beneficiary": "its searchable name is kept without accents, and indexed",
    "competences.Competence": "thousands of labels of the State, read by their code or by the search",
    "competences.Occupation": "by its code",
    "competences.Certification": "thousands of fiches, found by the search",
    "competences.Certifier": "thousands, shown beside their fiche",
}
WORDS = ("name", "label", "title", "last_name", "first_name", "nom")


def test_a_list_of_names_is_alphabetical_everywhere():
    for name in NAMES:
        OrganisationFactory(name=name)
        EmployerFactory(name=name)
    assert [each.name for each in Organisation.objects.filter(name__in=NAMES)] == IN_ORDER
    assert [each.name for each in Employer.objects.filter(name__in=NAMES)] == IN_ORDER
    assert sorted(NAMES, key=alphabetical) == IN_ORDER
    assert (
        list(Employer.objects.filter(name__in=NAMES).reverse().values_list("name", flat=True))
        == IN_ORDER[::-1]
    )


@given(LETTERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_base_sorts_as_python_does(text):
    place = Organisation.objects.first() or OrganisationFactory()
    row = Organisation.objects.filter(pk=place.pk).annotate(key=Alphabetical(Value(text, CharField())))
    assert row.values_list("key", flat=True).get() == alphabetical(text)


@pytest.mark.parametrize(("asked", "step"), [("name", 1), ("-name", -1)])
def test_the_api_gives_the_same_order(asked, step):
    seat = MembershipFactory(role=Role.MANAGER)
    for name in NAMES:
        EmployerFactory(name=name, organisation=seat.organisation)
    client = APIClient()
    sign_in(client, seat.user)
    found = client.get("/api/v1/employers/", {"ordering": asked}).json()["results"]
    assert [each["name"] for each in found] == IN_ORDER[::step]


def test_every_table_listed_by_a_name_says_how():
    by_bytes = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.ordering
        and isinstance(first := model._meta.ordering[0], str)
        and first.lstrip("-") in WORDS
        and isinstance(model._meta.get_field(first.lstrip("-")), models.CharField)
    }
    assert by_bytes <= set(SORTED_BY_AN_INDEX)
