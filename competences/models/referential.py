"""Trades and competences in a common language: ROME when imported, our starter set otherwise."""

from __future__ import annotations

from django.db import models

from competences.enums import Nature, Prominence
from competences.querysets import CompetenceQuerySet, OccupationQuerySet


class Occupation(models.Model):
    """A trade (fiche métier). A vanished one is retired, never deleted: it may have been used."""

    rome_code = models.CharField("code ROME", max_length=5, unique=True)
    label = models.CharField("métier", max_length=300)
    parent_code = models.CharField("métier parent", max_length=5, blank=True)
    domain_code = models.CharField("domaine", max_length=3, blank=True)
    domain_label = models.CharField("libellé du domaine", max_length=200, blank=True)
    definition = models.TextField("définition", blank=True)
    is_retired = models.BooleanField("retiré du référentiel", default=False)

    objects = OccupationQuerySet.as_manager()

    class Meta:
        verbose_name = "métier"
        ordering = ["rome_code"]

    def __str__(self) -> str:
        return self.label


class Appellation(models.Model):
    """A name by which people call a trade."""

    ogr_code = models.CharField("code", max_length=20, unique=True)
    label = models.CharField("appellation", max_length=300)
    occupation = models.ForeignKey(
        Occupation, verbose_name="métier", on_delete=models.PROTECT, related_name="appellations"
    )
    is_main = models.BooleanField("appellation principale", default=False)
    is_rare = models.BooleanField("peu usitée", default=False)
    is_retired = models.BooleanField("retirée du référentiel", default=False)

    class Meta:
        verbose_name = "appellation"
        ordering = ["ogr_code"]

    def __str__(self) -> str:
        return self.label


class Competence(models.Model):
    """A savoir-faire, savoir-être, savoir or macro-compétence, by its official code (text)."""

    code = models.CharField("code", max_length=20, unique=True)
    label = models.CharField("compétence", max_length=500)
    nature = models.CharField("nature", max_length=12, choices=Nature)
    macro_code = models.CharField("macro-compétence", max_length=20, blank=True)
    functional_code = models.CharField("code fonctionnel", max_length=8, blank=True)
    is_macro = models.BooleanField("tête de famille", default=False)
    search_label = models.CharField(max_length=500, editable=False, blank=True)
    field_words = models.TextField(
        "mots du terrain", editable=False, blank=True, db_default=""
    )  # other names, normalised like the label
    is_retired = models.BooleanField("retirée du référentiel", default=False)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = "compétence"
        ordering = ["label", "code"]
        indexes = [models.Index(fields=["macro_code"], name="competence_by_macro")]

    def __str__(self) -> str:
        return self.label


class CompetenceEquivalent(models.Model):
    """What became of a competence of our starter set once the official referential is in use, and why.

    Without an equivalent, the word of the field stays offered beside the official ones.
    """

    competence = models.OneToOneField(
        Competence, verbose_name="compétence de départ", on_delete=models.CASCADE, related_name="equivalent"
    )
    official = models.ForeignKey(
        Competence,
        verbose_name="compétence officielle",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    likeness = models.FloatField("ressemblance")
    reason = models.TextField("raison")

    class Meta:
        verbose_name = "équivalent d’une compétence"
        verbose_name_plural = "équivalents des compétences"
        ordering = ["competence__code"]

    def __str__(self) -> str:
        return f"{self.competence_id} → {self.official_id or 'gardée'}"


class OccupationCompetence(models.Model):
    """A trade cites a competence."""

    occupation = models.ForeignKey(
        Occupation, verbose_name="métier", on_delete=models.CASCADE, related_name="citations"
    )
    competence = models.ForeignKey(
        Competence, verbose_name="compétence", on_delete=models.CASCADE, related_name="citations"
    )
    prominence = models.CharField("importance", max_length=8, choices=Prominence, default=Prominence.ORDINARY)

    class Meta:
        verbose_name = "compétence d’un métier"
        verbose_name_plural = "compétences des métiers"
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "competence"], name="competence_cited_once_per_occupation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id} · {self.competence_id}"


class ReferentialImport(models.Model):
    """Which referential is in use, and what its last import changed."""

    version = models.CharField("version", max_length=40)
    attribution = models.CharField("attribution", max_length=200)
    imported_at = models.DateTimeField("importé le", auto_now_add=True)
    counts = models.JSONField("lignes", default=dict)

    class Meta:
        verbose_name = "import du référentiel"
        verbose_name_plural = "imports du référentiel"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.attribution
