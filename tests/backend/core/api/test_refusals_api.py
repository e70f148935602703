"""How the API refuses: one shape, in French, and never a failure of ours."""

from __future__ import annotations

import json

import pytest

from backend.core.actor import Role
from pathways.models import Action, Beneficiary, Goal, Interview, Stay
from tests.factories import BeneficiaryFactory, OrganisationFactory
from tests.worlds.two_houses import API, House

SHAPE = {"code", "detail", "field", "basis"}


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def advisor(house):
    return house.clients[Role.ADVISOR]


def post(client, path, body, **headers):
    return client.post(f"{API}{path}", json.dumps(body), "application/json", headers=headers)


def refused(answer, status, **expected):
    """The refusal, its shape checked."""
    body = answer.json()
    assert answer.status_code == status, body
    assert set(body) >= SHAPE
    assert body["detail"].endswith((".", ")"))
    assert {name: body[name] for name in expected} == expected
    return body


def test_a_rule_of_the_domain_is_said_with_its_code_and_field(advisor, house):
    body = {"on": "2020-01-01", "motive": "7"}
    said = refused(post(advisor, f"stays/{house.stay.pk}/close/", body), 400, field="on")
    assert said["code"] not in {"invalid", "error"}


def test_a_rule_of_law_is_quoted(advisor, house):
    body = {"stay": house.stay.pk, "kind": "CDDI", "started_on": "2026-11-01", "planned_end_on": "2030-01-01"}
    assert "L5132" in refused(post(advisor, "contracts/", body), 400)["basis"]


def test_missing_fields_are_all_named(advisor):
    said = refused(post(advisor, "people/", {}), 400, code="required")
    assert {each["field"] for each in said["errors"]} == {
        "organisation",
        "started_on",
        "last_name",
        "first_name",
    }


@pytest.mark.parametrize(
    "sent",
    [b"", b"{", b"[1]", b'"x"', b"null", b"\xff\xfe", b"[" * 60_000, b'{"last_name": NaN}', b"1" * 5_000],
)
def test_unreadable_content_is_a_refusal(advisor, sent):
    answer = advisor.generic("POST", f"{API}people/", sent, "application/json")
    refused(answer, 400)


def test_other_types_of_content_are_refused(advisor):
    answer = advisor.post(f"{API}people/", {"last_name": "Fictive"})
    refused(answer, 415, code="unsupported_media_type")


def test_a_body_too_large_is_refused(advisor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    refused(post(advisor, "people/", {"last_name": "F" * 200}), 413, code="too_large")


def test_only_json_is_answered(advisor):
    refused(advisor.get(f"{API}stays/", headers={"Accept": "text/csv"}), 406)


@pytest.mark.parametrize("method", ["put", "delete", "options", "trace"])
def test_undeclared_methods_are_refused(advisor, house, method):
    """SEC-10."""
    answer = advisor.generic(method.upper(), f"{API}people/{house.person.pk}/", b"{}", "application/json")
    refused(answer, 405, code="method_not_allowed")


@pytest.mark.parametrize(
    "path", ["nowhere/", "people/abc/", "people/-1/", "people/1/nowhere/", "stays", "people/9" + "9" * 40]
)
def test_unknown_addresses_answer_like_absent_rows(advisor, house, path):
    absent = advisor.get(f"{API}people/{10**15}/")
    assert advisor.get(f"{API}{path}").content == absent.content


VALUES = [
    "\x00",
    "a\x00b",
    "9" * 400,
    -1,
    2**63,
    2**80,
    1e308,
    True,
    None,
    [],
    {},
    [[1]],
    {"a": 1},
    "é" * 20_000,
]
BODIES = {
    "people/": ["organisation", "started_on", "last_name", "sex", "postcode", "advisor"],
    "stays/": ["beneficiary", "organisation", "started_on", "advisor"],
    "contracts/": ["stay", "kind", "started_on", "weekly_hours", "guaranteed_hours", "rome_code", "initial"],
    "hours-amendments/": ["contract", "starts_on", "weekly_hours"],
    "monthly-hours/": ["contract", "month", "hours", "client_kind"],
    "passes/": ["beneficiary", "number", "starts_on"],
    "interviews/": [
        "beneficiary",
        "happened_at",
        "kind",
        "topics",
        "barriers",
        "duration_minutes",
        "synthesis",
    ],
    "actions/": ["beneficiary", "label", "goal", "assignee"],
    "assessments/": ["beneficiary", "competence", "level", "context", "assessed_on"],
    "employers/": ["organisation", "name", "siret"],
    "work-tasks/": [
        "analysis",
        "name",
        "season_hours",
        "dayparts",
        "demands",
        "requirements",
        "weekly_hours",
    ],
    "job-proposals/": ["organisation", "title", "tasks"],
    "placements/": ["stay", "employer", "kind", "months", "started_on"],
}


@pytest.mark.parametrize("path", BODIES)
def test_no_value_makes_the_service_fail(advisor, path):
    for name in BODIES[path]:
        for value in VALUES:
            refused(post(advisor, path, {name: value}), 400)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "hier", 20261122])
