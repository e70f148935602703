"""Who reads which figures, and who may take them away."""

from __future__ import annotations

from backend.core.actor import (
    EXPORTS_FIGURES,
    NETWORK,
    PUBLISHES_FIGURES,
    READS_EXACT_FIGURES,
    READS_FIGURES,
    Actor,
)


def reads_figures(actor: Actor) -> bool:
    """Who has figures to read: exact ones for those who see the people, masked ones for the network."""
    return actor.role in READS_FIGURES


def reads_exact_figures(actor: Actor) -> bool:
    """Whoever sees the people behind the figures reads exact ones."""
    return actor.role in READS_EXACT_FIGURES


def reads_network_figures(actor: Actor) -> bool:
    """The network, and nobody else: the others read their own, exact."""
    return actor.role in NETWORK


def may_export(actor: Actor) -> bool:
    """Whoever sees the people behind the figures may export them; the network has nothing nominal to take."""
    return actor.role in EXPORTS_FIGURES


def may_publish(actor: Actor) -> bool:
    """Whoever answers for whole structures lets their masked figures leave; the network, those of the whole."""
    return actor.role in PUBLISHES_FIGURES
