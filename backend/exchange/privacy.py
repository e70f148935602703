"""What is kept of what comes in and goes out: files for a few days, ids and prints as long as the rows they lead to."""

from __future__ import annotations

from backend.core.privacy.tables import WITH_THE_FILE, Erased, Fate, Table, sort
from backend.exchange.models import ColumnMap, ImportJob, OtherId, Received, StructureCopy
from backend.exchange.services import forget_files_sent, forget_structure_copies

_NUMBERS = "Des numéros et des empreintes, sans rien de lisible"

TABLES = (
    Table(
        ImportJob,
        purpose="Reprendre les tableurs d’une structure",
        columns=sort(
            staff="user",
            link="organisation",
            technical=(
                "id seat status rows_done rows_total message created_at heartbeat_at finished_at is_dry_run counts faults"
                " needs_columns restarts"
            ),
        ),
        kept="quelques jours pour les fichiers envoyés ; ils sont retirés dès qu’une personne est effacée",
        fate=Fate.APART,
        not_given="Tableaux de la structure, faits de ce qui est déjà donné",
    ),
    Table(
        StructureCopy,
        purpose="Remettre à une structure ses données, dans un fichier",
        columns=sort(
            staff="user",
            link="organisation",
            hidden="place sealed_key",
            technical=(
                "id seat status rows_done rows_total message created_at heartbeat_at finished_at size format counts restarts"
            ),
        ),
        kept="quelques jours pour le fichier ; il est retiré dès qu’une personne est effacée",
        fate=Fate.APART,
        not_given="Tableaux de la structure, faits de ce qui est déjà donné",
    ),
    Table(
        ColumnMap,
        purpose="Relire le même tableur sans reposer les questions",
        columns=sort(
            common="shape name titles columns values is_shared updated_at",
            link="organisation",
            technical="id",
        ),
        kept="tant que la structure s’en sert",
        fate=Fate.NOBODYS,
        not_given="Titres de colonnes, sans personne",
    ),
    Table(
        OtherId,
        purpose="Reconnaître une ligne renvoyée sous son ancien numéro",
        columns=sort(technical="id kind external_id row_id"),
        kept=WITH_THE_FILE,
        fate=Fate.APART,
        not_given=_NUMBERS,
    ),
    Table(
        Received,
        purpose="Ne pas effacer ce qui a été corrigé ici depuis le dernier envoi",
        columns=sort(technical="id kind row_id prints owner_kind owner_id withdrawn_on"),
        kept=WITH_THE_FILE,
        fate=Fate.APART,
        not_given=_NUMBERS,
    ),
)


def erase(people: Erased) -> None:
    """Ids and prints of the rows that go, and of those already cancelled that were theirs."""
    for model, keys in people.numbered:
        OtherId.objects.filter(kind=model._meta.label_lower, row_id__in=keys).delete()
        Received.objects.filter(kind=model._meta.label, row_id__in=keys).delete()
        Received.objects.filter(owner_kind=model._meta.label, owner_id__in=keys).delete()


def forget_files() -> None:
    """Files sent or prepared before somebody was erased may name them: they go, and are asked for again if need be."""
    forget_files_sent()
    forget_structure_copies()