def test_a_day_out_of_any_calendar_is_refused(advisor, house, day):
    body = {"beneficiary": house.person.pk, "number": "999990000123", "starts_on": day}
    refused(post(advisor, "passes/", body), 400, field="starts_on")


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=1e9", "page_size=x", "page_size=0", "beneficiary=x", "beneficiary=1.5",
     "beneficiary=" + "9" * 40, "is_open=peut-etre", "open_on=0001-01-01", "open_on=%00", "ordering=advisor",
     "ordering=beneficiary__birth_date"],
)  # fmt: skip
def test_parameters_that_cannot_be_read_are_refused(advisor, query):
    refused(advisor.get(f"{API}stays/?{query}"), 400, field=query.split("=")[0])


@pytest.mark.parametrize(
    "query",
    ["birth_date=1988-05-17", "beneficiary__nir=1", "synthesis__contains=a", "foo=", "format=csv", "q__x=1"],
)
def test_undeclared_parameters_are_refused_by_name(advisor, house, query):
    """SEC-09."""
    for path in ("people/", "interviews/", "stays/", "alerts/", f"people/{house.person.pk}/"):
        refused(advisor.get(f"{API}{path}?{query}"), 400, code="unknown_parameter", field=query.split("=")[0])


def test_a_page_that_does_not_exist_is_said_so(advisor):
    refused(advisor.get(f"{API}stays/?page=99"), 404, code="no_such_page")
    refused(advisor.get(f"{API}stays/?page={10**17}"), 404)


@pytest.mark.parametrize("size", [101, 10**9])
def test_pages_never_hold_more_than_a_hundred_rows(advisor, house, size):
    """SEC-24."""
    Goal.objects.bulk_create(
        Goal(beneficiary=house.person, organisation=house.structure, label=f"Objectif {n}")
        for n in range(120)
    )
    assert len(advisor.get(f"{API}goals/?page_size=100").json()["results"]) == 100
    said = refused(advisor.get(f"{API}goals/?page_size={size}"), 400, field="page_size")
    assert said["detail"] == "Demandez 100 lignes au plus par page."


FOREIGN = {
    "people/": {"organisation": "structures"},
    "stays/": {"beneficiary": "people", "organisation": "structures"},
    "contracts/": {"stay": "stays", "initial": "contracts"},
    "hours-amendments/": {"contract": "contracts"},
    "monthly-hours/": {"contract": "contracts"},
    "passes/": {"beneficiary": "people"},
    "pass-suspensions/": {"iae_pass": "passes"},
    "pass-prolongations/": {"iae_pass": "passes"},
    "derogations/": {"stay": "stays"},
    "interviews/": {"beneficiary": "people", "appointment": "appointments"},
    "goals/": {"beneficiary": "people"},
    "actions/": {"beneficiary": "people", "goal": "goals", "interview": "interviews"},
    "appointments/": {"beneficiary": "people"},
    "assessments/": {"beneficiary": "people"},
    "vae-projects/": {"beneficiary": "people"},
    "employers/": {"organisation": "structures"},
    "establishments/": {"employer": "employers"},
    "task-analyses/": {"establishment": "establishments"},
    "work-tasks/": {"analysis": "task-analyses"},
    "job-proposals/": {"organisation": "structures"},
    "placements/": {"stay": "stays", "employer": "employers", "proposal": "job-proposals"},
}


