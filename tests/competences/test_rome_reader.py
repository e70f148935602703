"""The ROME export is read whole, whatever its version and its wrapping."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from competences.rome.reader import read_export
from competences.rome.rows import LinkRow, Nature, Prominence, WorkContextLinkRow


@pytest.mark.rome
def test_version_60_is_read_with_the_counts_that_were_published(rome_dir):
    export = read_export(rome_dir)
    assert export.version == "60"
    assert export.attribution == "France Travail - ROME, version 60, septembre 2025"
    assert export.counts() == {
        "occupations": 1_584,
        "appellations": 13_120,
        "competences": 17_810,
        "macro_competences": 507,
        "knowledge": 15_354,
        "links": 90_556,
        "contexts": 179,
        "context_links": 13_663,
    }
    assert export.notices == ()
    by_code = {row.code: row for row in export.competences}
    assert all(row.functional_code for row in export.competences if row.nature is not Nature.KNOWLEDGE)
    assert by_code["100023"].functional_code == by_code["300230"].functional_code
    assert sum(row.nature is Nature.SOFT_SKILL for row in export.competences) == 16
    assert not any("''" in row.definition + row.access for row in export.occupations)


def test_any_version_number_is_accepted(sample, write_sample):
    assert read_export(write_sample(sample, version="461")).version == "61"


def test_a_competence_carries_the_functional_code_of_its_macro(sample, write_sample):
    rows = {row.code: row for row in read_export(write_sample(sample)).competences}
    assert rows["701"].functional_code == "4A101"
    assert (rows["701"].nature, rows["701"].macro_code) == (Nature.KNOW_HOW, "700")
    assert (rows["700"].nature, rows["700"].is_macro, rows["700"].macro_code) == (Nature.MACRO, True, "")
    assert (rows["600"].nature, rows["600"].is_macro) == (Nature.SOFT_SKILL, True)
    assert (rows["801"].nature, rows["801"].functional_code) == (Nature.KNOWLEDGE, "")


def test_links_keep_nature_and_prominence(sample, write_sample):
    export = read_export(write_sample(sample))
    assert LinkRow("X1101", "701", Nature.KNOW_HOW, Prominence.CORE) in export.links
    assert LinkRow("X1101", "700", Nature.MACRO, Prominence.ORDINARY) in export.links
    assert WorkContextLinkRow("Y2201", "503") in export.context_links
    assert export.counts()["links"] == 12


def test_sentences_are_put_in_order_and_doubled_apostrophes_reduced(sample, write_sample):
    occupation = read_export(write_sample(sample)).occupations[0]
    assert occupation.definition == "Fait ce qu'il dit. Et le fait bien."
    assert occupation.access == "Ouvert à tous."
    assert (occupation.domain_label, occupation.grand_domain_label) == ("Phares", "Mers, îles")
    assert (occupation.is_regulated, occupation.parent_code) == (True, "X1101")


def test_byte_order_mark_and_windows_line_ends_change_nothing(sample, write_sample):
    plain = read_export(write_sample(sample))
    windows = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in sample.items()}
    assert read_export(write_sample(windows, folder="windows")) == plain


def test_columns_may_move_and_new_ones_appear(sample, write_sample):
    plain = read_export(write_sample(sample))
    lines = [line.split(",") for line in sample["referentiel_savoir"].splitlines()]
    sample["referentiel_savoir"] = "".join(",".join([*reversed(line), '"neuf"']) + "\n" for line in lines)
    assert read_export(write_sample(sample, folder="moved")) == plain


@pytest.mark.parametrize("prefix", ["", "RefRomeCsv/", "../../sortie/"])
def test_a_zip_gives_the_same_rows_as_the_folder(sample, write_sample, tmp_path: Path, prefix):
    folder = write_sample(sample)
    archive = tmp_path / "RefRomeCsv.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("version.txt", "Date de publication : 18/09/2025")
        target.writestr("__MACOSX/._unix_texte_v499_utf8.csv", "x")
        for path in folder.iterdir():
            target.write(path, prefix + path.name)
    zipped = read_export(archive)
    assert zipped.attribution == "France Travail - ROME, version 99, septembre 2025"
    assert zipped.occupations == read_export(folder).occupations
    assert zipped.links == read_export(folder).links


def test_a_folder_in_the_folder_is_found(sample, write_sample):
    folder = write_sample(sample)
    assert read_export(folder.parent).version == "99"


def test_a_rare_gap_between_links_and_prominence_is_told_not_refused(sample, write_sample):
    many = "".join(f'"X1101","6","","9{n:03}"\n' for n in range(400))
    weights = "".join(f'"X1101","9{n:03}",""\n' for n in range(399))
    contexts = "".join(f'"9{n:03}","Travail","2","Horaires"\n' for n in range(400))
    for table, extra in (
        ("liens_rome_referentiels", many),
        ("coherence_item", weights),
        ("referentiel_contexte_travail", contexts),
    ):
        header, rest = sample[table].split("\n", 1)
        sample[table] = f"{header}\n{extra}{rest}"
    (notice,) = read_export(write_sample(sample)).notices
    assert "unix_coherence_item_v499_utf8.csv : 1 éléments" in notice
