"""A table that left as publishable: what was said of a year, as it was said."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from backend.core.actor import NETWORK, PUBLISHES_OWN_FIGURES, Actor
from backend.organisations.models import Group, Organisation


class Breakdown(models.TextChoices):
    """What each line is."""

    KIND = "TYPE", "par type de structure"
    STRUCTURE = "STRUCTURE", "par structure"


class PublishedTableQuerySet(models.QuerySet["PublishedTable"]):
    """The register of what was published."""

    def visible_to(self, actor: Actor) -> Self:
        """The register of one's own structure or group; that of the whole for the network."""
        if actor.is_operator:
            return self
        if actor.role in NETWORK:
            return self.filter(organisation__isnull=True, group__isnull=True)
        if actor.role not in PUBLISHES_OWN_FIGURES:
            return self.none()
        group = models.Q(group_id=actor.group_id, group__isnull=False)
        return self.filter(models.Q(organisation_id__in=actor.organisation_ids) | group)

    def of_year(self, year: int) -> Self:
        """Everything published of a year, whoever published it: what anybody outside may hold."""
        return self.filter(year=year).order_by("rank")


class PublishedTable(models.Model):
    """The figures of a finished year as they left, small counts already hidden; never changed, never taken back.

    Of one structure, of a group, or of the whole installation when it is of neither. `rank` numbers the tables of a year:
    each was masked beside those before it.
    """

    year = models.PositiveSmallIntegerField("année")
    rank = models.PositiveIntegerField("rang dans l’année")
    breakdown = models.CharField("répartition", max_length=9, choices=Breakdown)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    group = models.ForeignKey(
        Group, verbose_name="groupe", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lines = models.JSONField("lignes publiées")
    threshold = models.PositiveSmallIntegerField("plus petit groupe montré")
    rules = models.CharField("version des règles", max_length=40)
    data_state = models.CharField("état des données", max_length=60)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="publié par", on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("publié le", auto_now_add=True)

    objects = PublishedTableQuerySet.as_manager()

    class Meta:
        verbose_name = "tableau publié"
        verbose_name_plural = "tableaux publiés"
        ordering = ["-year", "-rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "rank"],
                name="one_published_table_of_a_rank",
                violation_error_message="Un autre tableau de cette année vient d’être publié. Recommencez.",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True) | models.Q(group__isnull=True),
                name="published_table_of_one_scope",
                violation_error_message="Un tableau est celui d’une structure ou d’un groupe.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sorties {self.year}, {self.get_breakdown_display()}"

    @property
    def scope_in_words(self) -> str:
        """Of whom it speaks."""
        return str(self.organisation or self.group or "Toutes les structures")
