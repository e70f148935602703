"""Competences seen at work, level after level, and the habilitations people hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backend.core.values.dates import months_after
from backend.demo.chance.dice import Dice, Odds
from backend.demo.lives.stays import StayDraft
from backend.demo.lives.thread import Thread
from backend.demo.rows import Assessment, Licence
from backend.organisations.enums import StructureKind
from competences.enums import LicenceKind, ProofStatus
from competences.rules.licences import last_day
from pathways.rules.dated.rows import BUILT_IN

COMPETENCES_PER_TRADE = 6  # ordinals 0 to 5: every occupation of the starter referential has as many
FIRST_SEEN, SEEN_EVERY = 30, 80  # days
FIRST_LEVEL = Odds({1: 0.55, 2: 0.4, 3: 0.05})
RECOGNISED, CERTIFIED = 0.05, 0.025
CONTEXTS = {
    StructureKind.ACI: "Vu sur le chantier",
    StructureKind.EI: "Vu à l’atelier",
    StructureKind.AI: "Vu pendant une mise à disposition",
    StructureKind.ETTI: "Vu pendant une mission",
    StructureKind.ASP_SAP: "Vu au domicile d’un client",
}
# Habilitation, its category, share of people who hold it; how long each holds is in the rules.
LICENCES: tuple[tuple[LicenceKind, str, float], ...] = (
    (LicenceKind.CAR, "", 0.36),
    (LicenceKind.CACES_R489, "catégorie 3", 0.07),
    (LicenceKind.CACES_R482, "catégorie A", 0.02),
    (LicenceKind.FIRST_AID, "", 0.12),
    (LicenceKind.FOOD, "", 0.06),
)


def assessments(dice: Dice, thread: Thread, today: date) -> Iterator[Assessment]:
    """Competences of a person: declared at the welcome, then seen at work by the supervisor."""
    first = thread.steps[0]
    if first.contracts and first.stay.start < today:
        for ordinal in range(dice.whole(0, 2)):
            trade = first.contracts[0].rome_code
            yield Assessment(
                thread.person_id, trade, ordinal, dice.draw(FIRST_LEVEL), ProofStatus.DECLARED, None,
                "La personne", "Dit savoir le faire à l’accueil", first.stay.start,
            )  # fmt: skip
    for draft in thread.steps:
        if draft.kind in CONTEXTS and draft.contracts:
            yield from seen_at_work(dice, draft, today)


def seen_at_work(dice: Dice, draft: StayDraft, today: date) -> Iterator[Assessment]:
    """What was seen during one stay: a few competences of the trade, a level that grows, rarely a proof beyond."""
    stay, trade = draft.stay, draft.contracts[0].rome_code
    end = stay.end or today - timedelta(days=1)
    levels: dict[int, int] = {}
    day = stay.start + timedelta(days=FIRST_SEEN + dice.whole(0, 30))
    while day <= end:
        seen = dice.whole(0, COMPETENCES_PER_TRADE - 1)
        # One competence, or two different ones, on the same day.
        for ordinal in {seen, (seen + dice.whole(0, 2)) % COMPETENCES_PER_TRADE}:
            level = (
                min(4, levels[ordinal] + dice.whole(0, 1)) if ordinal in levels else dice.draw(FIRST_LEVEL)
            )
            levels[ordinal] = level
            observer = stay.supervisor or stay.advisor
            yield Assessment(
                stay.person,
                trade,
                ordinal,
                level,
                ProofStatus.OBSERVED,
                observer,
                "",
                CONTEXTS[draft.kind],
                day,
            )
        day += timedelta(days=round(SEEN_EVERY * dice.real(0.7, 1.3)))
    if levels and (end - stay.start).days > 200:
        yield from _beyond_observation(dice, draft, levels, end)


def _beyond_observation(
    dice: Dice, draft: StayDraft, levels: dict[int, int], end: date
) -> Iterator[Assessment]:
    ordinal, stay, trade = (
        max(levels, key=lambda each: levels[each]),
        draft.stay,
        draft.contracts[0].rome_code,
    )
    on = end - timedelta(days=dice.whole(5, 60))
    if dice.chance(RECOGNISED):
        yield Assessment(
            stay.person, trade, ordinal, max(3, levels[ordinal]), ProofStatus.RECOGNISED, None,
            "Deux professionnels du métier", "Reconnaissance des savoir-faire professionnels (RSFP)", on,
        )  # fmt: skip
    if dice.chance(CERTIFIED):
        yield Assessment(
            stay.person, trade, ordinal, max(3, levels[ordinal]), ProofStatus.CERTIFIED, None,
            "Jury de certification", "Bloc de compétences validé", on,
        )  # fmt: skip


def licences(dice: Dice, thread: Thread, today: date) -> Iterator[Licence]:
    """Habilitations of a person, some of them close to their last day."""
    for kind, label, share in LICENCES:
        if dice.chance(share):
            is_short = kind is LicenceKind.FIRST_AID
            obtained = months_after(today, -dice.whole(1, 24 if is_short else 70))
            yield Licence(thread.person_id, kind, label, obtained, last_day(kind, obtained, book=BUILT_IN))
