"""Exit figures and exports through the API: same figures, same files, same refusals as « Sorties »."""

from __future__ import annotations

import json
import uuid
from datetime import date

import pytest

from backend.core.actor import Role
from reports import services
from reports.exits.compute.period import Period
from reports.exits.figures import exit_statistics
from reports.models import ExportJob
from tests.factories import ContractFactory, ExitFactory
from tests.worlds.two_houses import API, House, stranger

YEAR = {"start": "2026-01-01", "end": "2026-12-31"}


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path, monkeypatch):
    settings.EXPORT_DIR = tmp_path
    settings.CELERY_BROKER_URL = "memory://"
    monkeypatch.setattr("reports.services.exports.dispatch", lambda job_id: True)


@pytest.fixture
def house(db):
    return House()


def ask(client, **body):
    wanted = {**YEAR, "format": "csv", **body}
    return client.post(f"{API}exports/", json.dumps(wanted), "application/json")


def publish(client, **body):
    wanted = {"year": 2025, "breakdown": "TYPE", **body}
    return client.post(f"{API}published-tables/", json.dumps(wanted), "application/json")


def test_a_published_table_is_read_by_who_answers_for_its_structure(house):
    ExitFactory.create_batch(12, stay__organisation=house.structure, occurred_on=date(2025, 6, 1))
    manager = house.clients[Role.MANAGER]
    table = publish(manager, organisation=house.structure.pk).json()
    address = f"{API}published-tables/{table['id']}/"
    assert manager.get(address).json() == table
    assert publish(manager, organisation=house.structure.pk).json() == table
    assert House().clients[Role.MANAGER].get(address).status_code == 404
    assert house.clients[Role.NETWORK_HEAD].get(address).status_code == 404
    refused = publish(house.clients[Role.ADVISOR])
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")


def test_the_figures_are_those_of_the_screen_and_of_the_command_line(house):
    exit_ = ExitFactory(stay__organisation=house.structure, stay__advisor_id=house.advisor.user_id)
    ContractFactory(stay=exit_.stay)
    shown = house.clients[Role.ADVISOR].get(f"{API}exit-statistics/", YEAR).json()
    expected = exit_statistics(house.advisor, Period.of_year(2026))
    assert shown == json.loads(json.dumps(expected))
    assert shown["total"]["all_exits"] == 1
    assert {"total", "by_type", "by_structure", "rules", "period"} <= set(shown)


def test_a_year_without_exit_has_null_rates_and_this_year_is_the_default(house):
    client = house.clients[Role.MANAGER]
    assert client.get(f"{API}exit-statistics/").json()["period"] == YEAR
    empty = client.get(f"{API}exit-statistics/?start=2011-01-01&end=2011-12-31").json()
    assert empty["total"]["rates"]["dynamic"] is None


@pytest.mark.parametrize(
    ("query", "code"),
    [("start=2026-12-31&end=2026-01-01", "period_backwards"), ("start=hier", "invalid"), ("annee=2026", "unknown_parameter"),
     ("structure=absente", "unknown_structure"), ("start=1950-01-01&end=1950-12-31", "period_out_of_range")],
)  # fmt: skip
def test_a_period_that_cannot_be_counted_is_refused(house, query, code):
    answer = house.clients[Role.MANAGER].get(f"{API}exit-statistics/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_neighbours_structure_is_unknown(house):
    other = House()
    client = house.clients[Role.MANAGER]
    assert client.get(f"{API}exit-statistics/?structure={other.structure.pk}").status_code == 400
    assert client.get(f"{API}exit-statistics/?structure={house.structure.pk}").status_code == 200


@pytest.mark.parametrize(
    "role", [Role.SUPERVISOR, Role.EMPLOYER, Role.BENEFICIARY, Role.ADMINISTRATOR, Role.NETWORK_HEAD]
)
def test_exact_figures_are_for_who_sees_the_people_behind(house, role):
    refused = house.clients[role].get(f"{API}exit-statistics/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")


def test_the_network_reads_finished_years_only_and_nobody_else_reads_its_page(house):
    """SEC-37."""
    network = house.clients[Role.NETWORK_HEAD]
    ExitFactory.create_batch(12, stay__organisation=house.structure, occurred_on=date(2025, 6, 1))
    waiting = network.get(f"{API}exit-statistics/network/?year=2025")
    assert (waiting.status_code, waiting.json()["code"]) == (400, "not_published")
    assert publish(network, year=2026).json()["code"] == "year_not_finished"
    made = publish(network)
    assert (made.status_code, made.json()["organisation"]) == (201, None)
    lines = network.get(f"{API}exit-statistics/network/?year=2025").json()
    assert lines == made.json()["lines"]
    assert set(lines[-1]) == {"kind", "label", "counts", "rates"}
    assert house.clients[Role.MANAGER].get(f"{API}exit-statistics/network/").status_code == 403


def test_an_export_is_asked_prepared_then_taken(house):
    client = house.clients[Role.MANAGER]
    asked = ask(client)
    assert (asked.status_code, asked.json()["status"]) == (201, "EN_ATTENTE")
    assert ask(client).json()["id"] == asked.json()["id"]
    job = ExportJob.objects.get()
    assert client.get(f"{API}exports/{job.pk}/file/").status_code == 404
    services.prepare_export(job_id=str(job.pk))
    ready = client.get(f"{API}exports/{job.pk}/").json()
    assert (ready["status"], ready["is_available"]) == ("PRET", True)
    file = client.get(f"{API}exports/{job.pk}/file/")
    assert file["Content-Disposition"].startswith("attachment")
    assert b"".join(file.streaming_content).startswith(b"\xef\xbb\xbf")
    assert "file_name" not in ready


def test_nobody_takes_the_export_of_another_seat(house):
    job = ask(house.clients[Role.MANAGER]).json()["id"]
    absent = house.clients[Role.ADVISOR].get(f"{API}exports/{uuid.uuid4()}/file/")
    for path in (f"{API}exports/{job}/", f"{API}exports/{job}/file/"):
        foreign = house.clients[Role.ADVISOR].get(path)
        assert (foreign.status_code, foreign.content) == (404, absent.content)
        assert stranger().get(path).status_code == 401
    assert house.clients[Role.ADVISOR].get(f"{API}exports/").json()["results"] == []


def test_an_export_of_a_neighbours_structure_or_by_another_role_is_refused(house):
    other = House()
    refused = ask(house.clients[Role.MANAGER], organisation=other.structure.pk)
    assert (refused.status_code, refused.json()["field"]) == (400, "organisation")
    assert ask(house.clients[Role.SUPERVISOR]).status_code == 403
