"""`passerelles reset-second-factor`: for somebody whom nobody in their structure may help."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from backend.accounts.models import User
from backend.core.actor import Actor
from backend.core.command_line.commands import FrenchCommand
from backend.core.errors import DomainError
from backend.organisations.services import reset_second_factor_of


class Command(FrenchCommand):
    """The last way back in, written in the trail like the others."""

    writes = True
    help = (
        "Réinitialise le second facteur d’un compte.\n"
        "L’application, les clés et les codes de secours sont oubliés, les sessions fermées. La personne est prévenue par courriel et règle un nouveau second facteur à sa prochaine connexion.\n"
        "Assurez-vous d’abord, de vive voix, que la demande vient bien d’elle."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("email", metavar="ADRESSE", help="adresse avec laquelle la personne se connecte")

    def run(self, **options: Any) -> int:
        """Reset, or say that there is no such account."""
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise DomainError("no_account", "Aucun compte n’a cette adresse. Vérifiez-la, puis réessayez.")
        reset_second_factor_of(actor=Actor.operator(), user=user)
        self.tell("Second facteur réinitialisé. Un message prévient la personne.")
        return 0
