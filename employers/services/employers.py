"""Meeting an employer and their workplaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import Conflict, ensure
from backend.organisations.models import Organisation
from employers.models import Employer, Establishment
from employers.permissions import may_work_for, may_work_with_employers
from employers.selectors.known import employers_alike

NOT_YOURS = "Seule l’équipe qui suit les employeurs peut le faire."


_MAY_BE_KNOWN = (
    "Un employeur qui lui ressemble est déjà connu. Regardez sa fiche : si c’est lui, continuez-la ; sinon, dites que "
    "c’en est un autre pour l’ajouter."
)


class EmployerMayBeKnown(Conflict):
    """The employer may have a file already: nothing was written, and the files to look at are given."""

    def __init__(self, candidates: Sequence[Employer]) -> None:
        super().__init__("look_alike", _MAY_BE_KNOWN, field="name")
        self.candidates = candidates

    def as_dict(self) -> dict[str, Any]:
        """The refusal, with the numbers of the files to look at."""
        return {**super().as_dict(), "candidates": [each.pk for each in self.candidates]}


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
    is_another: bool = False,
) -> Employer:
    """Open an employer's file, kept by one structure and known to its group.

    `EmployerMayBeKnown` when one the actor sees looks like it; the actor looks, then says `is_another`.
    """
    organisation = steps.within_reach(actor, organisation)
    ensure(may_work_for(actor, organisation), "not_yours", NOT_YOURS)
    if not is_another and (found := employers_alike(actor, name=name, siret=siret)):
        raise EmployerMayBeKnown(found)
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
    steps.write(employer, changes, ("name", "siret", "sector", "contact_name", "contact_phone"))
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
