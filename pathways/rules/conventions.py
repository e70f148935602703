"""What was agreed with the State for a year: what is wrong with it, and where the year goes month by month (R30).

The posts of the year are the hours of its months divided once by the hours of a full-time post. A month nobody has
typed yet is foreseen as the mean of the last months typed: no season, no contract is guessed, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from backend.core.findings import Finding
from backend.core.values.dates import month_start
from backend.organisations.rules.conventions import annexe_findings
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.conventions import DRIFT, DRIFT_LEAST, FORECAST_MONTHS, MODULATION
from pathways.rules.fte import MONTHS_IN_A_YEAR, THOUSANDTH, monthly_fte, yearly_fte

HUNDREDTH = Decimal("0.01")
YEARS_AHEAD = 1
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an annexe says: `fte` posts over a whole year, from `first_month` to `last_month`, both included.

    `modulated_share` goes from 0 to 1.
    """

    structure_kind: str
    year: int
    annexe: str = ""
    first_month: int = 1
    last_month: int = MONTHS_IN_A_YEAR
    fte: Decimal | None = None
    post_amount: Decimal | None = None
    modulated_share: Decimal | None = None

    @property
    def months(self) -> int:
        """How many months it covers."""
        return max(self.last_month - self.first_month + 1, 0)

    @property
    def yearly_fte(self) -> Decimal | None:
        """Posts of the year: those of a whole year, for as many twelfths (State statistics, August 2026)."""
        if self.fte is None:
            return None
        return (self.fte * self.months / MONTHS_IN_A_YEAR).quantize(THOUSANDTH, ROUND_HALF_UP)

    @property
    def fixed_amount(self) -> Decimal | None:
        """Euros of the fixed part: posts of the year × amount of a post."""
        if self.yearly_fte is None or self.post_amount is None:
            return None
        return (self.yearly_fte * self.post_amount).quantize(HUNDREDTH, ROUND_HALF_UP)

    @property
    def modulated_amount(self) -> Decimal | None:
        """Euros of the modulated part: its share of the fixed one; how the préfet sets the share is not computed."""
        if self.fixed_amount is None or self.modulated_share is None:
            return None
        return (self.fixed_amount * self.modulated_share).quantize(HUNDREDTH, ROUND_HALF_UP)


