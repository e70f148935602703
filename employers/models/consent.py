"""A person's answer about showing their profile to one employer: nothing is shown without it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from employers.enums import ConsentDecision, EmployerAnswer
from employers.models.employer import Employer
from employers.models.proposal import JobProposal
from employers.querysets import ProfileConsentQuerySet
from pathways.models import Beneficiary


class ProfileConsent(models.Model):
    """One person, one employer, one purpose, an end date; withdrawn at once, kept as proof (RGPD, art. 7)."""

    beneficiary = models.ForeignKey(
        Beneficiary, verbose_name="personne", on_delete=models.PROTECT, related_name="profile_consents"
    )
    employer = models.ForeignKey(
        Employer, verbose_name="employeur", on_delete=models.PROTECT, related_name="profile_consents"
    )
    proposal = models.ForeignKey(
        JobProposal,
        verbose_name="proposition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="profile_consents",
    )
    decision = models.CharField(
        "réponse", max_length=8, choices=ConsentDecision, default=ConsentDecision.ASKED
    )
    text_version = models.CharField("texte présenté", max_length=20)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="demandé par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    asked_at = models.DateTimeField("demandé le", auto_now_add=True)
    decided_at = models.DateTimeField("répondu le", null=True, blank=True)
    decided_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="recueilli par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ends_on = models.DateField("valable jusqu’au")
    employer_answer = models.CharField(
        "suite de l’employeur", max_length=10, choices=EmployerAnswer, blank=True, default=EmployerAnswer.NONE
    )
    answered_at = models.DateTimeField("suite donnée le", null=True, blank=True)
    # The file whose number the pseudonym was drawn from, when it was joined to another since: the employer goes on
    # reading the same name for what they were shown.
    shown_as = models.PositiveBigIntegerField("numéro du pseudonyme", null=True, blank=True, editable=False)

    objects = ProfileConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "accord de présentation"
        verbose_name_plural = "accords de présentation"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "employer", "proposal"],
                condition=Q(
                    decision__in=[ConsentDecision.ASKED, ConsentDecision.GRANTED], proposal__isnull=False
                ),
                name="one_live_consent_per_proposal",
                violation_error_message="Cette personne a déjà été sollicitée pour ce poste.",
            ),
        ]

    def __str__(self) -> str:
        return f"accord {self.pk}"

    @property
    def pseudonym_of(self) -> int:
        """The number the pseudonym is drawn from."""
        return self.shown_as or self.beneficiary_id

    @property
    def waits(self) -> bool:
        """Whether the person's answer still serves: asked, not past its end, for a job somebody is looked for."""
        is_wanted = self.proposal is None or self.proposal.is_open
        return self.decision == ConsentDecision.ASKED and self.ends_on >= timezone.localdate() and is_wanted

    @property
    def may_be_said_again(self) -> bool:
        """Whether a no, or an agreement taken back, may still become a yes: before its end, for an open job."""
        said_no = self.decision in {ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN}
        is_wanted = self.proposal is None or self.proposal.is_open
        return said_no and self.ends_on >= timezone.localdate() and is_wanted

    @property
    def is_live(self) -> bool:
        """Whether the employer may see the profile today, as far as the answer goes."""
        return self.decision == ConsentDecision.GRANTED and self.ends_on >= timezone.localdate()
