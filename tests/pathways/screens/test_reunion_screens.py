"""The pages and the API of files made one: what is read before, what is refused, what is said after."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Role
from pathways.models import Beneficiary, Reunion, Stay, ToldApart
from tests import factories as make
from tests.worlds.two_houses import API, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def house():
    return make.OrganisationFactory(name="Chantier des Rives")


@pytest.fixture
def client(house):
    return client_of(make.actor_of(Role.MANAGER, house))


def somebody(house, **names):
    person = make.BeneficiaryFactory(**{"last_name": "Fictive", "first_name": "Solange", **names})
    make.StayFactory(beneficiary=person, organisation=house, started_on=date(2026, 3, 2))
    return person


@pytest.fixture
def twins(house):
    return somebody(house), somebody(house, last_name="Fictyve", phone="06 00 00 00 01")


def join_page(kept, gone):
    return f"{reverse('web:person_join', args=[kept.pk])}?avec={gone.pk}"


def test_the_page_of_a_person_leads_to_the_file_that_looks_like_it(client, twins):
    kept, gone = twins
    address = reverse("web:person_join", args=[kept.pk])
    assert address in client.get(reverse("web:person", args=[kept.pk])).content.decode()
    chosen = client.get(address).content.decode()
    assert "Solange Fictyve" in chosen
    assert "noms à une ou deux lettres près" in chosen
    assert f"?avec={gone.pk}" in chosen
    found = client.post(address, {"q": "fictyve"}).content.decode()
    assert f"?avec={gone.pk}" in found


def test_the_link_to_a_joined_file_leads_to_the_kept_one_for_who_reads_it(client, house, twins):
    kept, gone = twins
    number = gone.pk
    gone.stays.all().delete()
    gone.delete()
    make.ReunionFactory(kept=kept, gone_id=number)
    old = reverse("web:person", args=[number])

    told = client.get(old, follow=True)
    assert told.redirect_chain == [(reverse("web:person", args=[kept.pk]), 302)]
    assert "menait à une fiche réunie à celle-ci" in told.content.decode()

    elsewhere = client_of(make.actor_of(Role.MANAGER, make.OrganisationFactory()))
    assert elsewhere.get(old).status_code == 404

    Reunion.objects.update(separated_at=timezone.now())
    assert client.get(old).status_code == 404


def test_two_files_are_compared_chosen_joined_and_separated(client, twins):
    kept, gone = twins
    address = join_page(kept, gone)
    page = client.get(address).content.decode()
    assert "Fictive (fiche gardée)" in page
    assert "Fictyve (l’autre fiche)" in page
    assert "1 passage en structure" in page
    seen = client.get(address).context["form"]["version"].value()
    said = {"other": gone.pk, "version": seen}
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "Choisissez ce qui est juste." in refused.content.decode()
    done = client.post(address, {**said, "is_sure": "on", "choix-0": "gone"}, follow=True).content.decode()
    assert "Les deux fiches n’en font plus qu’une." in done
    reunion = Reunion.objects.get()
    separate = reverse("web:reunion_separate", args=[reunion.pk])
    assert separate in done
    assert Beneficiary.objects.get().last_name == "Fictyve"
    assert client.get(reverse("web:person", args=[gone.pk])).url == reverse("web:person", args=[kept.pk])
    back = client.post(separate, {"form_id": "separer"}, follow=True).content.decode()
    assert "Les deux fiches sont séparées" in back
    assert sorted(Beneficiary.objects.values_list("last_name", flat=True)) == ["Fictive", "Fictyve"]


def test_a_file_changed_meanwhile_is_read_again_before_anything_is_joined(client, twins):
    kept, gone = twins
    address = join_page(kept, gone)
    seen = client.get(address).context["form"]["version"].value()
    make.GoalFactory(beneficiary=gone, organisation=None)
    answer = client.post(address, {"other": gone.pk, "version": seen, "is_sure": "on", "choix-0": "kept"})
    assert answer.status_code == 422
    assert "a changé depuis" in answer.content.decode()
    again = {"other": gone.pk, "version": answer.context["form"]["version"].value()}
    assert client.post(address, {**again, "is_sure": "on", "choix-0": "kept"}).status_code == 302


@pytest.mark.parametrize("number", ["0", "999999999", "abc"])
def test_another_file_that_is_not_there_is_absent(client, twins, number):
    answer = client.get(f"{reverse('web:person_join', args=[twins[0].pk])}?avec={number}")
    assert answer.status_code in {200, 404}
    assert "Réunir les deux fiches" not in answer.content.decode()


def test_a_file_of_another_house_answers_as_an_absent_one(client, twins):
    elsewhere = somebody(make.OrganisationFactory())
    kept, _ = twins
    for one, other in ((kept, elsewhere), (elsewhere, kept)):
        assert client.get(join_page(one, other)).status_code == 404
    assert client.get(join_page(kept, kept)).status_code == 404
    compared = client.get(f"{API}people/{kept.pk}/compare/?with={elsewhere.pk}")
    assert (compared.status_code, compared.content) == (
        404, client.get(f"{API}people/{kept.pk}/compare/?with=999999999").content,
    )  # fmt: skip
    listed = client.get(reverse("web:look_alikes")).content.decode()
    assert reverse("web:person", args=[elsewhere.pk]) not in listed


def test_two_people_told_apart_leave_the_list_and_may_come_back(client, twins):
    one, other = twins
    page = reverse("web:look_alikes")
    assert "1\xa0paire à regarder" in client.get(page).content.decode()
    told = client.post(
        reverse("web:told_apart", args=[one.pk]), {"other": other.pk}, follow=True
    ).content.decode()
    assert "Aucune fiche n’en rappelle une autre." in told
    assert "Deux personnes, vous l’avez dit" in told
    pair = ToldApart.objects.get()
    assert client.get(f"{API}people/{one.pk}/look_alikes/").json() == []
    back = client.post(reverse("web:told_apart_undo", args=[pair.pk]), follow=True).content.decode()
    assert "1\xa0paire à regarder" in back


def test_the_api_compares_joins_and_separates(client, twins):
    kept, gone = twins
    (like,) = client.get(f"{API}people/{kept.pk}/look_alikes/").json()
    assert (like["id"], like["likeness"]) == (gone.pk, "LIKELY")
    compared = client.get(f"{API}people/{kept.pk}/compare/?with={gone.pk}").json()
    body = {"kept": kept.pk, "gone": gone.pk, "seen": compared["seen"]}
    send = {"content_type": "application/json"}
    refused = client.post(f"{API}reunions/", body, **send)
    assert (refused.status_code, refused.json()["code"]) == (400, "to_choose")
    choices = {each["key"]: "kept" for each in compared["conflicts"]}
    made = client.post(f"{API}reunions/", {**body, "choices": choices}, **send)
    assert made.status_code == 201, made.content
    assert made.json()["last_day"] == "2026-12-22"
    assert Stay.objects.get().beneficiary == kept
    undone = client.post(f"{API}reunions/{made.json()['id']}/separate/", {}, **send)
    assert undone.json() == {"left_as_changed": 0, "went_along": 0, "let_go": 0, "lost": 0}
    assert Beneficiary.objects.filter(pk=gone.pk).exists()