def test_a_neighbours_id_in_a_body_is_refused_like_an_unknown_one(advisor):
    """SEC-05."""
    other = House()
    for path, fields in FOREIGN.items():
        for name, table in fields.items():
            said = [
                next(
                    each for each in post(advisor, path, {name: pk}).json()["errors"] if each["field"] == name
                )
                for pk in (other[table].pk, 10**15)
            ]
            assert said[0] == said[1], (path, name)
            assert said[0]["code"] == "does_not_exist"


def test_a_neighbours_task_or_colleague_is_refused_too(advisor, house):
    """SEC-05."""
    other = House()
    for tasks in ([other["work-tasks"].pk], [10**15]):
        body = {"organisation": house.structure.pk, "title": "Poste", "tasks": tasks}
        refused(post(advisor, "job-proposals/", body), 400, code="does_not_exist")
    body = {"advisor": other.advisor.user_id}
    refused(
        post(advisor, f"stays/{house.stay.pk}/assign/", body), 400, code="does_not_exist", field="advisor"
    )


def test_a_structure_of_the_group_may_be_named_but_welcomes_by_its_own_team(advisor, house):
    sibling = OrganisationFactory(group=house.structure.group)
    body = {
        "organisation": sibling.pk,
        "started_on": "2026-11-22",
        "last_name": "Fictive",
        "first_name": "Lina",
    }
    refused(post(advisor, "people/", body), 400, code="does_not_exist", field="organisation")


def test_undeclared_and_read_only_fields_are_refused_and_change_nothing(advisor, house):
    """SEC-08."""
    person = house.person
    before = Beneficiary.objects.filter(pk=person.pk).values().get()
    tag = advisor.get(f"{API}people/{person.pk}/").headers["ETag"]
    for field in Beneficiary._meta.get_fields():
        if field.name in {
            "last_name",
            "first_name",
            "sex",
            "birth_date",
            "phone",
            "email",
            "postcode",
            "insee_code",
        }:
            continue
        answer = advisor.patch(
            f"{API}people/{person.pk}/",
            json.dumps({field.name: 1}),
            "application/json",
            headers={"If-Match": tag},
        )
        refused(answer, 400, code="unknown_field", field=field.name)
    assert Beneficiary.objects.filter(pk=person.pk).values().get() == before


@pytest.mark.parametrize(
    ("path", "field"),
    [("people/", "is_admin"), ("stays/", "ended_on"), ("contracts/", "ended_on"), ("interviews/", "author"),
     ("interviews/", "organisation"), ("goals/", "status"), ("actions/", "interview_id"), ("passes/", "id"),
     ("assessments/", "observer"), ("placements/", "exit"), ("employers/", "version"), ("invitations/", "token_digest")],
)  # fmt: skip
def test_nobody_assigns_what_a_verb_does_not_take(house, path, field):
    """SEC-08."""
    refused(post(house.clients[Role.MANAGER], path, {field: 1}), 400, code="unknown_field", field=field)


def test_an_unknown_field_does_not_hide_the_other_errors(advisor, house):
    body = {"beneficiary": house.person.pk, "starts_on": "hier", "couleur": "bleu"}
    said = refused(post(advisor, "passes/", body), 400, code="unknown_field", field="couleur")
    assert {each["field"] for each in said["errors"]} == {"couleur", "starts_on", "number"}


@pytest.mark.parametrize("body", [[], [{"number": "1"}], "texte", 3, None])
def test_a_body_that_is_not_an_object_is_told_what_is_expected(advisor, house, body):
    for path in ("passes/", "goals/", f"stays/{house.stay.pk}/close/"):
        said = refused(post(advisor, path, body), 400)
        assert said["detail"] == "Un objet est attendu ici.", path


