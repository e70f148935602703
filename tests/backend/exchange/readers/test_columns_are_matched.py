"""« Faites correspondre vos colonnes »: tables in people’s own words become people, contracts, hours and exits."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core.errors import DomainError
from backend.core.jobs import JobStatus
from backend.exchange import services
from backend.exchange.formats.tables import table_of_csv
from backend.exchange.matching.applying import Choice, told_by
from backend.exchange.matching.proposing import Reason, propose
from backend.exchange.matching.targets import knows
from backend.exchange.matching.words import in_our_words
from backend.exchange.models import ColumnMap
from backend.exchange.registry import layouts
from pathways.models import Beneficiary, Contract, Exit, MonthlyHours
from tests.backend.exchange.import_jobs import checked, run, sent_files
from tests.backend.exchange.older_books import ods, xls
from tests.backend.exchange.sheets import csv_file, usual, workbook
from tests.factories import BelongingFactory, GroupFactory, actor_of

TITLES = ["Matricule", "NOM", "Prénom", "Né(e) le", "Civilité", "Tél. portable", "Nature du contrat", "Début", "Fin prévue", "Sorti(e) le", "Motif de sortie"]  # fmt: skip
FLAT = [
    ["Suivi des salariés 2026"],
    ["édité le 3 novembre"],
    TITLES,
    [12, "Fictive", "Solange", date(1988, 5, 17), "Mme", 612345678, "CDD insertion", date(2026, 1, 5), date(2026, 7, 4), None, None],
    [12, "Fictive", "Solange", date(1988, 5, 17), "Mme", 612345678, "CDD insertion", date(2026, 7, 5), date(2026, 12, 4), None, None],
    [13, "Inventé", "Karim", "1/2/1990", "H", "06 39 98 00 01", "chantier", "05/01/2026", "30/06/2026", "30/06/2026", None],
    [14, "Sans-Nom", None, None, None, None, None, None, None, None, None],
]  # fmt: skip
HOURS = ["Matricule,Mois,Nb d’heures", '12,janvier 2026,"110,5"', "12,08/2026,100", "13,02/2026,30:30"]


def table(tmp_path, *lines, encoding="utf-8"):
    (tmp_path / "a.csv").write_bytes("\n".join(lines).encode(encoding))
    return table_of_csv(tmp_path / "a.csv", key="a.csv", name="le fichier", knows=knows)


def proposed(tmp_path, *lines):
    return [found.key if found else "" for found in propose(table(tmp_path, *lines))]


# What a table says of itself


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("above", [[], ["sep"], ["Liste du personnel"], ["Liste", "", "au 3 mars"]])
def test_the_same_table_whatever_its_dress(tmp_path, separator, encoding, above):
    if separator == "|" and above != ["sep"]:
        above = ["sep"]
    above = [f"sep={separator}" if line == "sep" else line for line in above]
    rows = [["Matricule", "Nom", "Prénom"], ["1", "Légende", "Élodie"], ["2", "Façade", "Zoé"], ["", "", ""]]
    found = table(tmp_path, *above, *(separator.join(row) for row in rows), encoding=encoding)
    assert found.titles == rows[0]
    assert [cells for _, cells in found.rows] == rows[1:3]
    assert any("sépare" in sentence or "annonce" in sentence for sentence in found.said)


@pytest.mark.parametrize(
    ("top", "bottom", "titles"),
    [
        ("Salarié;;Contrat;", "Nom;Prénom;Début;Fin prévue", ["Salarié Nom", "Salarié Prénom", "Contrat Début", "Contrat Fin prévue"]),
        ("Matricule;Salarié;", ";Nom;Prénom", ["Matricule", "Salarié Nom", "Salarié Prénom"]),
    ],
)  # fmt: skip
def test_merged_titles_are_read_together(tmp_path, top, bottom, titles):
    found = table(
        tmp_path, "Mon tableau", top, bottom, "1;Fictive;Solange;05/01/2026"[: 40 if len(titles) > 3 else 17]
    )
    assert found.titles == titles
    assert len(found.rows) == 1


def test_hard_spaces_blank_edges_and_twin_titles(tmp_path):
    found = table(tmp_path, "Nom;Prénom;Nom;;", "\u00a0Fictive\u202f; Solange ;x;;", ";;;;")
    assert found.rows == [(2, ["Fictive", "Solange", "x"])]
    assert any("même titre" in sentence for sentence in found.said)


def test_an_open_quote_takes_no_other_line(tmp_path):
    found = table(tmp_path, "Nom;Prénom;Note", 'Fictive;Solange;"ouvert', "Inventé;Karim;rien")
    assert [number for number, _ in found.broken] == [2]
    assert found.rows == [(3, ["Inventé", "Karim", "rien"])]


# What is proposed


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Nom du salarié", "salaries.nom"),
        ("NOM DE FAMILLE", "salaries.nom"),
        ("Prenom", "salaries.prenom"),
        ("Prénom du bénéficiaire", "salaries.prenom"),
        ("Date de Naissance", "salaries.date_naissance"),
        ("Date de naissence", "salaries.date_naissance"),
        ("DDN", "salaries.date_naissance"),
        ("Tél. portable", "salaries.telephone"),
        ("Téléphone (mobile)", "salaries.telephone"),
        ("Courriel", "salaries.email"),
        ("C.P.", "salaries.code_postal"),
        ("Genre", "salaries.sexe"),
        ("RSA", "salaries.brsa"),
        ("Couleur préférée", ""),
        ("Nom du référent", ""),
        ("Observations", ""),
    ],
)
def test_titles_are_known_by_their_words_and_nothing_is_guessed(tmp_path, title, key):
    others = [each for each in ("Nom", "Prénom") if f"salaries.{each.lower().replace('é', 'e')}" != key]
    assert proposed(tmp_path, ";".join([title, *others]), ";".join(["x"] * 3))[0] == key


@pytest.mark.parametrize(
    ("values", "key"),
    [
        (["06 39 98 00 01", "639980002", "+33 6 39 98 00 03"], "salaries.telephone"),
        (["a@exemple.fr", "b@exemple.fr", "c@exemple.fr"], "salaries.email"),
        (["39100", "39300", "1000"], "salaries.code_postal"),
        (["17/05/1988", "1990-01-02", "3 mars 1975"], "salaries.date_naissance"),
        (["H", "F", "H"], "salaries.sexe"),
        (["Madame", "Monsieur", "Mme"], "salaries.sexe"),
        (["rouge", "vert", "bleu"], ""),
        (["1", "2", "3"], ""),
        (["2026-01-05", "2026-02-05", "2026-03-01"], ""),
        (["x", "x", "x"], ""),
    ],
)  # fmt: skip
def test_values_tell_what_no_title_says(tmp_path, values, key):
    found = table(tmp_path, "Nom;Prénom;Zzz", *(f"A{n};B{n};{value}" for n, value in enumerate(values)))
    proposal = propose(found)[2]
    assert (proposal.key if proposal else "") == key
    assert proposal is None or proposal.reason is Reason.VALUES


def test_one_flat_table_gives_people_contracts_hours_and_exits(tmp_path):
    lines = [
        "Nom;Prénom;Né le;Type de contrat;Début;Mois;Heures travaillées;Sorti(e) le;Motif de sortie",
        "Fictive;Solange;17/05/1988;CDDI;05/01/2026;01/2026;100;;",
        "FICTIVE;solange;1988-05-17;CDDI;2026-01-05;02/2026;90;30/06/2026;3",
    ]
    found = table(tmp_path, *lines)
    choices = {"a.csv": Choice([each.key if each else "" for each in propose(found)])}
    told = told_by({"a.csv": found}, choices)
    assert {name: len(one.lines) for name, one in told.items()} == {
        "salaries.csv": 1, "contrats.csv": 1, "heures.csv": 2, "sorties.csv": 1,
    }  # fmt: skip
    people, contracts = (list(told[name].lines.values()) for name in ("salaries.csv", "contrats.csv"))
    assert contracts[0]["salarie_id"] == people[0]["id"] != ""


# From the sending to the people


@pytest.mark.parametrize(
    ("file", "name", "written", "code"),
    [
        ("habilitations.csv", "nature", "caces r489 - chariots elevateurs", "CACES_R489"),
        ("vae.csv", "financement", "La personne", "PERSONNE"),
        ("entretiens.csv", "type", "Suivi dans l’emploi", "POST_SORTIE"),
        ("contrats.csv", "type", "Intérim", "CTT"),
    ],
)
def test_a_value_of_a_closed_list_is_known_as_people_read_it(file, name, written, code):
    column = next(each for each in layouts() if each.name == file).column(name)
    assert column.read(in_our_words(column, written)) == code


@pytest.fixture
def sent(monkeypatch):
    monkeypatch.setattr("backend.core.jobs.send", lambda task, job, words: True)


def proposed_choices(job):
    return services.choices_sent(services.asked_tables(job), {})


@pytest.mark.django_db
@pytest.mark.usefixtures("import_dir", "sent")
class TestTheWholeWay:
    def matched(self, manager, *files, **answers):
        job = checked(manager, *files)
        assert job.needs_columns, job.message
        told = services.asked_tables(job)
        services.choose_columns(actor=manager, job=job, choices=services.choices_sent(told, answers))
        return run(job)

    def test_a_new_team_is_at_work(self, manager, import_dir):
        files = [workbook("Suivi été.xlsx", Feuil1=FLAT), csv_file("pointages.csv", *HOURS)]
        job = checked(manager, *files)
        assert (job.status, job.needs_columns, job.stage) == (
            JobStatus.READY,
            True,
            "Colonnes à faire correspondre",
        )
        assert not services.can_be_confirmed(job)
        tables = services.asked_tables(job)
        assert [column.unknown for column in tables[0].columns if column.title == "Nature du contrat"] == [
            ["chantier"]
        ]
        answers = {"0:6:chantier": "CDDI"}
        services.choose_columns(actor=manager, job=job, choices=services.choices_sent(tables, answers))
        run(job)
        figures = [table["figures"] for table in services.diagnosis(job)]
        assert figures[0] == {"ajoutée": 3, "modifiée": 0, "inchangée": 0, "refusée": 1}
        assert all(sum(each["figures"].values()) == each["lines"] for each in services.diagnosis(job))
        services.confirm_import(actor=manager, job=job)
        run(job)
        assert sorted(Beneficiary.objects.values_list("last_name", "sex", "phone")) == [
            ("Fictive", "F", "0612345678"), ("Inventé", "M", "0639980001"),
        ]  # fmt: skip
        assert sorted(Contract.objects.values_list("kind", flat=True)) == ["CDDI"] * 3
        assert Exit.objects.get().motive == ""
        assert sorted(float(each) for each in MonthlyHours.objects.values_list("hours", flat=True)) == [
            30.5,
            100,
            110.5,
        ]
        assert sent_files(import_dir, job) == []
        again = checked(manager, workbook("autre.xlsx", Feuil1=FLAT), csv_file("autres.csv", *HOURS))
        assert not again.needs_columns, "the same titles are not asked about twice"
        assert {each["figures"]["ajoutée"] for each in services.diagnosis(again)} == {0}

    @pytest.mark.parametrize(("written", "name"), [(ods, "suivi.ods"), (xls, "suivi.xls")])
    def test_any_workbook_does(self, manager, written, name):
        file = SimpleUploadedFile(name, written(Feuil1=FLAT))
        job = self.matched(manager, file, **{"0:6:chantier": "CDDI"})
        assert services.diagnosis(job)[0]["figures"]["ajoutée"] == 3

    def test_every_line_comes_back_with_its_result(self, manager):
        job = self.matched(manager, workbook(Feuil1=FLAT))
        path = services.download_lines(actor=manager, job=job)
        rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
        assert rows[0][:4] == ("Ligne", "Résultat", "Pourquoi, que faire", "Matricule")
        assert [row[1] for row in rows[1:]] == ["ajoutée", "ajoutée", "refusée", "refusée"]
        assert all(row[2] for row in rows[1:] if row[1] == "refusée")
        assert rows[3][4] == "Inventé"

    @pytest.mark.parametrize(
        ("columns", "code"),
        [
            (["salaries.nom", "salaries.nom", ""], "same_column_twice"),
            (["salaries.nom", "salaries.telephone", ""], "column_missing"),
            (["salaries.nom", "salaries.prenom", "contrats.type"], "column_missing"),
            (["heures.mois", "heures.heures", ""], "column_missing"),
            (["", "", ""], "no_column"),
            (["n’importe.quoi", "", ""], "no_column"),
        ],
    )  # fmt: skip
    def test_what_would_be_refused_later_is_said_on_the_page(self, manager, columns, code):
        job = checked(manager, csv_file("divers.csv", "A;B;C", "x;y;z"))
        with pytest.raises(DomainError) as refusal:
            services.choose_columns(actor=manager, job=job, choices={"fichier-1.csv": Choice(columns)})
        assert refusal.value.code == code

    def test_what_one_structure_shares_serves_its_group(self, manager, here, there):
        group = GroupFactory()
        for place in (here, there):
            BelongingFactory(organisation=place, group=group)
        job = checked(manager, workbook(Feuil1=FLAT))
        choices = proposed_choices(job)
        services.choose_columns(actor=manager, job=job, choices=choices, is_shared=True)
        other = actor_of(manager.role, there)
        assert not checked(other, workbook(Feuil1=FLAT)).needs_columns
        ColumnMap.objects.update(is_shared=False)
        assert checked(other, workbook(Feuil1=FLAT)).needs_columns

    def test_our_own_titles_ask_nothing(self, manager):
        assert not checked(manager, usual()).needs_columns
        assert not ColumnMap.objects.exists()

    def test_a_colleague_chooses_nothing(self, manager, here):
        job = checked(manager, workbook(Feuil1=FLAT))
        with pytest.raises(DomainError):
            services.choose_columns(
                actor=actor_of(manager.role, here), job=job, choices=proposed_choices(job)
            )

    def test_what_is_known_is_decided_one_by_one_or_by_column(self, manager):
        first = [
            ["id", "nom", "prenom", "telephone"],
            ["1", "Fictive", "Solange", "0639980001"],
            ["2", "Inventé", "Karim", "0639980002"],
        ]
        contracts = [
            ["id", "salarie_id", "type", "date_debut"],
            ["10", "1", "CDI", "2026-02-01"],
            ["11", "2", "CDI", "2026-02-01"],
        ]
        job = checked(manager, workbook(salaries=first, contrats=contracts))
        services.confirm_import(actor=manager, job=job)
        run(job)
        Beneficiary.objects.filter(last_name="Fictive").update(phone="0639980009")
        second = [
            first[0],
            ["1", "Fictive", "Solange", "0639980003"],
            ["2", "Inventé", "Karim", "0639980004"],
        ]
        job = checked(manager, workbook(salaries=second, contrats=contracts))
        told = {
            each["line"]: (each["here"], each["sent"], each["is_taken"]) for each in services.changes(job)
        }
        assert told == {2: ("0639980009", "0639980003", False), 3: ("0639980002", "0639980004", True)}
        decided = {"salaries.csv:2:telephone": "fichier", "salaries.csv:3:telephone": "ici"}
        services.confirm_import(actor=manager, job=job, decisions=decided)
        run(job)
        phones = dict(Beneficiary.objects.values_list("last_name", "phone"))
        assert phones == {"Fictive": "0639980003", "Inventé": "0639980002"}
        assert services.changes(job) == []
