"""A certification aimed at through experience, its file, and what happened to it day after day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from competences.enums import VaeChannel, VaeFunding, VaeScope, VaeStatus, VaeStepKind
from competences.models.certification import Certification
from competences.querysets import OfPersonQuerySet, VaeStepQuerySet
from pathways.models import Beneficiary


class VaeProject(models.Model):
    """One certification, one file.

    `status`, `reached_on` and `next_due_on` repeat what the steps said when the last one was written, for lists and
    filters; what the file is today is read from its steps (`competences.rules.vae`).
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="vae_projects"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    certification = models.CharField("certification", max_length=200)
    reference = models.ForeignKey(
        Certification,
        verbose_name="certification du répertoire",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    scope = models.CharField("ce qui est visé", max_length=10, choices=VaeScope, default=VaeScope.FULL)
    channel = models.CharField(
        "où va le dossier", max_length=12, choices=VaeChannel, default=VaeChannel.FRANCE_VAE
    )
    companion = models.CharField("accompagnateur de la VAE", max_length=160, blank=True)
    companion_on_portal = models.BooleanField("accompagnateur présent sur France VAE", null=True, blank=True)
    funding = models.CharField(
        "financement", max_length=16, choices=VaeFunding, blank=True, default=VaeFunding.UNKNOWN
    )
    quotes = models.PositiveSmallIntegerField("devis reçus", null=True, blank=True)
    replaced_on = models.DateField("certification remplacée ou retirée le", null=True, blank=True)
    status = models.CharField(
        "étape", max_length=20, choices=VaeStatus, default=VaeStatus.PROJECT, editable=False
    )
    reached_on = models.DateField("depuis le", editable=False)
    next_due_on = models.DateField("prochaine échéance", null=True, blank=True, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True, db_default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "projet de VAE"
        verbose_name_plural = "projets de VAE"
        ordering = ["-reached_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="vae_external_id_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.certification


class VaeStep(models.Model):
    """One thing that happened, on its day. Nothing is rewritten: a correction is a newer step that says what it replaces."""

    project = models.ForeignKey(
        VaeProject, verbose_name="VAE", on_delete=models.PROTECT, related_name="steps"
    )
    kind = models.CharField("étape", max_length=20, choices=VaeStepKind)
    on = models.DateField("le")
    jury_on = models.DateField("jour du jury", null=True, blank=True)
    jury_members = models.PositiveSmallIntegerField("membres du jury", null=True, blank=True)
    jury_knows_candidate = models.BooleanField("un membre connaît la personne", default=False)
    blocs = models.CharField("blocs acquis", max_length=400, blank=True)
    leave_on = models.DateField("premier jour du congé", null=True, blank=True)
    leave_hours = models.PositiveSmallIntegerField("heures de congé", null=True, blank=True)
    details = EncryptedTextField("précisions", max_length=2000, blank=True)
    document = EncryptedTextField("pièce", max_length=200, blank=True)
    source = models.CharField("dit par", max_length=160, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="noté par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField("noté le", auto_now_add=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name="remplace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancel_reason = EncryptedTextField("raison", max_length=300, blank=True, editable=False)
    external_id = models.CharField("identifiant d’origine", max_length=200, blank=True, db_default="")

    objects = VaeStepQuerySet.as_manager()

    class Meta:
        verbose_name = "étape de VAE"
        verbose_name_plural = "étapes de VAE"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "on"],
                condition=Q(cancelled_at__isnull=True),
                name="one_vae_step_of_a_kind_a_day",
                violation_error_message="Cette étape est déjà notée ce jour-là.",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="vae_step_external_id_is_unique"
            ),
            models.CheckConstraint(
                name="a_vae_jury_has_its_day",
                condition=~Q(kind=VaeStepKind.JURY.value) | Q(jury_on__isnull=False),
                violation_error_message="Le jour du jury n’est pas dit.",
            ),
            models.CheckConstraint(
                name="a_vae_step_is_cancelled_with_its_reason",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                violation_error_message="Une étape s’annule avec sa raison.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} le {self.on:%d/%m/%Y}"
