"""Who reads which figures, and who may take them away."""

from __future__ import annotations

from backend.core.actor import Actor, Role

_EXPORTING = frozenset({Role.ADVISOR, Role.MANAGER, Role.GROUP_HEAD})


def may_export(actor: Actor) -> bool:
    """Whoever sees the people behind the figures may export them; the network has nothing nominal to take."""
    return actor.role in _EXPORTING
