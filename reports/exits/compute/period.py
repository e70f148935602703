"""The days a report speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.errors import DomainError
from backend.core.values.dates import french_date

OLDEST, NEWEST = 2000, 2100
LONGEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both days included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts, or that no structure has known."""
        if self.end < self.start:
            raise DomainError(
                "period_backwards",
                "La période se termine avant de commencer. Inversez les deux dates.",
                field="end",
            )
        if not (self.start.year >= OLDEST and self.end.year <= NEWEST):
            raise DomainError(
                "period_out_of_range",
                f"La période sort des années {OLDEST} à {NEWEST}. Vérifiez les dates.",
                field="start",
            )
        if self.end.year - self.start.year >= LONGEST_YEARS:
            raise DomainError(
                "period_too_long",
                f"La période couvre plus de {LONGEST_YEARS} années civiles. Choisissez une période plus courte.",
                field="end",
            )

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The civil year, which is how conventions count exits."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def years(self) -> tuple[int, ...]:
        """Civil years touched by the period."""
        return tuple(range(self.start.year, self.end.year + 1))

    @property
    def is_civil_year(self) -> bool:
        """Whether it is one whole year."""
        return self == Period(date(self.start.year, 1, 1), date(self.start.year, 12, 31))

    @property
    def words(self) -> str:
        """« du 1er janvier 2026 au 31 décembre 2026 »."""
        return f"du {french_date(self.start)} au {french_date(self.end)}"

    def as_dict(self) -> dict[str, str]:
        """Both days as the JSON writes them."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}
