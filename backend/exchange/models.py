"""What a structure brings in and takes away, and what is remembered of it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from backend.core.actor import Actor
from backend.core.jobs import BackgroundJob, JobQuerySet, JobStatus
from backend.files.sealed_jobs import SealedJob
from backend.organisations.models import Organisation
from backend.organisations.permissions import may_bring_data_in


class ImportJob(BackgroundJob):
    """Spreadsheets taken in for one structure; the figures only, what was sent is never kept here."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="+"
    )
    is_dry_run = models.BooleanField("vérification seulement", default=True)
    counts = models.JSONField("lignes par fichier", default=dict, blank=True)
    faults = models.PositiveIntegerField("à corriger", default=0)
    needs_columns = models.BooleanField("colonnes à faire correspondre", default=False, db_default=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def stage(self) -> str:
        """Where the import stands, in words."""
        match self.status:
            case JobStatus.QUEUED:
                return "En attente"
            case JobStatus.RUNNING:
                return "Vérification en cours" if self.is_dry_run else "Import en cours"
            case JobStatus.READY if self.needs_columns:
                return "Colonnes à faire correspondre"
            case JobStatus.READY:
                return "Vérifié, pas encore importé" if self.is_dry_run else "Importé"
            case _:
                return "N’a pas abouti"


class CopyFormat(models.TextChoices):
    """What the file is."""

    ZIP = "zip", "Fichiers csv, dans une archive ZIP"
    XLSX = "xlsx", "Un classeur Excel (XLSX)"


class StructureCopy(SealedJob):
    """The data of one structure taken away: as much of them as whoever asked may read."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.PROTECT, related_name="+"
    )
    format = models.CharField("format", max_length=4, choices=CopyFormat)
    counts = models.JSONField("lignes par fichier", default=dict, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "copie d’une structure"
        verbose_name_plural = "copies de structures"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"copie {self.pk}"


class ColumnMapQuerySet(models.QuerySet[Any]):
    """Answers kept for the tables of structures."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the structures whose spreadsheets one brings in."""
        if actor.is_operator:
            return self
        return (
            self.filter(organisation__in=actor.organisation_ids) if may_bring_data_in(actor) else self.none()
        )


class ColumnMap(models.Model):
    """What each column of one kind of table means for one structure: asked once, remembered by its titles.

    `columns` are our columns in the order of theirs (« contrats.date_debut », empty for none), `values` our words for
    theirs, column by column; nothing of any person.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="+"
    )
    shape = models.CharField("forme du tableau", max_length=64)
    name = models.CharField("dernier tableau", max_length=200, blank=True, db_default="", default="")
    titles = models.JSONField(
        "titres", default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    columns = models.JSONField("colonnes", default=list)
    values = models.JSONField("mots", default=dict, blank=True)
    is_shared = models.BooleanField("partagée avec le groupe", default=False)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = ColumnMapQuerySet.as_manager()

    class Meta:
        verbose_name = "correspondance de colonnes"
        ordering = ["organisation_id", "-updated_at", "-id"]
        verbose_name_plural = "correspondances de colonnes"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "shape"], name="one_column_map_per_shape")
        ]

    def __str__(self) -> str:
        return f"correspondance {self.pk}"


class OtherId(models.Model):
    """An id that a sender gave to a row since joined with another: it goes on leading to the one that was kept."""

    kind = models.CharField("table", max_length=80)
    external_id = models.CharField("identifiant d’origine", max_length=200)
    row_id = models.BigIntegerField("ligne")

    class Meta:
        verbose_name = "autre identifiant d’origine"
        verbose_name_plural = "autres identifiants d’origine"
        constraints = [models.UniqueConstraint(fields=["kind", "external_id"], name="one_row_per_other_id")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"


class Received(models.Model):
    """What a file last said of one row, as prints: enough to know whether it was changed here since.

    A print cannot be read back; the rows themselves live in their own tables. When a row is taken back here, what was
    said of it stays for as long as its owner does (`owner_kind`, `owner_id`): the same line does not bring it again.
    """

    kind = models.CharField("table", max_length=80)
    row_id = models.BigIntegerField("ligne")
    prints = models.JSONField("empreintes", default=dict)
    owner_kind = models.CharField("table du titulaire", max_length=80, blank=True, db_default="", default="")
    owner_id = models.BigIntegerField("titulaire d’une ligne annulée", null=True, blank=True)
    withdrawn_on = models.DateField("annulée ici le", null=True, blank=True)

    class Meta:
        verbose_name = "empreinte de reprise"
        verbose_name_plural = "empreintes de reprise"
        constraints = [models.UniqueConstraint(fields=["kind", "row_id"], name="one_print_per_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"
