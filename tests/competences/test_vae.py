"""A file of VAE is written step by step, corrected with a reason, read again each day; a no leaves nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted, OutOfReach
from competences import alerts
from competences.enums import VaeStepKind
from competences.models import VaeProject, VaeStep
from competences.screens.vae.forms import VaeStepForm
from competences.selectors.vae import on_a_day, with_steps
from competences.services import cancel_vae_step, correct_vae_step, decline_vae, move_vae, plan_vae
from pathways.selectors.rule_book import read_book
from tests.factories import OrganisationFactory, StayFactory, VaeProjectFactory, VaeStepFactory, actor_of


@pytest.fixture
def place(db):
    return OrganisationFactory()


@pytest.fixture
def advisor(place):
    return actor_of(Role.ADVISOR, place)


@pytest.fixture
def project(place, advisor):
    person = StayFactory(organisation=place).beneficiary
    return plan_vae(
        actor=advisor, beneficiary=person, certification="Titre inventé", on=date(2026, 3, 2), has_agreed=True
    )


def move(actor, project, kind, on, **said):
    project.refresh_from_db()
    return move_vae(actor=actor, project=project, version=project.version, kind=kind, on=on, **said)[0]


def read(project, today):
    return on_a_day(with_steps(VaeProject.objects.filter(pk=project.pk)).get(), today=today, book=read_book())


def test_complete_since_the_third_of_march_is_one_step(advisor, project):
    moved = move(advisor, project, "COMPLET", date(2026, 3, 3))
    assert (moved.status, moved.reached_on) == ("COMPLET", date(2026, 3, 3))
    assert read(project, date(2026, 5, 3)).reading.status == "COMPLET"
    assert read(project, date(2026, 5, 4)).reading.status == "RECEVABLE_TACITE"


def test_a_step_that_came_before_is_typed_after(advisor, project):
    move(advisor, project, "COMPLET", date(2026, 3, 20))
    moved = move(advisor, project, "RECEVABILITE", date(2026, 3, 10))
    assert (moved.status, moved.reached_on) == ("COMPLET", date(2026, 3, 20))


def test_a_stage_cannot_be_skipped_and_says_the_article(advisor, project):
    with pytest.raises(DomainError) as refusal:
        move(advisor, project, "DOSSIER", date(2026, 4, 1))
    assert refusal.value.code == "stage_out_of_order"
    assert "R6412-5" in refusal.value.basis


def test_two_people_moving_the_same_file_do_not_overwrite_each_other(advisor, project):
    move_vae(actor=advisor, project=project, version=1, kind="COMPLET", on=date(2026, 3, 3))
    with pytest.raises(Conflict):
        move_vae(actor=advisor, project=project, version=1, kind="ABANDON", on=date(2026, 3, 4))


def test_a_supervisor_does_not_steer_a_vae(place, project):
    with pytest.raises(NotPermitted):
        move(actor_of(Role.SUPERVISOR, place), project, "COMPLET", date(2026, 3, 3))


def test_a_correction_keeps_the_first_reading_with_its_reason(advisor, project):
    project = move(advisor, project, "COMPLET", date(2026, 3, 3))
    first = project.steps.get(kind="COMPLET")
    correct_vae_step(
        actor=advisor, project=project, step=first, version=project.version, reason="C’était le 13",
        kind="COMPLET", on=date(2026, 3, 13),
    )  # fmt: skip
    first.refresh_from_db()
    again = project.steps.standing().get(kind="COMPLET")
    assert (first.cancel_reason, again.replaces_id, again.on) == (
        "C’était le 13",
        first.pk,
        date(2026, 3, 13),
    )
    assert read(project, date(2026, 5, 13)).reading.status == "COMPLET"
    assert Entry.objects.filter(action="vae.corrected").count() == 1


def test_a_correction_cannot_leave_what_follows_on_nothing(advisor, project):
    project = move(advisor, project, "RECEVABLE", date(2026, 3, 3))
    project = move(advisor, project, "DOSSIER", date(2026, 4, 3))
    step = project.steps.get(kind="RECEVABLE")
    with pytest.raises(DomainError) as refusal:
        cancel_vae_step(
            actor=advisor, project=project, step=step, version=project.version, reason="Par erreur"
        )
    assert refusal.value.code == "breaks_what_follows"
    with pytest.raises(DomainError):
        correct_vae_step(
            actor=advisor, project=project, step=step, version=project.version, reason="C’est un refus",
            kind="NON_RECEVABLE", on=date(2026, 3, 3),
        )  # fmt: skip
    assert project.steps.standing().filter(kind="RECEVABLE").exists()


def test_a_cancelled_step_gives_the_stage_before_back(advisor, project):
    project = move(advisor, project, "COMPLET", date(2026, 3, 3))
    project = move(advisor, project, "ABANDON", date(2026, 3, 9))
    step = project.steps.get(kind="ABANDON")
    back = cancel_vae_step(
        actor=advisor, project=project, step=step, version=project.version, reason="Elle continue"
    )
    assert (back.status, back.reached_on) == ("COMPLET", date(2026, 3, 3))


def test_a_step_of_another_file_is_out_of_reach(advisor, project):
    other = VaeProjectFactory(beneficiary=project.beneficiary)
    with pytest.raises(OutOfReach):
        cancel_vae_step(
            actor=advisor, project=project, step=other.steps.get(), version=project.version, reason="Non"
        )


def test_e1_a_no_leaves_no_trace(place, advisor):
    person = StayFactory(organisation=place).beneficiary
    proposed = plan_vae(actor=advisor, beneficiary=person, certification="Titre", on=date(2026, 3, 2))
    with pytest.raises(DomainError) as refusal:
        move(advisor, proposed, "INSCRIPTION", date(2026, 3, 3))
    assert refusal.value.code == "consent_missing"
    decline_vae(actor=advisor, project=proposed, version=proposed.version)
    assert not VaeProject.objects.filter(beneficiary=person).exists()
    assert not VaeStep.objects.exists()
    assert set(Entry.objects.values_list("action", flat=True)) == {"vae.planned", "vae.withdrawn"}
    assert all(line.detail == {} for line in Entry.objects.all())


def test_what_began_is_not_taken_away(advisor, project):
    with pytest.raises(DomainError) as refusal:
        decline_vae(actor=advisor, project=project, version=1)
    assert refusal.value.code == "already_begun"


def test_r37_a_second_file_of_the_year_is_refused_whoever_wrote_the_first(advisor, project):
    move(advisor, project, "RECEVABILITE", date(2026, 4, 1))
    second = plan_vae(
        actor=advisor, beneficiary=project.beneficiary, certification="Titre  INVENTÉ", on=date(2026, 5, 2),
        has_agreed=True,
    )  # fmt: skip
    with pytest.raises(DomainError) as refusal:
        move(advisor, second, "RECEVABILITE", date(2026, 6, 1))
    assert refusal.value.code == "too_many_files"
    assert "R6412-3" in refusal.value.basis


def alerts_of(advisor, today):
    return {each.key.partition(":")[0]: each for each in alerts.vae_delays(advisor, today)}


def test_r36_the_day_says_who_is_late_and_by_whose_hand(advisor, project):
    move(advisor, project, "RECEVABLE", date(2026, 3, 3))
    move(advisor, project, "DOSSIER", date(2026, 4, 3))
    assert alerts_of(advisor, date(2026, 5, 1)) == {}
    soon = alerts_of(advisor, date(2026, 7, 31))["vae_jury"]
    assert (soon.due_on, "en retard" in soon.message) == (date(2026, 7, 31), False)
    late = alerts_of(advisor, date(2026, 8, 1))["vae_jury"]
    assert "le certificateur est en retard" in late.message


def test_r35_silence_and_lapse_are_told(advisor, project):
    move(advisor, project, "COMPLET", date(2026, 3, 3))
    assert "vae_silence" in alerts_of(advisor, date(2026, 5, 4))
    assert "vae_lapsed" in alerts_of(advisor, date(2026, 12, 1))


def test_an_old_stage_is_kept_as_a_step(db):
    from importlib import import_module

    from django.apps import apps

    move_old = import_module("competences.migrations.0005_vae_files_keep_their_stage")
    today = timezone.localdate()
    known = {
        stage: VaeProjectFactory(status=stage, reached_on=on)
        for stage, on in (
            ("RECEVABILITE", date(2026, 3, 3)),
            ("JURY", today + timedelta(days=20)),
            ("REFUS", date(2026, 3, 3)),
        )
    }
    VaeStep.objects.all().delete()
    move_old.keep_stages(apps, None)
    steps = {stage: project.steps.get() for stage, project in known.items()}
    assert (steps["RECEVABILITE"].kind, steps["RECEVABILITE"].on) == ("RECEVABILITE", date(2026, 3, 3))
    assert (steps["JURY"].on, steps["JURY"].jury_on) == (today, today + timedelta(days=20))
    assert steps["REFUS"].kind == "NON_RECEVABLE"
    move_old.forget_steps(apps, None)
    assert VaeProject.objects.count() == len(known)
    assert VaeStepFactory(project=known["JURY"]).pk


@pytest.mark.parametrize("kind", [VaeStepKind.JURY, VaeStepKind.COMPLETE])
def test_the_day_of_a_jury_is_asked_where_there_is_a_jury_and_there_it_is_needed(kind):
    form = VaeStepForm({"version": 1, "kind": kind, "on": "2026-11-20"}, kind=kind)
    assert ("jury_on" in form.errors) is (kind is VaeStepKind.JURY)
