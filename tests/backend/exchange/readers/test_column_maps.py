"""What was said of the columns of a table is listed, corrected, shared within the group and forgotten."""

from __future__ import annotations

import pytest
from django.urls import reverse

from backend.accounts.models import User
from backend.core import steps
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from backend.exchange import services
from backend.exchange.matching.applying import Choice
from backend.exchange.models import ColumnMap
from backend.organisations.models import Belonging
from tests.backend.exchange.import_jobs import checked
from tests.backend.exchange.sheets import csv_file
from tests.factories import OrganisationFactory, actor_of
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_dir")]
LINES = ["Matricule;Nom;Prénom;Nature;Début", "1;Fictive;Solange;chantier;05/01/2026"]


@pytest.fixture
def kept(manager, monkeypatch):
    """The correspondence that a first sending leaves."""
    monkeypatch.setattr("backend.core.jobs.send", lambda task, job, words: True)
    job = checked(manager, csv_file("suivi.csv", *LINES))
    tables = services.asked_tables(job)
    choices = services.choices_sent(tables, {"0:3:chantier": "CDDI"})
    services.choose_columns(actor=manager, job=job, choices=choices)
    return ColumnMap.objects.get()


def columns(row, **others):
    """The columns kept, some of them otherwise."""
    return [others.get(title.lower(), key) for title, key in zip(row.titles, row.columns, strict=True)]


def test_it_says_what_it_is_of_and_its_words(kept):
    assert (kept.name, kept.titles) == ("le fichier « suivi.csv »", LINES[0].split(";"))
    table = services.table_of(kept)
    assert [column.target for column in table.columns] == kept.columns
    assert [column.choices for column in table.columns][3] == [("chantier", "CDDI")]


def test_the_next_sending_follows_the_correction(kept, manager):
    choice = Choice(kept.columns, {"contrats.type": {"chantier": "CDD"}})
    services.correct_column_map(actor=manager, row=kept, seen=steps.seen(kept), choice=choice)
    job = checked(manager, csv_file("autre.csv", *LINES))
    assert not job.needs_columns
    assert [each["file"] for each in services.first_faults(job) if "file" in each] == []
    assert ColumnMap.objects.get().values == {"contrats.type": {"chantier": "CDD"}}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"prénom": "salaries.nom"}, "same_column_twice"),
        ({"début": ""}, "column_missing"),
        ({"matricule": "", "nom": "", "prénom": "", "nature": "", "début": ""}, "no_column"),
    ],
)
def test_what_would_read_nothing_is_refused(kept, manager, said, code):
    choice = Choice(columns(kept, **said), kept.values)
    with pytest.raises(DomainError) as refused:
        services.correct_column_map(actor=manager, row=kept, seen=steps.seen(kept), choice=choice)
    assert refused.value.code == code


def test_it_is_shared_with_a_group_and_no_more(kept, manager, here, there):
    sister = actor_of(Role.MANAGER, OrganisationFactory(kind="ACI", group=here.group))
    stranger = actor_of(Role.MANAGER, there)
    for is_shared in (True, False):
        row = ColumnMap.objects.get()
        services.correct_column_map(actor=manager, row=row, seen=steps.seen(row), is_shared=is_shared)
        assert checked(sister, csv_file("suivi.csv", *LINES)).needs_columns is not is_shared
        assert checked(stranger, csv_file("suivi.csv", *LINES)).needs_columns


def test_alone_there_is_nobody_to_share_with(kept, manager, here):
    Belonging.objects.filter(organisation=here).delete()
    services.correct_column_map(actor=manager, row=kept, seen=steps.seen(kept), is_shared=True)
    assert not ColumnMap.objects.get().is_shared


def test_two_hands_do_not_undo_each_other(kept, manager):
    seen = steps.seen(kept)
    services.correct_column_map(actor=manager, row=kept, seen=seen, choice=Choice(kept.columns))
    with pytest.raises(Conflict):
        services.correct_column_map(actor=manager, row=kept, seen=seen, is_shared=True)


def test_forgotten_it_is_asked_again(kept, manager):
    services.forget_column_map(actor=manager, row=kept)
    assert checked(manager, csv_file("suivi.csv", *LINES)).needs_columns


def test_it_is_of_whoever_brings_data_in(kept, here, there):
    for actor in (actor_of(Role.MANAGER, there), actor_of(Role.ADVISOR, here)):
        assert not ColumnMap.objects.visible_to(actor).exists()
        with pytest.raises((NotPermitted, DomainError)):
            services.forget_column_map(actor=actor, row=kept)
    assert ColumnMap.objects.exists()


@pytest.fixture
def signed_in(client, manager):
    return sign_in(client, User.objects.get(pk=manager.user_id))


def test_the_pages_list_correct_and_forget(signed_in, kept):
    page = signed_in.get(reverse("web:column_maps")).content.decode()
    assert "Matricule · Nom · Prénom" in page
    answers = {f"{0}:{rank}": key for rank, key in enumerate(kept.columns)} | {"0:3:chantier": "CDD"}
    address = reverse("web:column_map", args=[kept.pk])
    stale = signed_in.post(address, answers | {"seen": "vieux"})
    assert stale.status_code == 422
    looked = signed_in.post(address, answers | {"look": "1"})
    assert looked.status_code == 200
    assert ColumnMap.objects.get().values == {"contrats.type": {"chantier": "CDDI"}}, "looking keeps nothing"
    assert signed_in.post(address, answers | {"seen": steps.seen(kept)}).status_code == 302
    assert ColumnMap.objects.get().values == {"contrats.type": {"chantier": "CDD"}}
    signed_in.post(reverse("web:column_map_forget", args=[kept.pk]))
    assert not ColumnMap.objects.exists()
