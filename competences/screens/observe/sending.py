"""What a page sends of the taps it kept: read whole or not at all, then each told what became of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from backend.core.values.dates import french_date, in_calendar
from backend.core.values.numbers import LARGEST_ID
from backend.web.access import only
from backend.web.requests import ActorRequest
from competences.models import Competence
from competences.permissions import may_observe
from competences.screens.observe.gestures import GestureRow, rows_of
from competences.services import Outcome, Tap, record_observations
from pathways.models import Beneficiary

MOST_SENT = 50
_KEY = re.compile(r"[0-9a-f-]{8,60}")
_UNREADABLE = "Ces observations ne se lisent pas. Rechargez la page : celles qui attendent y sont gardées."
_OTHER_SEAT = (
    "Vous agissez maintenant sous un autre rôle. Revenez à celui de cette page pour envoyer ce qui y attend."
)


@only(may_observe)
@require_POST
def observe_send(request: ActorRequest) -> HttpResponse:
    """Record what was tapped, now or without network: once each, whatever comes twice; a refusal is a sentence."""
    if request.POST.get("seat", request.actor.seat) != request.actor.seat:
        return JsonResponse({"said": _OTHER_SEAT}, status=409)
    sent = _read(request.POST.get("taps", ""))
    if sent is None:
        return JsonResponse({"said": _UNREADABLE}, status=400)
    outcomes = record_observations(actor=request.actor, taps=[tap for tap, _ in sent])
    together = {tap.key: work for tap, work in sent}
    return JsonResponse({"results": _told(request, outcomes, together)})


def _read(text: str) -> list[tuple[Tap, str | None]] | None:
    """Each tap, and the work shown by the page it was made on; None when anything cannot be what a page sends."""
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, list) or len(sent) > MOST_SENT:
        return None
    taps = [_tap(each) for each in sent]
    return None if None in taps else [tap for tap in taps if tap is not None]


def _tap(sent: Any) -> tuple[Tap, str | None] | None:
    if not isinstance(sent, dict) or not _KEY.fullmatch(str(sent.get("key", ""))):
        return None
    numbers = [sent.get(name) for name in ("person", "competence", "level")]
    if not all(type(each) is int and 0 < each <= LARGEST_ID for each in numbers):
        return None
    try:
        day = date.fromisoformat(str(sent.get("on", "")))
    except ValueError:
        return None
    if not in_calendar(day):
        return None
    work = sent.get("work")
    tap = Tap(str(sent["key"]), int(numbers[0]), int(numbers[1]), int(numbers[2]), day)  # type: ignore[arg-type]
    return tap, work[:8] if isinstance(work, str) else None


def _told(
    request: ActorRequest, outcomes: list[Outcome], together: dict[str, str | None]
) -> list[dict[str, Any]]:
    """For each tap, whether it counts, its row as it now stands, and the sentence where the page shows no such row."""
    people = Beneficiary.objects.accompanied_by(request.actor).in_bulk(
        [outcome.tap.beneficiary for outcome in outcomes]
    )
    gestures = Competence.objects.in_bulk([outcome.tap.competence for outcome in outcomes])
    told = []
    for outcome in outcomes:
        person = people.get(outcome.tap.beneficiary)
        gesture = gestures.get(outcome.tap.competence)
        work = together[outcome.tap.key]
        answer: dict[str, Any] = {"key": outcome.tap.key, "recorded": outcome.is_recorded}
        if person is None or gesture is None:
            answer["said"] = outcome.refusal
        else:
            row = _row(request, outcome, person, gesture, is_together=work is not None)
            answer["row"] = render_to_string(
                "competences/observe/_row.html", {"row": row, "work": work}, request
            )
            if outcome.refusal:
                answer["said"] = f"{person}, « {gesture.label} » : {outcome.refusal}"
        told.append(answer)
    return told


def _row(
    request: ActorRequest, outcome: Outcome, person: Beneficiary, gesture: Competence, *, is_together: bool
) -> GestureRow:
    today = timezone.localdate()
    (row,) = rows_of(request.actor, [person], [gesture], today, names_person=is_together)
    if outcome.is_recorded and outcome.tap.seen_on != today:
        return replace(row, sent_for=french_date(outcome.tap.seen_on))
    return replace(row, is_fresh=outcome.is_recorded, problem=outcome.refusal)
