"""Where an invitation is accepted: a page, since it is a person who reads the e-mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from backend.core.errors import DomainError
from backend.organisations.services.invitations import LinkTo

_LOCAL = "http://127.0.0.1:8000"


def site_of(told: str | None) -> str:
    """The address of the service: what the command was told, else the one that production answers at.

    `DomainError` when what was told is no address.
    """
    if told is None:
        origins = getattr(settings, "CSRF_TRUSTED_ORIGINS", [])
        return str(origins[0]) if origins else _LOCAL
    parts = urlsplit(told.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise DomainError(
            "not_an_address",
            f"« {told} » n’est pas l’adresse d’un service. Écrivez-la en entier : https://passerelles.example.org.",
        )
    return told.strip().rstrip("/")


def links_at(site: str, show: Callable[[str], object]) -> LinkTo:
    """The same for a command line: addresses of the service at `site`, each shown once written, before any mail."""

    def link_to(invitation_id: int, secret: str) -> str:
        link = site.rstrip("/") + reverse("web:invitation", args=[invitation_id, secret])
        transaction.on_commit(partial(show, link))
        return link

    return link_to


def invitation_links(request: Any) -> LinkTo:
    """What gives an invitation its full address, on the host this request came by."""

    def link_to(invitation_id: int, secret: str) -> str:
        path = reverse("web:invitation", args=[invitation_id, secret])
        return str(request.build_absolute_uri(path))

    return link_to
