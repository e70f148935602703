"""Each kind of row asks its rules: a contradiction refuses its lines, anything else is kept and said."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from backend.core.actor import Actor
from backend.exchange.services import import_bundle
from tests.backend.exchange.whole import FULL, first_row, prepare, write_bundle

pytestmark = pytest.mark.django_db
HOOKS = {
    "salaries.csv": "pathways.exchange.people.findings",
    "contrats.csv": "pathways.exchange.stays.contract_findings",
    "heures.csv": "pathways.exchange.hours.findings",
    "pass.csv": "pathways.exchange.passes.findings",
    "sorties.csv": "pathways.exchange.departures.exit_findings",
    "entretiens.csv": "pathways.exchange.interviews.findings",
    "competences.csv": "competences.exchange.assessments.findings",
}


@dataclass(frozen=True)
class Said:
    """What a rule would say."""

    code: str = "invented"
    sentence: str = "Ceci ne se peut pas."
    way_out: str = "Corrigez."
    basis: str = ""
    field: str | None = None
    is_contradiction: bool = False
    refuses: bool = True


def bring(tmp_path):
    return import_bundle(actor=Actor.operator(), folder=write_bundle(tmp_path, FULL))


@pytest.mark.parametrize("name", sorted(HOOKS))
def test_a_contradiction_refuses_the_line_and_what_it_would_change(tmp_path, monkeypatch, name):
    prepare()
    monkeypatch.setattr(HOOKS[name], lambda *facts, **more: [Said(is_contradiction=True)])
    report = bring(tmp_path)
    counts = report.counts()[name]
    assert (counts["refused"], counts["added"]) == (counts["read"], 0)
    assert "Ceci ne se peut pas." in {fault.problem for fault in report.faults if fault.file == name}


@pytest.mark.parametrize("name", sorted(HOOKS))
@pytest.mark.parametrize(("refuses", "severity"), [(True, "réserve"), (False, "avis")])
def test_the_rest_is_kept_and_said_each_time(tmp_path, monkeypatch, name, refuses, severity):
    prepare()
    monkeypatch.setattr(HOOKS[name], lambda *facts, **more: [Said(refuses=refuses)])
    for _ in range(2):
        report = bring(tmp_path)
        assert report.faults == []
        said = [notice for notice in report.notices if notice.problem == "Ceci ne se peut pas."]
        assert {notice.severity for notice in said if notice.file == name} == {severity}
    assert first_row(name)


def test_a_finding_names_the_column_of_its_field(tmp_path, monkeypatch):
    prepare()
    monkeypatch.setattr(
        HOOKS["sorties.csv"], lambda *facts, **more: [Said(field="contract_months", is_contradiction=True)]
    )
    faults = {(fault.file, fault.column, fault.value) for fault in bring(tmp_path).faults}
    assert ("sorties.csv", "contrat_duree_mois", "7") in faults
