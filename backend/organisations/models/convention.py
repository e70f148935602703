"""What a structure agreed with the State for one year."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from backend.core.values.identifiers import validate_annexe
from backend.organisations.models.structure import Organisation
from backend.organisations.querysets import ConventionQuerySet

FIRST_MONTH, LAST_MONTH = 1, 12


def _month(label: str, default: int) -> models.PositiveSmallIntegerField[int, int]:
    bounds = [MinValueValidator(FIRST_MONTH), MaxValueValidator(LAST_MONTH)]
    return models.PositiveSmallIntegerField(label, default=default, db_default=default, validators=bounds)


class Convention(models.Model):
    """The annexe financière of one structure for one year: posts, reference hours, money per post, objectives.

    A structure is of one kind (ACI, EI, AI, ETTI…), so its annexe is too. `fte` are the posts of a whole year; from
    `first_month` to `last_month`, both included, it counts for as many twelfths. Shares and targets go from 0 to 1.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="conventions"
    )
    year = models.PositiveSmallIntegerField(
        "année", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    annexe = models.CharField(
        "numéro d’annexe financière", max_length=20, blank=True, validators=[validate_annexe]
    )
    first_month = _month("premier mois", FIRST_MONTH)
    last_month = _month("dernier mois", LAST_MONTH)
    fte = models.DecimalField(
        "ETP conventionnés",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    hours_per_fte = models.DecimalField(
        "heures par ETP",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    post_amount = models.DecimalField(
        "montant du socle par ETP, en euros", max_digits=9, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    modulated_share = models.DecimalField(
        "part modulée, rapportée au socle", max_digits=5, decimal_places=4, null=True, blank=True
    )
    dynamic_target = models.DecimalField(
        "objectif de sorties dynamiques", max_digits=5, decimal_places=4, null=True, blank=True
    )
    durable_target = models.DecimalField(
        "objectif d’emploi durable", max_digits=5, decimal_places=4, null=True, blank=True
    )

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention annuelle"
        verbose_name_plural = "conventions annuelles"
        ordering = ["organisation_id", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                name="one_convention_per_year",
                violation_error_message="Cette structure a déjà une convention pour cette année.",
            ),
            models.CheckConstraint(
                name="convention_targets_are_rates",
                condition=(Q(dynamic_target__isnull=True) | Q(dynamic_target__range=(0, 1)))
                & (Q(durable_target__isnull=True) | Q(durable_target__range=(0, 1))),
                violation_error_message="Un objectif est un taux entre 0 et 1.",
            ),
            models.CheckConstraint(
                name="convention_share_is_a_rate",
                condition=Q(modulated_share__isnull=True) | Q(modulated_share__range=(0, 1)),
                violation_error_message="La part modulée est un taux entre 0 et 1.",
            ),
            models.CheckConstraint(
                name="convention_months_in_order",
                condition=Q(first_month__range=(FIRST_MONTH, LAST_MONTH))
                & Q(last_month__range=(FIRST_MONTH, LAST_MONTH))
                & Q(last_month__gte=F("first_month")),
                violation_error_message="Le dernier mois vient avec le premier, ou après lui.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"
