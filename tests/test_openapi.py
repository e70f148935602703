"""The OpenAPI document: valid, French, the same as what is served, and nothing sent to it makes us fail."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.core.actor import Role
from tests.access.world import WHOLE
from tests.worlds.two_houses import API, House, stranger

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES_PER_OPERATION = 10 if WHOLE else 4
RECORDS_NOTHING = {"rules_simulate"}
"""Sent by POST because a situation has a body, and kept nowhere: sent twice, there is nothing to record only once."""
MAIN_ROLES = (Role.ADVISOR, Role.MANAGER, Role.EMPLOYER, Role.BENEFICIARY)


def _plain(key: Any) -> Any:
    """A key as an address holds it."""
    return str(key) if isinstance(key, UUID) else key


def _nobodys(key: Any) -> Any:
    """A key of the same kind that no row has."""
    return str(uuid4()) if isinstance(key, UUID) else 10**12


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def document(house) -> dict[str, Any]:
    return json.loads(house.clients[Role.ADVISOR].get(f"{API}schema/").content)


def operations(document):
    for path, verbs in document["paths"].items():
        for method, operation in verbs.items():
            yield path, method.upper(), operation


def test_the_document_is_valid_and_without_warning(tmp_path):
    out = tmp_path / "schema.json"
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", "--file", str(out)
    )
    assert json.loads(out.read_text())["openapi"] == "3.1.0"


def test_the_document_describes_every_address_served(document):
    """SEC-10."""
    api = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/")
    served = set()
    for included in api.url_patterns:
        for url in getattr(included, "url_patterns", []):
            served |= {(url.name, method) for method in url.callback.actions if method != "head"}
    said = {(operation["operationId"], method.lower()) for _, method, operation in operations(document)}
    assert len(said) == len(served)


def test_every_operation_says_its_refusals_and_who_may_call(document):
    for path, method, operation in operations(document):
        assert {"400", "401", "404"} <= set(operation["responses"]), path
        assert operation["security"], path
        assert {} not in operation["security"], path
        assert operation["description"], path
        if method == "PATCH":
            assert {"412", "428"} <= set(operation["responses"]), path
        if method == "POST":
            names = {each["name"] for each in operation.get("parameters", ())}
            records = operation["operationId"] not in RECORDS_NOTHING
            assert ("Idempotency-Key" in names) is records, path


def test_operation_names_are_unique_and_closed_lists_are_named(document):
    names = [operation["operationId"] for *_, operation in operations(document)]
    assert len(names) == len(set(names))
    schemas = document["components"]["schemas"]
    assert {"ContractKind", "InterviewKind", "ProofStatus", "StructureKind", "HireKind"} <= set(schemas)


def test_the_document_speaks_french(document):
    told = [operation["description"] for *_, operation in operations(document)]
    told += [each.get("description", "") for each in document["components"]["schemas"].values()]
    english = [text for text in told if {"the", "with", "what", "which"} & set(text.lower().split())]
    assert english == []


def test_no_operation_answers_without_sign_in(document):
    nobody = stranger()
    for path, method, _ in operations(document):
        answer = nobody.generic(method, path.replace("{id}", "1"), b"{}", "application/json")
        assert answer.status_code == 401, (method, path)


def test_the_interactive_page_needs_sign_in_and_calls_nothing_elsewhere(house):
    assert stranger().get(f"{API}docs/").status_code == 401
    page = house.clients[Role.ADVISOR].get(f"{API}docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'lang="fr"' in text
    assert "://" not in text
    assert "<style" not in text
    assert "<script>" not in text
    script = house.clients[Role.ADVISOR].get(f"{API}docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "/api/v1/schema/" in script.content.decode()


# Identifiers the fuzzer may send, beside its own inventions: the table each one points to.
POINTS_TO = {
    "beneficiary": "people", "organisation": "structures", "stay": "stays", "contract": "contracts",
    "initial": "contracts", "goal": "goals", "interview": "interviews", "appointment": "appointments",
    "employer": "employers", "establishment": "establishments", "analysis": "task-analyses",
    "proposal": "job-proposals", "group": "groups",
}  # fmt: skip


def hinted(document: dict[str, Any], house: House) -> dict[str, Any]:
    """The document with existing identifiers named, so that generated requests reach the services."""
    for name, component in document["components"]["schemas"].items():
        for field, schema in component.get("properties", {}).items():
            if name.endswith("Request") and field in POINTS_TO:
                schema["enum"] = [_plain(house[POINTS_TO[field]].pk)]
    for path, _, operation in operations(document):
        operation.pop("security", None)  # the session says who asks
        table = path.removeprefix(API).split("/")[0]
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path" and table in house.rows:
                parameter["schema"]["enum"] = [_plain(house[table].pk), _nobodys(house[table].pk)]
            if parameter["name"] == "If-Match":
                parameter["schema"]["enum"] = ["*", '"1"', '"2"']
    return document


def session_of(client) -> dict[str, dict[str, str]]:
    """What a browser's session sends, with its proof of origin."""
    token = "a" * 32
    cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": token}
    return {"cookies": cookies, "headers": {"X-CSRFToken": token}}


@pytest.fixture
def application():
    """Our own WSGI application, which must not close the test's own connection after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", MAIN_ROLES)
def test_nothing_generated_breaks_the_service_or_its_document(house, document, application, role):
    """SEC-31: Schemathesis, over our own application: no server error, no answer that the document does not describe."""
    session = session_of(house.clients[role])
    schema = schemathesis.openapi.from_dict(hinted(document, house))
    schema.app = application
    statuses = Counter()
    for operation in schema.get_all_operations():
        statuses.update(fuzz(operation.ok(), session))
    assert statuses[401] == 0
    assert min(statuses[200], statuses[400]) >= 20
    if role is Role.ADVISOR:
        assert statuses[201] >= 3


def fuzz(operation, session) -> list[int]:
    """Send a few generated requests, each undone; the statuses answered."""
    statuses = []

    @seed(20261122)
    @settings(
        max_examples=EXAMPLES_PER_OPERATION,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def check(case):
        with transaction.atomic():
            statuses.append(case.call_and_validate(**session, checks=CHECKS).status_code)
            transaction.set_rollback(True)

    check()
    return statuses
