"""« Ne plus suivre, parce que… »: a structure stops watching someone between two steps, and may begin again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from pathways.models import Beneficiary, WatchEnd
from pathways.permissions import may_stop_watching, may_watch_again
from pathways.selectors import between_steps

_NOT_YOURS = "Seule l’équipe d’une structure où la personne est passée peut le décider, pour elle-même."


@transaction.atomic
def stop_watching(*, actor: Actor, beneficiary: Beneficiary, reason: str, note: str = "") -> WatchEnd:
    """Write why nobody here watches this wait any more; the thread and its figures do not move."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_stop_watching(actor, beneficiary), "not_yours", _NOT_YOURS)
    today, (organisation_id,) = (
        timezone.localdate(),
        actor.organisation_ids,
    )  # who accompanies sits in one structure
    if not between_steps(actor, today, people=(beneficiary.pk,)):
        raise DomainError(
            "not_waiting",
            "Cette personne n’attend pas entre deux étapes, ou votre structure ne la suit déjà plus. "
            "Rechargez la page pour voir où elle en est.",
        )

    watch_end = steps.save(
        WatchEnd(
            beneficiary=beneficiary,
            organisation_id=organisation_id,
            reason=reason,
            note=note.strip(),
            ended_by_id=actor.user_id,
        )
    )
    trail.record(actor, "watching.ended", watch_end)
    return watch_end


@transaction.atomic
def watch_again(*, actor: Actor, watch_end: WatchEnd) -> WatchEnd:
    """Go back on it: the person stands among those between two steps again. Asked twice, it changes nothing."""
    watch_end = steps.lock(actor, watch_end)
    ensure(may_watch_again(actor, watch_end), "not_yours", _NOT_YOURS)
    if watch_end.resumed_at is not None:
        return watch_end

    watch_end.resumed_at, watch_end.resumed_by_id = timezone.now(), actor.user_id
    steps.save(watch_end)
    trail.record(actor, "watching.resumed", watch_end)
    return watch_end
