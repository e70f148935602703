"""Whatever happened to a file, each of its lines is in the report or in the base, and in one of them only."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.actor import Actor
from backend.exchange import registry
from backend.exchange.formats.csv_lines import records, split
from backend.exchange.reading import csv_rows, read_lines
from backend.exchange.report import Report
from backend.exchange.services import import_bundle

INTERVIEWS = next(layout for layout in registry.layouts() if layout.name == "entretiens.csv")
TITLES = "salarie_id;date;type;mode;synthese"
WHOLE = "{};2026-02-0{};SUIVI;TELEPHONE;{}"


def read(content: bytes, layout=INTERVIEWS):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / layout.name
        path.write_bytes(content)
        report = Report()
        lines = read_lines(csv_rows(path), layout, report, absent=[])
    return lines, report


def physical(content: bytes) -> int:
    """Lines that hold something, titles aside."""
    marks = b"; \t\xa0"
    return sum(bool(line.strip(marks)) for line in content.removeprefix(b"\xef\xbb\xbf").splitlines()) - 1


def taken_together(report) -> int:
    """Lines that belong to the text begun on an earlier one, as the report says."""
    spans = [notice.problem.split() for notice in report.notices if "lues ensemble" in notice.problem]
    return sum(int(words[3]) - int(words[1]) for words in spans)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a;b;c", ["a", "b", "c"]),
        ('a;"b;c";d', ["a", "b;c", "d"]),
        ('a;"b ""c""";d', ["a", 'b "c"', "d"]),
        ('12" écran;b', ['12" écran', "b"]),
        ('"a" ;b', ["a", "b"]),
        ("", [""]),
        ("a;", ["a", ""]),
        ('a;""', ["a", ""]),
    ],
)
def test_a_line_is_cut_at_its_separators(text, cells):
    assert split(text).cells == cells
    assert not split(text).is_open


def test_a_stray_quote_takes_its_own_line_away_and_no_other():
    lines = [TITLES, WHOLE.format("p1", 2, '"Pas de nouvelles'), WHOLE.format("p2", 3, "Dettes importantes")]
    found, report = read("\n".join([*lines, WHOLE.format("p3", 4, "RAS")]).encode())
    assert [(line["salarie_id"], line["synthese"]) for line in found] == [
        ("p2", "Dettes importantes"),
        ("p3", "RAS"),
    ]
    assert [(fault.line, fault.column, fault.problem) for fault in report.faults] == [
        (2, "synthese", "guillemet ouvert ligne 2 et jamais refermé")
    ]


def test_two_stray_quotes_do_not_close_each_other():
    texts = ["Texte", '"Texte', "Texte", '"Texte', "Texte"]
    lines = [TITLES, *(WHOLE.format(f"p{n}", n, text) for n, text in enumerate(texts, start=1))]
    found, report = read("\n".join(lines).encode())
    assert [line["salarie_id"] for line in found] == ["p1", "p3", "p5"]
    assert [fault.line for fault in report.faults] == [3, 5]


def test_a_text_on_several_lines_is_one_text_and_is_said():
    text = '"Premier paragraphe ; long\n\nDeuxième, avec ""guillemets""\nFin"'
    found, report = read(
        "\n".join([TITLES, WHOLE.format("p1", 2, text), WHOLE.format("p2", 3, "RAS")]).encode()
    )
    assert [line.number for line in found] == [2, 6]
    assert found[0]["synthese"] == 'Premier paragraphe ; long\n\nDeuxième, avec "guillemets"\nFin'
    assert [notice.problem for notice in report.notices] == [
        "lignes 2 à 5 lues ensemble : un texte sur plusieurs lignes"
    ]


def test_a_text_on_several_lines_is_refused_where_none_is_expected():
    found, report = read(f'{TITLES}\n"p1\n";2026-02-02;SUIVI;TELEPHONE;RAS\n'.encode())
    assert found == []
    assert [fault.line for fault in report.faults] == [2, 3]


