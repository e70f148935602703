"""The delays of a relay between two structures: ours, until practice says better."""

from __future__ import annotations

from pathways.rules.dated.figure import OUR_CHOICE, Figure, always

RELAY_WAIT = "relay_wait_days"
RELAY_LATE = "relay_late_days"

RELAY_FIGURES: tuple[Figure, ...] = (
    always(
        RELAY_WAIT, "Passage de relais : sans réponse, la proposition s’éteint après", "jours", 30, OUR_CHOICE
    ),
    always(RELAY_LATE, "Passage de relais : une réponse est rappelée après", "jours", 7, OUR_CHOICE),
)
