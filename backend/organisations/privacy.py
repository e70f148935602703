"""What is kept of structures, seats and invitations."""

from __future__ import annotations

from typing import Any

from backend.accounts.privacy import forget_addresses
from backend.core.actor import Role
from backend.core.privacy.tables import Erased, Fate, Table, sort
from backend.mail.models import Message
from backend.organisations.models import (
    Belonging,
    Convention,
    Group,
    GroupOffer,
    Invitation,
    Membership,
    Organisation,
)

_NO_PERSON = "Aucune personne accompagnée n’y figure"
_STRUCTURE: dict[str, Any] = {
    "kept": "tant que la structure existe",
    "fate": Fate.NOBODYS,
    "not_given": _NO_PERSON,
}

TABLES = (
    Table(
        Group,
        purpose="Savoir quelles structures vont ensemble",
        columns=sort(common="name kind external_id", technical="id"),
        **_STRUCTURE,
    ),
    Table(
        Organisation,
        purpose="Savoir quelle structure accompagne",
        columns=sort(
            common=(
                "name kind siret insee_code department phone is_caseload_shared interview_every_days external_id"
            ),
            technical="id",
        ),
        **_STRUCTURE,
    ),
    Table(
        Convention,
        purpose="Comparer les sorties et les postes à ce qui est convenu",
        columns=sort(
            common="year annexe first_month last_month fte hours_per_fte post_amount modulated_share dynamic_target durable_target",
            link="organisation",
            technical="id",
        ),
        **_STRUCTURE,
    ),
    Table(
        Belonging,
        purpose="Savoir quelles structures vont ensemble",
        columns=sort(common="joined_on left_on", link="organisation group", technical="id"),
        **_STRUCTURE,
    ),
    Table(
        Invitation,
        purpose="Inviter quelqu’un à ouvrir son accès",
        columns=sort(
            staff="email invited_by approved_by",
            link="organisation group subject_id",
            hidden="token_digest",
            technical=(
                "id role is_link_handed_over needs_approval approved_at created_at expires_at accepted_at withdrawn_at"
            ),
        ),
        kept="tant que la structure existe ; celle d’une personne, avec sa fiche",
        fate=Fate.APART,
        not_given="La personne a reçu cette invitation",
    ),
    Table(
        Membership,
        purpose="Savoir qui agit pour quelle structure",
        columns=sort(staff="user role", link="organisation group", technical="id started_at ended_at"),
        **_STRUCTURE,
    ),
    Table(
        GroupOffer,
        purpose="Proposer à une structure de rejoindre un groupe",
        columns=sort(
            staff="email offered_by accepted_by",
            link="group organisation",
            technical="id created_at expires_at accepted_at withdrawn_at",
        ),
        **_STRUCTURE,
    ),
)


def erase(people: Erased) -> None:
    """Invitations to the people themselves, with what was sent to their address."""
    theirs = Invitation.objects.filter(role=Role.BENEFICIARY, subject_id__in=people.people)
    forget_addresses(theirs.values_list("email", flat=True))
    letters = Message.objects.filter(about=Invitation._meta.label_lower)
    letters.filter(about_id__in=list(theirs.values_list("pk", flat=True))).delete()
    theirs.delete()
