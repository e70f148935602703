"""The diary of what people hold: a line for each change, and one each time everybody was read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SkillChange(models.Model):
    """Somebody's assessments changed, whoever changed them: triggers of the base write it (`competences.triggers`).

    A line with a `mark` says instead that everybody was read at that point, under the name `token`: what an index was
    built from. People who left no other trace are numbers here too, so no key binds them.
    """

    person = models.BigIntegerField("personne", null=True)
    transaction = models.BigIntegerField("numéro de transaction", null=True)
    token = models.CharField("nom de la lecture", max_length=32, blank=True, db_default="")
    mark = models.TextField("point de la lecture", blank=True, db_default="")

    class Meta:
        verbose_name = "changement de compétences"
        verbose_name_plural = "changements de compétences"
        indexes = [
            models.Index(fields=["transaction"], name="skill_change_transaction"),
            models.Index(fields=["token"], name="skill_change_token", condition=~Q(token="")),
        ]

    def __str__(self) -> str:
        return f"changement {self.pk}"
