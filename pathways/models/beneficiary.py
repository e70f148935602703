"""The person accompanied, what was known at their entry, and their own access to their thread."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Replace

from backend.core.actor import Actor, Role
from backend.core.sealing.codes import SealedBooleanField
from backend.core.tables.births import BirthField
from backend.core.values.identifiers import validate_insee_code, validate_postcode
from backend.core.values.text import normalise
from pathways.enums import EducationLevel, Sex
from pathways.querysets.thread import AccessQuerySet, BeneficiaryQuerySet, EntryProfileQuerySet


class Beneficiary(models.Model):
    """One person, once, whatever the number of structures: the thread hangs from here."""

    last_name = models.CharField("nom", max_length=120)
    first_name = models.CharField("prénom", max_length=120)
    sex = models.CharField("sexe", max_length=1, choices=Sex, blank=True)
    birth_date = BirthField("date de naissance", null=True, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True, validators=[validate_postcode])
    insee_code = models.CharField("code commune", max_length=5, blank=True, validators=[validate_insee_code])
    search_name = models.CharField(max_length=250, editable=False, db_index=True)
    # Computed by the database, so that no import nor bulk write can leave it behind.
    search_key = models.GeneratedField(
        expression=Replace("search_name", Value(" "), Value("")),
        output_field=models.CharField(max_length=250),
        db_persist=True,
        db_index=True,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = BeneficiaryQuerySet.as_manager()

    class Meta:
        verbose_name = "personne"
        ordering = ["search_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="beneficiary_external_id_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searchable name in step with the name."""
        self.search_name = searchable_name(self.last_name, self.first_name)
        super().save(*args, **kwargs)


def searchable_name(last_name: str, first_name: str) -> str:
    """« inventee nadia »: what the search box compares, without accents nor case."""
    return normalise(f"{last_name} {first_name}")[:250]


class EntryProfile(models.Model):
    """What was known when the person came in; empty means not known, never « no ».

    Read by advisors and managers for eligibility and statistics, never by supervisors nor employers
    (CNIL, référentiel 2021-028), and never by matching (Code du travail, art. L1132-1).
    """

    beneficiary = models.OneToOneField(
        Beneficiary, verbose_name="personne", on_delete=models.CASCADE, related_name="entry_profile"
    )
    education_level = models.CharField(
        "niveau de formation", max_length=2, choices=EducationLevel, blank=True
    )
    brsa = models.BooleanField("bénéficiaire du RSA", null=True, blank=True)
    ass = models.BooleanField("allocataire de l’ASS", null=True, blank=True)
    aah = SealedBooleanField("allocataire de l’AAH", null=True, blank=True)
    rqth = SealedBooleanField("RQTH", null=True, blank=True)
    detld = models.BooleanField("demandeur d’emploi depuis plus de 24 mois", null=True, blank=True)
    deld = models.BooleanField("demandeur d’emploi depuis 12 à 24 mois", null=True, blank=True)
    qpv = models.BooleanField("réside en QPV", null=True, blank=True)
    zrr = models.BooleanField("réside en ZRR", null=True, blank=True)
    is_single_parent = models.BooleanField("parent isolé", null=True, blank=True)
    is_refugee = models.BooleanField("réfugié ou protégé", null=True, blank=True)
    left_detention = SealedBooleanField("sortant de détention", null=True, blank=True)
    left_ase = models.BooleanField("sortant de l’ASE", null=True, blank=True)
    has_no_housing = models.BooleanField("sans hébergement", null=True, blank=True)
    has_mobility_trouble = models.BooleanField("mobilité difficile", null=True, blank=True)
    is_below_a1 = models.BooleanField("français inférieur à A1", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EntryProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "situation à l’entrée"
        verbose_name_plural = "situations à l’entrée"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"entrée de la personne {self.beneficiary_id}"


class BeneficiaryAccess(models.Model):
    """The person's own door to their thread."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="compte",
        on_delete=models.PROTECT,
        related_name="beneficiary_accesses",
    )
    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="accesses"
    )
    started_at = models.DateTimeField("depuis", auto_now_add=True)
    ended_at = models.DateTimeField("jusqu’à", null=True, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = "accès de la personne"
        verbose_name_plural = "accès des personnes"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(ended_at__isnull=True),
                name="one_live_thread_per_account",
                violation_error_message="Ce compte ouvre déjà un parcours.",
            ),
        ]

    def __str__(self) -> str:
        return self.seat_label

    @property
    def seat_key(self) -> str:
        """How a session remembers the seat."""
        return f"beneficiary:{self.pk}"

    @property
    def seat_label(self) -> str:
        """What the person reads."""
        return "Mon parcours"

    def as_actor(self) -> Actor:
        """The person, acting on their own thread only."""
        return Actor(
            role=Role.BENEFICIARY,
            user_id=self.user_id,
            seat=self.seat_key,
            label=self.seat_label,
            beneficiary_id=self.beneficiary_id,
        )
