"""An employer, their workplaces, and the door their contact comes in by."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.actor import Actor, Role
from backend.core.tables.ordering import Alphabetical
from backend.core.values.identifiers import validate_insee_code, validate_siret
from backend.organisations.models import Organisation
from employers.querysets import EmployerAccessQuerySet, EmployerQuerySet, EstablishmentQuerySet


class Employer(models.Model):
    """A baker, a town hall, a care home: known to the structure that works with them and to its group."""

    name = models.CharField("nom", max_length=160)
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[validate_siret])
    sector = models.CharField("activité", max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure en relation", on_delete=models.PROTECT, related_name="employers"
    )
    contact_name = models.CharField("interlocuteur", max_length=120, blank=True)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = "employeur"
        ordering = [Alphabetical("name"), "id"]

    def __str__(self) -> str:
        return self.name


class Establishment(models.Model):
    """A workplace; its place on the map filters by travel time, it never ranks people."""

    employer = models.ForeignKey(
        Employer, verbose_name="employeur", on_delete=models.PROTECT, related_name="establishments"
    )
    name = models.CharField("nom", max_length=160)
    commune = models.CharField("commune", max_length=120, blank=True)
    insee_code = models.CharField("code commune", max_length=5, blank=True, validators=[validate_insee_code])
    x_km = models.DecimalField("abscisse en km", max_digits=8, decimal_places=2, null=True, blank=True)
    y_km = models.DecimalField("ordonnée en km", max_digits=8, decimal_places=2, null=True, blank=True)

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = "établissement"
        ordering = [Alphabetical("name"), "id"]

    def __str__(self) -> str:
        return self.name


class EmployerAccess(models.Model):
    """The contact's own door: they see their employer's needs and the people who agreed to be shown."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="compte",
        on_delete=models.PROTECT,
        related_name="employer_accesses",
    )
    employer = models.ForeignKey(
        Employer, verbose_name="employeur", on_delete=models.PROTECT, related_name="accesses"
    )
    started_at = models.DateTimeField("depuis", auto_now_add=True)
    ended_at = models.DateTimeField("jusqu’à", null=True, blank=True)

    objects = EmployerAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "accès d’un employeur"
        verbose_name_plural = "accès des employeurs"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "employer"],
                condition=Q(ended_at__isnull=True),
                name="one_live_access_per_employer",
                violation_error_message="Ce compte a déjà un accès chez cet employeur.",
            ),
        ]

    def __str__(self) -> str:
        return self.seat_label

    @property
    def seat_key(self) -> str:
        """How a session remembers the seat."""
        return f"employer:{self.pk}"

    @property
    def seat_label(self) -> str:
        """« Employeur · Brioches du Val »."""
        return f"{Role.EMPLOYER.label} · {self.employer}"

    def as_actor(self) -> Actor:
        """The contact, acting for this employer only."""
        return Actor(
            role=Role.EMPLOYER,
            user_id=self.user_id,
            seat=self.seat_key,
            label=self.seat_label,
            employer_id=self.employer_id,
        )
