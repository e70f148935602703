"""Immersions (PMSMP): written, renewed once, ended early, told, corrected and taken back, by both doors."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from backend.alerts.registry import alerts_for
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, OutOfReach
from backend.core.pages.addresses import address_of
from pathways.models import Immersion
from pathways.selectors import story_of, thread_of
from pathways.selectors.outside.immersions import immersions_to_come
from pathways.services import (
    cancel_immersion,
    correct_immersion,
    end_immersion,
    record_immersion,
    renew_immersion,
    review_immersion,
)
from tests.factories import (
    TODAY,
    ContractFactory,
    ImmersionFactory,
    MembershipFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
)
from tests.pages import text_of
from tests.queries import assert_same_queries
from tests.signin import sign_in
from tests.worlds.two_houses import API

pytestmark = pytest.mark.django_db
SAID = {
    "prescriber": "FRANCE_TRAVAIL", "host_name": "Verger rêvé", "host_town": "Rêveville", "purpose": "DECOUVRIR",
    "objectives": "Voir la cueillette", "started_on": date(2026, 11, 2), "planned_end_on": date(2026, 11, 13),
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
    return StayFactory(organisation=seat.organisation, advisor=seat.user)


@pytest.fixture
def person(stay):
    return stay.beneficiary


@pytest.fixture
def known(person, seat):
    return ImmersionFactory(beneficiary=person, organisation=seat.organisation)


def record(advisor, person, **said):
    return record_immersion(actor=advisor, beneficiary=person, **SAID | said)


def test_a_convention_is_written_in_the_name_of_the_structure(advisor, person, seat):
    immersion = record(advisor, person, host_name="  Verger rêvé ")
    assert (immersion.host_name, immersion.organisation_id) == ("Verger rêvé", seat.organisation_id)
    assert Entry.objects.filter(action="immersion.recorded").count() == 1


def test_the_words_of_the_person_and_of_the_host_stay_out_of_the_trail(advisor, person):
    immersion = record(advisor, person)
    review_immersion(
        actor=advisor, immersion=immersion, version=1, reviewed_on=TODAY, tutor_review="Très à l’aise"
    )
    told = json.dumps(list(Entry.objects.values_list("detail", flat=True)))
    assert "Verger" not in told
    assert "à l’aise" not in told


def test_r32_too_long_a_convention_is_refused_and_nothing_is_written(advisor, person):
    with pytest.raises(DomainError) as refusal:
        record(advisor, person, planned_end_on=date(2026, 12, 2))
    assert (refusal.value.code, refusal.value.field) == ("immersion_month", "planned_end_on")
    assert "D5135-3" in refusal.value.basis
    assert not Immersion.objects.exists()


def test_r33_the_cddi_of_the_day_is_the_one_counted_chain_included(advisor, person, stay):
    first = ContractFactory(stay=stay, started_on=date(2026, 8, 1), planned_end_on=date(2026, 9, 30))
    ContractFactory(stay=stay, started_on=date(2026, 10, 1), planned_end_on=date(2026, 11, 8), initial=first)
    # A hundred days: twenty-five of immersion.
    record(advisor, person, started_on=date(2026, 9, 1), planned_end_on=date(2026, 9, 18))
    with pytest.raises(DomainError) as refusal:
        record(
            advisor,
            person,
            host_name="Moulin songé",
            started_on=date(2026, 10, 12),
            planned_end_on=date(2026, 10, 19),
        )
    assert refusal.value.code == "immersion_share"
    record(
        advisor,
        person,
        host_name="Moulin songé",
        started_on=date(2026, 10, 12),
        planned_end_on=date(2026, 10, 18),
    )


def test_r34_the_kind_of_the_structure_that_prescribes_is_read(person):
    etti = OrganisationFactory(kind="ETTI")
    StayFactory(beneficiary=person, organisation=etti)
    manager = actor_of(Role.MANAGER, etti)
    with pytest.raises(DomainError) as refusal:
        record(manager, person, prescriber="STRUCTURE")
    assert refusal.value.code == "immersion_prescriber"
    assert record(manager, person).prescriber == "FRANCE_TRAVAIL"


def test_r32_the_law_counts_what_was_written_elsewhere_too(advisor, person):
    for month in (3, 6):
        ImmersionFactory(
            beneficiary=person, host_name="Verger rêvé", host_town="Rêveville", objectives=f"Autre {month}",
            started_on=date(2026, month, 2), planned_end_on=date(2026, month, 6),
        )  # fmt: skip
    with pytest.raises(DomainError) as refusal:
        record(advisor, person)
    assert refusal.value.code == "immersion_same_host"


def test_a_renewal_keeps_the_host_the_object_and_the_tutor(advisor, known):
    renewal = renew_immersion(
        actor=advisor,
        immersion=known,
        version=1,
        started_on=date(2026, 11, 16),
        planned_end_on=date(2026, 11, 20),
    )
    assert (renewal.renews_id, renewal.host_name, renewal.purpose) == (
        known.pk,
        known.host_name,
        known.purpose,
    )
    known.refresh_from_db()
    with pytest.raises(DomainError) as refusal:
        renew_immersion(
            actor=advisor, immersion=known, version=known.version,
            started_on=date(2026, 11, 23), planned_end_on=date(2026, 11, 24),
        )  # fmt: skip
    assert refusal.value.code == "immersion_renewed_twice"


def test_what_is_cut_short_counts_for_what_it_was(advisor, known):
    end_immersion(actor=advisor, immersion=known, version=1, on=date(2026, 11, 4))
    known.refresh_from_db()
    assert (known.last_day, known.version) == (date(2026, 11, 4), 2)
    with pytest.raises(DomainError) as refusal:
        end_immersion(actor=advisor, immersion=known, version=2, on=date(2026, 11, 14))
    assert refusal.value.code == "immersion_past_its_end"


def test_one_told_against_the_law_may_still_have_its_tutor_corrected(advisor, known):
    Immersion.objects.update(planned_end_on=date(2026, 12, 31))
    corrected = correct_immersion(actor=advisor, immersion=known, version=1, tutor_name=" Paul Prétendu ")
    assert corrected.tutor_name == "Paul Prétendu"
    with pytest.raises(DomainError):
        correct_immersion(actor=advisor, immersion=known, version=2, ended_on=date(2026, 11, 1))


def test_two_people_who_correct_are_told(advisor, known):
    correct_immersion(actor=advisor, immersion=known, version=1, tutor_name="Paul Prétendu")
    with pytest.raises(Conflict):
        correct_immersion(actor=advisor, immersion=known, version=1, tutor_name="Une autre")


def test_one_taken_back_counts_no_more_and_changes_no_more(advisor, person, known):
    taken = cancel_immersion(actor=advisor, immersion=known, version=1, reason="DOUBLE")
    assert taken.cancelled_at is not None
    again = {"host_name": known.host_name, "host_town": known.host_town, "objectives": known.objectives}
    record(advisor, person, **again)
    with pytest.raises(Conflict) as refusal:
        review_immersion(actor=advisor, immersion=known, version=2, reviewed_on=TODAY, tutor_review="Bien")
    assert refusal.value.code == "immersion_is_cancelled"


def test_a_renewed_one_is_taken_back_after_its_renewal(advisor, known):
    renewal = ImmersionFactory(beneficiary=known.beneficiary, organisation=known.organisation, renews=known)
    with pytest.raises(Conflict) as refusal:
        cancel_immersion(actor=advisor, immersion=known, version=1, reason="DOUBLE")
    assert refusal.value.code == "immersion_is_renewed"
    cancel_immersion(actor=advisor, immersion=renewal, version=1, reason="DOUBLE")
    cancel_immersion(actor=advisor, immersion=known, version=1, reason="DOUBLE")


def test_a_stranger_writes_nothing(known):
    with pytest.raises(OutOfReach):
        correct_immersion(actor=actor_of(Role.MANAGER), immersion=known, version=1, tutor_name="X")


def test_the_thread_and_the_story_tell_it(advisor, person, known):
    known.tutor_review, known.reviewed_on = "Très à l’aise.", date(2026, 11, 16)
    known.save()
    cancelled = ImmersionFactory(beneficiary=person, organisation=known.organisation, host_name="Erreur")
    cancel_immersion(actor=advisor, immersion=cancelled, version=1, reason="DOUBLE")
    titles = [entry.title.replace("\u00a0", " ") for entry in story_of(advisor, person)]
    assert f"Immersion chez {known.host_name}, jusqu’au 13 novembre 2026" in titles
    assert f"Bilan de l’immersion chez {known.host_name}" in titles
    assert not any("Erreur" in title for title in titles)
    (span,) = thread_of(advisor, person, today=TODAY).spans
    assert (span.label, span.start, span.end) == (
        f"Immersion chez {known.host_name}",
        known.started_on,
        known.last_day,
    )


def test_what_is_to_come_is_on_the_calendar_of_the_person(advisor, person, seat):
    def lasts(host, first, last):
        days = {"started_on": TODAY + timedelta(days=first), "planned_end_on": TODAY + timedelta(days=last)}
        ImmersionFactory(beneficiary=person, organisation=seat.organisation, host_name=host, **days)

    lasts("Demain", 3, 9)
    lasts("En ce moment", 0, 0)
    lasts("Passée", -9, -1)
    told = {each.text: each.on for each in immersions_to_come(advisor, person)}
    assert told == {
        "Immersion chez Demain : elle commence le": TODAY + timedelta(days=3),
        "Immersion chez En ce moment : elle se termine le": TODAY,
    }


@pytest.mark.parametrize(
    ("ends_in", "kind"),
    [
        (8, None),
        (7, "immersion_ending"),
        (0, "immersion_ending"),
        (-1, "immersion_to_review"),
        (-120, "immersion_to_review"),
        (-121, None),
    ],
)
def test_its_end_and_its_missing_words_are_alerts(advisor, person, seat, ends_in, kind):
    end = TODAY + timedelta(days=ends_in)
    row = ImmersionFactory(
        beneficiary=person,
        organisation=seat.organisation,
        started_on=end - timedelta(days=10),
        planned_end_on=end,
    )
    found = [each for each in alerts_for(advisor, TODAY) if each.kind.startswith("immersion")]
    assert [each.kind for each in found] == ([kind] if kind else [])
    for each in found:
        assert address_of(each.target, each.gesture) == reverse("web:immersion_review", args=[row.pk])


def test_one_told_by_both_or_renewed_asks_nothing(advisor, person, seat):
    told = {"tutor_review": "Bien", "person_review": "Bien"}
    ImmersionFactory(beneficiary=person, organisation=seat.organisation, **told)
    first = ImmersionFactory(beneficiary=person, organisation=seat.organisation)
    ImmersionFactory(beneficiary=person, organisation=seat.organisation, renews=first, **told)
    assert [each for each in alerts_for(advisor, TODAY) if each.kind.startswith("immersion")] == []


def test_the_page_lists_them_with_their_gestures(client, person, known):
    page = client.get(reverse("web:person", args=[person.pk])).content.decode()
    for name in ("immersion_edit", "immersion_renew", "immersion_review", "immersion_cancel"):
        assert reverse(f"web:{name}", args=[known.pk]) in page
    assert reverse("web:immersion_end", args=[known.pk]) not in page
    assert "Le bilan reste à écrire." in page


def test_the_page_asks_no_more_for_ten_of_them(client, person, seat):
    def grow(count):
        for _ in range(count):
            ImmersionFactory(beneficiary=person, organisation=seat.organisation)

    assert_same_queries(lambda: client.get(reverse("web:person", args=[person.pk])), grow)


def test_a_refusal_on_the_screen_keeps_what_was_typed_and_says_the_text(client, person):
    typed = {key: str(value) for key, value in SAID.items()} | {"planned_end_on": "2026-12-15"}
    answer = client.post(reverse("web:immersion_new", args=[person.pk]), typed)
    assert answer.status_code == 422
    words = text_of(answer)
    assert "jusqu’au 1er décembre 2026" in words.replace("\u00a0", " ")
    assert "D5135-3" in words
    assert "Voir la cueillette" in answer.content.decode()


def test_the_whole_story_by_the_screen(client, person):
    typed = {key: str(value) for key, value in SAID.items()}
    assert client.post(reverse("web:immersion_new", args=[person.pk]), typed).status_code == 302
    row = Immersion.objects.get()
    renew = {"version": row.version, "started_on": "2026-11-16", "planned_end_on": "2026-11-20"}
    assert client.post(reverse("web:immersion_renew", args=[row.pk]), renew).status_code == 302
    renewal = Immersion.objects.get(renews=row)
    said = {
        "version": renewal.version,
        "reviewed_on": "2026-11-20",
        "tutor_review": "À l’aise",
        "person_review": "Cela me plaît",
    }
    assert client.post(reverse("web:immersion_review", args=[renewal.pk]), said).status_code == 302
    assert (
        client.post(
            reverse("web:immersion_cancel", args=[renewal.pk]),
            {"version": renewal.version + 1, "reason": "DOUBLE"},
        ).status_code
        == 302
    )
    renewal.refresh_from_db()
    assert (renewal.person_review, renewal.cancel_reason) == ("Cela me plaît", "DOUBLE")


def test_the_API_says_the_same_refusal(client, person):
    body = {"beneficiary": person.pk} | {key: str(value) for key, value in SAID.items()}
    answer = client.post(
        f"{API}immersions/", body | {"planned_end_on": "2026-12-15"}, content_type="application/json"
    )
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == ("immersion_month", "planned_end_on")
    made = client.post(f"{API}immersions/", body, content_type="application/json")
    assert made.status_code == 201
    assert made.json()["objectives"] == "Voir la cueillette"
