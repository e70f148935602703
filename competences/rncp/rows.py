"""What an export says of a certification. Every code is text: a leading zero is part of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class BlocRow:
    """A part of a certification. `content` is None where the export does not give it: the csv never does."""

    code: str
    label: str
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Promotion:
    """How many people were certified one year, and how many of them by VAE; None where it is not said."""

    year: int
    certified: int | None
    by_vae: int | None


@dataclass(frozen=True, slots=True)
class Fiche:
    """A certification, as far as one file tells it: None is « this file does not say », which changes nothing here."""

    code: str
    label: str | None = None
    level: int | None = None
    is_active: bool | None = None
    ends_on: date | None = None
    is_by_vae: bool | None = None
    certifiers: tuple[tuple[str, str], ...] | None = None  # (SIRET or "", name)
    trades: tuple[str, ...] | None = None
    successors: tuple[str, ...] | None = None
    blocs: tuple[BlocRow, ...] | None = None
    awarded_until: date | None = None
    promotions: tuple[Promotion, ...] | None = None
    is_listed: bool = True  # False: another file of the same export gives the list, this one only adds to it


@dataclass(slots=True)
class Remarks:
    """Oddities that do not prevent an import, counted by kind, with the first place where each was seen."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, place: str) -> None:
        """One more of this kind."""
        self.counts[kind] += 1
        self.first.setdefault(kind, place)

    def sentences(self) -> list[str]:
        """« 2 lignes … (la première : …) », the kinds in the order they came."""
        return [f"{kind} : {count} (première : {self.first[kind]})." for kind, count in self.counts.items()]
