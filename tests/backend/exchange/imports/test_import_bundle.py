"""Good lines go in, the others are told what to do; the same bundle twice is once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.exchange.report import Severity
from backend.exchange.services import import_bundle
from backend.organisations.models import Convention, Organisation
from pathways.models import Beneficiary, Contract, Exit, IaePass, Interview, MonthlyHours, Stay
from tests.backend.exchange.bundles import write, write_large
from tests.factories import CompetenceFactory

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()
PLACE = {"structures": ["s1;Chantier des Rives;ACI;;"]}
PERSON = {"salaries": ["p1;Fictive;Solange;F;17/05/1988;oui"]}


def bring(folder, **options):
    return import_bundle(actor=OPERATOR, folder=folder, **options)


def problems(report):
    return [(fault.file, fault.line, fault.column) for fault in report.faults]


def test_a_whole_small_bundle_makes_a_thread(tmp_path):
    competence = CompetenceFactory(code="104253")
    folder = write(
        tmp_path,
        groupes=["g1;Groupe des Trois Vallées"],
        structures=["s1;Chantier des Rives;ACI;;g1"],
        conventions=["s1;2025;12,5;0.6"],
        **PERSON,
        contrats=[
            "c1;p1;s1;CDDI;2024-02-01;2024-07-31;2024-07-31;26,5;K2204;",
            "c2;p1;s1;CDDI;2024-08-01;2025-01-31;2025-01-31;26;K2204;c1",
        ],
        heures=["c1;2024-02;110,5;", "c2;2024-08;98;"],
        **{"pass": ["p1;99999 00 00001;2024-02-01;"]},
        sorties=["p1;s1;2025-01-31;9;Brioches du Val;7"],
        entretiens=["p1;2024-09-03;SUIVI;TELEPHONE;Horaires tenus ; tout va bien"],
        competences=["p1;104253;3;2024-10-14;OBSERVEE;Paul Prétendu;Réfectoire"],
    )
    (folder / "entretiens.csv").write_text(
        'salarie_id;date;type;mode;synthese\np1;2024-09-03;SUIVI;TELEPHONE;"Horaires tenus ; tout va bien"\n'
    )
    assert bring(folder).faults == []
    person = Beneficiary.objects.get(external_id="p1")
    assert (person.birth_date, person.entry_profile.brsa, person.entry_profile.rqth) == (
        date(1988, 5, 17),
        True,
        None,
    )
    stay = Stay.objects.get()
    assert (stay.started_on, stay.ended_on, stay.organisation.belongings.get().group.name) == (
        date(2024, 2, 1),
        date(2025, 1, 31),
        "Groupe des Trois Vallées",
    )
    assert Contract.objects.get(external_id="c2").initial.external_id == "c1"
    assert MonthlyHours.objects.get(contract__external_id="c1").hours == Decimal("110.5")
    assert (IaePass.objects.get().number, IaePass.objects.get().ends_on) == (
        "999990000001",
        date(2026, 1, 31),
    )
    assert (Exit.objects.get().motive, Exit.objects.get().contract_months) == ("9", 7)
    assert Interview.objects.get().synthesis == "Horaires tenus ; tout va bien"
    assert person.assessments.get().competence == competence
    assert Convention.objects.get().fte == Decimal("12.5")


def test_the_annexe_of_a_convention_is_judged_like_a_typed_one(tmp_path):
    folder = write(tmp_path, groupes=["g1;Groupe inventé"], structures=["s1;Chantier des Rives;ACI;;g1"])
    header = "structure_id;annee;annexe;premier_mois;dernier_mois;socle_par_etp;part_modulee"
    lines = [
        "s1;2023;ACI023231111A0M0;4;9;23921;0,05",
        "s1;2024;EI023241111A0M0;;;;",
        "s1;2025;numéro inventé;;;;",
        "s1;2026;;9;4;;",
        "s1;2022;;;;;0,5",
        f"s1;{timezone.localdate().year + 2};;;;;",
    ]
    (folder / "conventions.csv").write_text("\n".join([header, *lines]) + "\n")
    report = bring(folder)
    assert problems(report) == [
        ("conventions.csv", 4, "annexe"),
        ("conventions.csv", 5, "dernier_mois"),
    ]
    assert [(each.line, each.column) for each in report.notices if each.severity is Severity.RESERVE] == [
        (3, "annexe"),
        (6, "part_modulee"),
        (7, "annee"),
    ]
    first = Convention.objects.get(year=2023)
    assert (first.annexe, first.first_month, first.last_month) == ("ACI023231111A0M0", 4, 9)
    assert (first.post_amount, first.modulated_share) == (Decimal(23921), Decimal("0.05"))
    assert list(Convention.objects.values_list("year", flat=True).order_by("year"))[:3] == [2022, 2023, 2024]
    assert Convention.objects.get(year=2024).last_month == 12


def test_the_same_bundle_twice_changes_nothing(tmp_path):
    folder = tmp_path / "bundle"
    write_large(folder, people=30, fault_rate=0)
    first = bring(folder)
    assert first.faults == []
    second = bring(folder)
    assert all(tally.added == tally.changed == 0 for tally in second.tallies.values())
    assert {file: tally.unchanged for file, tally in second.tallies.items()} == {
        file: tally.added for file, tally in first.tallies.items()
    }


def test_every_spoiled_line_is_reported_and_only_those(tmp_path):
    spoiled = write_large(tmp_path / "bundle", people=200)
    report = bring(tmp_path / "bundle")
    reported = {file: {fault.line for fault in report.faults if fault.file == file} for file in spoiled}
    assert reported == spoiled
    assert all(fault.problem and fault.what_to_do for fault in report.faults)
    assert Exit.objects.count() == 200 - len(spoiled["sorties.csv"])
    assert MonthlyHours.objects.count() == 1_000 - len(spoiled["heures.csv"])


def test_lines_in_another_order_make_the_same_stays(tmp_path):
    lines = [f"c{n};p1;s1;CDDU;2024-0{n}-01;;2024-0{n}-20;;;" for n in range(1, 9)]
    exits = ["p1;s1;2024-03-20;8;;", "p1;s1;2024-06-20;7;;"]
    expected = [
        (date(2024, 1, 1), date(2024, 3, 20)),
        (date(2024, 4, 1), date(2024, 6, 20)),
        (date(2024, 7, 1), None),
    ]
    bring(write(tmp_path / "a", **PLACE, **PERSON, contrats=lines[4:], sorties=exits[1:]))
    bring(write(tmp_path / "b", **PLACE, **PERSON, contrats=lines[::-1], sorties=exits[::-1]))
    assert list(Stay.objects.order_by("started_on").values_list("started_on", "ended_on")) == expected
    assert Contract.objects.filter(stay__started_on=date(2024, 4, 1)).count() == 3


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("c1;p1;s1;CDDI;2024-02-30;;;;;", "date_debut"),
        ("c1;p1;s1;CDDI;2024-02-01;;2024-01-01;;;", "date_fin"),
        ("c1;p9;s1;CDDI;2024-02-01;;;;;", "salarie_id"),
        ("c1;p1;s9;CDDI;2024-02-01;;;;;", "structure_id"),
        ("c1;p1;s1;STAGE;2024-02-01;;;;;", "type"),
        ("c1;p1;s1;CDDI;2024-02-01;;;80;;", "heures_hebdo"),
        ("c1;p1;s1;CDDI;2024-02-01;;;;2204;", "code_rome"),
        (";p1;s1;CDDI;2024-02-01;;;;;", "id"),
    ],
)
def test_a_faulty_contract_is_named_by_its_column(tmp_path, line, column):
    report = bring(write(tmp_path, **PLACE, **PERSON, contrats=[line]))
    assert problems(report) == [("contrats.csv", 2, column)]
    assert not Contract.objects.exists()


def test_a_repeated_line_is_set_aside_and_the_first_one_kept(tmp_path):
    report = bring(write(tmp_path, **PLACE, salaries=["p1;Fictive;Solange;F;;", "p1;Fictive;Autre;F;;"]))
    assert problems(report) == [("salaries.csv", 3, "id")]
    assert Beneficiary.objects.get().first_name == "Solange"


def test_a_line_of_an_older_spreadsheet_is_read_and_said(tmp_path):
    folder = write(tmp_path, **PLACE)
    (folder / "salaries.csv").write_bytes(
        "id;nom;prenom\np1;Inventé;Karim\n".encode() + "p2;Légende;Élodie\n".encode("cp1252")
    )
    report = bring(folder)
    assert report.faults == []
    assert [(notice.line, notice.problem) for notice in report.notices] == [
        (3, "ligne lue comme Windows-1252")
    ]
    assert Beneficiary.objects.get(external_id="p2").last_name == "Légende"


def test_an_unknown_column_is_ignored_and_a_missing_one_refuses_the_file(tmp_path):
    folder = write(tmp_path)
    (folder / "salaries.csv").write_text("id;nom;prenom;signe\np1;Fictive;Solange;lion\n")
    (folder / "structures.csv").write_text("id;nom\ns1;Chantier des Rives\n")
    report = bring(folder)
    assert [(notice.column, notice.problem) for notice in report.notices] == [("signe", "colonne ignorée")]
    assert problems(report) == [("structures.csv", 0, "type")]
    assert Beneficiary.objects.count() == 1
    assert not Organisation.objects.exists()


def test_a_file_that_points_to_an_absent_one_is_refused(tmp_path):
    report = bring(
        write(tmp_path, **PERSON, **{"pass": ["p1;999990000001;2024-02-01;"]}, heures=["c1;2024-02;10;"])
    )
    assert problems(report) == [("heures.csv", 0, "")]
    assert IaePass.objects.count() == 1


def test_a_corrected_line_updates_the_same_person(tmp_path):
    bring(write(tmp_path, **PERSON))
    report = bring(write(tmp_path, salaries=["p1;Fictive;Solène;F;17/05/1988;non"]))
    assert report.tallies["salaries.csv"].changed == 1
    person = Beneficiary.objects.get()
    assert (person.first_name, person.search_name, person.entry_profile.brsa) == (
        "Solène",
        "fictive solene",
        False,
    )


def test_a_trial_run_and_all_or_nothing_keep_nothing(tmp_path):
    folder = write(tmp_path, **PLACE, salaries=["p1;Fictive;Solange;F;;", "p2;Modèle;Lina;X;;"])
    assert bring(folder, is_dry_run=True).tallies["salaries.csv"].added == 1
    assert len(bring(folder, all_or_nothing=True).faults) == 1
    assert not Beneficiary.objects.exists()
    assert not Organisation.objects.exists()


def test_the_command_writes_its_report_and_answers_1(tmp_path, capsys):
    folder = write(tmp_path / "in", **PLACE, salaries=["p1;Fictive;Solange;X;;"])
    with pytest.raises(SystemExit) as ended:
        call_command("import_bundle", str(folder), report=tmp_path / "report.csv")
    assert ended.value.code == 1
    lines = (tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "fichier;ligne;colonne;valeur;probleme;que_faire;gravite",
        "salaries.csv;2;sexe;X;valeur inconnue;Choisissez parmi : F, M.;refus",
    ]


def test_an_empty_folder_is_refused_with_the_names_expected(tmp_path):
    with pytest.raises(DomainError, match=r"salaries\.csv"):
        bring(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 50, bytes(range(256)) * 20, b"id;nom;prenom\n" + b"x" * 5_000_000, None]
)
def test_a_hostile_file_ends_in_words(tmp_path, content):
    folder = write(tmp_path / "in", **PLACE)
    if content is None:
        (folder / "salaries.csv").mkdir()
    else:
        (folder / "salaries.csv").write_bytes(content)
    report = bring(folder)
    assert report.faults
    assert {fault.file for fault in report.faults} == {"salaries.csv"}


def test_what_the_base_refuses_costs_its_own_line(tmp_path):
    bring(write(tmp_path, **PLACE, **PERSON, contrats=["c1;p1;s1;CDDI;2024-02-01;;2024-07-31;;;"]))
    Contract.objects.update(
        ended_on=date(2024, 6, 30)
    )  # corrected here: the file's later start contradicts it
    lines = ["c1;p1;s1;CDDI;2024-07-15;;2024-07-31;;;", "c2;p2;s1;CDDI;2024-02-01;;;;;"]
    people = ["p1;Fictive;Solange;F;;", "p2;Modèle;Lina;F;;"]
    report = bring(write(tmp_path, **PLACE, salaries=people, contrats=lines))
    assert problems(report) == [("contrats.csv", 2, "")]
    assert report.tallies["contrats.csv"].counts() == {
        "read": 2, "added": 1, "changed": 0, "unchanged": 0, "refused": 1,
    }  # fmt: skip
    assert Contract.objects.get(external_id="c1").started_on == date(2024, 2, 1)


def test_a_report_that_cannot_be_written_stops_before_anything_is_brought_in(tmp_path, capsys):
    folder = write(tmp_path / "in", **PLACE)
    with pytest.raises(SystemExit) as ended:
        call_command("import_bundle", str(folder), report=tmp_path / "nowhere" / "report.csv")
    assert ended.value.code == 1
    assert not Organisation.objects.exists()
