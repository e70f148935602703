"""The relay of a person to another structure: what is proposed, what the person agrees to give, what was answered."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.sealing.encryption import EncryptedTextField
from backend.organisations.models import Organisation
from pathways.enums import RelayHand, RelayRefusal, RelayStatus, RelaySubject
from pathways.models.beneficiary import Beneficiary
from pathways.models.decision import Recorded
from pathways.models.stay import Stay
from pathways.querysets.thread import RelayQuerySet, RelayStepQuerySet
from pathways.rules.relays.table import RelayState, read_parts


class Relay(Recorded):
    """One proposal of `organisation` for one person; told by an address, its receiver is known once it answers.

    `parts` are the groups of fields the person gives (`RelayPart`), kept as what was agreed whatever comes after: what
    is read of them is `state_on(day).given`. `holds` once it led to a welcome: it then bounds what that structure reads
    of the thread, until another relay or a direct welcome there takes its place (`pathways.given`).
    """

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="relays"
    )
    receiver = models.ForeignKey(
        Organisation,
        verbose_name="structure qui accueille",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    to_email = models.EmailField("adresse à qui la proposer", blank=True)
    message = EncryptedTextField("message", max_length=2_000)
    meets_at = models.DateTimeField("rencontre à trois")
    meets_where = EncryptedTextField("lieu de la rencontre", max_length=160, blank=True)
    planned_on = models.DateField("accueil prévu le")
    status = models.CharField(
        "état", max_length=12, choices=RelayStatus, default=RelayStatus.PROPOSED, editable=False
    )
    moved_on = models.DateField("dernière étape le", editable=False)
    expires_on = models.DateField("attend une réponse jusqu’au", editable=False)
    parts = models.CharField("ce que la personne donne à lire", max_length=120, blank=True)
    agreed_on = models.DateField("accord donné le", null=True, blank=True)
    agreed_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="réponse recueillie par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    refusal_reason = models.CharField("raison du refus", max_length=16, choices=RelayRefusal, blank=True)
    met_on = models.DateField("rencontre faite le", null=True, blank=True)
    stay = models.OneToOneField(
        Stay,
        verbose_name="passage ouvert",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relay",
        editable=False,
    )
    holds = models.BooleanField("borne ce qui se lit", default=False, editable=False)

    objects = RelayQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name = "passage de relais"
        verbose_name_plural = "passages de relais"
        ordering = ["-created_at", "-id"]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="relay_goes_somewhere",
                condition=Q(receiver__isnull=False) | ~Q(to_email=""),
                violation_error_message="Un relais se propose à une structure, ou à une adresse.",
            ),
            models.CheckConstraint(
                name="relay_gives_once_agreed",
                condition=Q(agreed_on__isnull=False) | Q(parts=""),
                violation_error_message="Rien n’est donné à lire avant l’accord de la personne.",
            ),
            models.CheckConstraint(
                name="relay_bounds_a_welcome",
                condition=Q(holds=False) | Q(stay__isnull=False, receiver__isnull=False),
                violation_error_message="Un relais ne borne que l’accueil qu’il a ouvert.",
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "holds", "beneficiary"], name="relay_bounds"),
            models.Index(fields=["to_email", "status"], name="relay_by_address"),
        ]

    def __str__(self) -> str:
        return f"Relais du {self.planned_on:%d/%m/%Y}"

    @property
    def given_parts(self) -> frozenset[str]:
        """The groups the person said yes to, whatever became of the relay."""
        return read_parts(self.parts)

    def state_on(self, day: date) -> RelayState:
        """Where it stands that day, as the rules read it."""
        return RelayState(self.status, self.given_parts, self.expires_on, day)


class RelayStep(models.Model):
    """Something to do before the welcome: who, by when; nobody’s answer is written there, only that it was gone through."""

    relay = models.ForeignKey(Relay, verbose_name="relais", on_delete=models.PROTECT, related_name="steps")
    subject = models.CharField("sujet", max_length=12, choices=RelaySubject, default=RelaySubject.OTHER)
    label = EncryptedTextField("à faire", max_length=160)
    hand = models.CharField("par", max_length=10, choices=RelayHand)
    due_on = models.DateField("avant le")
    done_on = models.DateField("fait le", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RelayStepQuerySet.as_manager()

    class Meta:
        verbose_name = "étape d’un relais"
        verbose_name_plural = "étapes d’un relais"
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def beneficiary_id(self) -> int:
        """The person the relay is about, for the trail."""
        return self.relay.beneficiary_id
