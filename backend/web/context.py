"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from backend.web import styles
from backend.web.navigation import Shell, foot
from backend.web.requests import ActorRequest


def shell(request: ActorRequest) -> dict[str, Any]:
    """The actor, their menu, and whether this is the demonstration."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "is_demo": settings.DEMO,
        "shell": Shell(request, actor) if actor else None,
        "operator": settings.OPERATOR,
        "identity_provider": settings.IDENTITY_PROVIDER.name if settings.IDENTITY_PROVIDER else "",
        "foot": foot(),
        "style_sheets": styles.sheets(),
        "page_scripts": styles.scripts(),
    }
