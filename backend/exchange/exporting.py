"""The way out: the whole installation in the bundle's format, and one csv per table it has no place for.

Nothing is listed by hand but what stays: a table that arrives tomorrow leaves with the others.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.sealing.codes import SealedCode, own
from backend.exchange import registry
from backend.exchange.cells import escaped
from backend.exchange.layout import Column, FileLayout
from backend.exchange.report import in_words
from backend.files import vault
from backend.files.enums import FileKind
from backend.files.models import StoredFile

STAYS_HERE = {
    "auth.Permission": "droits du cadriciel, refaits à l’installation",
    "auth.Group": "groupes de droits du cadriciel, inutilisés",
    "contenttypes.ContentType": "liste des tables, refaite à l’installation",
    "sessions.Session": "connexions d’avant, vidées : la table du cadriciel ne sert plus",
    "accounts.OpenSession": "connexions en cours",
    "account.EmailAddress": "adresses de connexion : l’adresse est déjà avec le compte",
    "account.EmailConfirmation": "liens secrets",
    "mfa.Authenticator": "seconds facteurs : des secrets",
    "socialaccount.SocialAccount": "identités reliées : elles se relient depuis le compte",
    "socialaccount.SocialApp": "non écrit",
    "socialaccount.SocialToken": "non écrit",
    "axes.AccessFailureLog": "essais de connexion",
    "axes.AccessAttempt": "essais de connexion",
    "axes.AccessAttemptExpiration": "essais de connexion",
    "axes.AccessLog": "essais de connexion",
    "audit.Cut": "coupes du journal : elles ne disent rien hors de cette base, une sauvegarde les garde",
    "audit.Link": "maillons du journal : ils ne prouvent rien hors de cette base, une sauvegarde les garde",
    "core.IdempotencyRecord": "réponses gardées un jour pour les outils",
    "mail.Message": "messages à envoyer et liens secrets",
    "accounts.SeatToken": "jetons d’accès : des secrets",
    "organisations.GroupOffer": "propositions en cours, de quelques semaines",
    "organisations.Invitation": "liens secrets, de quelques jours",
    "exchange.ColumnMap": "correspondances de colonnes, redites au premier envoi",
    "exchange.ImportJob": "travaux en cours",
    "exchange.StructureCopy": "copies de quelques jours, refaites à la demande",
    "exchange.OtherId": "identifiants d’envois réunis à d’autres : ils servent à cette base seule",
    "exchange.Received": "empreintes des envois, refaites à l’import",
    "web.Draft": "brouillons d’un appareil, jamais enregistrés",
}
"""Tables of the frame that do not leave, each with its reason; the domains say theirs in `registry.keep_here`."""
SECRETS = {"accounts.User": {"password"}, "files.StoredFile": {"sealed_key"}}
"""Fields that never leave."""
OTHERS_FOLDER = "autres"
FILES_FOLDER = "pieces"
_AT_ONCE = 2_000
"""Rows read at a time."""
Ids = dict[int, str]


@transaction.atomic
def export_bundle(
    *, actor: Actor, folder: Path, on_progress: Callable[[str], None] = lambda file: None
) -> dict[str, int]:
    """Write every file into an empty or new folder; number of lines of each.

    One transaction, so that all files show the same moment. Only the operator of the installation may:
    the bundle holds everything, private notes included.
    """
    ensure(
        actor.is_operator,
        "operator_only",
        "Seule l’exploitation du service peut exporter toute l’installation.",
    )
    _make(folder)
    counts, ids = {}, _PublicIds()
    for layout in registry.layouts():
        on_progress(layout.name)
        rows = (
            [ids.cell(column, row) for column in layout.columns] for row in layout.rows().iterator(_AT_ONCE)
        )
        counts[layout.name] = write_file(folder, layout, rows)
    for model in other_tables():
        name = f"{OTHERS_FOLDER}/{model._meta.db_table}.csv"
        on_progress(name)
        counts[name] = _write_table(folder / name, model, ids)
    on_progress(FILES_FOLDER)
    counts[FILES_FOLDER] = _write_files(folder / FILES_FOLDER)
    trail.record(actor, "bundle.exported", files=len(counts))
    return counts


def other_tables() -> list[type[models.Model]]:
    """Every table that leaves whole, those of the bundle too: its columns do not hold all their fields."""
    staying = stays_here()
    return [model for model in apps.get_models() if model._meta.label not in staying]


def stays_here() -> dict[str, str]:
    """Every table that does not leave, by its label, with its reason."""
    return {**STAYS_HERE, **{model._meta.label: reason for model, reason in registry.kept_here().items()}}


def _make(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError(
            "folder_not_empty",
            "Ce dossier contient déjà quelque chose. Choisissez un dossier vide ou nouveau.",
        )
    try:
        (folder / OTHERS_FOLDER).mkdir(parents=True)
    except OSError as error:
        raise DomainError(
            "folder_not_writable", "Impossible d’écrire dans ce dossier. Choisissez-en un autre."
        ) from error


def write_file(
    folder: Path, layout: FileLayout, rows: Iterable[list[Any]], *, text: Callable[[str], str] = escaped
) -> int:
    """Write one file of the bundle, one value per column and row; how many rows. `text` writes a text as a cell.

    Where texts take several lines every cell is quoted: nothing in them can then look like a line of the file.
    """
    names = [column.name for column in layout.columns]
    has_long_texts = any(column.is_long_text for column in layout.columns)
    quoting: Literal[0, 1] = csv.QUOTE_ALL if has_long_texts else csv.QUOTE_MINIMAL
    return _write(folder / layout.name, names, rows, quoting, text)


def _write(
    path: Path,
    names: list[str],
    rows: Iterable[list[Any]],
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL,
    text: Callable[[str], str] = escaped,
) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n", quoting=quoting)
        writer.writerow(names)
        for row in rows:
            writer.writerow([as_cell(value, text) for value in row])
            count += 1
    return count


def _write_table(path: Path, model: type[models.Model], ids: _PublicIds) -> int:
    """A table with all its fields; what points to a row of the bundle gives the id it has there."""
    secret = SECRETS.get(model._meta.label, set())
    fields = [field for field in model._meta.concrete_fields if field.name not in secret]
    names = [field.attname for field in fields]
    known = [(ids.of_field(field), isinstance(field, SealedCode)) for field in fields]
    rows = model._base_manager.order_by("pk").values_list("pk", *names).iterator(_AT_ONCE)
    opened = (
        [
            own(value, pk) if is_code else _named(value, of)
            for value, (of, is_code) in zip(row, known, strict=True)
        ]
        for pk, *row in rows
    )
    return _write(path, names, opened)


def _write_files(folder: Path) -> int:
    """Every file attached, opened, under the number that `autres/files_storedfile.csv` gives it; how many."""
    count = 0
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=200):
        folder.mkdir(exist_ok=True)
        try:
            content = vault.get(stored.place, str(stored.sealed_key))
        except vault.Lost:
            continue  # its line says that it was there
        (folder / f"{stored.pk}.{FileKind(stored.kind).ending}").write_bytes(content)
        count += 1
    return count


def _named(value: Any, ids: Ids | None) -> Any:
    return value if ids is None or value is None else ids.get(value, value)


def as_cell(value: Any, text: Callable[[str], str] = escaped) -> str:
    """A value as the bundle writes it; a number never carries useless zeros."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return timezone.localtime(value).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case list():
            return ",".join(str(item) for item in value)
        case _:
            return text(str(value))


