"""Any text typed on screen goes out and comes back the same, whatever it looks like."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.exchange import registry
from backend.exchange.exporting import write_file
from backend.exchange.formats import csv_lines
from backend.exchange.reading import csv_rows, read_lines
from backend.exchange.report import Report
from backend.exchange.values import BadValue
from tests.backend.exchange.whole import FULL

FREE = "Zoë « l’aînée » ; n° 2"
LIKE_LINES = [
    "RDV CAF;03/02/2026", "p1;2026-02-02;SUIVI;TELEPHONE;Dettes", ";" * 12, "EFFACER", "'EFFACER", "#N/A", '"', '""',
    'dit "oui', '";"', "\r\n", "\n", "\r", ";", "effacer", "=1+1", "'", "\u2028", "\x0b",
]  # fmt: skip


def takes_any_text(column):
    """Whether people write what they like in it."""
    try:
        return bool(column.field) and column.read(FREE) == FREE
    except BadValue:
        return False


TEXTS = [
    (layout, column) for layout in registry.layouts() for column in layout.columns if takes_any_text(column)
]


def typed(text, *, on_several_lines):
    """What a form keeps of a text."""
    single = text if on_several_lines else " ".join(text.splitlines())
    return forms.CharField(max_length=100_000).clean(single)


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(
        st.lists(st.one_of(st.sampled_from(LIKE_LINES), st.text(max_size=12)), min_size=1, max_size=6).map(
            "".join
        ),
        min_size=1,
        max_size=4,
    ),
    rank=st.integers(0, len(TEXTS) - 1),
)
def test_any_text_typed_on_screen_comes_back_the_same(parts, rank):
    layout, column = TEXTS[rank]
    try:
        texts = [typed(part, on_several_lines=column.is_long_text)[:100].strip() for part in parts]
    except ValidationError:
        return  # the form refuses it too
    if not all(texts):
        return
    usual = FULL[layout.name][0]
    own = layout.own_key or layout.key[0]
    lines = [usual | {own: f"k{n}", column.name: text} for n, text in enumerate(texts)]
    if layout.name.startswith("sorties"):
        lines = [line | {"salarie_id": f"k{n}"} for n, line in enumerate(lines)]
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        write_file(Path(folder), layout, ([line[each.name] for each in layout.columns] for line in lines))
        read = read_lines(csv_rows(Path(folder) / layout.name), layout, report, absent=[])
    assert report.faults == []
    assert [line[column.name] for line in read] == texts


def test_the_texts_people_write_are_all_here():
    assert {(layout.title, column.name) for layout, column in TEXTS} >= {
        ("salaries", "nom"),
        ("salaries", "prenom"),
        ("sorties", "employeur"),
        ("entretiens", "synthese"),
        ("competences", "contexte"),
        ("competences", "observateur"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "ligne\n" * 230 + "fin",
        "un\r\ndeux",
        "Liste :\na;b;c;d;e;f;g;h;i\nfin",
        'Il dit ""oui""\n"p2";"2026-02-03"',
    ],
)
def test_a_long_text_comes_back_with_its_own_lines(text, tmp_path):
    layout = next(each for each in registry.layouts() if each.name == "entretiens.csv")
    line = FULL[layout.name][0] | {"synthese": text}
    write_file(tmp_path, layout, [[line[column.name] for column in layout.columns]])
    [read] = read_lines(csv_rows(tmp_path / layout.name), layout, Report(), absent=[])
    assert read["synthese"] == text


@pytest.mark.parametrize(
    "text",
    [
        'a;b\n"1";2\n', '"a";"b"\n"1";"2\n', '"a";"b"\n"1"\n', '"a";"b"\n"1";"2" x\n', '"a"\n"1"\n', '"a";"b"\n"1";\n', "",
    ],
)  # fmt: skip
def test_a_file_that_does_not_quote_every_cell_is_read_with_care(text):
    assert csv_lines.fully_quoted(text) is None
