"""What a person has of a certification, on paper; and the evidence assembled with it, to be joined to a file of VAE."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.tables.spreadsheets import neutralised
from backend.core.values.dates import french_date
from backend.files.enums import FileKind
from backend.files.models import StoredFile
from backend.files.services import open_file
from backend.files.tagged_pdf import tagged_pdf
from competences.models import Assessment
from competences.selectors.certifications.coverage import CoveredCertification
from pathways.models import Beneficiary

TITLES = ("Bloc", "Compétence demandée", "Statut", "Niveau", "Constatée le", "Par", "Structure", "Pièces")
READ_ME = (
    "index.csv : chaque compétence demandée, ce qui la montre et la pièce qui le prouve.\n"
    "couverture.pdf : la même lecture, bloc par bloc, avec ce qui manque.\n"
    "preuves/ : les pièces.\n\n"
    "Cette lecture prépare un dossier ; seul un jury dit ce qui est acquis (Code du travail, art. R6412-7).\n"
)


def coverage_document(person: Beneficiary, read: CoveredCertification) -> bytes:
    """The tagged PDF; `DomainError` where the system cannot draw one."""
    context = {"person": person, "covered": read, "today": timezone.localdate()}
    return tagged_pdf(render_to_string("competences/certifications/document.html", context))


def coverage_bundle(*, actor: Actor, person: Beneficiary, read: CoveredCertification) -> bytes:
    """A zip: what to read first, the index, the paper where it can be drawn, the documents this actor may open."""
    files = {
        stored.pk: stored
        for bloc in read.blocs
        for line in bloc.lines
        for _, each in line.evidence
        for stored in each
    }
    names = {pk: _name_of(rank, stored) for rank, (pk, stored) in enumerate(sorted(files.items()), start=1)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a-lire.md", READ_ME)
        archive.writestr("index.csv", _index(read, names))
        try:
            archive.writestr("couverture.pdf", coverage_document(person, read))
        except DomainError as error:
            archive.writestr("couverture-absente.md", error.message)
        for pk, stored in sorted(files.items()):
            try:
                archive.writestr(names[pk], open_file(actor=actor, stored=stored))
            except DomainError as error:  # one document that cannot be read takes no other away
                archive.writestr(f"{names[pk]}.absente.md", error.message)
    return made.getvalue()


def _name_of(rank: int, stored: StoredFile) -> str:
    return f"preuves/{rank:02d}.{FileKind(stored.kind).ending}"


def _index(read: CoveredCertification, names: dict[UUID, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(TITLES)
    writer.writerows([neutralised(cell) for cell in row] for row in _rows(read, names))
    return "\ufeff" + text.getvalue()


def _rows(read: CoveredCertification, names: dict[UUID, str]) -> Iterator[tuple[str, ...]]:
    for bloc in read.blocs:
        for line in bloc.lines:
            asked = (bloc.read.asked.code, line.read.asked.text)
            for reading, files in line.evidence:
                yield (*asked, *_said(reading), ", ".join(names[each.pk] for each in files))
            if not line.readings:
                yield (*asked, "certifiée (bloc acquis)" if bloc.read.is_obtained else "à montrer", *[""] * 5)


def _said(reading: Assessment) -> tuple[str, ...]:
    who = str(reading.observer) if reading.observer else reading.observer_name
    return (
        reading.get_status_display(),
        reading.get_level_display(),
        french_date(reading.assessed_on),
        who,
        str(reading.organisation or ""),
    )
