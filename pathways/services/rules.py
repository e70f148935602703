"""Writing a row of the rule book: everybody's, or a préfet's decision for one structure."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import Confidence, raise_refusals
from backend.core.values.plausible import PROLONGED_MONTHS, RULE, end_findings, window_findings
from backend.organisations.models import Organisation
from pathways.models import RuleSetting
from pathways.permissions import may_set_rule
from pathways.rules.dated.reading import read_row

_NOT_YOURS = (
    "Une règle change les chiffres de tout le monde : seule la tête de réseau la modifie. Une décision du préfet "
    "s’enregistre par le responsable de la structure concernée."
)


@transaction.atomic
def set_rule(
    *,
    actor: Actor,
    name: str,
    value: str,
    valid_from: date,
    valid_to: date | None = None,
    basis: str,
    confidence: str = Confidence.CONFIRMED,
    organisation: Organisation | None = None,
) -> RuleSetting:
    """Write what a rule is worth from a day on; the same rule from the same day is corrected.

    The rows of the product are never changed: what is typed here wins over them inside its days.
    """
    ensure(may_set_rule(actor, organisation), "not_yours", _NOT_YOURS)
    if organisation is not None:
        organisation = steps.within_reach(actor, organisation)
    raise_refusals(window_findings(RULE, valid_from, field="valid_from", today=timezone.localdate()))
    raise_refusals(end_findings(valid_to, field="valid_to", started_on=valid_from, months=PROLONGED_MONTHS))
    known = RuleSetting.objects.select_for_update(of=("self",)).filter(
        key=name, organisation=organisation, valid_from=valid_from
    )
    row = known.first() or RuleSetting(key=name, organisation=organisation, valid_from=valid_from)
    before = row.value
    row.value, row.valid_to = value.strip(), valid_to
    row.basis, row.confidence = basis.strip(), confidence
    row.full_clean()
    read_row(row)
    row.save()
    trail.record(
        actor,
        "rule.set",
        row,
        key=name,
        before=before,
        value=row.value,
        valid_from=f"{valid_from}",
        valid_to=f"{valid_to or ''}",
    )
    return row
