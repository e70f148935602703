"""SEC-07: what a structure takes away is what whoever asks reads of it, under the ids it sent; asked, traced, gone."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

import backend.exchange.tasks
from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import NotPermitted
from backend.core.jobs import MOST_RESTARTS, JobStatus
from backend.core.privacy import tables
from backend.exchange import registry, services
from backend.exchange.cells import literal
from backend.exchange.leaving.files import written
from backend.exchange.models import CopyFormat, StructureCopy
from backend.exchange.services import structure_copies
from backend.files import vault
from backend.organisations.models import Membership
from pathways.models import Interview
from tests.backend.exchange.import_jobs import brought
from tests.backend.exchange.leaving.taking import lines_of, opened, prepared, taken
from tests.backend.exchange.sheets import CONTRACTS, PEOPLE, workbook
from tests.factories import (
    AssessmentFactory,
    BeneficiaryFactory,
    ContractFactory,
    EntryProfileFactory,
    IaePassFactory,
    InterviewFactory,
    PrivateNoteFactory,
    StayFactory,
    actor_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_dir", "sent")]
PHONE = "0384000001"


def follow(place, *, ended_on=None, **named):
    """Somebody with a stay here, and everything that may be said of them."""
    person = BeneficiaryFactory(phone=PHONE, **named)
    EntryProfileFactory(beneficiary=person, rqth=True)
    IaePassFactory(beneficiary=person)
    stay = StayFactory(beneficiary=person, organisation=place, started_on=date(2025, 1, 6), ended_on=ended_on)
    ContractFactory(stay=stay, started_on=date(2025, 1, 6), ended_on=ended_on)
    interview = InterviewFactory(beneficiary=person, organisation=place, synthesis="CANARI-SYNTHESE")
    PrivateNoteFactory(interview=interview, text="CANARI-NOTE")
    AssessmentFactory(beneficiary=person, organisation=place)
    return person


def test_SEC_07_no_private_note_and_no_text_the_manager_does_not_read(manager, here):
    follow(here)
    content = b"".join(opened(taken(manager)).values())
    assert b"CANARI" not in content
    Interview.objects.update(author_id=manager.user_id)
    assert b"CANARI-SYNTHESE" in b"".join(opened(taken(manager)).values())


def test_SEC_07_who_left_is_named_with_what_the_structure_keeps_and_nothing_more(manager, here):
    follow(here, last_name="Partie", ended_on=date(2025, 6, 30))
    follow(here, last_name="Présente")
    files = lines_of(taken(manager))
    gone, there = sorted(files["salaries.csv"], key=lambda line: line["nom"])
    assert (there["telephone"], there["rqth"]) == (PHONE, "oui")
    assert {name for name, value in gone.items() if value} == {"id", "nom", "prenom"}
    assert {line["salarie_id"] for line in files["contrats.csv"]} == {gone["id"], there["id"]}
    for name in ("pass.csv", "competences.csv"):
        assert {line["salarie_id"] for line in files[name]} == {there["id"]}, name


def test_SEC_07_nothing_of_another_structure_leaves_even_of_a_person_of_both(manager, here, there):
    person = follow(here, last_name="Partagée")
    own = Interview.objects.get()
    StayFactory(
        beneficiary=person, organisation=there, started_on=date(2024, 1, 8), ended_on=date(2024, 6, 28)
    )
    InterviewFactory(beneficiary=person, organisation=there)
    follow(there, last_name="Ailleurs")
    files = lines_of(taken(manager))
    assert [line["nom"] for line in files["salaries.csv"]] == ["Partagée"]
    assert [line["id"] for line in files["entretiens.csv"]] == [f"passerelles-{own.pk}"]
    assert [line["date_entree"] for line in files["passages.csv"]] == ["2025-01-06"]
    assert [line["nom"] for line in files["structures.csv"]] == [here.name]


def test_the_head_of_a_group_takes_away_less_than_a_manager(here):
    follow(here)
    head = actor_of(Role.GROUP_HEAD, here)
    files = lines_of(taken(head, here))
    assert {"salaries.csv", "contrats.csv", "passages.csv"} <= set(files)
    assert {"entretiens.csv", "competences.csv"}.isdisjoint(files)
    assert files["salaries.csv"][0]["telephone"] == ""


def test_the_ids_somebody_sent_come_back_and_sent_again_change_nothing(manager, here):
    brought(manager, workbook(salaries=PEOPLE, contrats=CONTRACTS))
    files = lines_of(taken(manager))
    assert [line["id"] for line in files["salaries.csv"]] == ["1"]
    assert [(line["id"], line["salarie_id"]) for line in files["contrats.csv"]] == [("10", "1")]
    assert files["contrats.csv"][0]["structure_id"] == files["structures.csv"][0]["id"]


def test_SEC_30_no_cell_is_a_formula_and_every_text_reads_back(manager, here):
    said = ["=1+1", "-2 jours", "'=1", "EFFACER", "+33 à rappeler"]
    for text in said:
        follow(here, last_name=text)
    names = sorted(line["nom"] for line in lines_of(taken(manager))["salaries.csv"])
    assert names == sorted(f"'{text}" for text in said)
    book = openpyxl.load_workbook(io.BytesIO(taken(manager, format=CopyFormat.XLSX)))
    assert sorted(row[1].value for row in list(book["salaries"].rows)[1:]) == names
    column = next(each for each in registry.layouts() if each.name == "salaries.csv").column("nom")
    assert sorted(column.read(literal(name)) for name in names) == sorted(said)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.GROUP_HEAD, Role.OPERATOR}))
def test_nobody_else_takes_a_structure_away(here, role):
    actor = actor_of(role) if role in (Role.EMPLOYER, Role.BENEFICIARY) else actor_of(role, here)
    with pytest.raises(NotPermitted):
        services.ask_structure_copy(actor=actor, organisation=here, format=CopyFormat.ZIP)
    assert not StructureCopy.objects.exists()


def test_a_manager_takes_away_no_other_structure(manager, there):
    with pytest.raises(NotPermitted):
        services.ask_structure_copy(actor=manager, organisation=there, format=CopyFormat.ZIP)


def test_SEC_28_asked_prepared_taken_and_gone(manager, here, sent, django_capture_on_commit_callbacks):
    person = follow(here)
    with django_capture_on_commit_callbacks(execute=True):
        job = services.ask_structure_copy(actor=manager, organisation=here, format=CopyFormat.ZIP)
        assert services.ask_structure_copy(actor=manager, organisation=here, format=CopyFormat.ZIP) == job
    assert sent == [("exchange.prepare_structure_copy", [str(job.pk)])]
    backend.exchange.tasks.prepare_structure_copy(str(job.pk))
    assert not structure_copies.prepare_structure_copy(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.counts["salaries.csv"]) == (JobStatus.READY, 1)
    assert job.rows_done == job.rows_total == sum(job.counts.values())
    assert services.take_structure_copy(actor=manager, job=job)
    assert services.take_structure_copy(actor=actor_of(Role.MANAGER, here), job=job) is None
    lines = Entry.objects.filter(subject_id=str(job.pk)).order_by("id")
    assert [line.action for line in lines] == [
        "structure_copy.asked", "structure_copy.prepared", "structure_copy.taken",
    ]  # fmt: skip
    assert person.last_name not in str([line.detail for line in lines])
    StructureCopy.objects.update(finished_at="2026-01-01T00:00Z")
    assert services.take_structure_copy(actor=manager, job=job) is None
    with django_capture_on_commit_callbacks(execute=True):
        backend.exchange.tasks.forget_old_structure_copies()
    with pytest.raises(vault.Lost):
        vault.get(job.place, str(job.sealed_key))


def test_the_bytes_stand_sealed(manager, here):
    person = follow(here, last_name="Scellée")
    job = prepared(manager)
    with vault.storage().open(job.place) as stream:
        assert person.last_name.encode() not in stream.read()


def test_a_file_made_before_somebody_was_erased_goes(manager, here):
    follow(here)
    job = prepared(manager)
    for gesture in tables.afterwards():
        gesture()
    assert services.take_structure_copy(actor=manager, job=job) is None


def test_a_file_being_made_while_somebody_is_erased_never_appears(manager, here, monkeypatch):
    follow(here)

    def erased_meanwhile(format, files):
        services.forget_structure_copies()
        return written(format, files)

    monkeypatch.setattr(structure_copies, "written", erased_meanwhile)
    job = prepared(manager)
    assert (job.status, job.message, job.place) == (JobStatus.FAILED, structure_copies.WORDS.interrupted, "")


def test_SEC_11_rights_are_asked_again_when_it_is_prepared_and_taken(manager, here):
    follow(here)
    ready = prepared(manager)
    waiting = services.ask_structure_copy(actor=manager, organisation=here, format=CopyFormat.XLSX)
    Membership.objects.filter(user_id=manager.user_id).update(ended_at=timezone.now())
    structure_copies.prepare_structure_copy(job_id=str(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.status, waiting.message) == (JobStatus.FAILED, structure_copies.NO_LONGER_YOURS)
    adviser = actor_of(Role.ADVISOR, here)
    assert services.take_structure_copy(actor=adviser, job=ready) is None


def test_a_silent_broker_is_said_and_a_preparation_lost_each_time_ends(
    manager, here, monkeypatch, django_capture_on_commit_callbacks
):
    def silent(name, args):
        raise OperationalError

    monkeypatch.setattr("celery.current_app.send_task", silent)
    with django_capture_on_commit_callbacks(execute=True):
        job = services.ask_structure_copy(actor=manager, organisation=here, format=CopyFormat.ZIP)
    job.refresh_from_db()
    assert (job.status, job.message) == (JobStatus.QUEUED, structure_copies.WORDS.waiting)
    for status in [JobStatus.QUEUED] * MOST_RESTARTS + [JobStatus.FAILED]:
        StructureCopy.objects.update(status=JobStatus.RUNNING, heartbeat_at="2026-01-01T00:00Z")
        backend.exchange.tasks.give_up_on_lost_structure_copies()
        job.refresh_from_db()
        assert job.status == status
    assert (job.status, job.message) == (JobStatus.FAILED, structure_copies.WORDS.interrupted)
