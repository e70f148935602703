"""Who the invented people are: name, age, education and profile at entry, in the published proportions."""

from __future__ import annotations

from datetime import date, timedelta

from backend.demo.chance import calibration as cal
from backend.demo.chance.dice import Dice
from backend.demo.chance.names import Commune, email, phone, surname_and_first_name
from backend.demo.rows import Person, Profile
from backend.organisations.enums import StructureKind
from pathways.enums import Sex


def draw_person(
    dice: Dice, *, index: int, person_id: str, kind: StructureKind, entry: date, home: Commune, many: bool
) -> Person:
    """Draw one person who first enters a structure of this kind on this day; nobody follows them yet."""
    sex = Sex.M if dice.chance(cal.MEN[kind]) else Sex.F
    last_name, first_name = surname_and_first_name(index, sex, many)
    youngest, oldest = dice.draw(cal.AGES)
    birth_date = entry - timedelta(days=round(dice.real(youngest, oldest + 0.99) * 365.25))
    return Person(
        id=person_id,
        last_name=last_name,
        first_name=first_name,
        sex=sex,
        birth_date=birth_date,
        phone=phone(index),
        email=email(first_name, last_name, f".{index}") if dice.chance(0.75) else "",
        commune=home.name,
        postcode=home.postcode,
        insee=home.insee,
        education=dice.draw(cal.EDUCATION),
        profile=draw_profile(dice, kind=kind, sex=sex, home=home),
        referent=None,
    )


def draw_profile(dice: Dice, *, kind: StructureKind, sex: Sex, home: Commune) -> Profile:
    """Draw the flags of the entry profile; a question nobody asked stays unknown, never « non »."""
    unemployment = dice.real(0, 1)
    zrr = int(home.insee) % 20 < 20 * cal.ZRR_SHARE_OF_COMMUNES
    flags = {name: dice.chance(share) for name, share in cal.OTHER_FLAGS.items()}
    flags |= {
        "brsa": dice.chance(cal.BRSA[kind]),
        "ass": dice.chance(cal.ASS),
        "aah": dice.chance(cal.AAH),
        "rqth": dice.chance(cal.RQTH),
        "detld": unemployment < cal.DETLD,
        "deld": cal.DETLD <= unemployment < cal.DETLD + cal.DELD,
        "qpv": dice.chance(cal.QPV),
        "zrr": zrr,
        "parent_isole": dice.chance(cal.SINGLE_PARENT[sex]),
    }
    return Profile(**{name: None if dice.chance(cal.NOT_KNOWN) else value for name, value in flags.items()})
