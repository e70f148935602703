"""What is kept of the files people attach, and how they go with their person."""

from __future__ import annotations

from django.db.models import Q

from backend.core.privacy.tables import Erased, Fate, Table, sort
from backend.files import carriers
from backend.files.models import StoredFile
from backend.files.services import delete_files

TABLES = (
    Table(
        StoredFile,
        purpose="Garder les preuves et les titres que la personne a confiés",
        columns=sort(
            words="title",
            staff="added_by",
            link="carrier carrier_id beneficiary_id",
            hidden="place sealed_key",
            technical="id kind size added_at",
        ),
        fate=Fate.APART,
        not_given="Les pièces elles-mêmes sont dans la copie, dans le dossier « pieces »",
    ),
)


def erase(people: Erased) -> None:
    """The rows, their keys and, once that is kept, their bytes."""
    theirs = Q(beneficiary_id__in=people.people)
    for carrier in carriers.registered():
        theirs |= Q(carrier=carrier.label, carrier_id__in=people.rows.get(carrier.model, ()))
    delete_files(StoredFile.objects.filter(theirs))
