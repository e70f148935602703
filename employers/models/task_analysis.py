"""A day spent looking at the work, and the tasks it showed: tasks rather than diplomas."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Value

from backend.core.values.identifiers import validate_rome_code
from backend.core.values.numbers import added
from backend.organisations.models import Organisation
from competences.enums import Level
from competences.models import Competence
from employers.enums import AnalysisStatus, DangerousWork, TaskFamily
from employers.models.employer import Establishment
from employers.querysets import TaskAnalysisQuerySet, TaskRequirementQuerySet, WorkTaskQuerySet
from employers.rules.tasks import MOST_HOURS


class TaskAnalysis(models.Model):
    """One immersion in one workplace, agreed with the manager and the team; no worker is named in it."""

    establishment = models.ForeignKey(
        Establishment, verbose_name="établissement", on_delete=models.PROTECT, related_name="analyses"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="menée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    title = models.CharField("intitulé", max_length=160)
    observed_on = models.DateField("observée le")
    status = models.CharField("état", max_length=10, choices=AnalysisStatus, default=AnalysisStatus.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskAnalysisQuerySet.as_manager()

    class Meta:
        verbose_name = "analyse de tâches"
        verbose_name_plural = "analyses de tâches"
        ordering = ["-observed_on", "-id"]

    def __str__(self) -> str:
        return self.title


def four_seasons() -> list[float]:
    """Hours a week in winter, spring, summer and autumn, before anything was observed."""
    return [0.0, 0.0, 0.0, 0.0]


class WorkTask(models.Model):
    """One task that could be handed over: hours first, then how it feels and what it asks for."""

    analysis = models.ForeignKey(
        TaskAnalysis, verbose_name="analyse", on_delete=models.PROTECT, related_name="tasks"
    )
    name = models.CharField(
        "tâche", max_length=160, help_text="Un verbe et son objet : peser les ingrédients."
    )
    family = models.CharField("famille", max_length=16, choices=TaskFamily)
    weekly_hours = models.DecimalField(
        "heures par semaine",
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(MOST_HOURS)],
    )
    season_hours = models.JSONField("heures par saison", default=four_seasons)
    dayparts = models.JSONField("moments", default=list, blank=True)
    is_hard = models.BooleanField("pénible", default=False)
    is_devalued = models.BooleanField("dévalorisée", default=False)
    is_skill_building = models.BooleanField("développe une compétence", default=False)
    demands = models.JSONField("exigences physiques", default=list, blank=True)
    licences = models.JSONField(
        "habilitations demandées", default=list, db_default=Value([], models.JSONField()), blank=True
    )
    dangerous_work = models.CharField(
        "travail de la liste des travaux dangereux",
        max_length=3,
        choices=DangerousWork,
        blank=True,
        default="",
        db_default="",
        help_text="Interdit en mise à disposition, en CDD et en intérim (code du travail, art. D4154-1).",
    )
    dismissed_on = models.DateField(
        "dernier licenciement économique sur un poste équivalent",
        null=True,
        blank=True,
        help_text="En AI, personne n’est mis à disposition ici pendant les mois qui suivent (code du travail, art. L5132-7).",
    )
    rome_code = models.CharField("code ROME", max_length=5, blank=True, validators=[validate_rome_code])
    hourly_cost = models.DecimalField(
        "coût horaire actuel", max_digits=6, decimal_places=2, null=True, blank=True
    )

    objects = WorkTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "tâche"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def average_hours(self) -> float:
        """Hours a week over the year, the same on every page: what the seasons make of it, else what was typed."""
        known = added(self.season_hours)
        return known / len(self.season_hours) if known else float(self.weekly_hours)


class TaskRequirement(models.Model):
    """A competence a task asks for; one level short is a gap to close, not a refusal."""

    task = models.ForeignKey(
        WorkTask, verbose_name="tâche", on_delete=models.CASCADE, related_name="requirements"
    )
    competence = models.ForeignKey(
        Competence, verbose_name="compétence", on_delete=models.PROTECT, related_name="+"
    )
    level = models.PositiveSmallIntegerField("niveau attendu", choices=Level, default=Level.WITH_HELP)
    importance = models.DecimalField("importance", max_digits=3, decimal_places=1, default=Decimal("1.0"))

    objects = TaskRequirementQuerySet.as_manager()

    class Meta:
        verbose_name = "compétence attendue"
        verbose_name_plural = "compétences attendues"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "competence"],
                name="competence_required_once_per_task",
                violation_error_message="Cette tâche demande déjà cette compétence.",
            ),
            models.CheckConstraint(
                name="importance_is_positive",
                condition=Q(importance__gt=0),
                violation_error_message="L’importance est un nombre positif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} · {self.competence_id}"
