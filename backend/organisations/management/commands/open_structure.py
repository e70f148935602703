"""`passerelles open-structure`: the first structure of an installation, and the link for its manager."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.core.values.identifiers import clean_siret
from backend.organisations import openings
from backend.organisations.command_line import add_site, address, say_link, structures_meant
from backend.organisations.enums import StructureKind
from backend.organisations.links import site_of
from backend.organisations.models import Membership, Organisation
from backend.organisations.services import create_structure, invite_member


class Command(FrenchCommand):
    """Everything after this happens on screen: the manager invites the team. Run again, it opens nothing twice."""

    writes = True
    help = (
        "Ouvre une structure et invite sa ou son responsable.\n"
        "Cette personne invitera ensuite son équipe depuis les écrans. Le lien d’invitation est affiché ici, puis envoyé\n"
        "par courriel ; il sert une fois, quelques jours. Une structure du même SIRET, ou du même nom et du même\n"
        "type, n’est pas ouverte une seconde fois : son invitation est renouvelée."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to open, for whom, and where the service is."""
        parser.add_argument("nom", metavar="NOM", help="nom de la structure")
        parser.add_argument(
            "--kind", metavar="TYPE", choices=StructureKind.values, required=True, help="AI, ETTI, ACI…"
        )
        parser.add_argument("--siret", metavar="SIRET", default="", help="ses quatorze chiffres")
        parser.add_argument(
            "--email", metavar="ADRESSE", type=address, required=True, help="adresse de la ou du responsable"
        )
        add_site(parser)

    def run(self, **options: Any) -> int:
        """Open unless it is there, invite unless the person is in, show the link."""
        site_of(options["site"])  # a wrong address is refused before anything is opened
        siret = clean_siret(options["siret"]) if options["siret"] else ""
        openings.prepare()
        with transaction.atomic():
            structure = _found(options["nom"], siret, options["kind"])
            is_new = structure is None
            if structure is None:
                structure = create_structure(
                    actor=Actor.operator(),
                    name=options["nom"],
                    kind=StructureKind(options["kind"]),
                    siret=siret,
                )
        self.tell(
            "Structure ouverte." if is_new else f"Cette structure est déjà ouverte (numéro {structure.pk})."
        )
        if _manages(structure, options["email"]):
            self.tell("Cette personne en est déjà responsable : rien à faire.")
            return 0
        say_link(
            self,
            options["site"],
            lambda link_to: invite_member(
                actor=Actor.operator(),
                organisation=structure,
                email=options["email"],
                role=Role.MANAGER,
                link_to=link_to,
            ),
        )
        return 0


def _found(name: str, siret: str, kind: str) -> Organisation | None:
    """The structure already open under this SIRET, or this name and kind; a legal entity may have one of each kind."""
    known = [row for row in structures_meant(siret) if row.kind == kind] if siret else []
    known = known or [
        row for row in structures_meant(name) if row.kind == kind and not _another(row.siret, siret)
    ]
    if len(known) > 1:
        told = ", ".join(f"numéro {row.pk}" for row in known)
        raise DomainError(
            "which_structure",
            f"Plusieurs structures de ce type portent ce nom ({told}). Invitez avec « passerelles invite --structure NUMÉRO ».",
        )
    return known[0] if known else None


def _another(siret: str, told: str) -> bool:
    return bool(siret and told and siret != told)


def _manages(structure: Organisation, email: str) -> bool:
    seats = Membership.objects.live(timezone.now()).filter(organisation=structure, role=Role.MANAGER)
    return seats.filter(user__email__iexact=email).exists()
