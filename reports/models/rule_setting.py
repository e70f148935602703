"""A rule of counting that practice has not settled: a value, from a day on, with its source."""

from __future__ import annotations

from django.db import models


class RuleSetting(models.Model):
    """Overrides a default of `reports.compute.rules`; an old year is always counted by the rule of its day."""

    key = models.CharField("règle", max_length=60)
    value = models.CharField("valeur", max_length=60)
    valid_from = models.DateField("à partir du")
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "règle datée"
        verbose_name_plural = "règles datées"
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="one_value_per_rule_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} depuis le {self.valid_from:%d/%m/%Y}"
