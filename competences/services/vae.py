"""Aiming at a certification, and writing down what happens to its file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import OutOfReach, ensure
from backend.core.findings import Finding, raise_refusals, remarks
from backend.exchange.importing import memory
from competences.enums import VaeStepKind
from competences.models import VaeProject, VaeStep
from competences.permissions import may_plan_vae
from competences.rules.vae import FileFacts, removal_findings, replacement_findings, step_findings
from competences.rules.vae.declining import decline_findings, reason_findings
from competences.rules.vae.facts import DEPOSITED
from competences.rules.vae.findings import replaced_findings
from competences.rules.vae.funding import funding_findings
from competences.rules.vae.limits import limit_findings
from competences.selectors.vae import file_facts, other_files, settle, step_facts
from pathways.models import Beneficiary
from pathways.permissions import accompanies
from pathways.rules.dated.book import RuleBook
from pathways.selectors.rule_book import read_book

_NOT_YOURS = "Seuls l’accompagnement et le responsable conduisent une VAE avec la personne."
DESCRIBED = (
    "certification", "reference", "scope", "channel", "companion", "companion_on_portal", "funding", "quotes",
    "replaced_on",
)  # fmt: skip
"""How a file is carried: what the page shows is what the service writes."""


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What somebody says of a step, beside its kind and its day."""

    jury_on: date | None = None
    jury_members: int | None = None
    jury_knows_candidate: bool = False
    blocs: str = ""
    leave_on: date | None = None
    leave_hours: int | None = None
    details: str = ""
    document: str = ""
    source: str = ""


@transaction.atomic
def plan_vae(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    certification: str,
    on: date,
    has_agreed: bool = False,
    **described: Any,
) -> VaeProject:
    """Open a VAE project for one certification; with the person's agreement when they gave it that day."""
    beneficiary = steps.within_reach(actor, beneficiary)
    ensure(may_plan_vae(actor) and accompanies(actor, beneficiary), "not_yours", _NOT_YOURS)

    project = VaeProject(
        beneficiary=beneficiary,
        organisation_id=actor.organisation_id,
        certification=certification.strip(),
        reached_on=on,
        **described,
    )
    kinds = [VaeStepKind.PLANNED, *([VaeStepKind.AGREED] if has_agreed else [])]
    first = [VaeStep(project=project, kind=kind, on=on, author_id=actor.user_id) for kind in kinds]
    raise_refusals(replaced_findings(project.replaced_on, today=timezone.localdate()))
    book = read_book()
    for step in first:
        raise_refusals(_findings(project, FileFacts(), step, book))
    steps.save(project)
    for step in first:
        step.project = project
        steps.save(step)
    trail.record(actor, "vae.planned", project)
    return project


@transaction.atomic
def describe_vae(*, actor: Actor, project: VaeProject, version: int, **described: Any) -> list[Finding]:
    """Say how the file is carried: what it aims at, where it goes, who accompanies, who pays; what deserves a look."""
    project = _locked(actor, project, version)
    steps.write(project, described, DESCRIBED)
    raise_refusals(replaced_findings(project.replaced_on, today=timezone.localdate()))
    steps.save(project)
    trail.record(actor, "vae.described", project)
    return list(funding_findings(file_facts(project), on=timezone.localdate(), book=read_book()))


@transaction.atomic
def move_vae(
    *, actor: Actor, project: VaeProject, version: int, kind: str, on: date, **said: Any
) -> tuple[VaeProject, list[Finding]]:
    """Write down what happened, on its day; the legal dates follow from it. What deserves a look comes back."""
    project = _locked(actor, project, version)
    step = VaeStep(project=project, kind=kind, on=on, author_id=actor.user_id, **asdict(StepSaid(**said)))
    found = _write(project, step)
    trail.record(actor, "vae.moved", project, kind=str(kind))
    return project, found


@transaction.atomic
def correct_vae_step(
    *,
    actor: Actor,
    project: VaeProject,
    step: VaeStep,
    version: int,
    reason: str,
    kind: str,
    on: date,
    **said: Any,
) -> tuple[VaeProject, list[Finding]]:
    """Replace a step by what it should have said; the first one stays, with the reason."""
    project = _locked(actor, project, version)
    old = _standing(project, step)
    raise_refusals(reason_findings(reason))
    before = file_facts(project)
    steps.take_back(old, reason)
    new = VaeStep(
        project=project, kind=kind, on=on, author_id=actor.user_id, replaces=old, **asdict(StepSaid(**said))
    )
    found = _write(project, new)
    after = file_facts(project)
    raise_refusals(replacement_findings(before, after, today=timezone.localdate(), book=read_book()))
    trail.record(actor, "vae.corrected", project, kind=str(kind))
    return project, found


@transaction.atomic
def cancel_vae_step(
    *, actor: Actor, project: VaeProject, step: VaeStep, version: int, reason: str
) -> VaeProject:
    """Take a step back: it was a mistake. It stays readable with its reason, and counts no more."""
    project = _locked(actor, project, version)
    old = _standing(project, step)
    raise_refusals(reason_findings(reason))
    facts, book = file_facts(project), read_book()
    raise_refusals(removal_findings(facts, step_facts(old), today=timezone.localdate(), book=book))
    steps.take_back(old, reason)
    _settle(project, book)
    trail.record(actor, "vae.cancelled", project, kind=str(old.kind))
    return project


@transaction.atomic
def decline_vae(*, actor: Actor, project: VaeProject, version: int) -> None:
    """The person says no: the proposal leaves no trace in their file (art. L6421-1 and L6421-2)."""
    project = _locked(actor, project, version)
    raise_refusals(decline_findings(file_facts(project)))
    trail.record(actor, "vae.withdrawn", project)
    if (
        project.organisation is not None
    ):  # beside the structure, never the person: the law leaves no trace there
        memory.withdraw(project, owner=project.organisation, id=project.external_id)
    project.steps.update(replaces=None)
    project.steps.all().delete()
    project.delete()


def _locked(actor: Actor, project: VaeProject, version: int) -> VaeProject:
    project = steps.lock(actor, project)
    ensure(may_plan_vae(actor) and accompanies(actor, project.beneficiary), "not_yours", _NOT_YOURS)
    steps.check_version(project, version)
    return project


def _standing(project: VaeProject, step: VaeStep) -> VaeStep:
    """The step again, of this very file, that nobody cancelled meanwhile."""
    found: VaeStep | None = project.steps.standing().filter(pk=step.pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise OutOfReach
    return found


def _write(project: VaeProject, step: VaeStep) -> list[Finding]:
    book = read_book()
    found = _findings(project, file_facts(project), step, book)
    raise_refusals(found)
    steps.save(step)
    _settle(project, book)
    return remarks(found)


def _findings(project: VaeProject, file: FileFacts, step: VaeStep, book: RuleBook) -> list[Finding]:
    """What the rules say of a step about to join its file, the limits of the year included."""
    today, born_on = timezone.localdate(), project.beneficiary.birth_date
    facts = step_facts(step)
    found = list(step_findings(file, facts, today=today, book=book, born_on=born_on))
    if facts.kind in DEPOSITED and file.deposited_on is None:
        found += limit_findings(file, step.on, other_files(project), book=book, reason=step.details)
    return found


def _settle(project: VaeProject, book: RuleBook) -> None:
    settle(project, project.steps.all(), today=timezone.localdate(), book=book)
    steps.save(project)
