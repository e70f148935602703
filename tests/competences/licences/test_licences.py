"""A habilitation is written with its document, renewed, corrected, cancelled, announced; the team is read title by title."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted
from backend.core.values.dates import french_date
from backend.files.models import StoredFile
from competences.alerts import licences_ending
from competences.models import Licence
from competences.selectors.licences import titles_of_the_team
from competences.services import cancel_licence, correct_licence, record_licence
from tests.factories import LicenceFactory, OrganisationFactory, StayFactory, actor_of, sent_photo

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def house():
    return OrganisationFactory()


@pytest.fixture
def person(house):
    return StayFactory(organisation=house).beneficiary


@pytest.fixture
def manager(house):
    return actor_of(Role.MANAGER, house)


def record(manager, person, **said):
    return record_licence(
        actor=manager, beneficiary=person, **{"kind": "SST", "obtained_on": date(2025, 1, 1), **said}
    )


def test_without_last_day_the_one_of_its_rule_is_written(manager, person):
    assert record(manager, person).expires_on == date(2026, 12, 31)
    assert record(manager, person, kind="PERMIS_B").expires_on is None


def test_its_document_comes_with_it_and_goes_with_nothing_else(manager, person):
    licence = record(manager, person, file=sent_photo())
    assert StoredFile.objects.of(licence).get().title == "carte"


def test_a_document_refused_writes_nothing(manager, person):
    bad = SimpleUploadedFile("carte.svg", b"<svg/>")
    with pytest.raises(DomainError) as refusal:
        record(manager, person, file=bad)
    assert (refusal.value.code, refusal.value.field) == ("file_svg", "file")


def test_who_has_not_seen_the_paper_does_not_write_it(house, person):
    with pytest.raises(NotPermitted):
        record(actor_of(Role.SUPERVISOR, house), person)


def test_a_correction_says_in_the_trail_what_it_was(manager, person):
    licence = record(manager, person)
    correct_licence(actor=manager, licence=licence, version=1, obtained_on=date(2025, 3, 1), expires_on=None)
    licence.refresh_from_db()
    assert (licence.obtained_on, licence.expires_on, licence.version) == (
        date(2025, 3, 1),
        date(2027, 2, 28),
        2,
    )
    line = Entry.objects.about(licence).get(action="licence.corrected")
    assert line.detail["obtained_on"] == "2025-01-01"
    with pytest.raises(Conflict):
        correct_licence(actor=manager, licence=licence, version=1, issuer="Un autre")


def test_one_typed_by_mistake_counts_no_more_and_keeps_its_reason(manager, person):
    licence = record(manager, person)
    cancel_licence(actor=manager, licence=licence, version=1, reason="Mauvaise personne")
    assert not Licence.objects.standing().exists()
    with pytest.raises(NotPermitted):
        correct_licence(actor=manager, licence=licence, version=2, issuer="x")


def test_the_end_is_announced_until_it_is_renewed(manager, person):
    licence = record(manager, person)
    alert = next(iter(licences_ending(manager, TODAY)))
    assert (alert.target, alert.due_on, alert.title) == (
        licence,
        date(2026, 12, 31),
        "Habilitation à renouveler",
    )
    later = TODAY + timedelta(days=60)
    assert [each.title for each in licences_ending(manager, later)] == ["Habilitation finie"]
    record(manager, person, obtained_on=date(2026, 11, 20))
    assert list(licences_ending(manager, TODAY)) == []


@pytest.mark.parametrize(("days", "heard"), [(90, True), (91, False), (-90, True), (-91, False)])
def test_it_is_announced_in_the_days_the_setting_says(manager, person, days, heard):
    LicenceFactory(beneficiary=person, obtained_on=date(2020, 1, 1), expires_on=TODAY + timedelta(days=days))
    assert bool(list(licences_ending(manager, TODAY))) is heard


def test_a_supervisor_hears_no_alert_and_reads_the_team(house, person, manager):
    record(manager, person)
    supervisor = actor_of(Role.SUPERVISOR, house)
    assert list(licences_ending(supervisor, TODAY)) == []
    title = titles_of_the_team(supervisor, TODAY)[0]
    assert (title.name, len(title.can), len(title.no_longer)) == ("Sauveteur secouriste du travail", 1, 0)
    gone = titles_of_the_team(supervisor, date(2027, 1, 1))[0]
    assert (len(gone.can), len(gone.no_longer)) == (0, 1)


def test_who_can_drive_is_answered_by_what_lets_one_drive(advisor, place):
    for kind in ("SST", "PERMIS_B"):
        LicenceFactory(
            beneficiary=place.solange, kind=kind, label="", obtained_on=date(2025, 1, 1), expires_on=None
        )

    def page(asked=""):
        return advisor.get(reverse("web:licences") + asked).content.decode()

    driving, aid, every = page(), page("?habilitation=SST"), page("?habilitation=TOUTES")
    assert "Qui peut conduire demain" in driving
    assert 'id="title-1">Permis B</h2>' in driving
    assert "title-2" not in driving
    assert "Qui est habilité demain" in aid
    assert "Sauveteur secouriste du travail</h2>" in aid
    assert "title-2" in every
    assert f"Qui peut conduire le {french_date(date(2026, 11, 30))}" in page("?le=2026-11-30")


def test_somebody_elses_people_are_not_in_the_team(manager, person):
    record(manager, person)
    assert titles_of_the_team(actor_of(Role.MANAGER), TODAY) == []


def test_the_pages_write_renew_correct_cancel_and_show(advisor, place):
    person = place.solange
    page = reverse("web:person", args=[person.pk])
    sent = {"kind": "CACES_R489", "label": "catégorie 3", "obtained_on": "2022-01-15", "file": sent_photo()}
    answer = advisor.post(reverse("web:licence_new", args=[person.pk]), sent)
    assert (answer.status_code, answer["Location"]) == (302, page)
    licence = Licence.objects.filter(beneficiary=person).latest("pk")
    shown = advisor.get(page).content.decode()
    assert "CACES R489 – Chariots élévateurs, catégorie 3" in shown
    assert reverse("web:file", args=[StoredFile.objects.of(licence).get().pk]) in shown
    form = advisor.get(reverse("web:licence_renew", args=[licence.pk])).content.decode()
    assert "catégorie 3" in form
    assert 'enctype="multipart/form-data"' in form
    wrong = advisor.post(
        reverse("web:licence_edit", args=[licence.pk]),
        {
            "kind": "CACES_R489",
            "obtained_on": "2022-01-15",
            "expires_on": "2032-01-14",
            "version": licence.version,
        },
    )
    assert wrong.status_code == 422
    assert f"elle est valable au plus jusqu’au {french_date(date(2027, 1, 14))}" in wrong.content.decode()
    answer = advisor.post(
        reverse("web:licence_cancel", args=[licence.pk]), {"reason": "Doublon", "version": licence.version}
    )
    assert answer.status_code == 302
    assert "Chariots élévateurs" not in advisor.get(page).content.decode()


def test_the_page_of_the_team_survives_what_is_asked(advisor):
    for asked in ("", "?le=2026-12-01", "?le=abc", "?le=9999-12-31", "?habilitation=SST", "?habilitation=x"):
        assert advisor.get(reverse("web:licences") + asked).status_code == 200
