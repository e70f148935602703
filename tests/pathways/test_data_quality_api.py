"""« Qualité des données » by the API: the rows of the screen, for those whose page it is, and nothing for the others."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Role
from backend.core.findings import Finding
from backend.core.rule_lines import address_behind
from pathways.api.data_quality import TABLES
from tests import factories as make
from tests.access.policy import WEB
from tests.worlds.two_houses import API, ROLES, House

LIST, PAGE = f"{API}data-quality/", "/equipe/qualite/"
READERS = WEB["web:data_quality"].roles


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    """A structure where a contract is three days long, two PASS overlap, an exit's length contradicts
    its motive, an immersion is a day too long and a training stopped for no reason told."""
    house = House()
    stay = make.StayFactory(organisation=house.structure, started_on=date(2026, 9, 1))
    make.ContractFactory(stay=stay, planned_end_on=date(2026, 9, 3))
    for _ in range(2):
        make.IaePassFactory(
            beneficiary=stay.beneficiary, starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 30)
        )
    make.ExitFactory(stay=stay, occurred_on=date(2026, 9, 3), motive="9", contract_months=2)
    make.ImmersionFactory(
        beneficiary=house.person, organisation=house.structure,
        started_on=date(2026, 3, 2), planned_end_on=date(2026, 4, 2),
    )  # fmt: skip
    make.TrainingFactory(beneficiary=house.person, organisation=house.structure, outcome="ABANDONNEE")
    return house


def listed(client, query=""):
    answer = client.get(f"{LIST}?page_size=100{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def as_on_screen(reserve):
    finding: Finding = reserve.finding
    return {
        "code": finding.code,
        "sentence": finding.sentence,
        "way_out": finding.way_out,
        "basis": finding.basis,
        "rule": address_behind(finding.code) or "",
        "is_contradiction": finding.is_contradiction,
        "beneficiary": reserve.person.pk,
        "subject_kind": TABLES[type(reserve.target)],
        "subject": reserve.target.pk,
        "what": reserve.what,
        "day": reserve.day.isoformat(),
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_the_rows_of_its_screen(house, role):
    client = house.clients[role]
    page, rows = client.get(PAGE), listed(client)
    if role not in READERS:
        assert (page.status_code, rows) == (404, [])
        return
    assert rows == [as_on_screen(line.reserve) for line in page.context["lines"]]
    shown = page.content.decode()
    assert all(f'href="{row["rule"]}"' in shown for row in rows if row["rule"])
    assert {"cddi_minimum", "pass_overlap", "motive_and_length"} <= {row["code"] for row in rows}


def test_every_row_leads_to_what_it_speaks_of(house):
    client = house.clients[Role.MANAGER]
    rows = listed(client)
    assert {row["subject_kind"] for row in rows} == set(TABLES.values())
    for row in rows:
        shown = client.get(f"{API}{row['subject_kind']}/{row['subject']}/").json()
        assert shown["beneficiary"] == row["beneficiary"], row


def test_one_code_is_asked_for(house):
    client = house.clients[Role.MANAGER]
    every = listed(client)
    assert listed(client, "&code=pass_overlap") == [row for row in every if row["code"] == "pass_overlap"]
    assert listed(client, "&code=nothing_of_ours") == []
    refused = client.get(f"{LIST}?codes=pass_overlap")
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_parameter")


def test_rows_come_by_pages(house):
    client = house.clients[Role.MANAGER]
    every = listed(client)
    first = client.get(f"{LIST}?page_size=1").json()
    second = client.get(first["next"]).json()
    assert first["count"] == len(every) > 2
    assert [*first["results"], *second["results"]] == every[:2]


def test_a_neighbour_reads_nothing_of_it(house):
    mine = {row["beneficiary"] for row in listed(house.clients[Role.MANAGER])}
    theirs = {row["beneficiary"] for row in listed(House().clients[Role.MANAGER])}
    assert not mine & theirs


def test_r32_an_immersion_against_the_law_waits_to_be_settled(house):
    make.ImmersionFactory(beneficiary=house.person, organisation=house.structure)  # as the law wants it
    said = [line for line in listed(house.clients[Role.MANAGER]) if line["subject_kind"] == "immersions"]
    assert [line["code"] for line in said] == ["immersion_month"]
