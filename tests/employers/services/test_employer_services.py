"""Meeting an employer: who may, what is written, who is told no."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from backend.core.errors import Conflict, NotPermitted
from employers.models import Employer, Establishment
from employers.services import EmployerMayBeKnown, add_establishment, record_employer, update_employer
from tests.factories import EmployerFactory


def test_an_employer_is_met_and_kept_by_the_structure(bakery, trail_of):
    employer = record_employer(
        actor=bakery.advisor,
        organisation=bakery.structure,
        name="  Cantine de Belval ",
        sector="Restauration",
    )

    assert (employer.name, employer.organisation) == ("Cantine de Belval", bakery.structure)
    assert trail_of(employer) == ["employer.recorded"]


def test_a_siret_already_known_is_shown_whatever_the_name(bakery):
    known = EmployerFactory(name="Fournil", siret="73282932000074", organisation=bakery.structure)
    asked = {
        "actor": bakery.advisor,
        "organisation": bakery.structure,
        "name": "Cantine",
        "siret": known.siret,
    }
    with pytest.raises(EmployerMayBeKnown) as refusal:
        record_employer(**asked)
    assert refusal.value.as_dict()["candidates"] == [known.pk]
    assert record_employer(**asked, is_another=True).siret == known.siret


def test_a_wrong_siret_is_refused_and_nothing_is_written(bakery):
    with pytest.raises(ValidationError) as refusal:
        record_employer(
            actor=bakery.advisor, organisation=bakery.structure, name="Cantine", siret="12345678901234"
        )
    assert "siret" in refusal.value.message_dict
    assert not Employer.objects.filter(name="Cantine").exists()


@pytest.mark.parametrize("who", ["supervisor", "contact", "neighbour"])
def test_who_does_not_follow_employers_opens_no_file(bakery, who):
    with pytest.raises(NotPermitted):
        record_employer(actor=getattr(bakery, who), organisation=bakery.structure, name="Cantine")


def test_a_file_is_corrected_and_counts_the_change(bakery, trail_of):
    changed = update_employer(
        actor=bakery.manager, employer=bakery.employer, version=1, contact_name="Paul Modèle"
    )

    assert (changed.contact_name, changed.version) == ("Paul Modèle", 2)
    assert trail_of(bakery.employer) == ["employer.updated"]


def test_a_file_changed_in_between_is_not_overwritten(bakery):
    update_employer(actor=bakery.manager, employer=bakery.employer, version=1, sector="Boulangerie")

    with pytest.raises(Conflict):
        update_employer(actor=bakery.advisor, employer=bakery.employer, version=1, sector="Pâtisserie")
    assert Employer.objects.get(pk=bakery.employer.pk).sector == "Boulangerie"


def test_a_workplace_is_added(bakery, trail_of):
    place = add_establishment(
        actor=bakery.advisor, employer=bakery.employer, name=" Boutique ", commune="Belval"
    )

    assert (place.name, place.commune, place.employer) == ("Boutique", "Belval", bakery.employer)
    assert trail_of(place) == ["establishment.added"]


@pytest.mark.parametrize("who", ["neighbour", "contact", "supervisor"])
def test_nobody_else_adds_a_workplace(bakery, who):
    before = Establishment.objects.count()

    with pytest.raises(NotPermitted):
        add_establishment(actor=getattr(bakery, who), employer=bakery.employer, name="Boutique")
    assert Establishment.objects.count() == before


def test_the_employer_of_another_group_is_out_of_reach(bakery):
    with pytest.raises(NotPermitted):
        update_employer(actor=bakery.advisor, employer=EmployerFactory(), version=1, name="Pris")
