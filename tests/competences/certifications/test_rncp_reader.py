"""The exports as published, whatever their day and their form; a damaged one is refused, a trap too (F1 to F12)."""

from __future__ import annotations

import tracemalloc
import unicodedata
import zipfile
from datetime import date

import pytest

from competences.rncp import files as files_of
from competences.rncp.reader import open_register
from competences.rncp.rows import Promotion
from competences.rncp.values import code_of, day_of
from competences.rome.refusal import ExportRefused
from tests.competences.certifications.exports import (
    FICHES,
    TABLES,
    bloc,
    fiche,
    write_csv,
    write_xml,
    zipped,
)


def read(path):
    export = open_register(path)
    return export, {each.code: each for each in export.fiches()}


def test_the_csv_say_the_list(tmp_path):
    export, fiches = read(write_csv(tmp_path / "csv"))
    assert export.exported_on == date(2026, 8, 29)
    assert sorted(fiches) == ["RNCP80001", "RNCP90001", "RNCP90002", "RS0042"]
    lighthouse = fiches["RNCP90001"]
    assert (lighthouse.level, lighthouse.ends_on, lighthouse.is_by_vae) == (3, date(2028, 12, 31), True)
    assert lighthouse.certifiers == (("01234567890123", "École rêvée des phares"),)
    assert lighthouse.trades == ("K2502", "K2503")
    assert [each.code for each in lighthouse.blocs] == ["RNCP90001BC01", "RNCP90001BC02"]
    assert {each.content for each in lighthouse.blocs} == {None}
    assert fiches["RNCP90002"].label == "Souffleur ; de bulles"
    assert fiches["RNCP90002"].is_by_vae is False
    assert (fiches["RNCP80001"].is_active, fiches["RNCP80001"].successors) == (False, ("RNCP90001",))


def test_the_xml_says_what_blocs_ask_for(tmp_path):
    export, fiches = read(write_xml(tmp_path))
    assert export.exported_on == date(2026, 8, 29)
    lighthouse = fiches["RNCP90001"]
    assert lighthouse.promotions == (Promotion(2024, 120, 14),)
    assert (lighthouse.awarded_until, lighthouse.is_by_vae) == (date(2032, 12, 31), True)
    assert lighthouse.certifiers == (("01234567890123", "École rêvée des phares"),)
    assert lighthouse.blocs[1].content == "- Voir loin\n\n- Prévenir"
    assert fiches["RNCP80001"].successors == ("RNCP90001",)


