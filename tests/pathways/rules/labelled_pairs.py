"""Pairs of invented files with the truth about each, drawn by a fixed recipe: the same person written twice, or two people.

Names are drawn from syllables, so that none is anybody's; the ways of writing them again are those that were met in
spreadsheets: accents, particles, spaces, slips, inversions, a married name, a date misread or unknown.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pathways.rules.twins.look_alikes import Identity

SEED = 20_261_127
_LAST = (
    "ba",
    "che",
    "dou",
    "fer",
    "gran",
    "jou",
    "lé",
    "mar",
    "nan",
    "pi",
    "rou",
    "sé",
    "tra",
    "val",
    "ver",
    "zan",
)
_END = ("lin", "met", "net", "quin", "rac", "sset", "tier", "vet", "rel", "don", "bert", "mond")
_FIRST = (
    "Solène",
    "Karim",
    "Jo",
    "Amina",
    "Lina",
    "Théo",
    "Paul",
    "Nadia",
    "Hélène",
    "Youssef",
    "Marie-Claude",
    "Jean-Paul",
    "Inès",
    "Mamadou",
    "Zoé",
    "Ludovic",
)
_PARTICLES = ("", "", "", "Le ", "de ", "N’", "El ", "de la ")


@dataclass(frozen=True)
class Pair:
    """Two files, whether they are one person's, and how the second was written."""

    one: Identity
    other: Identity
    is_same: bool
    kind: str


def pairs(count: int = 1_200) -> list[Pair]:
    """Half of each truth, each kind in turn."""
    chance = random.Random(SEED)
    found = []
    for rank in range(count):
        ways = _SAME if rank % 2 else _OTHERS
        name, write = ways[rank // 2 % len(ways)]
        one = _somebody(chance)
        found.append(Pair(one, write(one, chance), bool(rank % 2), name))
    return found


def _somebody(chance: random.Random) -> Identity:
    last = (
        chance.choice(_PARTICLES)
        + (chance.choice(_LAST) + chance.choice(_LAST) + chance.choice(_END)).capitalize()
    )
    born = date(1962, 1, 1) + timedelta(days=chance.randrange(45 * 365))
    phone = f"06 00 {chance.randrange(100):02} {chance.randrange(100):02} {chance.randrange(100):02}"
    return Identity(last, chance.choice(_FIRST), born, phone)


# The same person, written again


def _plain(text: str) -> str:
    return text.translate(str.maketrans("éèêàçô’-", "eeeaco  ")).upper()


def _slip(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    match chance.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + chance.choice("aeinrst") + text[at:]
        case 2:
            return text[:at] + chance.choice("aeinrst") + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]


def _without_particle(text: str) -> str:
    return text.split(" ")[-1].split("’")[-1]


def _misread(born: date, chance: random.Random) -> date:
    if born.day <= 12 and born.day != born.month:
        return date(born.year, born.day, born.month)
    return born.replace(day=1 + (born.day + 9) % 28) if chance.random() < 0.5 else date(born.year, 1, 1)


Write = Callable[[Identity, random.Random], Identity]
_SAME: tuple[tuple[str, Write], ...] = (
    ("same letters", lambda who, chance: who),
    (
        "capitals without accents",
        lambda who, chance: replace(
            who, last_name=_plain(who.last_name), first_name=_plain(who.first_name), phone=""
        ),
    ),
    (
        "one slip in the name",
        lambda who, chance: replace(who, last_name=_slip(who.last_name, chance), phone=""),
    ),
    ("inverted", lambda who, chance: replace(who, last_name=who.first_name, first_name=who.last_name)),
    ("without particle", lambda who, chance: replace(who, last_name=_without_particle(who.last_name))),
    (
        "spaces in the name",
        lambda who, chance: replace(who, last_name=who.last_name.replace("’", " ").replace(" ", "  ")),
    ),
    ("birth date unknown", lambda who, chance: replace(who, birth_date=None)),
    (
        "birth date misread",
        lambda who, chance: replace(who, birth_date=_misread(who.birth_date or date.min, chance)),
    ),
    (
        "married name added",
        lambda who, chance: replace(who, last_name=f"{_somebody(chance).last_name} née {who.last_name}"),
    ),
    (
        "double name",
        lambda who, chance: replace(
            who, last_name=f"{who.last_name}-{_without_particle(_somebody(chance).last_name)}"
        ),
    ),
    ("married name instead", lambda who, chance: replace(who, last_name=_somebody(chance).last_name)),
    ("two slips", lambda who, chance: replace(who, last_name=_slip(_slip(who.last_name, chance), chance))),
)

# Two people


def _another_day(who: Identity, chance: random.Random) -> Identity:
    born = (who.birth_date or date.min) + timedelta(days=900 + chance.randrange(4_000))
    return replace(who, birth_date=born, phone=_somebody(chance).phone)


def _sibling(who: Identity, chance: random.Random) -> Identity:
    first = chance.choice([name for name in _FIRST if name != who.first_name])
    return replace(
        who,
        first_name=first,
        birth_date=(who.birth_date or date.min) + timedelta(days=400 + chance.randrange(2_000)),
    )


def _twin(who: Identity, chance: random.Random) -> Identity:
    first = chance.choice([name for name in _FIRST if name != who.first_name])
    return replace(who, first_name=first)


def _born_the_same_day(who: Identity, chance: random.Random) -> Identity:
    other = _somebody(chance)
    return replace(other, birth_date=who.birth_date)


_OTHERS: tuple[tuple[str, Write], ...] = (
    ("strangers", lambda who, chance: _somebody(chance)),
    ("homonyms of another age", _another_day),
    ("siblings", _sibling),
    ("twins under one roof", _twin),
    ("strangers born the same day", _born_the_same_day),
    ("homonyms born the same day", lambda who, chance: replace(who, phone=_somebody(chance).phone)),
)
