"""A row of the rule book typed in this installation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from backend.core.findings import Confidence
from backend.organisations.models import Organisation


class RuleSetting(models.Model):
    """A value from one day to another, with its text: it wins over the product's own row (`pathways.rules.dated.book`).

    With a structure, it is a decision taken for that one only, such as the préfet's. Rows are never people's
    data: every professional may read them, `pathways.permissions` says who writes them.
    """

    key = models.CharField("règle", max_length=60)
    value = models.CharField("valeur", max_length=60)
    valid_from = models.DateField("à partir du")
    valid_to = models.DateField("jusqu’au", null=True, blank=True)
    basis = models.CharField("texte ou décision", max_length=200)
    confidence = models.CharField(
        "confiance",
        max_length=10,
        choices=[(each.value, each.label) for each in Confidence],
        default=Confidence.CONFIRMED,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rule_settings",
    )

    class Meta:
        verbose_name = "règle datée"
        verbose_name_plural = "règles datées"
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                condition=Q(organisation__isnull=True),
                name="one_value_per_rule_and_day",
                violation_error_message="Cette règle a déjà une valeur à partir de ce jour.",
            ),
            models.UniqueConstraint(
                fields=["key", "organisation", "valid_from"],
                condition=Q(organisation__isnull=False),
                name="one_decision_per_structure_and_day",
                violation_error_message="Cette structure a déjà une décision à partir de ce jour.",
            ),
            models.CheckConstraint(
                name="rule_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Une règle ne peut pas se terminer avant de commencer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} depuis le {self.valid_from:%d/%m/%Y}"
