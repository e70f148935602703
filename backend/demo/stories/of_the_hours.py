"""Hours people want, as one meets them: nearly obtained, far from it for months, changed since, told by the person."""

from __future__ import annotations

from dataclasses import dataclass

from backend.demo.rows import Contract, HoursWish
from backend.demo.stories.storyteller import Teller
from pathways.enums.wishes import Moment, WishLimit, WishVoice

_L, _V, _M = WishLimit, WishVoice, Moment
_MORNINGS = (_M.MONDAY_MORNING, _M.TUESDAY_MORNING, _M.THURSDAY_MORNING, _M.FRIDAY_MORNING)
_SCHOOL = (*_MORNINGS, _M.MONDAY_AFTERNOON, _M.TUESDAY_AFTERNOON)
_WEEK = tuple(
    each for each in Moment if each.value[:3] not in ("SAM", "DIM") and not each.value.endswith("_S")
)


@dataclass(frozen=True, slots=True)
class Told:
    """One wish: how many days ago it began, hours a week, when, why not more, who said so."""

    began: int
    weekly: float
    moments: tuple[Moment, ...] = ()
    limit: WishLimit | None = None
    voice: WishVoice = _V.TEAM


OF_THE_GARDENS = (
    (Told(210, 26, _SCHOOL, _L.CARE), Told(60, 30, _WEEK)),
    (Told(140, 35, _WEEK, voice=_V.PERSON),),
    (Told(95, 26, _SCHOOL, _L.TRANSPORT),),
    (Told(120, 20, _MORNINGS, _L.TRAINING, _V.PERSON),),
    (Told(88, 24, limit=_L.CHOICE),),
    (Told(75, 28, _WEEK, _L.OTHER),),
)
OF_THE_HOMES = (
    (Told(130, 30, _WEEK),),
    (Told(110, 24, _SCHOOL, _L.CARE, _V.PERSON),),
    (Told(180, 12, _MORNINGS, _L.OTHER_JOB),),
    (Told(90, 35, tuple(Moment), voice=_V.PERSON),),
)
OF_SOLANGE = (Told(1060, 15, _MORNINGS, _L.TRANSPORT), Told(400, 30, _WEEK, voice=_V.PERSON))


def tell_wishes(teller: Teller) -> None:
    """One story each to people at work in the gardens and in homes, always the same, and Solange's."""
    cast = teller.cast
    for structure, stories in ((cast.aci, OF_THE_GARDENS), (cast.ai, OF_THE_HOMES)):
        longest = max(told.began for story in stories for told in story)
        for contract, story in zip(_at_work(teller, structure, longest), stories, strict=False):
            _tell(teller, contract.person, contract.structure, story)
    _tell(teller, "solange", cast.aci, OF_SOLANGE)


def _tell(teller: Teller, person: str, structure: str, story: tuple[Told, ...]) -> None:
    for told in story:
        teller.rows.wishes.append(
            HoursWish(
                person, None if told.voice is _V.PERSON else structure, told.voice, teller.ago(told.began), told.weekly,
                told.moments, told.limit,
            )
        )  # fmt: skip


def _at_work(teller: Teller, structure: str, days: int) -> list[Contract]:
    """A contract that runs today for each person who has been there long enough; one per person."""
    since = {each.person: each.start for each in reversed(teller.rows.stays) if each.structure == structure}
    found: dict[str, Contract] = {}
    for contract in teller.rows.contracts:
        end = contract.end or contract.planned_end
        is_running = contract.structure == structure and (end is None or end > teller.today)
        if is_running and contract.person != "solange" and since[contract.person] <= teller.ago(days):
            found.setdefault(contract.person, contract)
    return list(found.values())
