"""SEC-40: a person takes away everything kept about them, a professional no more than they read; traced, gone after a week."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.management import call_command

from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.errors import NotPermitted
from backend.core.jobs import JobStatus
from backend.core.privacy import tables
from backend.core.privacy.erasing import rows_about
from backend.files import vault
from backend.files.models import StoredFile
from pathways.models import AccessCopy
from pathways.services.privacy import copies
from pathways.services.privacy.erasing import erase_people
from tests.factories import (
    BeneficiaryAccessFactory,
    InterviewFactory,
    PrivateNoteFactory,
    actor_of,
)
from tests.worlds.joined import two_whole_people

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    """Drawing a PDF costs seconds: one test does it."""
    monkeypatch.setattr(copies, "tagged_pdf", lambda page: page.encode())


@pytest.fixture
def person():
    return two_whole_people()[0]


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(content: bytes) -> dict:
    return json.loads(opened(content)["donnees.json"])


def test_SEC_40_every_table_and_every_column_given_is_in_the_copy(person):
    data = told(copies.archive_of(OPERATOR, person))
    for table in tables.of_people():
        held = rows_about(table, [person.pk]).count()
        if not table.title:
            assert table.model._meta.db_table not in data["tables"]
            continue
        rows = data["tables"].get(table.model._meta.db_table, [])
        assert len(rows) == held, table.label
        names = {field.name for field in table.given()}
        assert all(set(row) == names for row in rows), table.label
    assert {each["what"] for each in data["left_out"]} >= {"Notes privées"}
    assert len(data["tables"]) > 15


def test_SEC_40_the_page_reads_in_french_and_names_the_file(person):
    files = opened(copies.archive_of(OPERATOR, person))
    page = files["vos-donnees.pdf"].decode()
    assert str(person) in page
    assert "Vos entretiens" in page
    assert "None" not in page


def test_SEC_40_files_come_with_it_under_a_name_that_says_what_they_are(person):
    place, key = vault.put(b"%PDF-1.7 diplome")
    carrier = {"carrier": "competences.licence", "carrier_id": 1, "beneficiary_id": person.pk}
    StoredFile.objects.create(
        place=place, sealed_key=key, title="Diplôme rêvé", kind="PDF", size=16, **carrier
    )
    files = opened(copies.archive_of(OPERATOR, person))
    name = next(name for name, content in files.items() if content == b"%PDF-1.7 diplome")
    assert name.startswith("pieces/")
    assert name.endswith("-Diplôme rêvé.pdf")


def test_SEC_40_nobodys_private_note_is_in_anybodys_copy(person):
    note = PrivateNoteFactory(interview=InterviewFactory(beneficiary=person), text="CANARI-NOTE")
    for actor in (OPERATOR, actor_of(Role.ADVISOR, note.interview.organisation)):
        assert b"CANARI-NOTE" not in b"".join(opened(copies.archive_of(actor, person)).values())


def test_SEC_40_a_professional_gains_no_right_to_read(person):
    """The manager of the structure does not read what a colleague wrote of an interview: nor in a copy."""
    stay = person.stays.filter(ended_on__isnull=True).first() or person.stays.first()
    InterviewFactory(beneficiary=person, organisation=stay.organisation, synthesis="CANARI-SYNTHESE")
    InterviewFactory(beneficiary=person, synthesis="CANARI-AILLEURS")
    manager = actor_of(Role.MANAGER, stay.organisation)
    whole = json.dumps(told(copies.archive_of(OPERATOR, person)), ensure_ascii=False)
    theirs = json.dumps(told(copies.archive_of(manager, person)), ensure_ascii=False)
    assert "CANARI-SYNTHESE" in whole
    assert "CANARI-AILLEURS" in whole
    assert "CANARI" not in theirs


def test_SEC_40_asked_prepared_taken_and_gone(person, sent, django_capture_on_commit_callbacks):
    access = BeneficiaryAccessFactory(beneficiary=person)
    actor = access.as_actor()
    with django_capture_on_commit_callbacks(execute=True):
        job = copies.ask_copy(actor=actor, beneficiary=person)
        assert copies.ask_copy(actor=actor, beneficiary=person) == job
    assert sent == [("pathways.prepare_access_copy", [str(job.pk)])]
    assert copies.prepare_copy(job_id=str(job.pk))
    assert not copies.prepare_copy(job_id=str(job.pk))
    job.refresh_from_db()
    assert job.status == JobStatus.READY
    assert "vos-donnees.pdf" in opened(copies.take_copy(actor=actor, job=job))
    assert copies.take_copy(actor=actor_of(Role.ADVISOR), job=job) is None
    actions = list(
        Entry.objects.filter(subject_id=str(job.pk)).order_by("id").values_list("action", flat=True)
    )
    assert actions == ["access_copy.asked", "access_copy.prepared", "access_copy.taken"]
    AccessCopy.objects.update(finished_at="2026-01-01T00:00Z")
    job.refresh_from_db()
    assert copies.take_copy(actor=actor, job=job) is None
    place = job.place
    with django_capture_on_commit_callbacks(execute=True):
        assert copies.forget_old_copies() == 1
    with pytest.raises(vault.Lost):
        vault.get(place, "00" * 32)


def test_a_stranger_asks_for_nobodys_copy(person):
    with pytest.raises(NotPermitted):
        copies.ask_copy(
            actor=actor_of(Role.SUPERVISOR, person.stays.first().organisation), beneficiary=person
        )


def test_SEC_42_a_copy_goes_with_its_person(person, sent, django_capture_on_commit_callbacks):
    actor = BeneficiaryAccessFactory(beneficiary=person).as_actor()
    job = copies.ask_copy(actor=actor, beneficiary=person)
    copies.prepare_copy(job_id=str(job.pk))
    job.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        erase_people(actor=OPERATOR, people=[person.pk], reason="request")
    with pytest.raises(vault.Lost):
        vault.get(job.place, str(job.sealed_key))


def test_SEC_40_the_operator_hands_one_over(person, tmp_path, capsys):
    call_command("access_copy", str(person.pk), str(tmp_path))
    path = tmp_path / f"copie-{person.pk}.zip"
    assert path.stat().st_mode & 0o077 == 0
    assert "donnees.json" in opened(path.read_bytes())
    with pytest.raises(SystemExit):
        call_command("access_copy", "999999999", str(tmp_path))
    assert "Aucune fiche" in capsys.readouterr().err
