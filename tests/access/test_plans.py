"""A question about scope is answered by sets: never a condition asked again for each person, never everybody read."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection

from backend.core.actor import Actor, Role

pytestmark = pytest.mark.django_db
DOMAINS = {"pathways", "competences", "employers"}
SCOPES = ("visible_to", "accompanied_by", "covered_by")
SEATED = {"user_id": 5, "organisation_id": 1, "group_id": 1, "employer_id": 1, "beneficiary_id": 3}
PERIMETER = {"organisation_ids": frozenset({1}), "group_organisation_ids": frozenset({1, 2})}

QUESTIONS = [
    pytest.param(model, scope, role, id=f"{model._meta.label}-{scope}-{role}")
    for model in apps.get_models()
    if model._meta.app_label in DOMAINS
    for scope in SCOPES
    if hasattr(model._default_manager.all(), scope)
    for role in Role
    if role is not Role.OPERATOR
]


def plan_of(rows):
    """How the database would look for these rows, line by line; nothing when it knows there are none."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (FORMAT JSON)"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", params)
        lines = cursor.fetchall()
    if connection.vendor == "sqlite":
        return [line[3] for line in lines]
    found = lines[0][0]
    return [json.dumps(found if not isinstance(found, str) else json.loads(found))]


@pytest.mark.parametrize(("model", "scope", "role"), QUESTIONS)
def test_scopes_are_sets(model, scope, role):
    actor = Actor(role=role, **SEATED, **PERIMETER)
    plan = plan_of(getattr(model._default_manager.all(), scope)(actor))
    # On PostgreSQL an empty base makes it read everything; what it may never do is ask again row by row.
    refused = ("CORRELATED", "SCAN ") if connection.vendor == "sqlite" else ('"SubPlan',)
    assert [line for line in plan if any(word in line for word in refused)] == []


def test_every_kind_of_row_about_a_person_is_looked_at():
    names = {param.values[0].__name__ for param in QUESTIONS}
    about = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in DOMAINS
        and any(field.name == "beneficiary" for field in model._meta.fields)
    }
    assert about <= names
