"""What the gardeners of today were seen doing: a team that holds, by one person who alone does two of its gestures."""

from __future__ import annotations

from backend.demo.rows import Assessment, Stay, Territory
from backend.demo.stories.storyteller import Teller
from competences.enums import ProofStatus

TRADE = "A1203"
SEEN = (
    # Gesture of the trade, level, how many days ago; one line a person, the one the team leans on first.
    ((0, 4, 210), (1, 4, 151), (2, 3, 120), (4, 4, 60), (5, 4, 42), (6, 3, 30)),
    ((0, 3, 190), (1, 3, 100), (2, 2, 45)),
    ((0, 2, 160), (3, 3, 85), (7, 2, 20)),
    ((2, 3, 130), (3, 3, 75), (7, 3, 33)),
    ((0, 3, 110), (7, 3, 64), (6, 2, 12)),
    ((1, 2, 58), (0, 1, 90)),
)


def tell_the_team(teller: Teller) -> None:
    """Readings by the encadrant of the gardens, on what the whole team does; other people keep those drawn by chance."""
    stays = _gardeners(teller.rows, teller)
    for stay, seen in zip(stays, SEEN, strict=False):
        for ordinal, level, days in seen:
            day = teller.ago(days)
            if stay.start <= day:
                teller.rows.assessments.append(
                    Assessment(
                        stay.person, TRADE, ordinal, level, ProofStatus.OBSERVED, stay.supervisor or stay.advisor, "",
                        "Vu au jardin partagé", day,
                    )
                )  # fmt: skip


def _gardeners(rows: Territory, teller: Teller) -> list[Stay]:
    """Those of the gardens whose contract under way is on this trade, the longest there first."""
    at_work = {
        contract.stay
        for contract in rows.contracts
        if contract.rome_code == TRADE
        and contract.end is None
        and (contract.planned_end is None or contract.planned_end >= teller.today)
    }
    found = [
        stay
        for stay in rows.stays
        if stay.structure == teller.cast.aci and stay.end is None and stay.id in at_work
    ]
    return sorted(found, key=lambda stay: (stay.start, stay.person))
