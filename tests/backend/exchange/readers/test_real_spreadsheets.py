"""Spreadsheets as structures really have them: their own titles, separators, encodings, and a name above the table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.jobs import JobStatus
from backend.exchange import registry
from backend.exchange.formats.csv_lines import ENCODINGS, older_encoding
from backend.exchange.layout import bare
from backend.exchange.reading import csv_rows, read_lines
from backend.exchange.report import Report
from pathways.exchange.people import PEOPLE
from pathways.exchange.work import CONTRACTS
from tests.backend.exchange.import_jobs import checked, report_of
from tests.backend.exchange.sheets import CONTRACTS as CONTRACT_ROWS
from tests.backend.exchange.sheets import PEOPLE as PEOPLE_ROWS
from tests.backend.exchange.sheets import csv_file, workbook


@pytest.fixture
def read(tmp_path):
    """The good lines of a csv, and what was said of it."""

    def lines(text, encoding="utf-8", layout=PEOPLE):
        path, report = tmp_path / layout.name, Report()
        path.write_bytes(text.encode(encoding))
        return read_lines(csv_rows(path), layout, report, absent=[]), report

    return lines


TITLES = [
    ("id", "NOM", "PRÉNOM", "Date de naissance"),
    ("Matricule", "Nom de famille", "Prénom", "Né(e) le"),
    ("N°", "nom", "Prénoms", "DATE_NAISSANCE"),
    ("Identifiant", "Nom ", " prénom", "date naissance"),
    ("Numéro", "Nom d’usage", "Prenom", "Née le"),
    ("identifiant salarié", "NOM USUEL", "Prénom usuel", "Naissance"),
    ("Code salarié", "Nom", "Prénom", "DDN"),
    ("ID", "Nom de naissance", "prenom", "Date naiss."),
    ("n° salarié", "nom", "prénom", "né le"),
    ("Id", "Nom", "Premier prénom", "Date  de  Naissance"),
]


@pytest.mark.parametrize("titles", TITLES, ids=" ".join)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_titles_and_separators_of_every_dress_mean_the_same_columns(read, titles, separator):
    titles = [title.replace("n° salarié", "n°") for title in titles]
    row = ["p1", "Fictive", "Solange", "17/05/1988"]
    [line], report = read("\n".join(separator.join(cells) for cells in (titles, row)))
    told = [line[name] for name in ("id", "nom", "prenom", "date_naissance")]
    assert told == ["p1", "Fictive", "Solange", date(1988, 5, 17)]
    assert report.faults == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Fin de contrat", "date_fin_prevue"),
        ("Date de fin de contrat", "date_fin_prevue"),
        ("Date de fin prévue", "date_fin_prevue"),
        ("Échéance", "date_fin_prevue"),
        ("Date de début", "date_debut"),
        ("Date d’embauche", "date_debut"),
        ("Date de fin", "date_fin"),
        ("Type de contrat", "type"),
        ("Heures / semaine", "heures_hebdo"),
        ("Code ROME", "code_rome"),
        ("Matricule", "salarie_id"),
    ],
)
def test_the_titles_of_contracts_are_known_by_their_usual_words(title, name):
    title = title.replace("Heures / semaine", "Heures par semaine")
    assert CONTRACTS.meant_by([title]) == [name]


def test_an_own_name_comes_before_a_synonym_that_is_then_ignored_and_said(read):
    [line], report = read("id;Nom de naissance;nom;prenom\n1;Ancien;Fictive;Solange")
    assert line["nom"] == "Fictive"
    assert [fault.column for fault in report.notices] == ["Nom de naissance"]


def test_no_title_means_two_columns_of_one_file():
    for layout in registry.layouts():
        meanings = [word for column in layout.columns for word in _words_of(column)]
        assert sorted(set(meanings)) == sorted(meanings), layout.name
        assert "" not in meanings


def _words_of(column):
    return {bare(column.name), *(bare(word) for word in column.synonyms)}


ABOVE = [
    "Liste des salariés\n",
    "Liste des salariés;;;\n",
    "\n\nSalariés 2026\n\n",
    "Chantier des Rives\nÀ jour au 22/11/2026\n",
    '"Salariés, au 22 novembre"\n',
]


@pytest.mark.parametrize("above", ABOVE)
def test_the_name_of_the_table_above_its_titles_is_passed_over_and_said(read, above):
    lines, report = read(above + "id;Nom;Prénom\np1;Fictive;Solange\np2;Prétendu;Jo")
    assert [line["id"] for line in lines] == ["p1", "p2"]
    assert report.faults == []
    assert {fault.problem for fault in report.notices} == {"ligne au-dessus des titres ignorée"}
    assert report.tally("salaries.csv").read == 2


NAMES = ["Élodie;Légende", "Zoë;Prétendu", "François;Inventé", "Anaïs;Forêt", "Jérôme;Fictif", "Noël;Supposé"]
FRENCH = st.text("abcdefgilmnoprstuvéèêàçôîïûâë", min_size=3, max_size=12)


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.codec)
@pytest.mark.parametrize("name", NAMES)
def test_one_name_is_enough_to_tell_an_old_encoding(read, encoding, name):
    text = f"id;prenom;nom\n1;{name}"
    [line], report = read(text, encoding.codec)
    assert f"{line['prenom']};{line['nom']}" == name
    assert [fault.problem for fault in report.notices] == [f"ligne lue comme {encoding.name}"]


@given(words=st.lists(FRENCH, min_size=4, max_size=20))
def test_windows_is_never_taken_for_another_when_it_holds_common_accents(words):
    text = [f"élève {word}".encode("cp1252") for word in words]
    assert older_encoding(text).codec == "cp1252"
    assert older_encoding([f"élève {word}".encode("mac_roman") for word in words]).codec == "mac_roman"


def test_foreign_names_of_windows_stay_windows():
    for name in ("Muñoz", "João", "Åsa", "Müller", "Søren"):
        assert older_encoding([name.encode("cp1252")]).codec == "cp1252", name


def refused(import_dir, job):
    """What was refused, whatever was only said."""
    return [line for line in report_of(import_dir, job) if line["gravite"] == "refus"]


@pytest.mark.django_db
@pytest.mark.usefixtures("import_dir", "sent")
class TestWorkbooks:
    def test_a_column_without_title_is_ignored_and_said_and_no_line_is_lost(self, manager, import_dir):
        people = [[*PEOPLE_ROWS[0]], [*PEOPLE_ROWS[1], "à rappeler"]]
        contracts = [[*CONTRACT_ROWS[0], None, "x"], [*CONTRACT_ROWS[1], "CIP", None, "z"]]
        job = checked(manager, workbook(salaries=people, contrats=contracts))
        assert refused(import_dir, job) == []
        said = [line["probleme"] for line in report_of(import_dir, job) if "sans titre" in line["probleme"]]
        assert said == [f"colonne {rank} sans titre : ignorée" for rank in (5, 5, 7)]

    @pytest.mark.parametrize("title", ["Salariés 2026", "Feuil1", "Export paie"])
    def test_an_only_sheet_of_any_name_is_known_by_its_titles(self, manager, title, import_dir):
        people = [
            ["Salariés au 22/11/2026"],
            ["Matricule", "NOM", "Prénom", "Né(e) le", "Tél. portable"],
            ["1", "Fictive", "Solange", date(1988, 5, 17), "06 12 34 56 78"],
        ]
        contracts = [["N° de contrat", "Matricule", "Type de contrat", "Date de début", "Fin de contrat"],
                     [10, 1, "CDDI", date(2026, 2, 1), date(2026, 12, 31)]]  # fmt: skip
        job = checked(
            manager,
            workbook("gens.xlsx", **{title: people}),
            workbook("paie.xlsx", **{f"{title} bis": contracts}),
        )
        assert refused(import_dir, job) == []
        assert set(job.counts) == {"salaries.csv", "contrats.csv"}

    def test_an_only_sheet_whose_titles_fit_nothing_is_asked_column_by_column(self, manager):
        job = checked(manager, workbook(Feuil1=[["Recette", "Farine"], ["Brioche", 500]]))
        assert (job.status, job.needs_columns) == (JobStatus.READY, True)

    def test_a_comma_separated_file_of_people_comes_in(self, manager, import_dir):
        people = csv_file(
            "salaries.csv", "Matricule,Nom,Prénom,Date de naissance", "1,Fictive,Solange,17/05/1988"
        )
        job = checked(manager, people, workbook(contrats=CONTRACT_ROWS))
        assert refused(import_dir, job) == []
