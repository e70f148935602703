"""Employers, workplaces and analyses are corrected, and taken back while nothing rests on them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted, OutOfReach
from backend.core.steps import seen
from backend.organisations.models import Invitation
from employers.models import Employer, Establishment, TaskAnalysis, WorkTask
from employers.services import (
    cancel_analysis,
    cancel_employer,
    cancel_establishment,
    correct_analysis,
    correct_establishment,
    remove_task,
)
from tests.factories import EmployerFactory, EstablishmentFactory, TaskAnalysisFactory, WorkTaskFactory


def test_a_workplace_is_corrected_and_what_it_said_stays_in_the_trail(bakery):
    place = EstablishmentFactory(employer=bakery.employer, name="Fournil", insee_code="59001")
    correct_establishment(
        actor=bakery.advisor, establishment=place, seen=seen(place), name=" Le fournil ", insee_code="59002"
    )
    place.refresh_from_db()
    assert (place.name, place.insee_code) == ("Le fournil", "59002")
    was = Entry.objects.get(action="establishment.corrected").detail["was"]
    assert was == {"name": "…", "insee_code": "59001"}


def test_a_workplace_where_work_was_seen_stays(bakery):
    with pytest.raises(DomainError) as refusal:
        cancel_establishment(
            actor=bakery.advisor,
            establishment=bakery.establishment,
            seen=seen(bakery.establishment),
            reason="DOUBLE",
        )
    assert "1 analyse de tâches" in refusal.value.message


def test_a_workplace_written_by_mistake_goes_alone(bakery, trail_of):
    place = EstablishmentFactory(employer=bakery.employer)
    cancel_establishment(actor=bakery.advisor, establishment=place, seen=seen(place), reason="DOUBLE")
    assert not Establishment.objects.filter(pk=place.pk).exists()
    assert Entry.objects.get(action="establishment.cancelled").detail["reason"] == "DOUBLE"


def test_an_analysis_is_corrected(bakery):
    row = correct_analysis(
        actor=bakery.advisor, analysis=bakery.analysis, version=bakery.analysis.version, title=" Au fournil ",
        observed_on=date(2026, 11, 3),
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.title, row.observed_on, row.version) == ("Au fournil", date(2026, 11, 3), 2)
    with pytest.raises(Conflict):
        correct_analysis(
            actor=bakery.advisor, analysis=row, version=1, title="Une autre", observed_on=row.observed_on
        )


def test_the_same_title_counts_no_version(bakery):
    row = correct_analysis(
        actor=bakery.advisor, analysis=bakery.analysis, version=1, title=bakery.analysis.title,
        observed_on=bakery.analysis.observed_on,
    )  # fmt: skip
    assert row.version == 1
    assert not Entry.objects.filter(action="analysis.corrected").exists()


def test_an_analysis_whose_tasks_make_a_job_stays(bakery):
    with pytest.raises(DomainError) as refusal:
        cancel_analysis(actor=bakery.advisor, analysis=bakery.analysis, version=1, reason="DOUBLE")
    assert "1 proposition de poste" in refusal.value.message
    assert WorkTask.objects.filter(analysis=bakery.analysis).exists()


def test_an_analysis_opened_by_mistake_goes_with_its_tasks(bakery):
    analysis = TaskAnalysisFactory(establishment=bakery.establishment)
    WorkTaskFactory.create_batch(2, analysis=analysis)
    cancel_analysis(actor=bakery.advisor, analysis=analysis, version=analysis.version, reason="PAS_EU_LIEU")
    assert not TaskAnalysis.objects.filter(pk=analysis.pk).exists()
    assert list(WorkTask.objects.all()) == [bakery.task]
    assert Entry.objects.filter(action="task.removed").count() == 2


def test_an_employer_says_all_that_holds_them(bakery):
    with pytest.raises(DomainError) as refusal:
        cancel_employer(actor=bakery.advisor, employer=bakery.employer, version=1, reason="DOUBLE")
    for words in ("1 accès d’un employeur", "1 établissement", "1 proposition de poste"):
        assert words in refusal.value.message


def test_an_employer_nobody_works_with_goes(bakery):
    employer = EmployerFactory(organisation=bakery.structure)
    cancel_employer(actor=bakery.manager, employer=employer, version=1, reason="DOUBLE")
    assert not Employer.objects.filter(pk=employer.pk).exists()
    assert Entry.objects.get(action="employer.cancelled").detail["reason"] == "DOUBLE"


def test_an_employer_whose_contact_is_invited_stays(bakery):
    employer = EmployerFactory(organisation=bakery.structure)
    Invitation.objects.create(
        organisation=bakery.structure, email="moulin@example.org", role=Role.EMPLOYER, subject_id=employer.pk,
        token_digest="a" * 64, expires_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(DomainError) as refusal:
        cancel_employer(actor=bakery.advisor, employer=employer, version=1, reason="DOUBLE")
    assert "1 invitation" in refusal.value.message


def test_an_annulment_says_why(bakery):
    employer = EmployerFactory(organisation=bakery.structure)
    with pytest.raises(DomainError) as refusal:
        cancel_employer(actor=bakery.advisor, employer=employer, version=1, reason="COMME_CA")
    assert refusal.value.code == "unknown_reason"


def test_who_does_not_work_with_employers_takes_nothing_back(bakery):
    for actor in (bakery.neighbour, bakery.contact, bakery.supervisor):
        with pytest.raises((NotPermitted, OutOfReach)):
            cancel_employer(actor=actor, employer=bakery.employer, version=1, reason="DOUBLE")


def test_a_task_removed_frees_its_analysis(bakery):
    bakery.task.proposals.clear()
    remove_task(actor=bakery.advisor, task=bakery.task)
    cancel_analysis(actor=bakery.advisor, analysis=bakery.analysis, version=1, reason="DOUBLE")
    assert not TaskAnalysis.objects.exists()