@pytest.mark.parametrize("day", ["2026_08_29", "2026-08-29"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_day_any_accent_any_mark(tmp_path, day, form, mark):
    tables = {unicodedata.normalize(form, name): rows for name, rows in TABLES.items()}
    export, fiches = read(write_csv(tmp_path / "csv", tables, day=day, mark=mark))
    assert export.exported_on == date(2026, 8, 29)
    assert len(fiches["RNCP90001"].blocs) == 2
    assert fiches["RNCP90001"].is_by_vae is True


def test_names_that_a_zip_mangled_are_still_recognised(tmp_path):
    mangled = {name.encode().decode("cp437"): rows for name, rows in TABLES.items()}
    _, fiches = read(write_csv(tmp_path / "csv", mangled))
    assert len(fiches["RNCP90001"].blocs) == 2
    assert fiches["RNCP90001"].is_by_vae is True


def test_zips_and_folders_of_zips_give_the_same(tmp_path):
    folder = write_csv(tmp_path / "csv")
    _, plain = read(folder)
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    packed = zipped(*folder.iterdir(), to=downloads / "export-fiches-csv-2026-08-29.zip")
    assert read(packed)[1] == plain
    assert read(downloads)[1] == plain


def test_rows_are_read_by_their_columns(tmp_path):
    columns = tuple(reversed(TABLES["Standard"][0]))
    rows = [tuple(reversed(row)) for row in TABLES["Standard"][1:]]
    longer = ("Actif", "Nouveaute", *columns[1:])
    told = (
        longer,
        *((row[0], "?", *row[1:]) for row in rows[:3]),
        (rows[3][0], "?", *rows[3][1:], "de trop"),
    )
    export, fiches = read(write_csv(tmp_path, {**TABLES, "Standard": told}))
    assert fiches["RNCP90001"].level == 3
    assert fiches["RS0042"].label == "Tenir une barque"
    assert sum(export.remarks.counts.values()) == 1
    assert "ligne 6" in export.remarks.sentences()[0]


def test_what_is_odd_is_counted_and_kept_apart(tmp_path):
    tables = dict(TABLES)
    tables["Standard"] = (*TABLES["Standard"], ("9", "RNCP90009", "Rien", "NIV9", "31/31/2026", "ACTIVE"))
    tables["Blocs_De_Compétences"] = (
        *TABLES["Blocs_De_Compétences"],
        ("RNCP90001", "RNCP90001BC01", "Allumer, encore"),
        ("RNCP77777", "RNCP77777BC01", "D’ailleurs"),
    )
    export, fiches = read(write_csv(tmp_path, tables))
    assert (fiches["RNCP90009"].ends_on, fiches["RNCP90009"].level) == (None, None)
    assert [each.label for each in fiches["RNCP90001"].blocs] == ["Allumer", "Guetter"]
    said = " ".join(export.remarks.sentences())
    for words in ("dates illisibles", "déjà vues", "absente de la liste", "sans certificateur"):
        assert words in said


@pytest.mark.parametrize(
    ("text", "register", "code"),
    [
        ("RNCP38596", "", "RNCP38596"),
        (" rncp 38 596 ", "", "RNCP38596"),
        ("RS0042", "", "RS0042"),
        ("38596", "RNCP", "RNCP38596"),
        ("38596", "", None),
        ("", "RNCP", None),
        ("RNCP", "", None),
    ],
)
def test_codes_are_text(text, register, code):
    assert code_of(text, register=register) == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/08/2026", date(2026, 8, 29)),
        ("2026-08-29T00:00:00", date(2026, 8, 29)),
        ("", None),
        ("demain", None),
    ],
)
def test_days(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("head", "fiches", "words"),
    [
        ('<!DOCTYPE F [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>', "<FICHE>&b;</FICHE>", "ses propres types"),
        ('<!DOCTYPE F SYSTEM "file:///etc/passwd">', FICHES, "ses propres types"),
        ("", FICHES[:-40], "pas un XML entier"),
        ("", "<FICHE>" + "<A>" * 60 + "</A>" * 60 + "</FICHE>", "démesurée"),
        ("", "", "aucune certification"),
    ],
)
def test_an_xml_that_is_a_trap_or_cut_is_refused(tmp_path, head, fiches, words):
    with pytest.raises(ExportRefused, match=words):
        read(write_xml(tmp_path, fiches, head=head))


def test_a_zip_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "export-fiches-rncp-v4-1-2026-08-29.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export-fiches-rncp-v4-1-2026-08-29.xml", b"<FICHES>" + b" " * 12_000_000)
    with pytest.raises(ExportRefused, match="démesurée"):
        read(path)


@pytest.mark.parametrize("cut", [b'"RNCP90001";"coup', b"\xff\xfe"])
def test_a_csv_cut_or_saved_otherwise_is_refused(tmp_path, cut):
    folder = write_csv(tmp_path / "csv")
    path = next(folder.glob("*Standard*"))
    path.write_bytes(path.read_bytes() + cut)
    with pytest.raises(ExportRefused):
        read(folder)


def test_nothing_there_or_the_same_table_twice_is_refused(tmp_path):
    with pytest.raises(ExportRefused, match="n’existe pas"):
        open_register(tmp_path / "nulle-part")
    (tmp_path / "lisez-moi.txt").write_text("rien")
    with pytest.raises(ExportRefused, match="aucun export"):
        open_register(tmp_path)
    write_csv(tmp_path, day="2026_08_29")
    write_csv(tmp_path, day="2026_08_30")
    with pytest.raises(ExportRefused, match="deux fois"):
        open_register(tmp_path)


def test_an_xml_of_any_length_holds_one_fiche_at_a_time(tmp_path):
    """Six times the fiches, the same memory: nothing of a fiche is kept once the next is read."""
    words = "Allumer la lanterne. " * 100

    def peak(many: int) -> int:
        folder = tmp_path / str(many)
        text = "".join(
            fiche(f"RNCP{number}", "Phare", blocs=bloc(f"RNCP{number}BC01", "Bloc", words))
            for number in range(1, many + 1)
        )
        export = open_register(write_xml(folder, text))
        tracemalloc.start()
        assert sum(1 for _ in export.fiches()) == many
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    small, large = peak(100), peak(600)
    assert large < small * 1.5 + 500_000
    assert files_of.MAX_XML_BYTES > 570_000_000
