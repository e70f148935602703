"""Every day and every number the API takes, sent extremes: a refusal in French that names the field."""

from __future__ import annotations

import json
import re

import pytest
from django.db import transaction

from backend.core.actor import Role
from tests.worlds.two_houses import API, House

NOT_DAYS = ["0001-01-01", "9999-12-31", "2026-02-31", "²", True]
NOT_NUMBERS = ["²", "9" * 24, "nan", 10**24, True]
ENGLISH = re.compile(r"\b(enter|valid value|ensure|this field|must be|select a)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


def written_fields(document):
    """Every operation that takes a body, with what each of its days and numbers is sent in turn."""
    schemas = document["components"]["schemas"]
    for path, verbs in document["paths"].items():
        for method, operation in verbs.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            fields = {}
            for field, schema in schemas.get(name, {}).get("properties", {}).items():
                kinds = schema.get("type", [])
                kinds = {kinds} if isinstance(kinds, str) else set(kinds)
                if schema.get("format") in {"date", "date-time"}:
                    fields[field] = NOT_DAYS
                elif kinds & {"integer", "number"} or schema.get("format") == "decimal":
                    fields[field] = NOT_NUMBERS
            if fields:
                yield method, path, fields


def test_a_day_or_a_number_that_is_none_is_refused_by_name(house):
    client = house.clients[Role.MANAGER]
    document = json.loads(client.get(f"{API}schema/").content)
    operations = list(written_fields(document))
    assert sum(len(fields) for *_, fields in operations) > 40
    for method, path, fields in operations:
        table = path.removeprefix(API).split("/")[0]
        address = path.replace("{id}", str(house[table].pk) if table in house.rows else "1")
        for turn in range(len(NOT_DAYS)):
            body = {field: values[turn] for field, values in fields.items()}
            answer = sent(client, method, address, body)
            if answer.status_code in {403, 404, 405}:  # not this role's, nor this row's
                break
            assert answer.status_code == 400, (method, path, body)
            told = {(each["field"] or "").split(".")[0]: each["detail"] for each in answer.json()["errors"]}
            assert set(body) <= set(told), (path, body, told)
            assert not any(ENGLISH.search(told[field]) for field in body), told


def sent(client, method, address, body):
    sid = transaction.savepoint()
    try:
        headers = {"If-Match": "*"}
        return client.generic(method.upper(), address, json.dumps(body), "application/json", headers=headers)
    finally:
        transaction.savepoint_rollback(sid)
