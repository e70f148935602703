"""A structure's own file takes nobody back from the structure that accompanies them today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from backend.exchange.importing.context import Context
from backend.exchange.layout import FileLayout
from pathways import doors
from pathways.exchange.entries import ENTRIES
from pathways.models import Stay

if TYPE_CHECKING:
    from pathways.exchange.stays import Known, Place, Work

_ELSEWHERE = "cette personne est accompagnée aujourd’hui par une autre structure"
_ASK_THE_RELAY = "C’est elle qui passe le relais ; ce qui est terminé chez vous peut toujours être écrit."


def turn_away(context: Context, works: list[Work], known: dict[Place, Known], contracts: FileLayout) -> None:
    """Refuse the lines that would open the door again, as the screen does (`may_open_stay`).

    The operator brings the files of everybody and is not asked. What is over here may still be written.
    """
    if context.scope is None:
        return
    shut, today = _accompanied_elsewhere(context.scope.organisation_id), timezone.localdate()
    for work in works:
        if work.place[0] not in shut:
            continue
        here = known[work.place]
        left = [row.occurred_on for row in here.exits] + [
            stay.ended_on for stay in here.stays if stay.ended_on
        ]
        last = max(
            left, default=date.min
        )  # what the base knows: an exit that comes with the line closes nothing yet
        for key in [key for key, line in work.contracts.items() if line["date_debut"] > last]:
            context.refuse(contracts, work.contracts.pop(key), "salarie_id", _ELSEWHERE, _ASK_THE_RELAY)
        for day in [day for day in work.exits if day >= today]:
            layout, line = work.exits.pop(day)
            context.refuse(layout, line, "salarie_id", _ELSEWHERE, _ASK_THE_RELAY)
        for day in [day for day in work.entries if day > last]:
            context.refuse(ENTRIES, work.entries.pop(day), "salarie_id", _ELSEWHERE, _ASK_THE_RELAY)


def _accompanied_elsewhere(organisation_id: int) -> set[int]:
    """People who stayed here, are here no more, and are somewhere else today."""
    today, stays = timezone.localdate(), Stay.objects.order_by()
    here = stays.filter(organisation_id=organisation_id)
    elsewhere = stays.filter(doors.not_over(today), started_on__lte=today).exclude(
        organisation_id=organisation_id
    )
    return set(
        elsewhere.filter(beneficiary_id__in=here.values("beneficiary_id"))
        .exclude(beneficiary_id__in=here.filter(doors.not_over(today)).values("beneficiary_id"))
        .values_list("beneficiary_id", flat=True)
    )
