"""What the commands about structures share: finding the place that is meant, reading an address, saying the link."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.db.models import QuerySet

from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.core.values.numbers import whole_number
from backend.core.values.text import normalise
from backend.organisations.links import links_at, site_of
from backend.organisations.models import Group, Organisation
from backend.organisations.models.invitation import VALID_IN_WORDS
from backend.organisations.services.invitations import LinkTo

_SIRET = re.compile(r"[0-9]{14}")
M = TypeVar("M", Organisation, Group)
_HAND_OVER = f"Lien à remettre à la personne, il sert une fois, pendant {VALID_IN_WORDS} :"


def address(text: str) -> str:
    """An e-mail address given as an option."""
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise argparse.ArgumentTypeError(
            f"« {text} » n’est pas une adresse électronique : écrivez nom@domaine.fr"
        ) from error
    return text.strip().lower()


def add_site(parser: CommandParser) -> None:
    """Where the service is, when the installation cannot tell."""
    parser.add_argument(
        "--site",
        metavar="URL",
        help="adresse du service (en production : celle des réglages ; sinon http://127.0.0.1:8000)",
    )


def structures_meant(text: str) -> list[Organisation]:
    """Structures that a number, a SIRET or a name designates; accents and case aside for a name."""
    digits = "".join(text.split())
    if _SIRET.fullmatch(digits):
        return list(Organisation.objects.filter(siret=digits))
    named = _named(Organisation.objects.all(), text)
    return named or list(Organisation.objects.filter(pk=whole_number(text) or 0))


def the_structure(text: str) -> Organisation:
    """The one structure designated; `DomainError` with what to type otherwise."""
    return _only(
        structures_meant(text),
        "which_structure",
        "Aucune structure ne répond à ce nom, ce SIRET ou ce numéro.",
        "Plusieurs structures portent ce nom",
    )


def the_group(text: str) -> Group:
    """The one group designated by its name or its number."""
    found = _named(Group.objects.all(), text) or list(Group.objects.filter(pk=whole_number(text) or 0))
    return _only(
        found,
        "which_group",
        "Aucun groupe ne répond à ce nom ou ce numéro.",
        "Plusieurs groupes portent ce nom",
    )


def say_link(command: FrenchCommand, site: str | None, invite: Callable[[LinkTo], object]) -> None:
    """Invite; the link is shown as soon as it is written, whatever becomes of the message that carries it."""
    invite(links_at(site_of(site), lambda link: command.tell(f"{_HAND_OVER}\n{link}")))


def _named(rows: QuerySet[M], text: str) -> list[M]:
    meant = normalise(text)
    return [row for row in rows if normalise(row.name) == meant] if meant else []


def _only(found: list[M], code: str, none: str, several: str) -> M:
    if len(found) == 1:
        return found[0]
    if not found:
        raise DomainError(code, f"{none} Vérifiez-le, puis réessayez.")
    told = ", ".join(f"{row} (numéro {row.pk})" for row in found)
    raise DomainError(code, f"{several} : {told}. Donnez le numéro.")
