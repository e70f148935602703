"""A structure's spreadsheets: checked, then taken in for it alone; nothing of another structure is ever touched."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from kombu.exceptions import OperationalError

from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError, NotPermitted
from backend.core.jobs import JobStatus
from backend.exchange import services, workbooks
from backend.exchange.guide import guide, model_workbook
from backend.exchange.models import ImportJob
from backend.exchange.scope import SENT_LAYOUTS
from backend.exchange.services import imports as import_services
from backend.organisations.models import Convention, Membership, Organisation
from competences.models import Assessment
from pathways.models import Beneficiary, Contract, Exit, IaePass, Interview, MonthlyHours, Stay
from tests.backend.exchange.bundles import write
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, csv_file, usual, workbook
from tests.factories import CompetenceFactory, OrganisationFactory, actor_of

pytestmark = pytest.mark.django_db
SENT = "recus"


@pytest.fixture(autouse=True)
def import_dir(tmp_path, settings):
    settings.IMPORT_DIR = tmp_path / "imports"
    return settings.IMPORT_DIR


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """Messages given to the broker; these tests deliver them by hand."""
    messages = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: messages.append((name, args)))
    return messages


@pytest.fixture
def here():
    return OrganisationFactory(kind="ACI", name="Chantier des Rives")


@pytest.fixture
def there():
    return OrganisationFactory(kind="ACI", name="Chantier du Lac Imaginaire")


@pytest.fixture
def manager(here):
    return actor_of(Role.MANAGER, here)


def ask(actor, *files, place=None):
    organisation = place or Organisation.objects.get(pk=actor.organisation_id)
    return services.request_import(actor=actor, organisation=organisation, files=files or [usual()])


def run(job):
    services.run_import(job_id=str(job.pk))
    job.refresh_from_db()
    return job


def checked(actor, *files, **options):
    return run(ask(actor, *files, **options))


def brought(actor, *files, **options):
    """Checked then confirmed and done."""
    job = checked(actor, *files, **options)
    services.confirm_import(actor=actor, job=job)
    return run(job)


def sent_files(import_dir, job):
    folder = import_dir / str(job.pk) / SENT
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def report_of(import_dir, job):
    text = (import_dir / str(job.pk) / "rapport.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def places_of(import_dir, job):
    return [(line["fichier"], line["ligne"], line["colonne"]) for line in report_of(import_dir, job)]


def everything():
    """All that an import may write, as values."""
    models = (Beneficiary, Stay, Contract, MonthlyHours, IaePass, Exit, Interview, Assessment)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


# The structure's own


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
    rows = [
        [*CONTRACTS[0], "structure_id"],
        [*CONTRACTS[1], "ACI"],
        [11, 1, "CDDI", date(2026, 8, 1), "AI"],
    ]
    job = brought(manager, workbook(salaries=PEOPLE, contrats=rows))
    assert places_of(import_dir, job) == [("contrats.csv", "3", "structure_id")]
    assert Contract.objects.count() == 1


def test_a_person_nobody_could_open_is_set_aside(manager, import_dir):
    people = [*PEOPLE, ["2", "Prétendu", "Jo", None]]
    job = brought(manager, workbook(salaries=people, contrats=CONTRACTS))
    assert places_of(import_dir, job) == [("salaries.csv", "3", "id")]
    assert Beneficiary.objects.count() == 1


def test_the_pass_of_somebody_else_is_refused_for_structures_and_operator(
    manager, there, tmp_path, import_dir
):
    passes = [["salarie_id", "numero", "date_debut"], ["1", 999990000001, "01/02/2026"]]
    brought(actor_of(Role.MANAGER, there), usual(**{"pass": passes}))
    owner = IaePass.objects.get().beneficiary
    job = brought(manager, usual(**{"pass": passes}))
    assert places_of(import_dir, job) == [("pass.csv", "2", "numero")]
    folder = write(
        tmp_path / "bundle", salaries=["9;Fictive;Jo;;;"], **{"pass": ["9;999990000001;2026-02-01;"]}
    )
    report = services.import_bundle(actor=Actor.operator(), folder=folder)
    assert [(fault.file, fault.column) for fault in report.faults] == [("pass.csv", "numero")]
    assert IaePass.objects.get().beneficiary == owner


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


# Reading what spreadsheets hold


def test_sheets_are_known_by_their_names_whatever_their_dress(manager):
    job = checked(
        manager, workbook(**{"  SALARIÉS ": PEOPLE, "Contrats": CONTRACTS, "Sorties sans motif": [
            ["salarie_id", "date_sortie"], ["1", date(2026, 6, 30)]
        ], "Feuil1": [["n’importe quoi"]]})
    )  # fmt: skip
    assert set(job.counts) == {"salaries.csv", "contrats.csv", "sorties_sans_motif.csv"}


def test_one_sheet_workbooks_are_known_by_their_file_name(manager, import_dir):
    files = [workbook("Salariés.xlsx", Feuil1=PEOPLE), workbook("contrats.xlsx", Feuil1=CONTRACTS)]
    job = ask(manager, *files)
    assert sent_files(import_dir, job) == ["contrats.xlsx", "salaries.xlsx"]
    assert set(run(job).counts) == {"salaries.csv", "contrats.csv"}


def test_faults_keep_the_row_number_people_see(manager, import_dir):
    rows = [
        PEOPLE[0],
        PEOPLE[1],
        [],
        ["2", "Prétendu", "Jo", "31/02/1990"],
        ["3", None, "Lina", None],
    ]
    contracts = [*CONTRACTS, [11, 9, "CDDI", date(2026, 1, 1)], [12, 1, "STAGE", date(2026, 1, 1)]]
    job = checked(manager, workbook(salaries=rows, contrats=contracts))
    assert places_of(import_dir, job) == [
        ("salaries.csv", "4", "date_naissance"),
        ("salaries.csv", "5", "nom"),
        ("contrats.csv", "3", "salarie_id"),
        ("contrats.csv", "4", "type"),
    ]
    lines = ["id;nom;prenom;date_naissance", "1;Fictive;Solange;", "", "2;Prétendu;Jo;31/02/1990", "3;;Lina;"]
    again = checked(manager, csv_file("salaries.csv", *lines), workbook(contrats=contracts))
    assert places_of(import_dir, again) == places_of(import_dir, job)


def test_a_month_written_by_the_spreadsheet_itself_is_read(manager):
    hours = [["contrat_id", "mois", "heures"], [10, date(2026, 2, 1), 80.5], [10, "03/2026", 1 / 3]]
    brought(manager, usual(heures=hours))
    assert {str(row.month): float(row.hours) for row in MonthlyHours.objects.all()} == {
        "2026-02-01": 80.5,
        "2026-03-01": 0.33,
    }


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "oui"),
        (False, "non"),
        (12.0, "12"),
        (26.5, "26.5"),
        (1000000, "1000000"),
        (" a ", "a"),
    ],
)
def test_a_cell_becomes_the_text_of_our_csv(cell, text):
    assert workbooks.cell_text(cell) == text


def test_a_formula_is_never_run_nor_kept_and_the_report_only_shows_it(manager, import_dir):
    lines = ["id;nom;prenom;email", "1;Fictive;Solange;=cmd|' /C calc'!A0"]
    job = checked(manager, csv_file("salaries.csv", *lines), workbook(contrats=CONTRACTS))
    assert "'=cmd|' /C calc'!A0" in [line["valeur"] for line in report_of(import_dir, job)]
    book = workbook(salaries=[PEOPLE[0], ["1", "=1+1", "Solange", None]], contrats=CONTRACTS)
    assert ("salaries.csv", "2", "nom") in places_of(import_dir, checked(manager, book))


def test_a_workbook_without_any_known_sheet_says_which_are_expected(manager, import_dir):
    job = checked(manager, workbook(Feuil1=PEOPLE))
    assert job.status == JobStatus.FAILED
    assert "salaries, contrats" in job.message
    assert sent_files(import_dir, job) == []


def test_the_same_file_twice_in_one_sending_is_said(manager, import_dir):
    job = checked(manager, usual(), csv_file("salaries.csv", "id;nom;prenom", "1;Fictive;Solange"))
    assert ("salaries.csv", "0", "") in places_of(import_dir, job)


def test_too_many_rows_refuse_the_sheet(manager, monkeypatch, import_dir):
    monkeypatch.setattr("backend.exchange.sources.MAX_ROWS", 1)
    people = [*PEOPLE, ["2", "Prétendu", "Jo", None]]
    job = checked(manager, workbook(salaries=people, contrats=CONTRACTS))
    assert next(line["probleme"] for line in report_of(import_dir, job)) == "plus de 1 lignes"


def unreadable(name, content=b"pas un classeur"):
    return SimpleUploadedFile(name, content)


def packed(**entries):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (unreadable("photo.jpg"), "wrong_type"),
        (unreadable("ancien.xls"), "wrong_type"),
        (unreadable("salaries"), "wrong_type"),
        (unreadable("inconnu.csv"), "unknown_file"),
        (unreadable("../../etc/passwd.csv"), "unknown_file"),
        (unreadable("classeur.xlsx"), "not_a_workbook"),
        (unreadable("classeur.xlsx", packed(autre="x")), "not_a_workbook"),
    ],
)
def test_what_is_not_a_spreadsheet_is_refused_and_leaves_nothing(manager, file, code, import_dir):
    with pytest.raises(DomainError) as refusal:
        ask(manager, file)
    assert refusal.value.code == code
    assert not ImportJob.objects.exists()
    assert not import_dir.exists() or list(import_dir.iterdir()) == []


def test_a_workbook_that_would_unpack_beyond_reason_is_refused(manager, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    bomb = packed(**{"[Content_Types].xml": "x", "xl/workbook.xml": " " * 2_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(DomainError) as refusal:
        ask(manager, unreadable("classeur.xlsx", bomb))
    assert refusal.value.code == "workbook_too_large"


def test_a_broken_workbook_fails_in_words(manager):
    job = ask(
        manager, unreadable("classeur.xlsx", packed(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}))
    )
    assert (run(job).status, job.message) == (JobStatus.FAILED, workbooks.NOT_A_WORKBOOK)


def test_more_than_ten_megabytes_are_refused(manager, monkeypatch):
    monkeypatch.setattr(import_services, "MAX_BYTES", 1_000)
    with pytest.raises(DomainError) as refusal:
        ask(manager, usual())
    assert refusal.value.code == "too_large"


# The life of a job


def test_a_message_carries_the_number_of_the_job_only(manager, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(manager)
    assert sent == [("exchange.run_import", [str(job.pk)])]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.MANAGER, Role.GROUP_HEAD)])
def test_only_who_answers_for_the_structure_imports(role, here):
    with pytest.raises(NotPermitted):
        ask(actor_of(role, here), place=here)


def test_a_neighbours_structure_is_refused(manager, there):
    with pytest.raises(NotPermitted):
        ask(manager, place=there)


def test_a_group_head_imports_for_a_structure_of_the_group(here):
    head = actor_of(Role.GROUP_HEAD, here)
    brought(head, place=here)
    assert Beneficiary.objects.visible_to(head).count() == 1


def test_SEC_53_the_same_message_delivered_three_times_acts_once(manager):
    job = ask(manager)
    assert [services.run_import(job_id=str(job.pk)) for _ in range(3)] == [True, False, False]
    assert Entry.objects.filter(action="import.checked").count() == 1


@pytest.mark.parametrize("forged", ["", "12", "../../etc", "00000000-0000-4000-8000-000000000000"])
def test_SEC_28_a_forged_message_does_nothing(forged):
    assert services.run_import(job_id=forged) is False


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_SEC_11_rights_are_checked_again_when_the_job_runs(manager, is_confirmed, import_dir):
    job = checked(manager) if is_confirmed else ask(manager)
    if is_confirmed:
        services.confirm_import(actor=manager, job=job)
    Membership.objects.filter(user_id=manager.user_id).update(ended_at=timezone.now())
    run(job)
    assert (job.status, job.message) == (JobStatus.FAILED, import_services.NO_LONGER_YOURS)
    assert not Beneficiary.objects.exists()
    assert sent_files(import_dir, job) == []


def test_what_is_confirmed_is_what_was_checked_once(manager):
    job = checked(manager)
    for _ in range(2):
        services.confirm_import(actor=manager, job=job)
    assert [services.run_import(job_id=str(job.pk)) for _ in range(2)] == [True, False]
    assert Entry.objects.filter(action="import.confirmed").count() == 1
    services.confirm_import(actor=manager, job=job)
    job.refresh_from_db()
    assert job.status == JobStatus.READY


def test_nobody_else_confirms_nor_reads(manager, here):
    job = checked(manager)
    colleague = actor_of(Role.MANAGER, here)
    assert services.download_report(actor=colleague, job=job) is None
    with pytest.raises(NotPermitted):
        services.confirm_import(actor=colleague, job=job)


def test_files_not_confirmed_within_a_day_are_gone_and_said(manager, import_dir):
    job = checked(manager)
    tomorrow = timezone.now() + timedelta(hours=25)
    services.purge_old_imports(now=tomorrow)
    assert sent_files(import_dir, job) == []
    with pytest.raises(DomainError) as refusal:
        services.confirm_import(actor=manager, job=job)
    assert refusal.value.code == "nothing_to_import"
    assert services.download_report(actor=manager, job=job)
    services.purge_old_imports(now=timezone.now() + timedelta(days=8))
    assert list(import_dir.iterdir()) == []
    assert services.download_report(actor=manager, job=job) is None


def test_folders_and_files_are_readable_by_us_alone(manager, import_dir):
    job = checked(manager)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (import_dir / str(job.pk)).rglob("*")}
    assert modes == {
        SENT: "0o700",
        "classeur-1.xlsx": "0o600",
        "rapport.csv": "0o600",
        "premiers.csv": "0o600",
    }
    assert oct((import_dir / str(job.pk)).stat().st_mode & 0o777) == "0o700"


def test_a_silent_import_ends_with_a_reason_and_its_files_go(manager, import_dir):
    job = ask(manager)
    silent = timezone.now() - timedelta(minutes=8)
    ImportJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING, heartbeat_at=silent)
    assert services.give_up_on_lost_imports() == 1
    job.refresh_from_db()
    assert (job.status, job.message) == (JobStatus.FAILED, import_services.WORDS.interrupted)
    assert sent_files(import_dir, job) == []


def test_SEC_54_without_broker_the_job_waits_and_is_sent_later(
    manager, monkeypatch, sent, django_capture_on_commit_callbacks
):
    def down(name, args):
        raise OperationalError("connection refused")

    deliver = current_app.send_task
    monkeypatch.setattr(current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(manager)
    job.refresh_from_db()
    assert "dès que possible" in job.message
    monkeypatch.setattr(current_app, "send_task", deliver)
    services.give_up_on_lost_imports(now=timezone.now() + timedelta(minutes=2))
    assert sent == [("exchange.run_import", [str(job.pk)])]


def test_an_unforeseen_failure_is_said_without_any_detail(manager, monkeypatch, caplog, import_dir):
    def broken(**options):
        raise RuntimeError("Solange Fictive")

    monkeypatch.setattr(import_services, "import_bundle", broken)
    job = checked(manager)
    assert (job.status, job.message) == (JobStatus.FAILED, import_services.WORDS.failed)
    assert "Solange" not in caplog.text
    assert sent_files(import_dir, job) == []


def test_nothing_personal_leaves_the_files(manager, sent, caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        brought(manager, usual(sorties=[["salarie_id", "date_sortie", "motif"], ["1", "Solange", 7]]))
    job = ImportJob.objects.values().get()
    details = list(Entry.objects.values_list("detail", flat=True))
    for text in (repr(job), repr(details), repr(sent), caplog.text):
        assert "Solange" not in text
        assert "Fictive" not in text


def test_progress_is_written_as_lines_are(manager, monkeypatch):
    job = checked(manager)
    services.confirm_import(actor=manager, job=job)
    seen = []
    plain = import_services.jobs.checkpoint

    def watched(job, **progress):
        plain(job, **progress)
        seen.append(ImportJob.objects.values_list("rows_done", "rows_total").get(pk=job.pk))

    monkeypatch.setattr(import_services.jobs, "checkpoint", watched)
    run(job)
    assert seen[0] == (0, 2)
    assert seen[-1] == (2, 2)


# What the screen tells


def test_every_column_is_explained_and_the_empty_workbook_is_read_back(manager):
    assert [file.name for file in guide()] == [layout.name.removesuffix(".csv") for layout in SENT_LAYOUTS]
    assert all(column.note for file in guide() for column in file.columns)
    job = checked(manager, SimpleUploadedFile("modele.xlsx", model_workbook()))
    assert (job.status, job.faults) == (JobStatus.READY, 0)
    assert set(job.counts) == {layout.name for layout in SENT_LAYOUTS}


def test_the_folder_holds_nothing_that_names_what_was_sent(manager, import_dir):
    job = ask(manager, workbook("Solange Fictive.xlsx", salaries=PEOPLE))
    assert sent_files(import_dir, job) == ["classeur-1.xlsx"]
    assert Path(import_dir).stat().st_mode & 0o077 == 0