def test_a_quote_that_takes_a_separator_with_it_is_refused():
    found, report = read(f'{TITLES}\n"p1;2026-02-02;"SUIVI;TELEPHONE;RAS\n'.encode())
    assert found == []
    assert report.faults[0].problem == "guillemets mal placés sur cette ligne"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_file_is_read_whatever_wrote_it(ending, encoding, mark):
    text = ending.join([TITLES, WHOLE.format("p1", 2, "Vu à l’atelier"), WHOLE.format("p2", 3, "RAS"), ""])
    found, report = read(text.replace(";", mark).encode(encoding))
    assert [line["synthese"] for line in found] == ["Vu à l’atelier", "RAS"]
    assert report.faults == []


def test_titles_are_known_whatever_their_dress():
    titles = "Salarié ID;DATE;Type;mode;Synthèse;Durée"
    found, report = read(f"{titles}\np1;2026-02-02;SUIVI;TELEPHONE;RAS;45\n".encode())
    assert (found[0]["duree"], found[0]["synthese"], report.notices) == (45, "RAS", [])


def test_a_file_without_a_compulsory_column_refuses_every_line_it_has():
    _, report = read(b"salarie_id;synthese\np1;RAS\np2;RAS\n")
    assert report.counts()["entretiens.csv"] == {
        "read": 2, "added": 0, "changed": 0, "unchanged": 0, "refused": 2,
    }  # fmt: skip


CELLS = st.text(alphabet='ab"é ,;\t', max_size=6)
LINES = st.one_of(
    st.lists(CELLS, max_size=7).map(";".join),
    st.builds(WHOLE.format, st.sampled_from(["p1", "p2", '"p3"']), st.integers(1, 9), CELLS),
    st.sampled_from(["", '"', ';;;;"', 'fin"', "p1;2026-02-02", '";"', "\x00"]),
)
ENCODINGS = st.sampled_from(["utf-8", "cp1252", "utf-8-sig"])


@settings(max_examples=400)
@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]), ENCODINGS)
def test_every_line_is_read_refused_or_said_to_belong_to_a_text(lines, ending, encoding):
    content = ending.join([TITLES, *lines]).encode(encoding)
    found, report = read(content)
    figures = report.counts()[INTERVIEWS.name]
    assert figures["read"] == len(found) + figures["refused"]
    assert figures["read"] + taken_together(report) + _blank_inside(content, report) == physical(content)


def _blank_inside(content: bytes, report) -> int:
    """Blank lines inside a text were counted with it, and are not lines of the file."""
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines()
    spans = [notice.problem.split() for notice in report.notices if "lues ensemble" in notice.problem]
    return -sum(
        not lines[at].strip(b"; \t\xa0") for words in spans for at in range(int(words[1]), int(words[3]))
    )


@settings(max_examples=200)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=8))
def test_records_cover_the_lines_in_order_and_never_twice(rows):
    lines = [";".join(row) for row in rows]
    found = list(
        records(lines, separator=";", may_span=lambda rank: True, looks_like_a_line=lambda cells: False)
    )
    spans = [(record.first, record.last) for record in found]
    assert all(first <= last for first, last in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    covered = {at for first, last in spans for at in range(first, last + 1)}
    assert {at for at, line in enumerate(lines, start=1) if line.strip("; \t\xa0")} <= covered


@pytest.mark.django_db
def test_a_quote_opened_in_the_first_column_tells_which_person_it_hid(tmp_path):
    (tmp_path / "structures.csv").write_text("id;nom;type\ns1;Chantier des Rives;ACI\n")
    (tmp_path / "salaries.csv").write_text(
        'id;nom;prenom\n"p1;Fictive;Solange\np2;Inventé;Karim\np3;Modèle;Lina"\n'
    )
    (tmp_path / "contrats.csv").write_text(
        "id;salarie_id;structure_id;type;date_debut\n"
        + "".join(f"c{n};p{n};s1;CDI;2026-01-05\n" for n in (1, 2, 3))
    )
    report = import_bundle(actor=Actor.operator(), folder=tmp_path)
    assert [(fault.file, fault.line, fault.problem) for fault in report.faults] == [
        ("salaries.csv", 2, "guillemet ouvert ligne 2 et jamais refermé"),
        ("salaries.csv", 4, "guillemet qui referme peut-être celui de la ligne 2"),
        ("contrats.csv", 2, "sa ligne 2 de salaries.csv est à corriger d’abord"),
        ("contrats.csv", 4, "sa ligne 4 de salaries.csv est à corriger d’abord"),
    ]
