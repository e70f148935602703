"""`passerelles invite`: a seat in a structure, a group or the network that is already there."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import CommandParser

from backend.core.actor import HEADS_A_GROUP, STAFF_ROLES, TEAM_ROLES, Actor, Role
from backend.core.command_line.commands import FrenchCommand
from backend.core.values.text import normalise
from backend.organisations.command_line import add_site, address, say_link, the_group, the_structure
from backend.organisations.models import Group
from backend.organisations.rules.groups import head_of
from backend.organisations.services import invite_head, invite_member
from backend.organisations.services.invitations import LinkTo

_WORDS = {
    "accompagnement": Role.ADVISOR,
    "encadrement": Role.SUPERVISOR,
    "responsable": Role.MANAGER,
    "administration": Role.ADMINISTRATOR,
    "tete-de-groupe": Role.GROUP_HEAD,
    "tete-de-collectif": Role.COLLECTIVE_HEAD,
    "tete-de-reseau": Role.NETWORK_HEAD,
}


class Command(FrenchCommand):
    """Doors that open again: a manager gone, a link expired, a second head of group."""

    writes = True
    help = (
        "Invite une personne dans une structure, un groupe ou le réseau déjà ouverts.\n"
        "Le lien est affiché ici, puis envoyé par courriel ; il sert une fois, quelques jours. Inviter de nouveau la\n"
        "même adresse remplace le lien précédent, expiré ou non.\n"
        "Rôles : accompagnement, encadrement, responsable, administration, tete-de-groupe, tete-de-collectif,\n"
        "tete-de-reseau."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, whom, as what."""
        parser.add_argument("--structure", metavar="STRUCTURE", help="son SIRET, son nom ou son numéro")
        parser.add_argument("--group", metavar="GROUPE", help="son nom ou son numéro")
        parser.add_argument("--role", metavar="ROLE", type=_role, help="l’un des rôles nommés plus haut")
        parser.add_argument(
            "--email", metavar="ADRESSE", type=address, required=True, help="adresse de la personne"
        )
        add_site(parser)

    def run(self, **options: Any) -> int:
        """Check that the place suits the role, then invite."""
        structure, group, email = options["structure"], options["group"], options["email"]
        headed = the_group(group) if group and not structure else None
        role = options["role"] or (head_of(headed.kind) if headed else Role.MANAGER)
        problem = _problem(role, structure, group) or _another_head(role, headed)
        if problem:
            self.complain(problem)
            return 2
        operator = Actor.operator()

        def invite(link_to: LinkTo) -> None:
            if role in TEAM_ROLES:
                place = the_structure(structure)
                invite_member(actor=operator, organisation=place, email=email, role=role, link_to=link_to)
            else:
                invite_head(actor=operator, group=headed, email=email, link_to=link_to)

        say_link(self, options["site"], invite)
        return 0


def _role(text: str) -> Role:
    known = {normalise(word): role for word, role in _WORDS.items()}
    known |= {normalise(role.value): role for role in STAFF_ROLES} | {
        normalise(role.label): role for role in STAFF_ROLES
    }
    found = known.get(normalise(text))
    if found is None:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un rôle : choisissez {', '.join(_WORDS)}")
    return found


def _problem(role: Role, structure: str | None, group: str | None) -> str:
    """Why this role is not given there; empty when it is."""
    if role in TEAM_ROLES:
        return (
            ""
            if structure and not group
            else f"{role.label} se tient dans une structure : donnez --structure."
        )
    if role in HEADS_A_GROUP:
        return "" if group and not structure else f"{role.label} se tient dans un groupe : donnez --group."
    return "" if not structure and not group else f"{role.label} se tient pour tout le réseau : sans lieu."


def _another_head(role: Role, group: Group | None) -> str:
    """Why this role does not head that group; empty when it does, or heads none."""
    if group is None or role is head_of(group.kind):
        return ""
    return f"{group} a une {head_of(group.kind).label.lower()} : choisissez ce rôle, ou n’en dites aucun."
