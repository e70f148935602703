"""Structures, the groups some of them form, and what sets how they work."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from backend.core.tables.ordering import Alphabetical
from backend.core.values.identifiers import validate_insee_code, validate_siret
from backend.organisations.enums import GroupKind, StructureKind
from backend.organisations.querysets import GroupQuerySet, OrganisationQuerySet


class Group(models.Model):
    """Structures that work together: a groupe économique solidaire, or a collective. It is never itself a structure.

    Its kind says what its structures give it, so it never changes once one of them agreed.
    """

    name = models.CharField("nom", max_length=160)
    kind = models.CharField("type", max_length=10, choices=GroupKind, default=GroupKind.GROUP)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "groupe"
        ordering = [Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="group_external_id_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def group_kind(self) -> GroupKind:
        """The kind as an enum member, with what people call it."""
        return GroupKind(self.kind)


LEAST_DAYS, MOST_DAYS = 7, 365
"""How often a structure may want to see people, in days."""


class Organisation(models.Model):
    """One structure of one kind; a legal entity with two conventions is two structures."""

    name = models.CharField("nom", max_length=160)
    kind = models.CharField("type", max_length=8, choices=StructureKind)
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[validate_siret])
    insee_code = models.CharField("code commune", max_length=5, blank=True, validators=[validate_insee_code])
    department = models.CharField("département", max_length=3, blank=True)
    phone = models.CharField(
        "téléphone",
        max_length=30,
        blank=True,
        help_text="Le numéro que les employeurs lisent pour vous joindre.",
    )
    is_caseload_shared = models.BooleanField(
        "file active partagée",
        default=False,
        help_text="Chaque accompagnateur voit alors toutes les personnes de la structure, et pas seulement les siennes.",
    )
    interview_every_days = models.PositiveSmallIntegerField(
        "un entretien tous les … jours",
        default=60,
        validators=[MinValueValidator(LEAST_DAYS), MaxValueValidator(MOST_DAYS)],
        help_text="Aucun texte ne fixe cette fréquence : c’est le choix de la structure.",
    )
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "structure"
        ordering = [Alphabetical("name"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="organisation_external_id_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def structure_kind(self) -> StructureKind:
        """The kind as an enum member, with its short label."""
        return StructureKind(self.kind)
