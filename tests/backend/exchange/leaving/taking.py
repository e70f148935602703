"""Copies of a structure asked for, prepared and opened in one word."""

from __future__ import annotations

import csv
import io
import zipfile

from backend.core.actor import Actor
from backend.exchange.models import CopyFormat, StructureCopy
from backend.exchange.services import ask_structure_copy, take_structure_copy
from backend.exchange.services.structure_copies import prepare_structure_copy
from backend.organisations.models import Organisation


def prepared(actor: Actor, place: Organisation | None = None, format: str = CopyFormat.ZIP) -> StructureCopy:
    """Asked for and prepared."""
    organisation = place or Organisation.objects.get(pk=actor.organisation_id)
    job = ask_structure_copy(actor=actor, organisation=organisation, format=format)
    prepare_structure_copy(job_id=str(job.pk))
    job.refresh_from_db()
    return job


def taken(actor: Actor, place: Organisation | None = None, format: str = CopyFormat.ZIP) -> bytes:
    """The same, in hand."""
    content = take_structure_copy(actor=actor, job=prepared(actor, place, format))
    assert content is not None
    return content


def opened(content: bytes) -> dict[str, bytes]:
    """The files of an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The lines of each file, by title."""
    return {
        name: list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=";"))
        for name, text in opened(content).items()
    }
