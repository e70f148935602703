"""Keeping what somebody shows of themselves on their CV, and starting again from what is proposed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from competences.models import Cv
from competences.permissions import may_make_cv
from competences.rules.cvs import kept_choice
from competences.rules.passports import choice_findings
from competences.selectors.cvs.lines import lines_offered
from competences.selectors.cvs.page import cv_of
from pathways.models import Beneficiary
from pathways.permissions import accompanies

_NOT_YOURS = "Seuls la personne et qui l’accompagne choisissent ce que montre son CV."
_TYPED = frozenset(
    {"title", "presentation", "town", "languages", "shows_phone", "shows_email", "names_structures"}
    | {"names_firms", "first", "look"}
)


@transaction.atomic
def keep_cv(
    *, actor: Actor, beneficiary: Beneficiary, version: int, shown: Collection[str], **said: Any
) -> Cv:
    """Write the choice, the first time or again; what is not said stays. `TypeError` for another field.

    A line chosen before that this actor is not shown stays chosen: nobody takes away what they do not see.
    """
    beneficiary = _locked(actor, beneficiary)
    cv = cv_of(actor, beneficiary)
    steps.check_version(cv, version)
    steps.write(cv, said, _TYPED)
    offered = [line.key for line in lines_offered(actor, beneficiary, cv, today=timezone.localdate())]
    raise_refusals(choice_findings(lines=len(set(shown) & set(offered)), field="shown"))

    cv.shown = kept_choice(shown, offered=offered, before=cv.shown)
    steps.save(cv)
    trail.record(actor, "cv.kept", cv, lines=len(cv.shown))
    return cv


@transaction.atomic
def clear_cv(*, actor: Actor, beneficiary: Beneficiary, version: int) -> None:
    """Forget the choice and its words: the CV is again the one proposed. The row stays, to count its versions."""
    beneficiary = _locked(actor, beneficiary)
    cv = cv_of(actor, beneficiary)
    steps.check_version(cv, version)
    if cv.pk is not None:
        blank = Cv(beneficiary=beneficiary)
        for name in _TYPED | {"shown"}:
            setattr(cv, name, getattr(blank, name))
        steps.save(cv)
        trail.record(actor, "cv.cleared", cv)


def _locked(actor: Actor, beneficiary: Beneficiary) -> Beneficiary:
    """The person, under lock: two first choices at once are one after the other."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_make_cv(actor) and accompanies(actor, beneficiary), "not_yours", _NOT_YOURS)
    return beneficiary
