"""« Ce chantier » : the gestures of one work, kept under a name by those who observe there. It speaks of nobody."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from backend.core.tables.ordering import Alphabetical
from backend.organisations.models import Organisation
from competences.models.referential import Competence
from competences.querysets import GestureListQuerySet


class GestureList(models.Model):
    """A named list of gestures, used again each time the work comes back; put aside rather than erased."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="+", editable=False
    )
    label = models.CharField("nom du chantier", max_length=80)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="commencée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    is_put_aside = models.BooleanField("n’est plus proposée", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GestureListQuerySet.as_manager()

    class Meta:
        verbose_name = "liste de gestes"
        verbose_name_plural = "listes de gestes"
        ordering = [Alphabetical("label"), "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("label"),
                "organisation",
                condition=Q(is_put_aside=False),
                name="gesture_list_name_is_unique",
                violation_error_message="Un chantier porte déjà ce nom dans votre structure : choisissez-en un autre.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class GestureListLine(models.Model):
    """One gesture of a list."""

    gesture_list = models.ForeignKey(
        GestureList, verbose_name="liste", on_delete=models.CASCADE, related_name="lines"
    )
    competence = models.ForeignKey(
        Competence, verbose_name="geste", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "geste d’une liste"
        verbose_name_plural = "gestes des listes"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gesture_list", "competence"],
                name="gesture_stands_once_in_a_list",
                violation_error_message="Ce geste est déjà dans cette liste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competence_id} dans {self.gesture_list_id}"
