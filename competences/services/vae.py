"""Aiming at a certification, and moving its file one stage on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import Conflict, DomainError, ensure
from competences import rules
from competences.enums import VaeStatus
from competences.models import VaeProject
from competences.permissions import may_plan_vae
from pathways.models import Beneficiary

NOT_YOURS = "Seuls l’accompagnement et le responsable conduisent une VAE avec la personne."


@transaction.atomic
def plan_vae(*, actor: Actor, beneficiary: Beneficiary, certification: str, on: date) -> VaeProject:
    """Open a VAE project for one certification."""
    beneficiary = Beneficiary.objects.accompanied_by(actor).get(pk=beneficiary.pk)
    ensure(may_plan_vae(actor), "not_yours", NOT_YOURS)
    project = VaeProject(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        certification=certification.strip(),
        reached_on=on,
    )
    project.full_clean()
    project.save()
    trail.record(actor, "vae.planned", project)
    return project


@transaction.atomic
def move_vae(*, actor: Actor, project: VaeProject, version: int, status: str, on: date) -> VaeProject:
    """Record the stage just reached; the next legal date follows from it."""
    project = VaeProject.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=project.pk)
    ensure(may_plan_vae(actor), "not_yours", NOT_YOURS)
    if project.version != version:
        raise Conflict(
            "changed_meanwhile", "Ce projet a changé entre-temps. Rechargez la page puis reprenez."
        )
    _check_move(project, VaeStatus(status), on)

    project.status, project.reached_on = status, on
    project.next_due_on = rules.next_deadline(VaeStatus(status), reached_on=on)
    project.version += 1
    project.save()
    trail.record(actor, "vae.moved", project, status=str(status))
    return project


def _check_move(project: VaeProject, status: VaeStatus, on: date) -> None:
    if status not in rules.NEXT_STAGES[VaeStatus(project.status)]:
        raise DomainError(
            "stage_out_of_order",
            f"Cette étape ne suit pas « {VaeStatus(project.status).label} ». Choisissez l’étape suivante.",
            field="status",
            basis=rules.BASIS,
        )
    if on < project.reached_on:
        raise DomainError(
            "stage_before_previous",
            "Cette étape ne peut pas précéder la précédente. Vérifiez la date.",
            field="on",
        )
