"""What a person chose to show on their CV, and how; the CV itself is written anew each time, from what is known."""

from __future__ import annotations

from django.db import models

from backend.core.sealing.encryption import EncryptedTextField
from competences.enums import CvLook, CvPart
from competences.querysets import CvQuerySet
from pathways.models import Beneficiary


class Cv(models.Model):
    """The choices of one person; without any, a CV is proposed and nothing is kept.

    `shown` holds the keys of the lines chosen (`competences.selectors.cvs`): it follows what is learned since, and says
    nothing by itself. Where somebody worked and how to reach them are shown only when they say so.
    """

    beneficiary = models.OneToOneField(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="cv"
    )
    title = EncryptedTextField("métier cherché", max_length=80, blank=True)
    presentation = EncryptedTextField("quelques mots", max_length=300, blank=True)
    town = EncryptedTextField("commune", max_length=80, blank=True)
    languages = EncryptedTextField("langues", max_length=120, blank=True)
    shows_phone = models.BooleanField("montrer le téléphone", default=False)
    shows_email = models.BooleanField("montrer l’adresse électronique", default=False)
    names_structures = models.BooleanField("nommer les structures", default=False)
    names_firms = models.BooleanField("nommer les entreprises", default=True)
    shown = models.JSONField("lignes choisies", default=list, blank=True)
    first = models.CharField("en premier", max_length=12, choices=CvPart, default=CvPart.SKILLS)
    look = models.CharField("présentation", max_length=8, choices=CvLook, default=CvLook.SOBER)
    version = models.PositiveIntegerField("version", default=0, editable=False)

    objects = CvQuerySet.as_manager()

    class Meta:
        verbose_name = "CV"
        verbose_name_plural = "CV"
        ordering = ["id"]

    def __str__(self) -> str:
        return "CV"

    @property
    def is_chosen(self) -> bool:
        """Whether somebody chose; otherwise it is what the product proposes. A choice shows a line at least."""
        return bool(self.shown)
