"""Every number that decides in R01 to R24, R30 to R34 and R41, and how to stand just before, on, and just past it.

A bound reads its value from the book it is given, builds the situation that measures exactly so much, or one step less
or more (a day, a quarter of an hour, one), and says whether the rule lets it pass. The page `docs/regles.md` shows them.
"""

from __future__ import annotations

from pathways.rules.dated import eligibility as criteria
from pathways.rules.dated import immersions as pmsmp
from pathways.rules.dated import rows
from tests.pathways.rules.boundaries import of_contracts, of_passes
from tests.pathways.rules.boundaries.standing import Bound

BOUNDS: tuple[Bound, ...] = (*of_contracts.BOUNDS, *of_passes.BOUNDS)

DECIDES_NOTHING = {
    criteria.DIAGNOSIS_AHEAD: "when an alert begins, ours: tests/pathways/alerts",
    criteria.PURGE_AHEAD: "same",
    rows.HOURS_480_LIFTED: "yes or no",
    rows.CDI_I_LIFTED: "yes or no",
    pmsmp.IMMERSION_PRESCRIBERS: "a list of kinds: R34",
    **{
        rows.fte_hours_name(kind): "what hours are divided by: R30"
        for kind in ("ACI", "AI", "EI", "EITI", "ETTI")
    },
}
"""Figures these rules read that are no bound, each with its reason."""
WITHOUT_A_NUMBER = {
    "R03": "a motive and a kind of structure",
    "R09": "a kind of client",
    "R10": "a list of works",
    "R30": "a division, its thousandth in test_fte.py",
    "R34": "a kind of structure",
}
"""Rules where no number decides, each with what does."""
