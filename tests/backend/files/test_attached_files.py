"""A file is kept sealed, opened by who reads what carries it, and gone with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError, OutOfReach
from backend.exchange.exporting import export_bundle
from backend.files import carriers, vault
from backend.files.models import StoredFile
from backend.files.services import MOST_FILES, attach, clean_title, forget_files, open_file, take_away
from tests.factories import (
    AssessmentFactory,
    LicenceFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
    sent_photo,
    small_photo,
    stored_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganisationFactory()


@pytest.fixture
def licence(house):
    return LicenceFactory(beneficiary=StayFactory(organisation=house).beneficiary)


@pytest.fixture
def manager(house):
    return actor_of(Role.MANAGER, house)


def on_disk(stored):
    return Path(settings.DATA_DIR) / "files" / stored.place


def test_what_is_kept_is_sealed_under_a_name_that_says_nothing(manager, licence):
    """SEC-27."""
    stored = attach(actor=manager, row=licence, sent=sent_photo("CACES de Lina.jpg"))
    kept = on_disk(stored).read_bytes()
    assert small_photo()[:3] not in kept[:64]
    assert "Lina" not in stored.place
    assert oct(on_disk(stored).stat().st_mode)[-3:] == "600"
    opened = open_file(actor=manager, stored=stored)
    assert opened.startswith(b"\xff\xd8\xff")
    actions = set(Entry.objects.about(stored).values_list("action", flat=True))
    assert actions == {"file.added", "file.read"}


def test_bytes_changed_or_moved_on_disk_do_not_open(manager, licence):
    """SEC-38."""
    one, other = stored_on(licence), stored_on(licence)
    on_disk(one).write_bytes(on_disk(other).read_bytes())
    with pytest.raises(DomainError) as refusal:
        open_file(actor=manager, stored=one)
    assert refusal.value.code == "file_lost"


def test_another_structure_does_not_find_it(licence):
    stored, stranger = stored_on(licence), actor_of(Role.MANAGER)
    assert not StoredFile.objects.visible_to(stranger).exists()
    for gesture in (open_file, take_away):
        with pytest.raises(OutOfReach):
            gesture(actor=stranger, stored=stored)
    with pytest.raises(OutOfReach):
        attach(actor=stranger, row=licence, sent=sent_photo())


def test_who_saw_it_proves_it_and_a_colleague_beside_does_not(house, licence):
    seen_by = actor_of(Role.SUPERVISOR, house)
    reading = AssessmentFactory(beneficiary=licence.beneficiary, observer_id=seen_by.user_id)
    stored = attach(actor=seen_by, row=reading, sent=sent_photo())
    beside = actor_of(Role.SUPERVISOR, house)
    assert open_file(actor=beside, stored=stored)
    for row in (reading, licence):
        with pytest.raises(DomainError) as refusal:
            attach(actor=beside, row=row, sent=sent_photo())
        assert refusal.value.code == "not_yours"


def test_a_row_carries_a_few_files_only(manager, licence):
    for _ in range(MOST_FILES):
        stored_on(licence)
    with pytest.raises(DomainError) as refusal:
        attach(actor=manager, row=licence, sent=sent_photo())
    assert refusal.value.code == "too_many_files"


def test_a_file_too_large_is_refused_before_anything_reads_it(manager, licence, settings, monkeypatch):
    settings.FILES_MAX_BYTES = 100
    monkeypatch.setattr("backend.files.services.check", lambda content: pytest.fail("it was looked at"))
    big = sent_photo()
    with pytest.raises(DomainError) as refusal:
        attach(actor=manager, row=licence, sent=big)
    assert refusal.value.code == "file_too_large"
    big.size = 1  # what is announced is not believed
    big.seek(0)
    with pytest.raises(DomainError):
        attach(actor=manager, row=licence, sent=big)


def test_what_is_taken_away_leaves_no_byte(manager, licence, django_capture_on_commit_callbacks):
    one, other = stored_on(licence), stored_on(licence)
    with django_capture_on_commit_callbacks(execute=True):
        take_away(actor=manager, stored=one)
    assert not on_disk(one).exists()
    with django_capture_on_commit_callbacks(execute=True):
        forget_files(licence)
    assert not on_disk(other).exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd.jpg", "passwd"),
        ("C:\\dossier\\x\\carte.pdf", "carte"),
        ("a<script>.png", "a script"),
        ("ligne\r\nContent-Type: text.pdf", "ligne Content-Type: text"),
        ("\u202egnp.exe.jpg", "gnp.exe"),
        ("x" * 300 + ".pdf", "x" * 120),
        ("", ""),
    ],
)
def test_a_name_is_only_words(name, title):
    assert clean_title(name) == title


def test_it_leaves_as_something_to_save(advisor, place):
    """SEC-27."""
    stored = stored_on(LicenceFactory(beneficiary=place.solange), title="<b>carte</b>")
    answer = advisor.get(reverse("web:file", args=[stored.pk]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="piece-{stored.pk.hex[:8]}.jpg"'
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_one_page_takes_it_away_and_comes_back_on_this_site_only(advisor, place):
    stored = stored_on(LicenceFactory(beneficiary=place.solange))
    address = reverse("web:file_take_away", args=[stored.pk])
    assert "https://example.org" not in advisor.get(f"{address}?retour=https://example.org").content.decode()
    answer = advisor.post(address, {"retour": f"/personnes/{place.solange.pk}/"})
    assert (answer.status_code, answer["Location"]) == (302, f"/personnes/{place.solange.pk}/")
    assert not StoredFile.objects.filter(pk=stored.pk).exists()


def test_everything_taken_out_holds_the_files_opened(licence, tmp_path):
    stored = stored_on(licence)
    export_bundle(actor=Actor.operator(), folder=tmp_path / "out")
    taken = tmp_path / "out" / "pieces" / f"{stored.pk}.jpg"
    assert taken.read_bytes() == small_photo()
    table = (tmp_path / "out" / "autres" / "files_storedfile.csv").read_text("utf-8")
    assert "sealed_key" not in table.splitlines()[0]
    assert str(stored.pk) in table


def test_a_lost_file_does_not_stop_the_way_out(licence, tmp_path):
    stored = stored_on(licence)
    vault.drop(stored.place)
    assert export_bundle(actor=Actor.operator(), folder=tmp_path / "out")["pieces"] == 0


def test_every_carrier_says_who_sees_its_rows():
    assert {each.label for each in carriers.registered()} >= {"competences.licence", "competences.assessment"}
    for carrier in carriers.registered():
        assert hasattr(carrier.model._default_manager.all(), "visible_to")
