"""What may be corrected or taken back on the employers' side, one line a kind."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model
from django.urls import reverse

from backend.core.actor import Actor
from backend.core.hanging import counted, hanging_from
from backend.core.values.dates import french_date
from backend.core.values.text import at_place, of_place
from employers import services
from employers.enums import AnalysisStatus
from employers.models import Employer, Establishment, Placement, PostHireFollowUp, TaskAnalysis, WorkTask
from employers.permissions import (
    may_correct_call,
    may_correct_hire,
    may_hire,
    may_work_with_employers,
)
from employers.rules.post_hire import LABELS
from employers.screens.corrections import forms
from employers.services.corrections.hires import job_to_fill_again, resting_on_hire
from employers.services.corrections.work import resting_on_analysis, resting_on_employer
from pathways.enums import CancelReason
from pathways.screens.corrections.kind import Kind
from pathways.services.corrections.stays import reopened_with

ABOUT_NOBODY = (CancelReason.TWICE, CancelReason.NEVER_HELD, CancelReason.OTHER)
"""Why something about no person is taken back."""


def _may_work(actor: Actor, row: Model) -> bool:
    return may_work_with_employers(actor)


def _of_analysis(row: TaskAnalysis) -> Sequence[str]:
    tasks = row.tasks.count()
    lines = [f"{counted(WorkTask, tasks)} de cette analyse, avec les compétences demandées"] if tasks else []
    if row.status == AnalysisStatus.RETURNED:
        lines.append("l’employeur, qui lit déjà cette analyse, ne la lira plus")
    return lines


def _of_hire(row: Placement) -> Sequence[str]:
    exit_, lines = row.exit, []
    if exit_ is not None:
        lines = [
            f"la sortie du {french_date(exit_.occurred_on)} est annulée : le passage "
            f"{at_place(exit_.stay.organisation)} reprend",
            *(f"le contrat du {french_date(each.started_on)} reprend aussi" for each in reopened_with(exit_)),
        ]
    if waiting := row.follow_ups.filter(done_on__isnull=True).count():
        lines.append(f"les contacts prévus partent aussi ({waiting} au total)")
    if job := job_to_fill_again(row):
        lines.append(
            f"la proposition « {job} » est de nouveau à pourvoir : les profils dont l’accord court encore y sont montrés"
        )
    return lines


def _call(row: PostHireFollowUp) -> str:
    return LABELS.get(row.milestone, row.milestone)


KINDS = (
    Kind(
        "employer", Employer, "employer", "cet employeur", _may_work, services.cancel_employer, stands="",
        resting=resting_on_employer, door=may_work_with_employers, reasons=ABOUT_NOBODY,
        page=lambda row: reverse("web:employer", args=[row.pk]),
        left=lambda row: reverse("web:employers"),
        about=str,
        gone=lambda row: f"« {row} » disparaît de la liste des employeurs.",
    ),
    Kind(
        "establishment", Establishment, "establishment", "ce lieu", _may_work, services.cancel_establishment,
        forms.EstablishmentCorrectForm, services.correct_establishment, stands="",
        resting=hanging_from, door=may_work_with_employers, reasons=ABOUT_NOBODY,
        page=lambda row: reverse("web:employer", args=[row.employer_id]),
        about=lambda row: f"{row}, {row.employer}",
        gone=lambda row: f"« {row} » disparaît des lieux de travail {of_place(row.employer)}.",
    ),
    Kind(
        "analysis", TaskAnalysis, "analysis", "cette analyse", _may_work, services.cancel_analysis,
        forms.AnalysisCorrectForm, services.correct_analysis, stands="",
        leaving=_of_analysis, resting=resting_on_analysis, door=may_work_with_employers, reasons=ABOUT_NOBODY,
        page=lambda row: reverse("web:analysis", args=[row.pk]),
        left=lambda row: reverse("web:employer", args=[row.establishment.employer_id]),
        about=lambda row: f"{row}, {row.establishment}",
        gone=lambda row: f"L’analyse « {row} » disparaît.",
    ),
    Kind(
        "placement", Placement, "placement", "cette embauche", may_correct_hire, services.cancel_hire,
        forms.HireCorrectForm, services.correct_hire,
        leaving=_of_hire, resting=resting_on_hire, door=may_hire,
        page=lambda row: reverse("web:placement", args=[row.pk]),
        left=lambda row: reverse("web:person", args=[row.beneficiary_id]),
        about=lambda row: f"{row.beneficiary} : {row} chez {row.workplace}",
        gone=lambda row: f"« {row} » disparaît du fil, de la frise et des chiffres.",
    ),
    Kind(
        "post_hire", PostHireFollowUp, "follow_up", "ce contact", may_correct_call, services.cancel_post_hire,
        forms.PostHireCorrectForm, services.correct_post_hire, "placement__beneficiary", door=may_hire,
        page=lambda row: reverse("web:placement", args=[row.placement_id]),
        about=lambda row: f"{_call(row)} : {row.placement.beneficiary}",
        gone=lambda row: (
            f"« {row.get_situation_display()} », noté le {french_date(row.done_on)}, est effacé : "
            "ce contact est de nouveau à faire."
        ),
    ),
)  # fmt: skip
