"""The team finds an employer, writes its file and its workplaces."""

from __future__ import annotations

import pytest
from django.urls import reverse

from employers.models import Employer, Establishment, TaskAnalysis
from tests.factories import EmployerFactory, EstablishmentFactory, PlacementFactory, WorkTaskFactory
from tests.pages import text_of
from tests.queries import assert_same_queries


def test_the_list_finds_by_name_activity_or_commune(team, employer, structure):
    EstablishmentFactory(employer=employer, commune="Belval")
    EmployerFactory(name="Cantine des Tilleuls", organisation=structure)

    for wanted in ("brioches", "boulang", "belval", "val brio"):
        page = text_of(team.post(reverse("web:employers"), {"q": wanted}, follow=True))
        assert "Brioches du Val" in page
        assert "Cantine des Tilleuls" not in page
    assert "Aucun employeur ne correspond" in text_of(
        team.post(reverse("web:employers"), {"q": "zzz"}, follow=True)
    )


def test_the_search_answers_in_place(team, employer):
    page = text_of(team.get(reverse("web:employers"), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="employer-list"))
    assert "Brioches du Val" in page
    assert "<html" not in page


def test_the_list_counts_without_multiplying(team, employer, task, job):
    EstablishmentFactory(employer=employer, commune="Belval")
    WorkTaskFactory(analysis=task.analysis)
    page = team.post(reverse("web:employers"), {"q": "belval"}, follow=True)
    (row,) = page.context["page"].object_list

    assert (row.analyses, row.open_jobs, row.hires) == (1, 1, 0)


@pytest.mark.parametrize("who", ["team", "head"])
@pytest.mark.parametrize(("read", "elsewhere"), [(0, 0), (1, 0), (0, 2), (1, 2)])
def test_the_list_and_the_page_say_the_same_number_of_hires(request, employer, able, who, read, elsewhere):
    """Whoever reads: the figure is the employer's, the names below are those this reader accompanies."""
    client = request.getfixturevalue(who)
    for each in range(read):
        PlacementFactory(beneficiary=able(f"Solange{each}").beneficiary, employer=employer)
    for _ in range(elsewhere):
        PlacementFactory(employer=employer)

    (row,) = client.get(reverse("web:employers")).context["page"].object_list
    shown = client.get(reverse("web:employer", args=[employer.pk]))

    assert row.hires == shown.context["page"].hires == read + elsewhere
    words = f"{row.hires}\u00a0embauche{'s' if row.hires > 1 else ''} en tout"
    assert (words in text_of(shown)) == bool(row.hires)
    hidden = row.hires - len(shown.context["page"].placements)
    assert ("dont vous lisez le fil" in text_of(shown)) == bool(hidden)


def test_the_list_asks_as_much_for_many_employers(team, structure):
    assert_same_queries(
        lambda: team.get(reverse("web:employers")),
        lambda count: [EmployerFactory(organisation=structure) for _ in range(count)],
        sizes=(1, 5, 20),
    )


def test_an_employer_is_met_then_a_workplace_then_an_analysis(team, structure):
    met = team.post(reverse("web:employer_new"), {"name": "Cantine de Belval", "organisation": structure.pk})
    employer = Employer.objects.get(name="Cantine de Belval")
    assert met.url == reverse("web:establishment_new", args=[employer.pk])

    team.post(met.url, {"name": "Cuisine centrale", "commune": "Belval"})
    place = Establishment.objects.get(employer=employer)
    opened = team.post(
        reverse("web:analysis_new", args=[place.pk]), {"title": "Un midi", "observed_on": "2026-11-20"}
    )
    analysis = TaskAnalysis.objects.get(establishment=place)
    assert opened.url == reverse("web:analysis", args=[analysis.pk])
    assert "Un midi" in text_of(team.get(reverse("web:employer", args=[employer.pk])))


def test_a_refused_employer_keeps_what_was_typed(team, structure):
    refused = team.post(
        reverse("web:employer_new"),
        {"name": "Cantine de Belval", "siret": "12345678901234", "organisation": structure.pk},
    )
    assert refused.status_code == 422
    assert "Cantine de Belval" in text_of(refused)
    assert not Employer.objects.filter(name="Cantine de Belval").exists()


@pytest.mark.parametrize(
    "typed", ["Brioches du val", "BRIOCHES DU VAL", "SARL Brioches du Val", "Brioche du Val"]
)
def test_an_employer_that_looks_like_a_known_one_is_proposed_before_it_is_added(
    team, employer, structure, typed
):
    page, form = reverse("web:employer_new"), {"name": typed, "organisation": structure.pk}
    asked = team.post(page, form)
    assert asked.status_code == 422
    assert reverse("web:employer", args=[employer.pk]) in asked.content.decode()
    assert not Employer.objects.exclude(pk=employer.pk).exists()

    assert team.post(page, {**form, "is_another": "on"}).status_code == 302
    assert Employer.objects.exclude(pk=employer.pk).get().name == typed


def test_another_name_and_an_employer_out_of_sight_ask_nothing(team, structure):
    EmployerFactory(name="Atelier des Tilleuls")
    page = reverse("web:employer_new")
    for name in ("Atelier des Tilleuls", "Atelier des Saules"):
        assert team.post(page, {"name": name, "organisation": structure.pk}).status_code == 302


def test_a_file_changed_in_between_is_told(team, employer):
    form = {"name": "Brioches", "version": "1"}
    assert team.post(reverse("web:employer_edit", args=[employer.pk]), form).status_code == 302
    again = team.post(reverse("web:employer_edit", args=[employer.pk]), {**form, "name": "Autre"})

    assert again.status_code == 422
    assert Employer.objects.get(pk=employer.pk).name == "Brioches"
