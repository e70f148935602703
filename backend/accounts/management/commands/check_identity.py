"""`passerelles check-identity`: does the identity provider answer, and what must it be told?"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from backend.accounts.identities.trial import try_provider
from backend.core.command_line.commands import FrenchCommand


class Command(FrenchCommand):
    """An operator tries the provider before a button leads people to it."""

    help = (
        "Essaie le fournisseur d’identité d’OIDC_ISSUER et dit ce qu’il faut déclarer chez lui.\n"
        "Personne n’est connecté et aucun secret n’est affiché : seules sa description et ses clés publiques sont lues."
    )
    needs_base = False

    def run(self, **options: Any) -> int:
        """Try, and repeat what was found."""
        for line in try_provider(settings.ALLOWED_HOSTS[0]):
            self.tell(line)
        return 0
