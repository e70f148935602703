"""Which services hold what they are given against the rules of their domain, in one table."""

from __future__ import annotations

ASKS_A_RULE: dict[str, frozenset[str]] = {
    "pathways": frozenset(
        {
            "privacy/requests",
            "privacy/retention",
            "appointments",
            "contracts",
            "conventions",
            "rights/derogations",
            "rights/eligibility",
            "rights/passes",
            "rights/saved_days",
            "rights/visits",
            "corrections/shared",
            "corrections/stays",
            "corrections/work",
            "corrections/interviews",
            "exits",
            "follow_ups",
            "goals",
            "immersions",
            "people",
            "relays/preparing",
            "relays/proposing",
            "relays/receiving",
            "relays/shared",
            "reunions",
            "rules",
            "trainings",
            "wishes",
        }
    ),
    "competences": frozenset({"assessments", "cvs/keeping", "gesture_lists", "licences", "passports", "vae"})
    | {"certifications/reading", "certifications/typed"},
    "employers": frozenset(
        {"consents", "corrections/hires", "corrections/work", "placements", "proposals", "task_analyses"}
    ),
}
"""Services that hold what they are given against the rules."""
