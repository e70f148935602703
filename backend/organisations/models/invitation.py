"""An invitation to a seat, or to something of one's own: one address, one role, used once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.core.actor import HEADS_A_GROUP, OUTSIDE_ROLES, STAFF_ROLES, TEAM_ROLES, Role
from backend.organisations.models.structure import Group, Organisation
from backend.organisations.querysets import InvitationQuerySet

_OFFERS = {
    Role.EMPLOYER: "suivre vos besoins dans Passerelles : les tâches observées chez vous, et les personnes qui ont "
    "accepté de vous être présentées.",
    Role.BENEFICIARY: "ouvrir votre parcours dans Passerelles : vos étapes, vos compétences, et vos réponses aux "
    "employeurs. C’est vous qui décidez.",
}


VALID_FOR = timedelta(days=7)
"""How long a link opens, and how long an agreement given to an address stands."""
VALID_IN_WORDS = f"{VALID_FOR.days} jours"
"""As every sentence says it."""


class Invitation(models.Model):
    """The link is sent in clear once; only its digest is kept.

    Into a team, at the head of a group or of the network, or, for an employer's contact and for a person, to one thing of their own: `subject_id` is then
    the key of that employer or person, in tables this package knows nothing of.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name="structure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
    )
    group = models.ForeignKey(
        Group,
        verbose_name="groupe",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
    )
    email = models.EmailField("adresse électronique")
    role = models.CharField(
        "rôle", max_length=20, choices=[(role.value, role.label) for role in (*STAFF_ROLES, *OUTSIDE_ROLES)]
    )
    subject_id = models.PositiveBigIntegerField("ce qu’elle ouvre", null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="invité par",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    token_digest = models.CharField("empreinte du lien", max_length=64, unique=True)
    is_link_handed_over = models.BooleanField("lien remis en main propre", default=False, db_default=False)
    """Whether somebody else read the link that opens today: it then proves nothing of the address."""
    needs_approval = models.BooleanField("demande un accord", default=False, db_default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="accord de",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    approved_at = models.DateTimeField("accord donné le", null=True, blank=True)
    created_at = models.DateTimeField("envoyée le", auto_now_add=True)
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    role__in=[role.value for role in TEAM_ROLES],
                    subject_id__isnull=True,
                    organisation__isnull=False,
                    group__isnull=True,
                )
                | Q(
                    role__in=[role.value for role in OUTSIDE_ROLES],
                    subject_id__isnull=False,
                    organisation__isnull=False,
                    group__isnull=True,
                )
                | Q(
                    role__in=sorted(HEADS_A_GROUP),
                    subject_id__isnull=True,
                    organisation__isnull=True,
                    group__isnull=False,
                )
                | Q(
                    role=Role.NETWORK_HEAD.value,
                    subject_id__isnull=True,
                    organisation__isnull=True,
                    group__isnull=True,
                ),
                name="invited_to_a_seat_or_to_something_of_ones_own",
            ),
            models.CheckConstraint(
                condition=Q(needs_approval=False)
                | Q(approved_at__isnull=False)
                | Q(accepted_at__isnull=True),
                name="nobody_enters_before_the_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.known_role.label} · {self.place}"

    @property
    def known_role(self) -> Role:
        """The role, with its French label."""
        return Role(self.role)

    @property
    def place(self) -> str:
        """Where the seat is: a structure, a group, or the network."""
        return str(self.organisation or self.group or "Réseau")

    @property
    def valid_for(self) -> str:
        """How long its link opens, or its agreement is waited for, as pages say it."""
        return VALID_IN_WORDS

    @property
    def awaits_approval(self) -> bool:
        """Whether its link has not left, for want of an agreement."""
        return self.needs_approval and self.approved_at is None

    @property
    def offer(self) -> str:
        """The sentence that says who invites to what."""
        if self.organisation is None:
            return (
                f"Vous êtes invité·e dans Passerelles, avec ce rôle : {self.known_role.label} · {self.place}."
            )
        joins = f"rejoindre son équipe dans Passerelles, avec ce rôle : {self.known_role.label}."
        return f"{self.place} vous invite à {_OFFERS.get(self.known_role, joins)}"
