"""Writing down a habilitation, renewing it, correcting it, taking back one typed by mistake."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import Finding, raise_refusals, remarks
from backend.files.services import Sent, attach
from competences.models import Licence
from competences.permissions import may_write_licences
from competences.rules.licences import last_day, licence_findings
from pathways.models import Beneficiary
from pathways.permissions import accompanies
from pathways.selectors.rule_book import read_book

_NOT_YOURS = "Seuls l’accompagnement et le responsable notent une habilitation, quand ils ont vu le document."
WRITTEN = ("kind", "label", "obtained_on", "expires_on", "issuer", "is_suspended")
"""What a document says: what the page shows is what the service writes."""


@transaction.atomic
def record_licence(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    kind: str,
    obtained_on: date,
    label: str = "",
    expires_on: date | None = None,
    issuer: str = "",
    is_suspended: bool = False,
    file: Sent | None = None,
) -> Licence:
    """A habilitation obtained, or obtained again: the newest of a title takes the place of the former one.

    Without last day, the one of its rule is written; without rule, it has no end.
    """
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(may_write_licences(actor) and accompanies(actor, beneficiary), "not_yours", _NOT_YOURS)
    licence = Licence(
        beneficiary=beneficiary,
        kind=kind,
        label=label.strip(),
        obtained_on=obtained_on,
        expires_on=expires_on,
        issuer=issuer.strip(),
        is_suspended=is_suspended,
        organisation_id=actor.organisation_id,
        author_id=actor.user_id,
    )
    _check(licence)
    steps.save(licence)
    if file is not None:
        attach(actor=actor, row=licence, sent=file)
    trail.record(actor, "licence.recorded", licence, kind=str(kind))
    return licence


@transaction.atomic
def correct_licence(
    *, actor: Actor, licence: Licence, version: int, file: Sent | None = None, **said: Any
) -> Licence:
    """Write what the document really says; what it said before stays in the trail."""
    licence = _locked(actor, licence, version)
    before = {
        name: str(getattr(licence, name) or "")
        for name in ("kind", "obtained_on", "expires_on", "is_suspended")
    }
    steps.write(licence, said, WRITTEN)
    _check(licence)
    steps.save(licence)
    if file is not None:
        attach(actor=actor, row=licence, sent=file)
    trail.record(actor, "licence.corrected", licence, **before)
    return licence


@transaction.atomic
def cancel_licence(*, actor: Actor, licence: Licence, version: int, reason: str) -> Licence:
    """Take back a habilitation typed by mistake: it counts no more and stays readable, with the reason."""
    licence = _locked(actor, licence, version)
    steps.take_back(licence, reason)
    trail.record(actor, "licence.cancelled", licence)
    return licence


def _check(licence: Licence) -> list[Finding]:
    book = read_book()
    found = list(
        licence_findings(
            licence, today=timezone.localdate(), book=book, born_on=licence.beneficiary.birth_date
        )
    )
    raise_refusals(found)
    if licence.expires_on is None:
        licence.expires_on = last_day(licence.kind, licence.obtained_on, book=book)
    return remarks(found)


def _locked(actor: Actor, licence: Licence, version: int) -> Licence:
    licence = steps.lock(actor, licence)
    ensure(may_write_licences(actor) and accompanies(actor, licence.beneficiary), "not_yours", _NOT_YOURS)
    ensure(
        licence.cancelled_at is None,
        "cancelled",
        "Cette habilitation a été annulée. Notez-la à nouveau si elle est bien obtenue.",
    )
    steps.check_version(licence, version)
    return licence
