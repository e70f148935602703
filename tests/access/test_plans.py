"""A question about scope is answered by sets: never a condition asked again for each person, never everybody read."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.actor import Actor, Role
from backend.core.pages.once import one_page
from backend.core.tables import statistics
from pathways.models import Goal, Interview, Stay
from tests.worlds.two_houses import House

pytestmark = pytest.mark.django_db
DOMAINS = {"pathways", "competences", "employers"}
SCOPES = ("visible_to", "accompanied_by", "covered_by")
SEATED = {"user_id": 5, "organisation_id": 1, "group_id": 1, "employer_id": 1, "beneficiary_id": 3}
PERIMETER = {
    "organisation_ids": frozenset({1}),
    "group_ids": frozenset({1}),
    **dict.fromkeys(("neighbour_ids", "thread_ids", "employer_ids"), frozenset({1, 2})),
}

SPEAK_OF_NOBODY = {"competences.Certification", "competences.Bloc", "competences.BlocLine"}
"""The register of certifications and what their blocs ask for: public knowledge, without a name, that whoever signs in
may read whole. Reading it from end to end is the answer, not a slip."""

FOUND_ALREADY = "SCAN json_each"
"""A page reads from end to end the identifiers it has just found, and no table."""

ASKED_AGAIN = {
    "sqlite": re.compile("CORRELATED|SCAN "),
    "postgresql": re.compile(r"(?<!hashed )SubPlan \d+\)"),
}
"""On PostgreSQL an empty base makes it read everything; what it may never do is ask again row by row. A hashed set of
identifiers is found once."""

QUESTIONS = [
    pytest.param(model, scope, role, id=f"{model._meta.label}-{scope}-{role}")
    for model in apps.get_models()
    if model._meta.app_label in DOMAINS and model._meta.label not in SPEAK_OF_NOBODY
    for scope in SCOPES
    if hasattr(model._default_manager.all(), scope)
    for role in Role
    if role is not Role.OPERATOR
]


@pytest.fixture(autouse=True)
def _known_tables(db):
    """What SQLite knows of its tables is asked again: a test before may have looked at three rows, and gone."""
    if connection.vendor == "sqlite":
        statistics.refresh()


@pytest.fixture
def house(today):
    return House()


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


@pytest.mark.parametrize("while_a_page", [nullcontext, one_page], ids=("once", "on a page"))
@pytest.mark.parametrize(("model", "scope", "role"), QUESTIONS)
def test_scopes_are_sets(model, scope, role, while_a_page):
    actor = Actor(role=role, **SEATED, **PERIMETER)
    with while_a_page():
        plan = plan_of(getattr(model._default_manager.all(), scope)(actor))
    refused = ASKED_AGAIN[connection.vendor]
    found = [line for line in plan if refused.search(line)]
    assert [line for line in found if not line.startswith(FOUND_ALREADY)] == []


def test_a_page_finds_the_people_once_for_all_its_questions(house):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            seen = [list(model.objects.visible_to(house.advisor)) for model in (Interview, Goal, Stay)]
        return seen, len([each for each in queries if "posthirefollowup" in each["sql"]])

    apart, each_time = asked()
    with one_page():
        together, once = asked()
    assert together == apart
    assert all(apart)
    assert (each_time, once) == (3, 1)


@pytest.mark.parametrize("label", sorted(SPEAK_OF_NOBODY))
@pytest.mark.parametrize("role", sorted({role for _, _, role in (param.values for param in QUESTIONS)}))
def test_what_speaks_of_nobody_is_the_same_for_everybody(label, role):
    """Left out above for being asked without a condition: one that gets a condition comes back there."""
    model = apps.get_model(label)
    rows = model._default_manager.all()
    assert str(rows.visible_to(Actor(role=role, **SEATED, **PERIMETER)).query) == str(rows.query)
    assert not hasattr(rows, "accompanied_by")
    assert not hasattr(rows, "covered_by")


def test_every_kind_of_row_about_a_person_is_looked_at():
    names = {param.values[0].__name__ for param in QUESTIONS}
    about = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in DOMAINS
        and any(field.name == "beneficiary" for field in model._meta.fields)
    }
    assert about <= names
