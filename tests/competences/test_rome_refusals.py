"""A damaged or partial ROME export is refused whole, naming the file and the line."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import pytest

from competences.rome.endings import KNOWN_ENDINGS
from competences.rome.files import TABLES, open_export
from competences.rome.integrity import check_integrity
from competences.rome.reader import SHAPES, read_export
from competences.rome.refusal import ExportRefused
from competences.rome.tables import Table, read_table


def refused(path: Path) -> ExportRefused:
    with pytest.raises(ExportRefused) as caught:
        read_export(path)
    refusal = caught.value
    assert refusal.problem.endswith(".")
    assert refusal.what_to_do.endswith(".")
    assert refusal.file in str(refusal)
    return refusal


def name_of(table: str) -> str:
    return f"unix_{table}_v499_utf8.csv"


@pytest.mark.parametrize("table", TABLES)
def test_every_cut_between_two_lines_is_seen(sample, write_sample, table):
    lines = sample[table].splitlines(keepends=True)
    for kept in range(len(lines)):
        refusal = refused(write_sample({**sample, table: "".join(lines[:kept])}))
        # Where a part of the list of trades is missing, its parent trade may be what is noticed first.
        assert refusal.file == name_of(table), (kept, str(refusal))
        assert refusal.line == max(kept, 1)


@pytest.mark.parametrize("table", TABLES)
def test_every_cut_inside_a_line_is_seen(sample, write_sample, table):
    content = sample[table].encode()
    write_sample(sample)
    inside = [at for at in range(1, len(content)) if content[at - 1 : at] != b"\n"]
    for at in inside[:: max(1, len(inside) // 40)]:
        refusal = refused(write_sample({table: content[:at]}))
        assert refusal.file == name_of(table)
        assert refusal.line is not None
        assert refusal.line >= content.count(b"\n", 0, at)


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_file_is_named(sample, write_sample, table):
    del sample[table]
    refusal = refused(write_sample(sample))
    assert table in refusal.file
    assert "manque" in refusal.problem


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_column_is_named(sample, write_sample, table):
    column = SHAPES[table][0][0]
    sample[table] = sample[table].replace(f'"{column}"', '"autre"', 1)
    refusal = refused(write_sample(sample))
    assert (refusal.file, refusal.line) == (name_of(table), 1)
    assert f"« {column} »" in refusal.problem


@pytest.mark.parametrize("table", TABLES)
def test_a_repeated_line_is_refused(sample, write_sample, table):
    lines = sample[table].splitlines(keepends=True)
    refusal = refused(write_sample({**sample, table: "".join([*lines, lines[1]])}))
    assert (refusal.file, refusal.line) == (name_of(table), len(lines) + 1)
    assert "ligne 2" in refusal.problem


def test_a_line_with_a_field_too_many_is_named(sample, write_sample):
    lines = sample["referentiel_savoir"].splitlines(keepends=True)
    lines[2] = '"en trop",' + lines[2]
    refusal = refused(write_sample({**sample, "referentiel_savoir": "".join(lines)}))
    assert (refusal.file, refusal.line) == (name_of("referentiel_savoir"), 3)


def test_another_encoding_is_named_with_its_first_line(sample, write_sample):
    content = sample["referentiel_competence"].encode("cp1252")
    refusal = refused(write_sample({**sample, "referentiel_competence": content}))
    assert (refusal.file, refusal.line) == (name_of("referentiel_competence"), 2)
    assert "UTF-8" in refusal.problem


def test_null_bytes_of_an_interrupted_copy_are_seen(sample, write_sample):
    lines = sample["texte"].splitlines(keepends=True)
    lines[1] = lines[1].replace("Ouvert", "\x00\x00")
    refusal = refused(write_sample({**sample, "texte": "".join(lines)}))
    assert (refusal.file, refusal.line) == (name_of("texte"), 2)


def test_a_lost_quote_is_placed_on_its_line(sample, write_sample):
    lines = sample["referentiel_appellation"].splitlines(keepends=True)
    lines[2] = lines[2].replace('","', ',"', 1)
    refusal = refused(write_sample({**sample, "referentiel_appellation": "".join(lines)}))
    assert (refusal.file, refusal.line) == (name_of("referentiel_appellation"), 3)


@pytest.mark.parametrize(
    ("table", "old", "new", "word"),
    [
        ("referentiel_competence", '"Compétence","Doser', '"Savoir","Doser', "nature"),
        ("referentiel_competence", '"Doser le savon","","700"', '"Doser le savon","",""', "macro-compétence"),
        (
            "referentiel_competence",
            '"Doser le savon","","700"',
            '"Doser le savon","","600000"',
            "macro-compétence",
        ),
        ("referentiel_competence", '"6D101"', '"6D"', "code fonctionnel"),
        ("referentiel_competence", '"6D101"', '"4A101"', "code fonctionnel"),
        ("referentiel_appellation", '"SYNONYME"', '"PRINCIPALE"', "seconde appellation"),
        ("referentiel_appellation", '"PRINCIPALE"', '"SYNONYME"', "appellation principale"),
        ("referentiel_code_rome", '"O","X1101"', '"O","Z9999"', "Z9999"),
        ("referentiel_code_rome", '"Veilleur / Veilleuse de phare"', '" "', "vide"),
        ("texte", '"definition","2"', '"definition","3"', "phrase"),
        ("texte", '"definition","2"', '"definition","deux"', "entier"),
        ("coherence_item", '"Y2201","503"', '"Y2201","502"', "manque"),
        ("liens_rome_referentiels", '"Y2201","6","","503"', '"Y2201","6","","999"', "999"),
    ],
)
def test_an_incoherent_line_is_refused(sample, write_sample, table, old, new, word):
    assert old in sample[table]
    refusal = refused(write_sample({**sample, table: sample[table].replace(old, new, 1)}))
    assert word in refusal.problem
    assert refusal.line is not None


def test_two_versions_side_by_side_are_refused(sample, write_sample):
    write_sample(sample)
    assert "deux fois" in refused(write_sample(sample, version="500")).problem


def test_files_of_different_versions_are_refused(sample, write_sample):
    texts = {"texte": sample.pop("texte")}
    write_sample(sample)
    assert "version" in refused(write_sample(texts, version="500")).problem


def test_a_path_that_is_no_export_is_refused(tmp_path):
    assert "n’existe pas" in refused(tmp_path / "nulle-part").problem
    (tmp_path / "photo.zip").write_bytes(b"PK\x03\x04 rien")
    assert "zip" in refused(tmp_path / "photo.zip").problem
    (tmp_path / "vide").mkdir()
    assert "manque" in refused(tmp_path / "vide").problem


def zip_of(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return target


def test_a_cut_or_altered_zip_is_refused(sample, write_sample, tmp_path):
    content = zip_of(write_sample(sample), tmp_path / "entier.zip").read_bytes()
    (tmp_path / "coupe.zip").write_bytes(content[: len(content) // 2])
    refused(tmp_path / "coupe.zip")
    altered = bytearray(content)
    altered[80:90] = bytes(10)
    (tmp_path / "altere.zip").write_bytes(bytes(altered))
    assert "abîmé" in refused(tmp_path / "altere.zip").problem


def test_a_zip_bomb_is_stopped(sample, write_sample, tmp_path):
    bomb = {**sample, "texte": sample["texte"] + '"' + "a" * 5_000_000 + '"\n'}
    refusal = refused(zip_of(write_sample(bomb), tmp_path / "bombe.zip"))
    assert refusal.file == name_of("texte")
    assert "démesurée" in refusal.problem


@pytest.fixture(scope="module")
def real_tables(rome_dir) -> dict[str, Table]:
    raw = open_export(rome_dir)
    return {
        name: read_table(raw.files[name], columns, keys=keys, filled=filled)
        for name, (columns, keys, filled) in SHAPES.items()
    }


def cut(tables: dict[str, Table], name: str, kept: int) -> dict[str, Table]:
    return {**tables, name: dataclasses.replace(tables[name], lines=tables[name].lines[:kept])}


@pytest.mark.rome
@pytest.mark.parametrize("table", TABLES)
def test_the_real_export_cut_in_half_between_two_lines_is_refused(real_tables, table):
    half = len(real_tables[table].lines) // 2
    with pytest.raises(ExportRefused) as caught:
        check_integrity(cut(real_tables, table, half), "60")
    assert caught.value.file == real_tables[table].name
    assert caught.value.line == half + 1


@pytest.mark.rome
@pytest.mark.parametrize("table", sorted(set(TABLES) - {"composition_bloc"} - set(KNOWN_ENDINGS["60"])))
def test_the_real_export_without_one_last_line_is_refused_in_any_version(real_tables, table):
    with pytest.raises(ExportRefused) as caught:
        check_integrity(cut(real_tables, table, len(real_tables[table].lines) - 1), "61")
    assert caught.value.file == real_tables[table].name


@pytest.mark.rome
@pytest.mark.parametrize("table", sorted(KNOWN_ENDINGS["60"]))
def test_a_known_version_without_one_last_line_is_refused(real_tables, table):
    with pytest.raises(ExportRefused, match="la fin manque"):
        check_integrity(cut(real_tables, table, len(real_tables[table].lines) - 1), "60")


@pytest.mark.rome
def test_a_real_file_cut_in_half_in_the_middle_of_a_line_is_refused(rome_dir, tmp_path):
    for path in rome_dir.glob("unix_*.csv"):
        (tmp_path / path.name).symlink_to(path)
    victim = tmp_path / "unix_referentiel_competence_v460_utf8.csv"
    content = victim.read_bytes()
    victim.unlink()
    victim.write_bytes(content[: len(content) // 2])
    refusal = refused(tmp_path)
    assert refusal.file == victim.name
    assert refusal.line == content.count(b"\n", 0, len(content) // 2) + 1
