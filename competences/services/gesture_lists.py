"""« Ce chantier » : keeping the list of the gestures of a work, used again each time it comes back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from competences.models import Competence, GestureList, GestureListLine
from competences.permissions import may_keep_gestures
from competences.rules.assessments import gestures_findings

MOST_GESTURES = 20
_NOT_YOURS = "Ces listes sont tenues par qui observe au travail, dans sa structure."


@transaction.atomic
def keep_gestures(*, actor: Actor, label: str, competences: Collection[Competence]) -> GestureList:
    """Keep the gestures of a work under a name; everybody who observes in the structure finds it."""
    ensure(may_keep_gestures(actor), "not_yours", _NOT_YOURS)
    kept = GestureList(organisation_id=actor.organisation_id, author_id=actor.user_id)  # type: ignore[misc]
    _say(kept, label, competences)
    trail.record(actor, "gestures.kept", kept)
    return kept


@transaction.atomic
def correct_gestures(
    *,
    actor: Actor,
    kept: GestureList,
    version: int,
    label: str | None = None,
    competences: Collection[Competence] | None = None,
    is_put_aside: bool | None = None,
) -> GestureList:
    """Say the list again: its name, its gestures, or that it is proposed no more."""
    kept = steps.lock(actor, kept)
    ensure(may_keep_gestures(actor), "not_yours", _NOT_YOURS)
    steps.check_version(kept, version)
    if is_put_aside is not None:
        kept.is_put_aside = is_put_aside
    _say(kept, kept.label if label is None else label, competences)
    trail.record(actor, "gestures.corrected", kept)
    return kept


def _say(kept: GestureList, label: str, competences: Collection[Competence] | None) -> None:
    kept.label = " ".join(label.split())
    if competences is not None:
        raise_refusals(gestures_findings(chosen=len({each.pk for each in competences}), most=MOST_GESTURES))
    steps.save(kept)
    if competences is None:
        return
    wanted = dict.fromkeys(each.pk for each in competences)
    lines = GestureListLine.objects.filter(gesture_list=kept)
    lines.exclude(competence_id__in=wanted).delete()
    held = set(lines.values_list("competence_id", flat=True))
    GestureListLine.objects.bulk_create(
        GestureListLine(gesture_list=kept, competence_id=each) for each in wanted if each not in held
    )
