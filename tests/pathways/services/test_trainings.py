"""Trainings: written, told at their end, corrected and taken back, by both doors; what they say to a derogation."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backend.alerts.registry import alerts_for
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted, OutOfReach
from backend.core.findings import remarks
from backend.core.pages.addresses import address_of
from backend.core.values.dates import french_date
from backend.files.models import StoredFile
from backend.files.services import attach
from pathways.models import Training
from pathways.selectors import story_of, thread_of
from pathways.selectors.outside.trainings import derogation_remarks, trainings_to_come
from pathways.services import (
    cancel_training,
    correct_training,
    finish_training,
    record_derogation,
    record_training,
)
from tests.factories import (
    TODAY,
    BeneficiaryAccessFactory,
    MembershipFactory,
    StayFactory,
    TrainingFactory,
    actor_of,
    stored_on,
)
from tests.pages import text_of
from tests.signin import sign_in
from tests.worlds.two_houses import API

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Cuisine collective", "provider": "Centre inventé", "kind": "QUALIFIANTE",
    "started_on": date(2026, 11, 2), "planned_end_on": date(2026, 11, 13), "planned_hours": 70,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def seat():
    return MembershipFactory(role=Role.ADVISOR)


@pytest.fixture
def advisor(seat):
    return seat.as_actor()


@pytest.fixture
def client(seat):
    return sign_in(Client(), seat.user, seat=seat.seat_key)


@pytest.fixture
def stay(seat):
    return StayFactory(organisation=seat.organisation, advisor=seat.user, organisation__kind="ACI")


@pytest.fixture
def person(stay):
    return stay.beneficiary


@pytest.fixture
def known(person, seat):
    return TrainingFactory(beneficiary=person, organisation=seat.organisation)


def record(advisor, person, **said):
    return record_training(actor=advisor, beneficiary=person, **SAID | said)


def finish(advisor, training, **said):
    told = {"on": date(2026, 11, 13), "outcome": "SUIVIE"} | said
    return finish_training(actor=advisor, training=training, version=training.version, **told)


def test_a_training_is_written_in_the_name_of_the_structure(advisor, person, seat):
    training = record(advisor, person, title="  Cuisine collective ")
    assert (training.title, training.organisation_id) == ("Cuisine collective", seat.organisation_id)
    assert Entry.objects.filter(action="training.recorded").count() == 1


def test_its_name_stays_out_of_the_trail(advisor, person):
    finish(advisor, record(advisor, person))
    told = json.dumps(list(Entry.objects.values_list("detail", flat=True)))
    assert "Cuisine" not in told
    assert "Centre" not in told


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"on": TODAY + timedelta(days=1)}, "training_end_to_come"),
        ({"on": date(2026, 11, 1)}, "training_days"),
        ({"outcome": "ABANDONNEE"}, "training_stop_missing"),
        ({"stop_reason": "EMPLOI"}, "training_stop_elsewhere"),
        ({"outcome": "CERTIFIEE"}, "training_certificate_missing"),
        ({"certified_on": TODAY}, "training_certificate_day"),
        ({"done_days": 13}, "training_day_count"),
        ({"done_hours": 289}, "training_hours"),
    ],
)
def test_an_end_that_cannot_be_or_is_half_told_is_refused(advisor, known, said, code):
    with pytest.raises(DomainError) as refusal:
        finish(advisor, known, **said)
    assert refusal.value.code == code
    known.refresh_from_db()
    assert (known.outcome, known.ended_on) == ("", None)


def test_it_is_told_at_its_end_then_corrected_when_the_result_comes(advisor, known):
    told = finish(advisor, known, done_days=9)
    told = correct_training(
        actor=advisor, training=told, version=told.version, outcome="CERTIFIEE", certified_on=TODAY
    )
    assert (told.outcome, told.certified_on, told.done_days, told.version) == ("CERTIFIEE", TODAY, 9, 3)
    assert Entry.objects.filter(action="training.corrected").get().detail["fields"] == [
        "certified_on",
        "outcome",
    ]


def test_it_may_end_after_the_day_foreseen(advisor, known):
    assert finish(advisor, known, on=date(2026, 11, 20)).last_day == date(2026, 11, 20)


def test_a_correction_is_refused_for_what_it_brings_only(advisor, known):
    Training.objects.update(outcome="ABANDONNEE")  # as a file told it, without its reason
    known.refresh_from_db()
    known = correct_training(actor=advisor, training=known, version=1, provider="Centre inventé")
    with pytest.raises(DomainError) as refusal:
        correct_training(actor=advisor, training=known, version=2, planned_days=40)
    assert refusal.value.code == "training_day_count"


def test_whose_it_is_is_not_corrected(advisor, known):
    with pytest.raises(TypeError):
        correct_training(actor=advisor, training=known, version=1, beneficiary=known.beneficiary)


def test_two_people_do_not_write_over_each_other(advisor, known):
    finish(advisor, known)
    with pytest.raises(Conflict):
        correct_training(actor=advisor, training=known, version=1, provider="Autre")


def test_taken_back_it_keeps_its_line_without_its_files_and_changes_no_more(advisor, known, settings):
    stored_on(known)
    row = cancel_training(actor=advisor, training=known, version=1, reason="DOUBLE")
    assert row.cancel_reason == "DOUBLE"
    assert not StoredFile.objects.exists()
    with pytest.raises(Conflict) as refusal:
        finish(advisor, row)
    assert refusal.value.code == "training_is_cancelled"
    with pytest.raises(NotPermitted):
        attach(actor=advisor, row=row, sent=SimpleUploadedFile("a.pdf", b"%PDF-1.4"))


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.BENEFICIARY])
def test_only_who_accompanies_writes(role, person, seat):
    actor = (
        actor_of(role, beneficiary=person)
        if role is Role.BENEFICIARY
        else MembershipFactory(role=role, organisation=seat.organisation).as_actor()
    )
    with pytest.raises((NotPermitted, OutOfReach)):
        record(actor, person)


def test_the_page_of_the_person_shows_it_with_what_may_be_done(client, known):
    page = text_of(client.get(reverse("web:person", args=[known.beneficiary_id])))
    assert known.title in page
    assert "Il reste à dire comment elle s’est terminée." in page


def test_nothing_followed_is_said_as_such(client, known):
    Training.objects.update(planned_days=10, planned_hours="70.5", done_days=0, done_hours="0.0")
    page = text_of(client.get(reverse("web:person", args=[known.beneficiary_id])))
    told = " ".join(re.sub(r"<[^>]*>", "", page).split())
    assert "Prévu : 10 jours, 70,5 heures" in told
    assert re.search(r"Suivi : 0 jour, 0 heure\b", told)


def test_the_screens_write_finish_and_take_back(client, person):
    said = {name: str(value) for name, value in SAID.items()} | {"certification_code": "rncp 38596"}
    answer = client.post(reverse("web:training_new", args=[person.pk]), said)
    assert answer.status_code == 302, text_of(answer)
    row = Training.objects.get()
    assert row.certification_code == "RNCP38596"
    client.post(
        reverse("web:training_finish", args=[row.pk]),
        {
            "version": 1,
            "on": "2026-11-12",
            "outcome": "CERTIFIEE",
            "certified_on": "2026-11-20",
            "done_hours": "63,5",
        },
    )
    row.refresh_from_db()
    assert (row.outcome, str(row.done_hours)) == ("CERTIFIEE", "63.5")
    client.post(reverse("web:training_cancel", args=[row.pk]), {"version": 2, "reason": "DOUBLE"})
    assert client.get(reverse("web:training_edit", args=[row.pk])).status_code == 404


def test_an_end_that_cannot_be_is_said_beside_its_day(client, known):
    sent = {"version": 1, "on": "2026-10-01", "outcome": "SUIVIE"}
    answer = client.post(reverse("web:training_finish", args=[known.pk]), sent)
    assert list(answer.context["form"].errors) == ["on"]


def test_a_certificate_that_is_refused_is_said_to_be_chosen_again(client, known):
    answer = client.post(
        reverse("web:training_file", args=[known.pk]), {"file": SimpleUploadedFile("certificat.pdf", b"MZ")}
    )
    assert answer.status_code == 422
    assert "sauf un fichier joint : choisissez-le à nouveau" in text_of(answer)
    assert not StoredFile.objects.exists()


def test_the_api_says_the_same(client, person):
    body = {name: str(value) for name, value in SAID.items()} | {"beneficiary": person.pk}
    answer = client.post(f"{API}trainings/", json.dumps(body), "application/json")
    assert answer.status_code == 201, answer.content
    address = f"{API}trainings/{answer.json()['id']}/"
    told = {"on": "2026-11-13", "outcome": "ABANDONNEE"}
    finish_at = f"{address}finish/"
    refused = client.post(finish_at, json.dumps(told), "application/json", headers={"if-match": "*"})
    assert (refused.status_code, refused.json()["code"]) == (400, "training_stop_missing")
    done = client.post(
        finish_at, json.dumps(told | {"stop_reason": "EMPLOI"}), "application/json", headers={"if-match": "*"}
    )
    assert done.json()["stop_reason"] == "EMPLOI"


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (TODAY + timedelta(days=15), None),
        (TODAY + timedelta(days=14), "training_ending"),
        (TODAY, "training_ending"),
        (TODAY - timedelta(days=1), "training_to_tell"),
        (TODAY - timedelta(days=180), "training_to_tell"),
        (TODAY - timedelta(days=181), None),
    ],
)
def test_the_day_says_that_it_ends_then_asks_how(advisor, person, seat, end, kind):
    row = TrainingFactory(
        beneficiary=person, organisation=seat.organisation, started_on=date(2026, 2, 2), planned_end_on=end
    )
    said = {alert.kind: alert for alert in alerts_for(advisor, TODAY) if alert.kind.startswith("training")}
    assert list(said) == ([kind] if kind else [])
    if kind == "training_to_tell":
        assert address_of(said[kind].target, said[kind].gesture) == reverse(
            "web:training_finish", args=[row.pk]
        )
        Training.objects.update(outcome="SUIVIE")
        assert not [alert for alert in alerts_for(advisor, TODAY) if alert.kind.startswith("training")]


def test_it_is_on_the_line_in_the_story_and_in_what_comes(advisor, person, seat, known):
    (span,) = thread_of(advisor, person, today=TODAY).spans
    assert (span.nature, span.short, span.start, span.end) == (
        "Formation",
        known.title,
        known.started_on,
        known.last_day,
    )
    finish(advisor, known)
    told = [entry.title for entry in story_of(advisor, person) if entry.nature == "training"]
    assert [title.endswith("suivie jusqu’au bout") for title in told].count(True) == 1
    assert len(told) == 2
    TrainingFactory(
        beneficiary=person,
        organisation=seat.organisation,
        title="Lire",
        started_on=date(2026, 12, 1),
        planned_end_on=date(2026, 12, 18),
    )
    assert [each.on for each in trainings_to_come(advisor, person)] == [date(2026, 12, 1)]


def test_one_stopped_before_its_end_is_told_but_is_not_among_what_was_gained(advisor, person, known):
    finish(advisor, known, outcome="ABANDONNEE", stop_reason="EMPLOI")
    assert thread_of(advisor, person, today=TODAY).marks == ()
    told = [entry.title for entry in story_of(advisor, person) if entry.nature == "training"]
    assert told[0].endswith("arrêtée avant la fin")


def test_a_certificate_is_among_what_was_gained(advisor, person, known):
    finish(advisor, known, outcome="CERTIFIEE", certified_on=TODAY)
    (mark,) = thread_of(advisor, person, today=TODAY).marks
    assert (mark.nature, mark.day) == ("Certificat", TODAY)
    assert known.title in mark.label


def test_the_person_reads_their_trainings(known, person):
    account = BeneficiaryAccessFactory(beneficiary=person)
    client = sign_in(Client(), account.user, seat=account.seat_key)
    page = text_of(client.get(reverse("web:my_pathway")))
    assert "Mes formations" in page
    assert known.title in page


def asked_for_a_training(advisor, stay, **said):
    asked = {
        "motive": "FORMATION", "decider": "EMPLOYEUR", "asked_on": date(2026, 11, 2), "starts_on": date(2026, 11, 10),
        "ends_on": date(2026, 11, 13), "training_ends_on": date(2026, 11, 13),
    }  # fmt: skip
    return record_derogation(actor=advisor, stay=stay, **asked | said)


def remarked(advisor, row):
    return [each.code for each in remarks(derogation_remarks(advisor, row))]


def test_r05_a_derogation_stands_without_a_known_training_and_says_so(advisor, stay):
    assert remarked(advisor, asked_for_a_training(advisor, stay)) == ["derogation_training_unknown"]


def test_r05_a_derogation_is_held_beside_the_training_known(advisor, stay, known):
    row = asked_for_a_training(advisor, stay)
    assert remarked(advisor, row) == []
    finish(advisor, known, on=date(2026, 11, 12))
    assert remarked(advisor, row) == ["derogation_training_other_end"]
    known.refresh_from_db()
    cancel_training(actor=advisor, training=known, version=known.version, reason="DOUBLE")
    assert remarked(advisor, row) == ["derogation_training_unknown"]


def test_the_training_that_another_group_wrote_is_not_told(advisor, stay):
    TrainingFactory(beneficiary=stay.beneficiary)
    assert remarked(advisor, asked_for_a_training(advisor, stay)) == ["derogation_training_unknown"]


def test_the_form_of_a_derogation_says_when_the_training_ends(client, stay):
    row = TrainingFactory(
        beneficiary=stay.beneficiary, organisation=stay.organisation, planned_end_on=date(2027, 1, 8)
    )
    page = text_of(client.get(reverse("web:derogation_new", args=[stay.pk])))
    assert f"« {row.title} », le {french_date(row.planned_end_on)}" in page