def public_ids(model: type[models.Model]) -> Ids:
    """The id each row is known by outside: the sender's own, else ours; never the same for two rows."""
    rows = list(model._base_manager.values_list("pk", "external_id"))
    taken = {external_id for _, external_id in rows if external_id}
    return {
        pk: external_id or (str(pk) if str(pk) not in taken else f"passerelles-{pk}")
        for pk, external_id in rows
    }


class _PublicIds:
    """The ids of every table that has some, each read once."""

    def __init__(self) -> None:
        self._named = set(registry.named_models())
        self._ids: dict[tuple[type[models.Model], str], Ids] = {}

    def cell(self, column: Column, row: Any) -> Any:
        """What a column writes of a row."""
        value = column.written(row)
        if column.refers_to is None:
            return in_words(value) if isinstance(value, dict) else value
        return _named(value, self._of(column.refers_to, column.known_by))

    def of_field(self, field: models.Field[Any, Any]) -> Ids | None:
        """The ids of what a field holds or points to; None for plain values."""
        model = field.model if field.primary_key else field.related_model
        return self._of(model, "external_id") if model in self._named else None  # type: ignore[arg-type]

    def _of(self, model: type[models.Model], known_by: str) -> Ids:
        key = (model, known_by)
        if key not in self._ids:
            if known_by == "external_id":
                self._ids[key] = public_ids(model)
            else:
                self._ids[key] = dict(model._base_manager.values_list("pk", known_by))
        return self._ids[key]
