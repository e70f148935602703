"""Aiming at a certification, and moving its file one stage on."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from competences.enums import VaeStatus
from competences.models import VaeProject
from competences.permissions import may_plan_vae
from competences.rules import vae as rules
from pathways.models import Beneficiary
from pathways.permissions import accompanies

_NOT_YOURS = "Seuls l’accompagnement et le responsable conduisent une VAE avec la personne."


@transaction.atomic
def plan_vae(*, actor: Actor, beneficiary: Beneficiary, certification: str, on: date) -> VaeProject:
    """Open a VAE project for one certification."""
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(may_plan_vae(actor) and accompanies(actor, beneficiary), "not_yours", _NOT_YOURS)
    _check_day(beneficiary, on)

    project = steps.save(
        VaeProject(
            beneficiary=beneficiary,
            organisation_id=actor.organisation_id,
            certification=certification.strip(),
            reached_on=on,
        )
    )
    trail.record(actor, "vae.planned", project)
    return project


@transaction.atomic
def move_vae(*, actor: Actor, project: VaeProject, version: int, status: str, on: date) -> VaeProject:
    """Record the stage just reached; the next legal date follows from it."""
    project = steps.lock(actor, project)
    ensure(may_plan_vae(actor) and accompanies(actor, project.beneficiary), "not_yours", _NOT_YOURS)
    steps.check_version(project, version)
    stage = VaeStatus(status)
    _check_day(project.beneficiary, on)
    current = VaeStatus(project.status)
    raise_refusals(rules.move_findings(current=current, asked=stage, reached_on=project.reached_on, on=on))

    project.status, project.reached_on = stage, on
    project.next_due_on = rules.next_deadline(stage, reached_on=on)
    steps.save(project)
    trail.record(actor, "vae.moved", project, status=stage.value)
    return project


def _check_day(beneficiary: Beneficiary, on: date) -> None:
    raise_refusals(rules.day_findings(on=on, today=timezone.localdate(), born_on=beneficiary.birth_date))
