"""Certifications of the national registers (RNCP, RS), or typed once by a structure; they speak of nobody."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.organisations.models import Organisation
from competences.enums import CertificationOrigin
from competences.models.referential import Competence
from competences.querysets import CertificationQuerySet, SharedQuerySet


class Certification(models.Model):
    """A diploma, a title, a certificate. One that left its register is kept: files and blocs stay attached to it."""

    code = models.CharField("code au répertoire", max_length=20, blank=True)  # « RNCP38596 », « RS5476 »
    label = models.CharField("certification", max_length=1000)
    level = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    is_active = models.BooleanField("active au répertoire", default=True, editable=False)
    ends_on = models.DateField("enregistrée jusqu’au", null=True, blank=True)
    awarded_until = models.DateField("délivrée jusqu’au", null=True, blank=True, editable=False)
    is_by_vae = models.BooleanField("accessible par la VAE", null=True, blank=True)
    promotions = models.JSONField("certifiés par année", default=list, editable=False)
    origin = models.CharField(
        "origine",
        max_length=12,
        choices=CertificationOrigin,
        default=CertificationOrigin.TYPED,
        editable=False,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure qui l’a saisie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    search_label = models.CharField(max_length=1030, editable=False, blank=True)
    is_retired = models.BooleanField("n’est plus proposée", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = "certification"
        ordering = ["label", "code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="certification_code_is_unique",
                violation_error_message="Cette certification est déjà au répertoire : cherchez-la par son code.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.code})" if self.code else self.label


class Certifier(models.Model):
    """Who awards a certification."""

    certification = models.ForeignKey(
        Certification, verbose_name="certification", on_delete=models.CASCADE, related_name="certifiers"
    )
    siret = models.CharField("SIRET", max_length=20, blank=True)
    name = models.CharField("certificateur", max_length=300)

    class Meta:
        verbose_name = "certificateur"
        ordering = ["name", "siret"]

    def __str__(self) -> str:
        return self.name


class CertificationTrade(models.Model):
    """A certification leads to a trade, by its ROME code: the referential may be loaded before or after."""

    certification = models.ForeignKey(
        Certification, verbose_name="certification", on_delete=models.CASCADE, related_name="trades"
    )
    rome_code = models.CharField("code ROME", max_length=5, db_index=True)

    class Meta:
        verbose_name = "métier d’une certification"
        verbose_name_plural = "métiers des certifications"
        ordering = ["rome_code"]

    def __str__(self) -> str:
        return self.rome_code


class CertificationReplacement(models.Model):
    """One certification takes the place of another."""

    former = models.ForeignKey(
        Certification, verbose_name="ancienne", on_delete=models.CASCADE, related_name="replacements"
    )
    latter = models.ForeignKey(
        Certification, verbose_name="nouvelle", on_delete=models.CASCADE, related_name="replaces"
    )

    class Meta:
        verbose_name = "remplacement d’une certification"
        verbose_name_plural = "remplacements des certifications"
        ordering = ["former_id", "latter_id"]

    def __str__(self) -> str:
        return f"{self.former_id} → {self.latter_id}"


class Bloc(models.Model):
    """A part of a certification that is obtained on its own. `content` is its list of competences as published."""

    certification = models.ForeignKey(
        Certification, verbose_name="certification", on_delete=models.PROTECT, related_name="blocs"
    )
    code = models.CharField("code du bloc", max_length=30)  # « RNCP38596BC02 », or « BC02 » when typed
    label = models.CharField("bloc de compétences", max_length=1000)
    content = models.TextField("compétences, telles que publiées", blank=True, max_length=20_000)
    is_retired = models.BooleanField("n’est plus proposé", default=False)
    accepted_print = models.CharField(max_length=64, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="liste acceptée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    accepted_at = models.DateTimeField("liste acceptée le", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "bloc de compétences"
        verbose_name_plural = "blocs de compétences"
        ordering = ["certification_id", "code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certification", "code"],
                name="bloc_code_is_unique_in_its_certification",
                violation_error_message="Cette certification a déjà un bloc avec ce code.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.label}"


class BlocLine(models.Model):
    """One competence a bloc asks for, as somebody accepted it; never the split of a machine alone."""

    bloc = models.ForeignKey(
        Bloc, verbose_name="bloc de compétences", on_delete=models.CASCADE, related_name="lines"
    )
    position = models.PositiveSmallIntegerField("rang")
    text = models.CharField("compétence demandée", max_length=1000)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "compétence d’un bloc"
        verbose_name_plural = "compétences des blocs"
        ordering = ["bloc_id", "position", "id"]

    def __str__(self) -> str:
        return self.text


class LineMatch(models.Model):
    """Somebody said that this competence of the referential shows this line of a bloc."""

    line = models.ForeignKey(
        BlocLine, verbose_name="compétence du bloc", on_delete=models.CASCADE, related_name="matches"
    )
    competence = models.ForeignKey(
        Competence, verbose_name="compétence du référentiel", on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="dit par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField("dit le", auto_now_add=True)

    class Meta:
        verbose_name = "rapprochement d’un bloc"
        verbose_name_plural = "rapprochements des blocs"
        ordering = ["line_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "competence"],
                name="line_matched_once_per_competence",
                violation_error_message="Cette compétence est déjà rapprochée de cette ligne.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} · {self.competence_id}"


class RegisterImport(models.Model):
    """Which export of the registers was read, and what it changed."""

    exported_on = models.DateField("export du", null=True, blank=True)
    imported_at = models.DateTimeField("importé le", auto_now_add=True)
    has_content = models.BooleanField("compétences des blocs fournies", default=False)
    counts = models.JSONField("lignes", default=dict)

    class Meta:
        verbose_name = "import du répertoire"
        verbose_name_plural = "imports du répertoire"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"répertoire du {self.exported_on:%d/%m/%Y}" if self.exported_on else "répertoire sans date"
