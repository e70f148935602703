"""A referential is stored whole, updated in place, and never forgets what was used."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from backend.core.actor import Actor
from competences.models import Appellation, Competence, Occupation, OccupationCompetence, ReferentialImport
from competences.rome.reader import read_export
from competences.services import store_referential
from competences.starter.reader import read_starter
from tests.factories import AssessmentFactory

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()


def store(referential):
    return store_referential(actor=OPERATOR, referential=referential)


def test_the_starter_set_is_stored_then_storing_it_again_changes_nothing():
    starter = read_starter()
    first = store(starter)
    assert first["métiers"].added == len(starter.occupations) == Occupation.objects.count()
    assert Appellation.objects.count() == len(starter.appellations)
    assert Competence.objects.count() == len(starter.competences)
    assert OccupationCompetence.objects.count() == len(
        {(x.rome_code, x.competence_code) for x in starter.links}
    )
    for table in store(starter).values():
        assert (table.added, table.changed, table.retired) == (0, 0, 0)


def test_a_changed_label_is_counted_once_and_read_back():
    starter = read_starter()
    store(starter)
    renamed = replace(starter.occupations[0], label="Un autre nom")
    report = store(replace(starter, occupations=(renamed, *starter.occupations[1:])))
    assert report["métiers"].changed == 1
    assert Occupation.objects.get(rome_code=renamed.rome_code).label == "Un autre nom"


def test_a_vanished_competence_is_retired_with_its_proofs_and_comes_back_alive():
    starter = read_starter()
    store(starter)
    gone = starter.links[0].competence_code
    proof = AssessmentFactory(competence=Competence.objects.get(code=gone))
    without = replace(
        starter,
        competences=tuple(row for row in starter.competences if row.code != gone),
        links=tuple(link for link in starter.links if link.competence_code != gone),
    )
    assert store(without)["compétences"].retired == 1
    proof.refresh_from_db()
    assert proof.competence.is_retired
    assert proof.competence.citations.exists()
    assert store(starter)["compétences"].changed == 1
    assert not Competence.objects.get(code=gone).is_retired


def test_a_citation_that_a_trade_no_longer_makes_is_gone():
    starter = read_starter()
    store(starter)
    report = store(replace(starter, links=starter.links[1:]))
    assert report["liens"].retired == 1
    assert OccupationCompetence.objects.count() == report["liens"].read


@pytest.mark.rome
def test_the_official_export_has_its_published_counts_and_is_idempotent(rome_dir):
    export = read_export(rome_dir)
    store(export)
    macros = Competence.objects.filter(is_macro=True).count()
    knowledge = Competence.objects.filter(nature="knowledge").count()
    assert Occupation.objects.count() == 1_584
    assert Appellation.objects.count() == 13_120
    assert (Competence.objects.count() - macros - knowledge, macros, knowledge) == (17_810, 507, 15_354)
    assert sum(table.changed + table.added + table.retired for table in store(export).values()) == 0


@pytest.mark.rome
def test_the_official_export_takes_the_place_of_the_starter_set(rome_dir):
    store(read_starter())
    starter_codes = set(Competence.objects.values_list("code", flat=True))
    store(read_export(rome_dir))
    assert not Competence.objects.current().filter(code__in=starter_codes).exists()
    assert Occupation.objects.get(rome_code="K2204").label != ""
    assert ReferentialImport.objects.first().version == "60"


def test_a_missing_folder_is_refused_without_a_trace(capsys, tmp_path):
    with pytest.raises(SystemExit) as ended:
        call_command("import_rome", str(tmp_path / "absent"))
    assert ended.value.code == 1
    assert "n’existe pas" in capsys.readouterr().err
    assert not ReferentialImport.objects.exists()
