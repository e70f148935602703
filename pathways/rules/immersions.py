"""Immersions in a workplace (PMSMP): how long, how often with the same host, in which share of a contract, by whom.

Days are counted from the first to the last one of a convention, both included, worked or not: the text says « continu
ou non » and counts no other way; that is our reading, said as probable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.core.findings import Confidence, Finding
from backend.core.values.dates import NBSP, days_inclusive, french_date, last_day_after, months_after
from backend.core.values.plausible import WORK, window_findings
from backend.core.values.text import normalise
from pathways.enums import ImmersionPrescriber
from pathways.rules.contracts.durations import Period, merge
from pathways.rules.contracts.hours import HOURS_IN_A_DAY
from pathways.rules.dated import immersions as figures
from pathways.rules.dated.book import RuleBook

_SHORTER = "Choisissez une durée plus courte"


@dataclass(frozen=True, slots=True)
class Host:
    """Where the immersion takes place: known by its SIRET when both have one, else by its name and town."""

    name: str
    town: str = ""
    siret: str = ""

    def is_same(self, other: Host) -> bool:
        """Whether both are one workplace."""
        if self.siret and other.siret:
            return self.siret == other.siret
        return (normalise(self.name), normalise(self.town)) == (normalise(other.name), normalise(other.town))


@dataclass(frozen=True, slots=True)
class Stint:
    """A convention that stands; `end` is its real last day when it was cut short, `renews` the id of the first one."""

    id: int
    start: date
    end: date
    purpose: str
    objectives: str
    host: Host
    renews: int | None = None

    @property
    def days(self) -> Period:
        """First and last day."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class ImmersionFacts:
    """One convention and what surrounds it.

    `others` are the person's other conventions, whoever wrote them; `contract` the days of the CDDI under which it
    begins, renewals included, empty when there is none. `structure_kind` is the structure that accompanies, empty
    when nobody knows it.
    """

    this: Stint
    planned_end: date
    prescriber: str
    today: date
    structure_kind: str = ""
    hours: Decimal | None = None
    others: tuple[Stint, ...] = ()
    contract: tuple[Period, ...] = ()
    born_on: date | None = None


def immersion_findings(facts: ImmersionFacts, *, book: RuleBook) -> list[Finding]:
    """What the law says of a PMSMP on its own day (R32, R33, R34); empty when nothing."""
    impossible = list(_impossible(facts))
    if any(each.is_contradiction for each in impossible):
        return impossible
    return [
        *impossible,
        *prescriber_findings(facts, book=book),
        *_length(facts, book=book),
        *_renewal(facts, book=book),
        *_same_host(facts, book=book),
        *_share(facts, book=book),
        *_same_days(facts),
    ]


def _impossible(facts: ImmersionFacts) -> Iterator[Finding]:
    start, end = facts.this.start, facts.this.end
    yield from window_findings(WORK, start, field="started_on", today=facts.today, born_on=facts.born_on)
    if facts.planned_end < start or end < start:
        yield Finding(
            "immersion_days",
            "L’immersion se terminerait avant d’avoir commencé.",
            way_out="Vérifiez les deux dates.",
            field="planned_end_on" if facts.planned_end < start else "ended_on",
            is_contradiction=True,
        )
    elif facts.hours is not None and facts.hours > HOURS_IN_A_DAY * days_inclusive(start, end):
        yield Finding(
            "immersion_hours",
            f"Ces heures dépassent {HOURS_IN_A_DAY} heures par jour d’immersion.",
            way_out="Vérifiez le nombre d’heures et les dates.",
            field="hours",
            is_contradiction=True,
        )
    if end > facts.planned_end >= start:
        yield Finding(
            "immersion_past_its_end",
            f"La convention se termine le {french_date(facts.planned_end)}.",
            way_out="Pour aller plus loin, enregistrez son renouvellement.",
            field="ended_on",
        )


