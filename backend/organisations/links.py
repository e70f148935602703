"""Where an invitation is accepted: a page, since it is a person who reads the e-mail."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from backend.organisations.services.invitations import LinkTo


def links_at(site: str, shown: list[str]) -> LinkTo:
    """The same for a command line: addresses of the service at `site`, also kept in `shown` to be handed over."""

    def link_to(invitation_id: int, secret: str) -> str:
        shown.append(site.rstrip("/") + reverse("web:invitation", args=[invitation_id, secret]))
        return shown[-1]

    return link_to


def invitation_links(request: Any) -> LinkTo:
    """What gives an invitation its full address, on the host this request came by."""

    def link_to(invitation_id: int, secret: str) -> str:
        path = reverse("web:invitation", args=[invitation_id, secret])
        return str(request.build_absolute_uri(path))

    return link_to
