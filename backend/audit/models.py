"""One line of the trail; the database itself refuses to change or delete it."""

from __future__ import annotations

from typing import Self

from django.db import models

from backend.audit.numbers import numbers_of
from backend.core.actor import READS_THE_TRAIL, Actor, Role


class EntryQuerySet(models.QuerySet["Entry"]):
    """Lines of the trail an actor may read."""

    def visible_to(self, actor: Actor) -> Self:
        """The person sees who opened their own file; managers and administrators their structure's lines."""
        match actor.role:
            case Role.OPERATOR:
                return self
            case Role.BENEFICIARY:
                return self.filter(beneficiary_id__in=numbers_of(actor.beneficiary_id))
            case _ if actor.role in READS_THE_TRAIL:
                return self.filter(organisation_id__in=actor.organisation_ids)
            case _:
                return self.none()

    def about(self, subject: models.Model) -> Self:
        """Lines about one object."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))


class Entry(models.Model):
    """Who did or read what, when. Holds identifiers and codes, never a name nor a text."""

    at = models.DateTimeField("à", auto_now_add=True)
    user_id = models.BigIntegerField("compte", null=True, blank=True)
    seat = models.CharField("siège", max_length=60, blank=True)
    role = models.CharField("rôle", max_length=20)
    organisation_id = models.BigIntegerField("structure", null=True, blank=True)
    action = models.CharField("action", max_length=60)
    subject_kind = models.CharField("nature de l’objet", max_length=60, blank=True)
    subject_id = models.CharField("objet", max_length=60, blank=True)
    beneficiary_id = models.BigIntegerField("personne concernée", null=True, blank=True)
    detail = models.JSONField("précisions", default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["beneficiary_id", "-id"], name="audit_by_beneficiary"),
            models.Index(fields=["organisation_id", "-id"], name="audit_by_organisation"),
            models.Index(fields=["user_id", "-id"], name="audit_by_user"),
            models.Index(fields=["organisation_id", "at"], name="audit_by_day"),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.subject_kind} {self.subject_id}"


class Link(models.Model):
    """A run of consecutive lines bound to the run before it: changing, adding or taking one away is seen, and where.

    `marks` holds 24 bytes a line: its number, then the beginning of its SHA-256; `digest` binds them to `previous`.
    """

    first_id = models.BigIntegerField("première ligne", unique=True)
    last_id = models.BigIntegerField("dernière ligne", unique=True)
    marks = models.BinaryField("empreintes")
    previous = models.CharField("maillon précédent", max_length=64, unique=True)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    made_at = models.DateTimeField("noué à", auto_now_add=True)

    class Meta:
        verbose_name = "maillon du journal"
        verbose_name_plural = "maillons du journal"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"lignes {self.first_id} à {self.last_id}"


class Cut(models.Model):
    """The trail starts after this line: what came before was too old to be kept, and its last link is remembered.

    Written before the lines leave; the base lets no line leave that no cut covers (`triggers.py`).
    """

    last_id = models.BigIntegerField("dernière ligne retirée", unique=True)
    head = models.CharField("empreinte du dernier maillon retiré", max_length=64, unique=True)
    kept_from_at = models.DateTimeField("lignes gardées depuis")
    made_at = models.DateTimeField("coupé à", auto_now_add=True)

    class Meta:
        verbose_name = "coupe du journal"
        verbose_name_plural = "coupes du journal"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"lignes jusqu’à {self.last_id}"
