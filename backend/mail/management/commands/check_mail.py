"""`passerelles check-mail`: does mail really leave?"""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email

from backend.core.command_line.commands import FrenchCommand
from backend.mail.trial import try_mail


class Command(FrenchCommand):
    """Invitations are the only door in: an operator tries the mail before anybody waits for it."""

    help = (
        "Envoie un message d’essai et dit ce que le serveur de courrier a répondu.\n"
        "Le serveur est celui d’EMAIL_URL, l’expéditeur celui de DEFAULT_FROM_EMAIL. Aucun secret n’est affiché."
    )
    needs_base = False

    def add_arguments(self, parser: CommandParser) -> None:
        """To whom."""
        parser.add_argument("adresse", metavar="ADRESSE", type=address, help="adresse électronique à essayer")

    def run(self, **options: Any) -> int:
        """Try, and repeat the server's answer."""
        answer = try_mail(options["adresse"], tell=self.complain)
        self.tell(
            f"Le serveur a accepté le message : {answer}.\nRegardez s’il arrive, et s’il n’est pas rangé en indésirable."
        )
        return 0


def address(text: str) -> str:
    """An e-mail address given as an option; `ArgumentTypeError` otherwise."""
    try:
        validate_email(text)
    except ValidationError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une adresse électronique") from error
    return text