def prescriber_findings(facts: ImmersionFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R34: an ETTI does not prescribe a PMSMP; the structures that do are a dated list (L5135-2)."""
    if facts.prescriber != ImmersionPrescriber.STRUCTURE or not facts.structure_kind:
        return
    day, name = facts.this.start, figures.IMMERSION_PRESCRIBERS
    allowed = book.value(name, on=day) or frozenset()
    if facts.structure_kind not in allowed:
        yield Finding(
            "immersion_prescriber",
            f"Une structure de type {facts.structure_kind} ne prescrit pas d’immersion : {', '.join(sorted(allowed))} le peuvent.",
            book.basis(name, on=day),
            way_out="Demandez la convention à France Travail, à la mission locale, à Cap emploi ou au Département.",
            field="prescriber",
        )


def _length(facts: ImmersionFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R32: one month at most, date to date, a renewal too."""
    start = facts.this.start
    months = book.whole(figures.IMMERSION_MONTHS, on=start)
    last = last_day_after(start, months)
    if facts.planned_end > last:
        yield Finding(
            "immersion_month",
            f"Une convention d’immersion dure {months} mois au plus, de date à date : jusqu’au {french_date(last)}.",
            book.basis(figures.IMMERSION_MONTHS, on=start),
            way_out=f"{_SHORTER} ; si les objectifs ne sont pas atteints, elle se renouvelle ensuite.",
            field="planned_end_on",
        )


def _renewal(facts: ImmersionFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R32: renewed once, by what follows it, for the same object, at the same place."""
    this = facts.this
    if this.renews is None:
        return
    most, basis = (
        book.whole(figures.IMMERSION_RENEWALS, on=this.start),
        book.basis(figures.IMMERSION_RENEWALS, on=this.start),
    )
    first = next((each for each in facts.others if each.id == this.renews), None)
    siblings = [each for each in facts.others if each.renews == this.renews]
    if (first is not None and first.renews is not None) or len(siblings) >= most:
        yield Finding(
            "immersion_renewed_twice",
            "Cette convention a déjà été renouvelée : elle ne l’est qu’une fois.",
            basis,
            way_out="Enregistrez une nouvelle convention, avec un autre objet ou d’autres objectifs.",
            field="renews",
        )
    if first is None:
        return
    if this.start <= first.end:
        yield Finding(
            "immersion_renewal_early",
            f"La première convention court jusqu’au {french_date(first.end)} : son renouvellement commence après.",
            way_out="Choisissez le lendemain, ou notez d’abord sa fin anticipée.",
            field="started_on",
        )
    if this.purpose != first.purpose or not this.host.is_same(first.host):
        yield Finding(
            "immersion_renewal_differs",
            "Un renouvellement garde l’employeur et l’objet de la convention.",
            basis,
            way_out="Enregistrez plutôt une nouvelle convention.",
            field="purpose",
        )


def _same_host(facts: ImmersionFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R32: with one host over twelve months, two conventions for different objects or objectives, sixty days in all."""
    this, day = facts.this, facts.this.start
    basis = book.basis(figures.IMMERSION_SAME_HOST, on=day)
    months = book.whole(figures.IMMERSION_SAME_HOST_MONTHS, on=day)
    most = book.whole(figures.IMMERSION_SAME_HOST, on=day)
    here = [this, *(each for each in facts.others if each.host.is_same(this.host))]
    windows = list(_windows_around(this, here, months=months))
    originals = max(sum(each.renews is None for each in window) for window in windows)
    if this.renews is None and originals > most:
        yield Finding(
            "immersion_same_host",
            f"Chez un même employeur, {most} conventions au plus sur {months} mois.",
            basis,
            way_out="Choisissez un autre employeur, ou une date plus lointaine.",
            field="host_name",
        )
    if this.renews is None and any(_aims_the_same(this, each) for window in windows for each in window):
        yield Finding(
            "immersion_same_purpose",
            "Une autre convention chez cet employeur a déjà le même objet et les mêmes objectifs.",
            basis,
            way_out="Changez l’objet ou les objectifs, ou renouvelez la première convention.",
            field="purpose",
        )
    most_days = book.whole(figures.IMMERSION_SAME_HOST_DAYS, on=day)
    done = max(_days(window) for window in windows)
    if done > most_days:
        left = max(0, most_days - (done - days_inclusive(*this.days)))
        yield Finding(
            "immersion_host_days",
            f"Cela ferait {done} jours d’immersion chez cet employeur sur {months} mois, renouvellements compris ; le maximum est de {most_days}.",
            book.basis(figures.IMMERSION_SAME_HOST_DAYS, on=day),
            Confidence.PROBABLE,
            way_out=f"{_SHORTER} : {_left(left)}.",
            field="planned_end_on",
        )


def _windows_around(this: Stint, here: Iterable[Stint], *, months: int) -> Iterator[list[Stint]]:
    """Conventions begun within so many months of one of them, this one being among them."""
    here = list(here)
    for first in here:
        window = [each for each in here if first.start <= each.start < months_after(first.start, months)]
        if this in window:
            yield window


def _aims_the_same(this: Stint, other: Stint) -> bool:
    return (
        other is not this
        and other.renews is None
        and other.purpose == this.purpose
        and normalise(other.objectives) == normalise(this.objectives)
    )


def _share(facts: ImmersionFacts, *, book: RuleBook) -> Iterator[Finding]:
    """R33: a quarter of the CDDI's days at most, all immersions of that contract together."""
    if not facts.contract:
        return
    day = facts.this.start
    runs = merge(facts.contract)
    total = sum(days_inclusive(*run) for run in runs)
    share = book.whole(figures.IMMERSION_SHARE, on=day)
    # Renewals of one convention follow it: a day is counted once, whatever was written on it.
    done = sum(_inside(each.days, runs) for each in facts.others)
    own = _inside(facts.this.days, runs)
    if 100 * (done + own) > share * total:
        left = max(0, share * total // 100 - done)
        yield Finding(
            "immersion_share",
            f"Cela ferait {done + own} jours d’immersion pour un contrat de {total} jours ; "
            f"le maximum est de {share} % de sa durée, soit {share * total // 100} jours.",
            book.basis(figures.IMMERSION_SHARE, on=day),
            Confidence.PROBABLE,
            way_out=f"{_SHORTER} : {_left(left)}. Un contrat renouvelé en donne d’autres.",
            field="planned_end_on",
        )


def _same_days(facts: ImmersionFacts) -> Iterator[Finding]:
    """Two immersions on the same days: two half-times, or one written twice."""
    this = facts.this
    if any(
        each.start <= this.end and this.start <= each.end for each in facts.others if each.id != this.renews
    ):
        yield Finding(
            "immersion_same_days",
            "Une autre immersion couvre déjà une partie de ces jours.",
            way_out="Vérifiez que ce n’est pas la même.",
            field="started_on",
            refuses=False,
        )


def _inside(period: Period, runs: list[Period]) -> int:
    """Days of a period that fall inside these runs."""
    shared = [(max(period[0], first), min(period[1], last)) for first, last in runs]
    return sum(days_inclusive(*each) for each in shared if each[0] <= each[1])


def _days(window: Iterable[Stint]) -> int:
    return sum(days_inclusive(*each.days) for each in window)


def _left(days: int) -> str:
    if not days:
        return "il ne reste aucun jour"
    return f"il reste {days}{NBSP}{'jours' if days > 1 else 'jour'}"


def review_findings(
    *, reviewed_on: date, started_on: date, today: date, has_words: bool
) -> Iterator[Finding]:
    """What is said of an immersion is said once it has begun, and says something."""
    if not has_words:
        yield Finding(
            "immersion_review_empty",
            "Ce bilan ne dit rien encore.",
            way_out="Écrivez quelques mots du tuteur ou de la personne.",
            field="tutor_review",
            is_contradiction=True,
        )
    if not started_on <= reviewed_on <= today:
        yield Finding(
            "immersion_review_day",
            "Un bilan se fait entre le début de l’immersion et aujourd’hui.",
            way_out="Vérifiez la date.",
            field="reviewed_on",
            is_contradiction=True,
        )
