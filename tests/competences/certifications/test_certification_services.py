"""Typed once, read with a human's yes: nothing counts before it, and only who typed corrects."""

from __future__ import annotations

from datetime import date

import pytest

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from competences.enums import CertificationOrigin
from competences.models import Certification
from competences.selectors.certifications.catalogue import (
    blocs_of,
    certification_called,
    latest,
    proposals_for,
    read_blocs,
)
from competences.services.certifications.reading import accept_lines, match_line
from competences.services.certifications.typed import (
    correct_bloc,
    correct_certification,
    type_bloc,
    type_certification,
)
from tests.factories import (
    BlocFactory,
    BlocLineFactory,
    CertificationFactory,
    CompetenceFactory,
    OrganisationFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganisationFactory()


@pytest.fixture
def manager(house):
    return actor_of(Role.MANAGER, house)


@pytest.fixture
def typed(manager):
    return type_certification(
        actor=manager, label="  Veilleur  de phare ", code="rncp 90 001", certifier="École rêvée"
    )


def test_it_is_typed_once_and_found_by_everybody(typed, manager):
    assert (typed.label, typed.code, typed.origin) == ("Veilleur de phare", "RNCP90001", "SAISIE")
    assert [each.name for each in typed.certifiers.all()] == ["École rêvée"]
    elsewhere = actor_of(Role.ADVISOR, OrganisationFactory())
    assert Certification.objects.visible_to(elsewhere).named("phare 90001").get() == typed
    assert Entry.objects.filter(action="certification.typed").exists()


@pytest.mark.parametrize("code", ["Bac", "RNCP", "90001 bis"])
def test_a_code_has_the_shape_of_a_register(manager, code):
    with pytest.raises(DomainError, match="répertoire national"):
        type_certification(actor=manager, label="Titre", code=code)


@pytest.mark.parametrize("day", [date(2002, 1, 16), date(2036, 11, 23)])
def test_it_is_registered_until_a_day_somebody_can_mean(manager, typed, today, day):
    for said in ({"label": "Titre"}, {"certification": typed, "version": typed.version}):
        write = correct_certification if "version" in said else type_certification
        with pytest.raises(DomainError, match=r"date la plus (ancienne|tardive) possible"):
            write(actor=manager, ends_on=day, **said)
    assert type_certification(actor=manager, label="Titre", ends_on=date(2002, 1, 17)).pk
    assert type_certification(actor=manager, label="Titre", ends_on=date(2036, 11, 22)).pk


def test_the_same_code_twice_is_refused_with_a_sentence(typed, manager):
    with pytest.raises(Exception, match="déjà au répertoire"):
        type_certification(actor=manager, label="Autre", code="RNCP90001")


def test_only_the_structure_that_typed_it_corrects_it(typed, manager):
    other = actor_of(Role.MANAGER, OrganisationFactory())
    with pytest.raises(NotPermitted):
        correct_certification(actor=other, certification=typed, version=1, label="À moi")
    correct_certification(actor=manager, certification=typed, version=typed.version, is_retired=True)
    typed.refresh_from_db()
    assert typed.is_retired
    assert [each.name for each in typed.certifiers.all()] == ["École rêvée"]
    assert not Certification.objects.current().filter(pk=typed.pk).exists()


def test_one_of_the_register_is_corrected_by_nobody(house, manager):
    certification = CertificationFactory(organisation=house, origin=CertificationOrigin.REGISTER)
    with pytest.raises(DomainError, match="répertoire national"):
        correct_certification(actor=manager, certification=certification, version=1, label="Autre")
    with pytest.raises(DomainError, match="répertoire national"):
        type_bloc(actor=manager, certification=certification, code="BC01", label="Bloc")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.GROUP_HEAD])
def test_who_does_not_steer_a_vae_types_nothing(house, role):
    with pytest.raises(NotPermitted):
        type_certification(actor=actor_of(role, house), label="Titre")


