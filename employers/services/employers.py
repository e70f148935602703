"""Meeting an employer and their workplaces."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.organisations.models import Organisation
from employers.models import Employer, Establishment
from employers.permissions import may_work_for, may_work_with_employers

NOT_YOURS = "Seule l’équipe qui suit les employeurs peut le faire."


@transaction.atomic
def record_employer(
    *,
    actor: Actor,
    organisation: Organisation,
    name: str,
    siret: str = "",
    sector: str = "",
    contact_name: str = "",
    contact_phone: str = "",
) -> Employer:
    """Open an employer's file, kept by one structure and known to its group."""
    organisation = steps.within_reach(actor, organisation)
    ensure(may_work_for(actor, organisation), "not_yours", NOT_YOURS)
    employer = steps.save(
        Employer(
            organisation=organisation,
            name=name.strip(),
            siret=siret,
            sector=sector.strip(),
            contact_name=contact_name.strip(),
            contact_phone=contact_phone.strip(),
        )
    )
    trail.record(actor, "employer.recorded", employer)
    return employer


@transaction.atomic
def update_employer(*, actor: Actor, employer: Employer, version: int, **changes: Any) -> Employer:
    """Correct an employer's file; `Conflict` when `version` is old."""
    employer = steps.lock(actor, employer)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    steps.check_version(employer, version)
    for field in ("name", "siret", "sector", "contact_name", "contact_phone"):
        if field in changes:
            setattr(employer, field, changes[field])
    steps.save(employer)
    trail.record(actor, "employer.updated", employer, fields=sorted(changes))
    return employer


@transaction.atomic
def add_establishment(
    *, actor: Actor, employer: Employer, name: str, commune: str = "", insee_code: str = ""
) -> Establishment:
    """Add a workplace."""
    employer = steps.within_reach(actor, employer)
    ensure(may_work_with_employers(actor), "not_yours", NOT_YOURS)
    establishment = steps.save(
        Establishment(employer=employer, name=name.strip(), commune=commune.strip(), insee_code=insee_code)
    )
    trail.record(actor, "establishment.added", establishment)
    return establishment
