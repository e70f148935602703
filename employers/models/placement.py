"""A hire by an ordinary employer, and the support that goes on for six months after it.

Recorded as a hire, it names an employer we work with; opened by an exit, it knows of the job what the exit says.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.core.values.dates import last_day_after, months_after
from employers.enums import HireKind, Situation
from employers.models.employer import Employer
from employers.models.proposal import JobProposal
from employers.querysets import PlacementQuerySet, PostHireQuerySet
from employers.rules.post_hire import SUPPORT_MONTHS
from pathways.models import Beneficiary, Exit


class Placement(models.Model):
    """One hire: it closed a stay with its exit and opened the follow-up, nothing was typed twice."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="placements"
    )
    employer = models.ForeignKey(
        Employer,
        verbose_name="employeur",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    proposal = models.ForeignKey(
        JobProposal,
        verbose_name="proposition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    exit = models.OneToOneField(
        Exit, verbose_name="sortie", on_delete=models.PROTECT, null=True, blank=True, related_name="placement"
    )
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="suivie par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
    )
    kind = models.CharField("contrat", max_length=8, choices=HireKind)
    started_on = models.DateField("embauche le")
    months = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    trial_ends_on = models.DateField("fin de la période d’essai", null=True, blank=True)
    ended_on = models.DateField("fin du contrat", null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "embauche suivie"
        verbose_name_plural = "embauches suivies"
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="fixed_term_hire_has_months",
                condition=Q(kind=HireKind.CDI) | Q(months__gt=0) | Q(employer__isnull=True),
                violation_error_message="Indiquez la durée du contrat en mois.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} du {self.started_on:%d/%m/%Y}"

    @property
    def supported_until(self) -> date:
        """Last day of the support that follows the hire."""
        return months_after(self.started_on, SUPPORT_MONTHS)

    @property
    def workplace(self) -> str:
        """Where the person works: the employer we know, else the name written on the exit."""
        if self.employer is not None:
            return self.employer.name
        return (self.exit.employer_name if self.exit else "") or "un autre employeur"

    @property
    def last_day(self) -> date | None:
        """The real end when known, else the last day of the term; None for an open-ended contract."""
        if self.ended_on or not self.months:
            return self.ended_on
        return last_day_after(self.started_on, self.months)


class PostHireFollowUp(models.Model):
    """One milestone of the support: planned at the hire, answered or « injoignable », never silently dropped."""

    placement = models.ForeignKey(
        Placement, verbose_name="embauche", on_delete=models.PROTECT, related_name="follow_ups"
    )
    milestone = models.CharField("étape", max_length=10)
    due_on = models.DateField("prévu le")
    done_on = models.DateField("fait le", null=True, blank=True)
    situation = models.CharField("situation", max_length=12, choices=Situation, blank=True)
    note = EncryptedTextField("à retenir", max_length=300, blank=True)

    objects = PostHireQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi dans l’emploi"
        verbose_name_plural = "suivis dans l’emploi"
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "milestone"],
                name="one_follow_up_per_milestone",
                violation_error_message="Ce contact est déjà prévu pour cette embauche.",
            ),
            models.CheckConstraint(
                name="done_follow_up_says_what_was_found",
                condition=Q(done_on__isnull=True, situation="")
                | (Q(done_on__isnull=False) & ~Q(situation="")),
                violation_error_message="Dites ce que vous avez constaté, « injoignable » compris.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} le {self.due_on:%d/%m/%Y}"

    @property
    def beneficiary_id(self) -> int:
        """The person followed, for the trail."""
        return self.placement.beneficiary_id
