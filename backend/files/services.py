"""Writes: add a file to a row, open it, take it away; every door is asked again each time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Protocol

from django.conf import settings
from django.db import models, transaction

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, OutOfReach, ensure
from backend.files import vault
from backend.files.carriers import MOST_FILES, carrier_of, named
from backend.files.inspection.asking import WORDS, check
from backend.files.models import StoredFile

_NOT_YOURS = "Votre rôle ne permet pas de changer les pièces jointes de cette ligne."
_LONGEST_TITLE = 120


class Sent(Protocol):
    """What a form or the API hands over."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def read(self, num_bytes: int | None = None) -> bytes: ...


@transaction.atomic
def attach(*, actor: Actor, row: models.Model, sent: Sent) -> StoredFile:
    """Check a file in a process of its own, seal what is kept of it, and put it on this row."""
    row = steps.lock(actor, row)
    ensure(carrier_of(row).may_change(actor, row), "not_yours", _NOT_YOURS)
    if StoredFile.objects.of(row).count() >= MOST_FILES:
        many = f"Il y a déjà {MOST_FILES} pièces ici. Retirez-en une avant d’en ajouter."
        raise DomainError("too_many_files", many, field="file")
    checked = check(_read(sent))
    place, key = vault.put(checked.content)
    try:
        stored = StoredFile.objects.create(
            carrier=row._meta.label_lower,
            carrier_id=row.pk,
            beneficiary_id=getattr(row, "beneficiary_id", None),
            title=clean_title(sent.name or ""),
            kind=checked.kind,
            size=len(checked.content),
            place=place,
            sealed_key=key,
            added_by_id=actor.user_id,
        )
    except BaseException:
        vault.drop(place)
        raise
    trail.record(actor, "file.added", stored, kind=str(stored.kind), on=stored.carrier)
    return stored


def open_file(*, actor: Actor, stored: StoredFile) -> bytes:
    """The bytes, for whoever reads the row that carries them today; the opening is written in the trail."""
    found = StoredFile.objects.visible_to(actor).filter(pk=stored.pk).first()
    if found is None:
        raise OutOfReach
    try:
        content = vault.get(found.place, str(found.sealed_key))
    except vault.Lost as error:
        raise DomainError(
            "file_lost",
            "Cette pièce ne peut plus être lue. Demandez-la à nouveau, ou prévenez l’exploitation du service.",
        ) from error
    trail.record(actor, "file.read", found)
    return content


@transaction.atomic
def take_away(*, actor: Actor, stored: StoredFile) -> None:
    """Take a file away for good; its row goes, and with it the key of its bytes."""
    stored = steps.lock(actor, stored)
    carrier = named(stored.carrier)
    row: Any = carrier and carrier.model._default_manager.filter(pk=stored.carrier_id).first()
    ensure(bool(carrier and row and carrier.may_change(actor, row)), "not_yours", _NOT_YOURS)
    trail.record(actor, "file.taken_away", stored, on=stored.carrier)
    delete_files([stored])


def forget_files(row: models.Model) -> None:
    """Take every file of a row away, just before the row is deleted; in the caller's transaction."""
    delete_files(StoredFile.objects.of(row))


def delete_files(files: Iterable[StoredFile]) -> None:
    """Take these rows away, and their bytes once that is kept; in the caller’s transaction."""
    for stored in list(files):
        place = stored.place
        stored.delete()
        transaction.on_commit(partial(vault.drop, place))


def clean_title(name: str) -> str:
    """The name somebody gave, without any path, ending or sign that does something."""
    base = PurePosixPath(PureWindowsPath(name).name).name
    stem = base.rpartition(".")[0] or base
    shown = "".join(sign if unicodedata.category(sign)[0] not in "CZ" else " " for sign in stem)
    return " ".join(shown.replace("<", " ").replace(">", " ").split())[:_LONGEST_TITLE]


def _read(sent: Sent) -> bytes:
    """At most the size allowed: what is announced is not believed."""
    if (sent.size or 0) > settings.FILES_MAX_BYTES:
        raise DomainError("file_too_large", WORDS["too_large"], field="file")
    content = sent.read(settings.FILES_MAX_BYTES + 1)
    if len(content) > settings.FILES_MAX_BYTES:
        raise DomainError("file_too_large", WORDS["too_large"], field="file")
    return content
