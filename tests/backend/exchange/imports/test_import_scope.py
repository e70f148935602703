"""A structure's spreadsheets are taken in for it alone; nothing of another structure is ever touched."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core.actor import Actor, Role
from backend.core.jobs import JobStatus
from backend.exchange import services
from backend.exchange.report import Severity
from backend.organisations.models import Convention, Organisation
from competences.models import Assessment
from pathways.models import Beneficiary, Contract, Exit, IaePass, Interview, MonthlyHours
from tests.backend.exchange.bundles import write
from tests.backend.exchange.import_jobs import (
    brought,
    checked,
    everything,
    places_of,
    report_of,
    run,
    sent_files,
)
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, csv_file, usual, workbook
from tests.factories import CompetenceFactory, StayFactory, actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_dir", "sent")]


def test_a_workbook_is_checked_without_keeping_anything_then_taken_in(manager, here, import_dir):
    job = checked(manager)
    assert (job.status, job.faults, Beneficiary.objects.count()) == (JobStatus.READY, 0, 0)
    figures = {"read": 1, "added": 1, "changed": 0, "unchanged": 0, "refused": 0}
    assert job.counts == {"salaries.csv": figures, "contrats.csv": figures}
    assert sent_files(import_dir, job) == ["classeur-1.xlsx"]
    services.confirm_import(actor=manager, job=job)
    run(job)
    person = Beneficiary.objects.visible_to(manager).get()
    assert (person.external_id, person.birth_date) == (f"s{here.pk}:1", date(1988, 5, 17))
    assert Contract.objects.get().stay.organisation == here
    assert job.counts["salaries.csv"]["added"] == 1
    assert sent_files(import_dir, job) == []


def test_the_same_spreadsheet_again_changes_nothing(manager):
    brought(manager)
    before = everything()
    job = brought(manager)
    assert everything() == before
    assert {name: figures["unchanged"] for name, figures in job.counts.items()} == {
        "salaries.csv": 1,
        "contrats.csv": 1,
    }


def test_two_structures_sending_the_same_ids_never_meet(manager, there):
    everyone = [
        usual(
            heures=[["contrat_id", "mois", "heures"], ["10", "2026-02", 80]],
            entretiens=[["salarie_id", "date", "synthese"], ["1", "2026-03-01", "Le même mot"]],
            sorties=[["salarie_id", "date_sortie", "motif"], ["1", "2026-06-30", 7]],
        )
        for _ in range(2)
    ]
    other = actor_of(Role.MANAGER, there)
    assert brought(manager, everyone[0]).faults == 0
    assert brought(other, everyone[1]).faults == 0
    for actor in (manager, other):
        person = Beneficiary.objects.visible_to(actor).get()
        assert [person.stays.count(), person.interviews.count()] == [1, 1]
        assert {stay.organisation_id for stay in person.stays.all()} == {actor.organisation_id}
    assert set(Interview.objects.values_list("organisation_id", flat=True)) == {
        manager.organisation_id,
        there.pk,
    }
    assert MonthlyHours.objects.count() == Exit.objects.count() == 2


def test_a_file_takes_nobody_back_from_the_structure_that_accompanies_them(manager, there, import_dir):
    """The screen refuses the same (`may_open_stay`); what is over here may still be written, and sent again."""
    left = [["salarie_id", "date_sortie", "motif"], ["1", "2026-06-30", 7]]
    assert brought(manager, usual(sorties=left)).faults == 0
    person = Beneficiary.objects.visible_to(manager).get()
    StayFactory(beneficiary=person, organisation=there, started_on=date(2026, 7, 1))
    before = everything()
    again = [*CONTRACTS, ["99", "1", "CDDI", date(2026, 8, 3)]]
    entry = [["salarie_id", "date_entree"], ["1", "2026-08-03"]]
    job = brought(manager, workbook(salaries=PEOPLE, contrats=again, sorties=left, passages=entry))
    refused = [place for place in places_of(import_dir, job) if place[2] == "salarie_id"]
    assert refused == [("contrats.csv", "3", "salarie_id"), ("passages.csv", "2", "salarie_id")]
    assert everything() == before


@pytest.mark.parametrize("day", ["2026-12-20", "2027-06-30"])
def test_nor_with_an_exit_to_come_that_would_keep_the_door_open(manager, there, import_dir, day):
    """Whether the exit sent would be accepted or refused, whether it is a new one or the known one moved."""
    assert (
        brought(
            manager, usual(sorties=[["salarie_id", "date_sortie", "motif"], ["1", "2026-06-30", 7]])
        ).faults
        == 0
    )
    person = Beneficiary.objects.visible_to(manager).get()
    StayFactory(beneficiary=person, organisation=there, started_on=date(2026, 7, 1))
    before = everything()
    later = [["salarie_id", "date_sortie", "motif"], ["1", day, 7]]
    moved = [CONTRACTS[0], [10, "1", "CDI", date(2026, 8, 3)]]
    for contracts in (CONTRACTS, [*CONTRACTS, ["99", "1", "CDDI", date(2026, 8, 3)]], moved):
        brought(manager, workbook(salaries=PEOPLE, contrats=contracts, sorties=later))
        assert everything() == before


@pytest.mark.parametrize("guess", ["s{there}:1", "1", ":1", "%", "s{there}:1' OR ''='"])
def test_SEC_A02_guessing_the_id_kept_for_another_structure_reaches_nothing(manager, there, guess):
    brought(actor_of(Role.MANAGER, there))
    before = everything()
    own = guess.format(there=there.pk)
    brought(
        manager,
        workbook(
            salaries=[PEOPLE[0], [own, "Voleur", "Jean", None]],
            contrats=[CONTRACTS[0], [f"s{there.pk}:10", own, "CDDI", date(2026, 3, 1)]],
        ),
    )
    after = everything()
    for name, rows in before.items():
        assert [row for row in after[name] if row["id"] in {each["id"] for each in rows}] == rows
    assert Beneficiary.objects.visible_to(manager).get().last_name == "Voleur"


def test_an_id_known_elsewhere_only_is_unknown_here(manager, there, import_dir):
    """SEC-05."""
    brought(actor_of(Role.MANAGER, there))
    before = everything()
    entries = [["salarie_id", "date"], ["1", "2026-03-01"], [f"s{there.pk}:1", "2026-03-01"]]
    job = checked(manager, workbook(salaries=[PEOPLE[0]], entretiens=entries))
    assert places_of(import_dir, job) == [
        ("entretiens.csv", "2", "salarie_id"),
        ("entretiens.csv", "3", "salarie_id"),
    ]
    assert [line["valeur"] for line in report_of(import_dir, job)] == ["1", f"s{there.pk}:1"]
    assert everything() == before


def test_ids_of_the_operators_bundles_are_out_of_reach(manager, here, tmp_path):
    folder = write(
        tmp_path / "bundle",
        structures=["x1;Chantier du Val;ACI;;"],
        salaries=["1;Fictive;Autre;F;;"],
        contrats=["10;1;x1;CDDI;2026-01-01;;;;;"],
    )
    services.import_bundle(actor=Actor.operator(), folder=folder)
    before = everything()
    brought(manager)
    assert Beneficiary.objects.get(external_id="1").first_name == "Autre"
    assert [row for row in everything()["Contract"] if row["external_id"] == "10"] == before["Contract"]


def test_files_about_structures_are_refused(manager, here, import_dir):
    files = [
        csv_file("structures.csv", "id;nom;type", f"{here.pk};Pris;ACI"),
        csv_file("groupes.csv", "id;nom", "g;Pris"),
        csv_file("conventions.csv", "structure_id;annee", f"{here.pk};2026"),
        usual(),
    ]
    job = brought(manager, *files)
    assert {line["fichier"] for line in report_of(import_dir, job)} == {
        "structures.csv",
        "groupes.csv",
        "conventions.csv",
    }
    assert Organisation.objects.get().name == "Chantier des Rives"
    assert not Convention.objects.exists()


def test_lines_of_a_second_structure_are_set_aside(manager, import_dir):
    rows = [[*CONTRACTS[0], "structure_id"], [*CONTRACTS[1], "ACI"], [11, 1, "CDDI", date(2026, 8, 1), "AI"]]
    job = brought(manager, workbook(salaries=PEOPLE, contrats=rows))
    assert places_of(import_dir, job) == [("contrats.csv", "3", "structure_id")]
    assert Contract.objects.count() == 1


def test_a_person_nobody_could_open_is_set_aside(manager, import_dir):
    people = [*PEOPLE, ["2", "Prétendu", "Jo", None]]
    job = brought(manager, workbook(salaries=people, contrats=CONTRACTS))
    assert places_of(import_dir, job) == [("salaries.csv", "3", "id")]
    assert Beneficiary.objects.count() == 1


def test_the_pass_of_somebody_elsewhere_is_never_told_to_a_structure_and_is_a_reserve_for_the_operator(
    manager, there, tmp_path, import_dir
):
    passes = [["salarie_id", "numero", "date_debut"], ["1", 999990000001, "01/02/2026"]]
    brought(actor_of(Role.MANAGER, there), usual(**{"pass": passes}))
    job = brought(manager, usual(**{"pass": passes}))
    assert places_of(import_dir, job) == []
    assert IaePass.objects.count() == 2
    folder = write(
        tmp_path / "bundle", salaries=["9;Fictive;Jo;;;"], **{"pass": ["9;999990000001;2026-02-01;"]}
    )
    report = services.import_bundle(actor=Actor.operator(), folder=folder)
    assert [(fault.file, fault.column, fault.severity) for fault in report.notices] == [
        ("pass.csv", "numero", Severity.RESERVE)
    ]
    assert "autre personne" in report.notices[0].problem


def test_a_note_taken_by_another_structure_is_not_written_over(manager, there, import_dir):
    competence = CompetenceFactory()
    brought(manager)
    person = Beneficiary.objects.get()
    theirs = Assessment.objects.create(
        beneficiary=person, competence=competence, level=4, status="OBSERVEE", assessed_on=date(2026, 3, 1),
        organisation=there,
    )  # fmt: skip
    rows = [["salarie_id", "code", "niveau", "date"], ["1", competence.code, 1, "2026-03-01"]]
    job = brought(manager, usual(competences=rows))
    assert places_of(import_dir, job) == [("competences.csv", "2", "date")]
    theirs.refresh_from_db()
    assert (theirs.level, theirs.organisation) == (4, there)