def test_a_bloc_is_cut_only_with_a_yes(typed, manager):
    bloc = type_bloc(
        actor=manager, certification=typed, code="bloc 1", label="Allumer", content="C1. Allumer C2. Nettoyer"
    )
    assert bloc.code == "BC01"
    assert read_blocs(typed)[0].lines == ()
    accept_lines(actor=manager, bloc=bloc, version=bloc.version, lines="Allumer\nNettoyer les vitres\n")
    [read] = read_blocs(typed)
    assert [str(line) for line in read.lines] == ["Allumer", "Nettoyer les vitres"]
    assert (read.bloc.accepted_by_id, read.has_moved) == (manager.user_id, False)


def test_a_list_that_moved_since_is_said(typed, manager):
    bloc = type_bloc(actor=manager, certification=typed, code="BC01", label="Allumer", content="Allumer")
    bloc = accept_lines(actor=manager, bloc=bloc, version=bloc.version, lines="Allumer")
    correct_bloc(actor=manager, bloc=bloc, version=bloc.version, content="Allumer et guetter")
    assert read_blocs(typed)[0].has_moved


def test_a_line_kept_word_for_word_keeps_its_matches(typed, manager):
    bloc = BlocFactory(certification=typed)
    kept, gone = BlocLineFactory(bloc=bloc, text="Allumer"), BlocLineFactory(bloc=bloc, text="Éteindre")
    gesture = CompetenceFactory()
    match_line(actor=manager, line=kept, version=1, competences=[gesture])
    accept_lines(actor=manager, bloc=bloc, version=1, lines="Guetter\nAllumer")
    lines = list(bloc.lines.all())
    assert [(line.text, line.position) for line in lines] == [("Guetter", 1), ("Allumer", 2)]
    assert [match.competence for match in lines[1].matches.all()] == [gesture]
    assert not bloc.lines.filter(pk=gone.pk).exists()


def test_an_empty_list_is_refused(manager):
    bloc = BlocFactory()
    with pytest.raises(DomainError, match="vide"):
        accept_lines(actor=manager, bloc=bloc, version=1, lines="  \n - ")


def test_matching_replaces_takes_back_and_notices_a_colleague(manager):
    line, first, second = BlocLineFactory(), CompetenceFactory(), CompetenceFactory()
    match_line(actor=manager, line=line, version=1, competences=[first, second])
    with pytest.raises(Conflict):
        match_line(actor=manager, line=line, version=1, competences=[])
    match_line(actor=manager, line=line, version=2, competences=[second])
    assert [match.competence for match in line.matches.all()] == [second]
    match_line(actor=manager, line=line, version=3, competences=[])
    assert not line.matches.exists()


def test_proposals_come_from_the_words_of_the_line(manager):
    near = CompetenceFactory(label="Nettoyer une vitre", search_label="nettoyer une vitre")
    CompetenceFactory(label="Peser un lot", search_label="peser un lot")
    line = BlocLineFactory(text="Nettoyer les vitres de la lanterne")
    assert proposals_for(line, trades=()) == [near]
    assert not line.matches.exists()


def test_a_certification_is_called_by_its_code_or_its_whole_name(typed):
    assert certification_called(" RNCP90001 ") == typed
    assert certification_called("veilleur de PHARE") == typed
    assert certification_called("veilleur") is None


def test_its_blocs_are_offered_to_who_says_what_a_jury_gave(typed):
    BlocFactory(certification=typed, code="RNCP90001BC02", label="Guetter")
    assert blocs_of(typed) == [("BC02", "BC02 · Guetter")]
    assert blocs_of(None) == []


def test_what_took_its_place_is_followed(typed):
    middle, last = CertificationFactory(is_active=False), CertificationFactory()
    typed.replacements.create(latter=middle)
    middle.replacements.create(latter=last)
    last.replacements.create(latter=typed)
    assert latest(typed) == last