VERBS_NOT_THEIRS = [
    (Role.SUPERVISOR, "people/", {}),
    (Role.EMPLOYER, "people/", {}),
    (Role.BENEFICIARY, "interviews/", {}),
    (Role.GROUP_HEAD, "stays/", {}),
    (Role.ADMINISTRATOR, "contracts/", {}),
    (Role.NETWORK_HEAD, "placements/", {}),
    (Role.EMPLOYER, "employers/", {}),
    (Role.SUPERVISOR, "job-proposals/", {}),
    (Role.EMPLOYER, "assessments/", {}),
    (Role.ADVISOR, "invitations/", {}),
    (Role.ADVISOR, "groups/", {"name": "Autre"}),
    (Role.MANAGER, "structures/", {}),
    (Role.SUPERVISOR, "stays/{stays}/close/", {"on": "2026-11-20"}),
    (Role.GROUP_HEAD, "contracts/{contracts}/end/", {"on": "2026-11-20"}),
    (Role.BENEFICIARY, "appointments/{appointments}/settle/", {"status": "TENU"}),
    (Role.EMPLOYER, "task-analyses/{task-analyses}/return/", {}),
    (Role.EMPLOYER, "job-proposals/{job-proposals}/ask/", {}),
    (Role.ADVISOR, "profile-consents/{profile-consents}/respond/", {"answer": "RENCONTRER"}),
    (Role.EMPLOYER, "profile-consents/{profile-consents}/withdraw/", {}),
    (Role.BENEFICIARY, "follow-ups/{follow-ups}/record/", {"situation": "EN_POSTE", "on": "2026-11-20"}),
    (Role.ADVISOR, "memberships/{memberships}/end/", {}),
]


@pytest.mark.parametrize(("role", "path", "body"), VERBS_NOT_THEIRS)
def test_a_verb_that_belongs_to_another_role_is_refused_with_its_reason(house, role, path, body):
    address = path.format(**{name: house.number(name, role) for name in house.rows})
    refused(post(house.clients[role], address, body), 403)


def test_a_verb_on_a_row_out_of_scope_answers_like_an_absent_one(advisor):
    other = House()
    absent = post(advisor, f"stays/{10**15}/close/", {"on": "2026-11-20"})
    foreign = post(advisor, f"stays/{other.stay.pk}/close/", {"on": "2026-11-20"})
    assert (foreign.status_code, foreign.content) == (404, absent.content)
    assert not Stay.objects.filter(pk=other.stay.pk, ended_on__isnull=False).exists()


def test_nothing_is_written_by_a_refused_request(advisor, house):
    counts = [model.objects.count() for model in (Interview, Action, Beneficiary)]
    body = {
        "beneficiary": house.person.pk, "happened_at": "2026-11-20T09:00:00+01:00", "kind": "SUIVI",
        "mode": "PRESENTIEL", "next_action": "Appeler", "barriers": {"INCONNU": 1},
    }  # fmt: skip
    refused(post(advisor, "interviews/", body), 400, code="unknown_barrier", field="barriers")
    assert [model.objects.count() for model in (Interview, Action, Beneficiary)] == counts


def test_a_session_proves_its_origin_on_every_change(house):
    """SEC-23."""
    client = house.clients[Role.ADVISOR]
    client.handler = type(client.handler)(enforce_csrf_checks=True)
    refused(post(client, "people/", {}), 403, code="csrf")


def test_messages_never_repeat_what_was_sent(advisor):
    secret = "Nadia-Canari"
    for path, body in (
        ("people/", {"sex": secret}),
        ("stays/", {"beneficiary": secret}),
        ("passes/", {"starts_on": secret}),
    ):
        assert secret not in post(advisor, path, body).content.decode()


def test_search_finds_names_without_accents(advisor, house):
    BeneficiaryFactory(last_name="Étrangère")
    house.person.last_name, house.person.first_name = "Élan", "Noé"
    house.person.save()
    found = advisor.get(f"{API}people/?q=noe elan").json()["results"]
    assert [each["id"] for each in found] == [house.person.pk]
