"""A medical visit of somebody at work: the day, the paper an employer receives, the work it covers, the next one due."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from backend.core.sealing.codes import SealedCharField, SealedDateField
from backend.core.values.dates import french_date
from backend.core.values.identifiers import validate_rome_code
from backend.organisations.models import Organisation
from pathways.enums import CancelReason
from pathways.enums.travelling import VisitKind, VisitPaper, VisitRhythm
from pathways.models.beneficiary import Beneficiary
from pathways.querysets.rights import MedicalVisitQuerySet

MOST_JOBS = 8
"""What the column holds; how many the law allows is for the rules to say."""


def listed_jobs(text: str) -> list[str]:
    """Codes as they are kept, « K2204,G1603 », one by one."""
    return [code for code in text.split(",") if code]


def validate_jobs(text: str) -> None:
    """Codes of the ROME, each once, as many as the column holds."""
    codes = listed_jobs(text)
    for code in codes:
        validate_rome_code(code)
    if len(codes) > MOST_JOBS or len(set(codes)) != len(codes):
        raise ValidationError(f"{MOST_JOBS} codes ROME différents au plus.")


class MedicalVisit(models.Model):
    """One visit already made. Nothing of what was said there: a paper, its day, its reach.

    `organisation` is the structure whose team noted it. What an adjustment is stays with the person and the doctor.
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="medical_visits"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    kind = SealedCharField("visite", max_length=14, choices=VisitKind)
    made_on = models.DateField("faite le")
    rhythm = SealedCharField("suivi", max_length=10, choices=VisitRhythm, default=VisitRhythm.ORDINARY)
    paper = SealedCharField("papier reçu par l’employeur", max_length=14, choices=VisitPaper)
    service = models.CharField("service de prévention et de santé au travail", max_length=160, blank=True)
    jobs = models.CharField(
        "emplois couverts", max_length=6 * MOST_JOBS - 1, blank=True, validators=[validate_jobs]
    )
    due_on = SealedDateField("prochaine visite avant le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancel_reason = models.CharField(
        "raison de l’annulation", max_length=16, choices=CancelReason, blank=True, editable=False
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True)

    objects = MedicalVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "visite médicale"
        verbose_name_plural = "visites médicales"
        ordering = ["-made_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="medical_visit_external_id_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {french_date(self.made_on)}"

    @property
    def job_codes(self) -> list[str]:
        """The work it covers, one code each."""
        return listed_jobs(self.jobs)
