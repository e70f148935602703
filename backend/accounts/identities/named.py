"""Which provider the settings name."""

from __future__ import annotations

from django.conf import settings

from backend.settings.env import ProviderOfIdentities


def the_provider() -> ProviderOfIdentities:
    """That of the settings, for whoever has seen that there is one; `LookupError` otherwise."""
    told: ProviderOfIdentities | None = settings.IDENTITY_PROVIDER
    if told is None:
        raise LookupError("OIDC_ISSUER")
    return told
