"""What an import makes of what is here: it arrives, moves, is retired; the same one again writes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.actor import Actor
from competences.enums import CertificationOrigin
from competences.models import (
    Bloc,
    BlocLine,
    Certification,
    CertificationReplacement,
    Certifier,
    RegisterImport,
)
from competences.rncp.reader import open_register
from competences.rules.certifications.succession import latest_of, loops_in
from competences.services.certifications.register import store_register
from tests.competences.certifications.exports import LIST, TABLES, write_csv, write_xml

pytestmark = pytest.mark.django_db


def store(path):
    export = open_register(path)
    return store_register(actor=Actor.operator(), export=export), export


def both(folder):
    write_csv(folder)
    write_xml(folder)
    return folder


def test_both_forms_together_give_the_whole(tmp_path):
    report, _ = store(both(tmp_path))
    assert (report["certifications"].read, report["certifications"].added) == (4, 4)
    lighthouse = Certification.objects.get(code="RNCP90001")
    assert (lighthouse.label, lighthouse.level, lighthouse.is_by_vae) == ("Veilleur de phare", 3, True)
    assert lighthouse.promotions == [{"year": 2024, "certified": 120, "by_vae": 14}]
    assert lighthouse.blocs.get(code="RNCP90001BC01").content == LIST
    assert Certifier.objects.get(certification=lighthouse).siret == "01234567890123"
    assert {each.rome_code for each in lighthouse.trades.all()} == {"K2502", "K2503"}
    assert CertificationReplacement.objects.get().latter == lighthouse
    assert RegisterImport.objects.get().has_content


def test_the_same_export_again_writes_nothing(tmp_path):
    store(both(tmp_path))
    with CaptureQueriesContext(connection) as asked:
        report, _ = store(tmp_path)
    written = [
        query["sql"] for query in asked.captured_queries
        if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}
    ]  # fmt: skip
    assert written == []
    assert {(done.added, done.changed, done.retired) for done in report.values()} == {(0, 0, 0)}
    assert RegisterImport.objects.count() == 1


def test_csv_alone_leaves_the_content_that_is_known(tmp_path):
    store(both(tmp_path / "whole"))
    store(write_csv(tmp_path / "list"))
    assert Bloc.objects.get(code="RNCP90001BC01").content == LIST
    assert RegisterImport.objects.first().has_content is False


def test_what_vanished_is_retired_and_comes_back(tmp_path):
    store(both(tmp_path / "first"))
    fewer = {name: tuple(row for row in rows if "RNCP90002" not in row) for name, rows in TABLES.items()}
    fewer["Blocs_De_Compétences"] = tuple(
        row for row in fewer["Blocs_De_Compétences"] if "RNCP90001BC02" not in row
    )
    report, _ = store(write_csv(tmp_path / "fewer", fewer))
    assert (report["certifications"].retired, report["blocs"].retired) == (1, 1)
    assert Certification.objects.get(code="RNCP90002").is_retired
    assert Bloc.objects.get(code="RNCP90001BC02").is_retired
    assert not Certification.objects.current().filter(code__in=["RNCP90002", "RNCP80001"]).exists()
    store(write_csv(tmp_path / "first"))
    assert not Certification.objects.get(code="RNCP90002").is_retired
    assert not Bloc.objects.get(code="RNCP90001BC02").is_retired


def test_an_xml_of_one_register_retires_nothing_of_the_other(tmp_path):
    store(write_csv(tmp_path / "csv"))
    store(write_xml(tmp_path / "xml"))
    assert Certification.objects.get(code="RNCP90002").is_retired
    assert not Certification.objects.get(code="RS0042").is_retired


def test_one_typed_before_becomes_the_register_s_with_its_blocs(tmp_path):
    typed = Certification.objects.create(code="RNCP90001", label="Phare", search_label="phare")
    kept = Bloc.objects.create(certification=typed, code="BC01", label="Allumer")
    line = BlocLine.objects.create(bloc=kept, position=1, text="Allumer")
    store(both(tmp_path))
    typed.refresh_from_db()
    assert (typed.origin, typed.label) == (CertificationOrigin.REGISTER, "Veilleur de phare")
    assert typed.blocs.count() == 2
    assert line.bloc_id == typed.blocs.get(code="RNCP90001BC01").pk


def test_a_typed_certification_is_never_retired_by_an_import(tmp_path):
    typed = Certification.objects.create(label="Titre de la maison", search_label="titre de la maison")
    store(both(tmp_path))
    typed.refresh_from_db()
    assert (typed.is_retired, typed.origin) == (False, CertificationOrigin.TYPED)


def test_a_refused_export_changes_nothing(tmp_path):
    folder = both(tmp_path)
    path = next(folder.glob("*.xml"))
    path.write_text(path.read_text()[:-60])
    with pytest.raises(SystemExit) as end:
        call_command("import_rncp", str(folder))
    assert end.value.code == 1
    assert not Certification.objects.exists()
    assert not RegisterImport.objects.exists()


def test_the_command_says_what_it_did_and_what_is_missing(tmp_path, capsys):
    call_command("import_rncp", str(write_csv(tmp_path)))
    said = capsys.readouterr()
    assert "certifications : 4 lus, 4 ajoutés, 0 modifiés, 0 retirés" in said.out
    assert "Licence Ouverte 2.0" in said.out
    assert "ne donne pas les compétences des blocs" in said.err


def test_loops_of_replacements_are_said_and_never_followed_for_ever(tmp_path):
    head, *_ = TABLES["Ancienne_Nouvelle_Certification"]
    rows = (head, ("RNCP80001", "", "RNCP90001"), ("RNCP90001", "", "RNCP80001"), ("RNCP90002", "", "RNCP1"))
    _, export = store(write_csv(tmp_path, {**TABLES, "Ancienne_Nouvelle_Certification": rows}))
    said = " ".join(export.remarks.sentences())
    assert "se remplacent elles-mêmes" in said
    assert "absente de l’export" in said


@pytest.mark.parametrize(
    ("start", "links", "alive", "found"),
    [
        ("A", {"A": ["B"], "B": ["C"]}, {"C"}, "C"),
        ("A", {"A": ["B"], "B": ["C"]}, {"B"}, "B"),
        ("A", {"A": ["B"], "B": ["A"]}, {"A", "B"}, "B"),
        ("A", {"A": ["B"], "B": ["A"]}, {"A"}, None),
        ("A", {}, {"A"}, None),
        ("A", {"A": ["B", "C"]}, {"B", "C"}, "C"),
    ],
)
def test_the_last_living_one_is_proposed(start, links, alive, found):
    assert latest_of(start, links, alive) == found


def test_loops():
    assert loops_in({"A": ["B"], "B": ["A"], "C": ["A"], "D": []}) == {"A", "B"}


def test_an_export_as_published(tmp_path):
    """On the files of `PASSERELLES_RNCP_DIR`, the folder where they were downloaded; on ours otherwise."""
    given = os.environ.get("PASSERELLES_RNCP_DIR")
    folder = Path(given) if given else both(tmp_path)
    report, _ = store(folder)
    assert report["certifications"].read >= (1_000 if given else 4)
    assert Certification.objects.current().exists()
    assert not any(done.added or done.changed for done in store(folder)[0].values())
