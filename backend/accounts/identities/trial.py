"""Try the provider before anybody waits for it: what it says of itself, and whether we would believe it."""

from __future__ import annotations

from django.urls import reverse

from backend.accounts.identities.contact import NoAnswer, OnlyTheProvider, origin
from backend.accounts.identities.named import the_provider
from backend.accounts.identities.provider import DESCRIPTION, NEEDED
from backend.accounts.identities.verified import SIGNED_WITH, NotBelieved, usable_keys
from backend.core.errors import DomainError


def try_provider(host: str) -> list[str]:
    """What is well, and what must be declared at the provider; `DomainError` with what to look at."""
    try:
        told = the_provider()
    except LookupError as error:
        raise DomainError(
            "no_provider",
            "Aucun fournisseur d’identité n’est réglé : on se connecte par mot de passe. Donnez OIDC_ISSUER.",
        ) from error
    issuer = told.issuer
    try:
        with OnlyTheProvider(issuer) as session:
            description = session.get(f"{issuer.rstrip('/')}{DESCRIPTION}").json()
            if description.get("issuer") != issuer:
                raise DomainError(
                    "another_issuer",
                    f"Il se nomme {description.get('issuer')} : c’est ce qu’OIDC_ISSUER doit dire.",
                )
            if elsewhere := [name for name in NEEDED if origin(str(description.get(name))) != origin(issuer)]:
                raise DomainError(
                    "addresses_elsewhere",
                    f"Il envoie vers une autre machine que la sienne, que le service n’appelle pas : {', '.join(elsewhere)}.",
                )
            keys = usable_keys(session.get(description["jwks_uri"]).json())
    except (NoAnswer, NotBelieved, ValueError, LookupError, AttributeError) as error:
        raise DomainError(
            "silent_provider",
            f"{issuer} ne répond pas comme un fournisseur d’identité : vérifiez OIDC_ISSUER et le réseau.",
        ) from error
    return [
        f"{told.name} répond, et ses {len(keys)} clés de signature se lisent ({', '.join(SIGNED_WITH)}).",
        "À déclarer chez lui :",
        f"  retour après la connexion : https://{host}{reverse('identity_callback')}",
        f"  retour après la déconnexion : https://{host}{reverse('account_login')}",
        f"Second facteur : {_second_factor(told.two_factors)}",
    ]


def _second_factor(levels: frozenset[str]) -> str:
    if not levels:
        return "toujours le nôtre."
    return f"le nôtre, sauf s’il dit {' ou '.join(sorted(levels))}."
