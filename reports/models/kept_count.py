"""What remains of people who were erased, for the figures: numbers by structure and month, and nobody behind them."""

from __future__ import annotations

from typing import Self

from django.db import models

from backend.core.actor import FOLLOWS_OWN_PEOPLE, Actor
from backend.organisations.models import Organisation


class Figure(models.TextChoices):
    """What is counted."""

    EXITS = "SORTIES", "sorties"
    HOURS = "HEURES", "heures travaillées"
    EMPLOYEES = "SALARIES", "salariés de l’année"


class KeptCountQuerySet(models.QuerySet["KeptCount"]):
    """Counts of people who are no longer there."""

    def covered_by(self, actor: Actor) -> Self:
        """Those of the structures whose figures the actor answers for whole; nobody's own people are among them."""
        if actor.is_operator:
            return self
        if actor.role in FOLLOWS_OWN_PEOPLE:
            return self.none()
        return self.filter(organisation_id__in=actor.organisation_ids)


class KeptCount(models.Model):
    """One count: of which structure, for which month (or year, from its first day), sorted how."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="+"
    )
    figure = models.CharField("ce qui est compté", max_length=8, choices=Figure)
    since = models.DateField("à partir du")
    sort = models.CharField("classement", max_length=60, blank=True)
    total = models.DecimalField("nombre compté", max_digits=12, decimal_places=2)

    objects = KeptCountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte sans personne"
        verbose_name_plural = "comptes sans personne"
        ordering = ["organisation_id", "figure", "since", "sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "figure", "since", "sort"],
                name="one_kept_count_of_a_sort",
                violation_error_message="Ce compte existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_figure_display()} depuis le {self.since:%d/%m/%Y}"