def convention_findings(agreed: Agreed, *, today: date, book: RuleBook) -> Iterator[Finding]:
    """What is wrong with an annexe as it is typed."""
    yield from annexe_findings(
        structure_kind=agreed.structure_kind,
        annexe=agreed.annexe,
        first_month=agreed.first_month,
        last_month=agreed.last_month,
    )
    if not FIRST_YEAR <= agreed.year <= today.year + YEARS_AHEAD:
        yield Finding(
            "convention_year",
            f"Une convention s’enregistre jusqu’à l’année {today.year + YEARS_AHEAD}.",
            way_out="Vérifiez l’année.",
            field="year",
        )
        return
    first_day = date(agreed.year, 1, 1)
    most = book.whole(MODULATION, on=first_day)
    if agreed.modulated_share and agreed.modulated_share * 100 > most:
        yield Finding(
            "convention_modulation",
            f"La part modulée ne dépasse pas {most} % du socle.",
            book.basis(MODULATION, on=first_day),
            way_out="Vérifiez le taux ; s’il vient d’un arrêté plus récent, la tête de réseau change la règle.",
            field="modulated_share",
        )


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """One month of a year: hours made, or foreseen once nobody has typed them yet; None without any month to go by.

    `agreed` are posts, None outside the annexe; `fte` the posts of these hours, None without a reference.
    """

    month: date
    agreed: Decimal | None
    hours: Decimal | None
    fte: Decimal | None
    is_made: bool

    @property
    def gap(self) -> Decimal | None:
        """Posts made or foreseen, less posts agreed."""
        return None if self.fte is None or self.agreed is None else self.fte - self.agreed


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Where a year goes: made so far, foreseen, agreed; `mean` is in hours a month, None while nothing was typed.

    Sums are over the months of the annexe.
    """

    months: tuple[PlannedMonth, ...]
    agreed: Decimal | None
    reference: Decimal | None
    mean: Decimal | None
    mean_of: int
    drift_from: int
    drift_least: int

    @property
    def made_months(self) -> int:
        """How many months of the annexe are typed."""
        return sum(each.is_made for each in self._inside)

    @property
    def made_hours(self) -> Decimal:
        """Hours of these months."""
        return sum((each.hours or Decimal(0) for each in self._inside if each.is_made), Decimal(0))

    @property
    def foreseen_hours(self) -> Decimal:
        """Hours of the months to come."""
        return sum((each.hours or Decimal(0) for each in self._inside if not each.is_made), Decimal(0))

    @property
    def made(self) -> Decimal | None:
        """Posts made so far."""
        return self._posts(self.made_hours)

    @property
    def agreed_so_far(self) -> Decimal | None:
        """Posts agreed for the months typed, as a share of the year: what `made` is measured against."""
        if self.agreed is None or not self.made_months:
            return None
        months = sum((each.agreed or Decimal(0) for each in self._inside if each.is_made), Decimal(0))
        return (months / MONTHS_IN_A_YEAR).quantize(Decimal("0.001"), ROUND_HALF_UP)

    @property
    def gap_so_far(self) -> Decimal | None:
        """Posts made, less those agreed for the same months."""
        return None if self.made is None or self.agreed_so_far is None else self.made - self.agreed_so_far

    @property
    def foreseen(self) -> Decimal | None:
        """Posts of the whole year: hours made and foreseen, divided once; None while nothing was typed."""
        return None if self.mean is None else self._posts(self.made_hours + self.foreseen_hours)

    @property
    def drift(self) -> Decimal | None:
        """Posts of the year foreseen, less those agreed, in percent of those agreed."""
        if self.foreseen is None or not self.agreed:
            return None
        return ((self.foreseen - self.agreed) / self.agreed * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def is_drifting(self) -> bool:
        """Whether the gap is worth a word: far enough, and after enough months."""
        return (
            self.drift is not None
            and self.made_months >= self.drift_least
            and abs(self.drift) >= self.drift_from
        )

    @property
    def _inside(self) -> list[PlannedMonth]:
        return [each for each in self.months if each.agreed is not None or self.agreed is None]

    def _posts(self, hours: Decimal) -> Decimal | None:
        return None if self.reference is None else yearly_fte(hours, reference=self.reference)


def plan_year(
    agreed: Agreed, hours: Mapping[date, Decimal], *, reference: Decimal | None, today: date, book: RuleBook
) -> YearPlan:
    """A year month by month, from the hours known by month; the current month is never counted as made."""
    year, on = agreed.year, min(today, date(agreed.year, 12, 31))
    typed = [month for month, worked in hours.items() if worked > 0 and month < month_start(today)]
    last = max((month for month in typed if month.year == year), default=None)
    over = range(1, MONTHS_IN_A_YEAR + 1)
    is_over = date(year, 12, 31) < today
    made = [date(year, number, 1) for number in over if is_over or (last and date(year, number, 1) <= last)]
    mean_of = book.whole(FORECAST_MONTHS, on=on)
    basis = made[-mean_of:]
    mean = (
        (sum((hours.get(month, Decimal(0)) for month in basis), Decimal(0)) / len(basis)).quantize(HUNDREDTH)
        if basis
        else None
    )
    months = [
        _month(agreed, date(year, number, 1), hours, made=set(made), mean=mean, reference=reference)
        for number in over
    ]
    return YearPlan(
        tuple(months), agreed.yearly_fte, reference, mean, len(basis), book.whole(DRIFT, on=on),
        book.whole(DRIFT_LEAST, on=on),
    )  # fmt: skip


def _month(
    agreed: Agreed,
    month: date,
    hours: Mapping[date, Decimal],
    *,
    made: set[date],
    mean: Decimal | None,
    reference: Decimal | None,
) -> PlannedMonth:
    worked = hours.get(month, Decimal(0)) if month in made else mean
    is_inside = agreed.first_month <= month.month <= agreed.last_month
    return PlannedMonth(
        month,
        agreed.fte if is_inside else None,
        worked,
        monthly_fte(worked, reference=reference) if reference is not None and worked is not None else None,
        month in made,
    )
