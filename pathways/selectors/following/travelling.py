"""The rights that follow somebody, read for one page: what is known, the border ahead, what becomes of each there.

A person's page asks one question of visits and days saved together (`noted_of`); the rest it reads anyway: steps with
their contracts, trainings, habilitations, relays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DateField, DecimalField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from backend.core.actor import Actor
from backend.core.pages.once import once_per_page
from backend.core.sealing.codes import own
from backend.core.tables.among import among
from backend.core.values.dates import day_after, days_after
from pathways.enums.trainings import TrainingOutcome
from pathways.enums.travelling import (
    Destination,
    SavedFate,
    SavedKind,
    Tie,
    VisitKind,
    VisitPaper,
    VisitRhythm,
)
from pathways.models import Beneficiary, Contract, MedicalVisit, Relay, SavedDays, Stay, Training
from pathways.models.rights.medical_visit import listed_jobs
from pathways.rules.dated import travelling as figures
from pathways.rules.travelling.border import Right, to_do, what_travels
from pathways.rules.travelling.facts import Border, Carried, Learnt, SavedNoted, TitleHeld, VisitNoted
from pathways.selectors import sources
from pathways.selectors.facts.travelling import saved_noted, spell_of, visit_noted
from pathways.selectors.following.person import relays_of, stays_of, trainings_of
from pathways.selectors.rule_book import read_book
from pathways.selectors.sources import gathered


@dataclass(frozen=True, slots=True)
class Noted:
    """Visits and days saved of one person, as the rules read them."""

    visits: tuple[VisitNoted, ...] = ()
    saved: tuple[SavedNoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Crossing:
    """One border, where it leads in words, and what becomes of each right there."""

    border: Border
    words: str
    rights: tuple[Right, ...]


def noted_among(actor: Actor, people: Collection[int]) -> dict[int, Noted]:
    """Visits and days saved of these people, those nobody took back, in one question."""
    none, no_day = Value("", output_field=CharField()), Cast(Value(None), DateField())
    days = DecimalField(max_digits=5, decimal_places=2)
    visits = (
        MedicalVisit.objects.visible_to(actor)
        .standing()
        .filter(beneficiary_id__in=among(people))
        .order_by()
        .annotate(
            nature=Value("visit", output_field=CharField()), days_=Cast(Value(0), days), owed=none, place=F("organisation_id"),
            counted=none, fate_=none, last_day=no_day,
        )
        .values_list(
            "nature", "pk", "beneficiary_id", "made_on", "kind", "rhythm", "paper", "due_on", "service", "jobs",
            "counted", "fate_", "last_day", "days_", "place", "owed",
        )
    )  # fmt: skip
    saved = (
        SavedDays.objects.visible_to(actor)
        .standing()
        .filter(beneficiary_id__in=among(people))
        .order_by()
        .annotate(
            nature=Value("saved", output_field=CharField()), visit=none, rhythm=none, paper=none, due_on=none, service=none,
            jobs=none, last_day=Subquery(_last_day()), owed=F("organisation__name"), place=F("organisation_id"),
        )
        .values_list(
            "nature", "pk", "beneficiary_id", "counted_on", "visit", "rhythm", "paper", "due_on", "service", "jobs",
            "kind", "fate", "last_day", "days", "place", "owed",
        )
    )  # fmt: skip
    found: dict[int, Noted] = {}
    for nature, *row in visits.union(saved, all=True):
        theirs = found.get(row[1], Noted())
        found[row[1]] = (
            replace(theirs, visits=(*theirs.visits, _visit(*row)))
            if nature == "visit"
            else replace(theirs, saved=(*theirs.saved, _saved(*row)))
        )
    return found


@once_per_page
def noted_of(actor: Actor, person: int) -> Noted:
    """The same, of one person; one question for all the parts of a page."""
    return noted_among(actor, (person,)).get(person, Noted())


def _visit(pk: int, _: int, on: date, *rest: Any) -> VisitNoted:
    kind, rhythm, paper, due_on = (own(code, pk) for code in rest[:4])
    service, jobs = rest[4:6]
    return VisitNoted(
        pk,
        VisitKind(kind),
        on,
        VisitRhythm(rhythm),
        VisitPaper(paper),
        service,
        tuple(listed_jobs(jobs)),
        due_on,
    )


def _saved(pk: int, _: int, on: date, *rest: Any) -> SavedNoted:
    kind, fate, ends_on, days, place, owed = rest[6:]
    return SavedNoted(pk, SavedKind(kind), on, Decimal(days), SavedFate(fate), place, owed or "", ends_on)


def _last_day() -> Any:
    """The last day under contract with the structure that owes; none while one of its contracts has no end."""
    theirs = Contract.objects.filter(
        stay__beneficiary=OuterRef("beneficiary"), stay__organisation=OuterRef("organisation")
    )
    ends = theirs.annotate(end=Coalesce("ended_on", "planned_end_on"))
    return ends.order_by(F("end").desc(nulls_first=True)).values("end")[:1]


def carried_by(actor: Actor, person: Beneficiary, *, leaving: int | None) -> Carried:
    """All that is known of the rights of this person, within what the actor may see."""
    noted = noted_of(actor, person.pk)
    titles: list[TitleHeld] = gathered(sources.titles, actor, person)
    return Carried(
        visits=noted.visits,
        saved=noted.saved,
        spells=tuple(
            spell_of(contract, stay.organisation_id)
            for stay in stays_of(actor, person.pk)
            for contract in stay.contracts.all()
        ),
        learnt=tuple(_learnt(trainings_of(actor, person.pk))),
        titles=tuple(titles),
        place=leaving,
    )


def _learnt(rows: Iterable[Training]) -> Iterable[Learnt]:
    for row in rows:
        if row.outcome and row.outcome != TrainingOutcome.ABANDONED:
            hours = row.done_hours if row.done_hours is not None else row.planned_hours
            yield Learnt(row.title, hours, row.outcome == TrainingOutcome.CERTIFIED)


def place_left(actor: Actor, person: int, today: date) -> Stay | None:
    """The structure somebody would leave: the last one entered that is not over, else the last one."""
    stays = stays_of(actor, person)
    opened = tuple(each for each in stays if each.ended_on is None or each.ended_on >= today)
    return (opened or stays)[-1] if stays else None


def last_day_known(stay: Stay | None, today: date) -> date | None:
    """The last day of the contracts under way there, when one is known and not past."""
    if stay is None:
        return None
    ends = [each.ended_on or each.planned_end_on for each in stay.contracts.all()]
    known = [end for end in ends if end is not None and end >= today]
    return max(known, default=None)


def border_ahead(actor: Actor, person: Beneficiary, today: date) -> Border:
    """Where the next border leads: the structure of a relay under way, else an ordinary employer; the day after the contract.

    Of who left and was not taken on since, it is the one they crossed.
    """
    stay = place_left(actor, person.pk, today)
    gone = stay.ended_on if stay is not None and stay.ended_on is not None and stay.ended_on < today else None
    last = gone or last_day_known(stay, today)
    for relay in relays_of(actor, person.pk):
        if relay.receiver is None or relay.state_on(today).waits_for is None:
            continue
        tie = Tie.GROUP if relay.receiver_id in actor.thread_ids else Tie.OTHER
        if stay is not None and stay.organisation_id == relay.receiver_id:
            tie = Tie.SAME
        return Border(on=relay.planned_on, to=Destination(relay.receiver.kind), tie=tie, leaves_on=last)
    first_day = day_after(last or today)
    return Border(on=first_day, to=Destination.ORDINARY, leaves_on=last, is_crossed=gone is not None)


def is_near(border: Border, today: date) -> bool:
    """Whether somebody is leaving: a relay leads them on, or their last day comes; else nothing presses."""
    ahead = days_after(today, read_book().whole(figures.RIGHTS_AHEAD, on=today))
    is_last = border.leaves_on is not None and border.leaves_on <= ahead
    return is_last or border.to is not Destination.ORDINARY


def crossing(actor: Actor, person: Beneficiary, border: Border, today: date) -> Crossing:
    """What becomes of each right at this border."""
    stay = place_left(actor, person.pk, today)
    carried = carried_by(actor, person, leaving=stay.organisation_id if stay else None)
    return Crossing(border, words_of(border), what_travels(carried, border, book=read_book()))


def rights_at_relay(relay: Relay) -> list[Right]:
    """What a structure that may welcome somebody has to ask for: of visits and days alone, read as the relay gives them."""
    visits = MedicalVisit.objects.standing().filter(beneficiary_id=relay.beneficiary_id)
    saved = SavedDays.objects.standing().filter(beneficiary_id=relay.beneficiary_id)
    said = Q(organisation_id=relay.organisation_id) | Q(organisation__isnull=True)
    carried = Carried(
        visits=tuple(visit_noted(row) for row in visits.filter(said)),
        saved=tuple(
            saved_noted(row, row.organisation.name if row.organisation else "")
            for row in saved.filter(said).select_related("organisation")
        ),
        place=relay.organisation_id,
    )
    if relay.receiver is None:
        return []
    border = Border(on=relay.planned_on, to=Destination(relay.receiver.kind))
    return to_do(what_travels(carried, border, book=read_book()))


def words_of(border: Border) -> str:
    """« chez un employeur ordinaire », « en ETTI, dans le même groupe »."""
    where = {
        Destination.ORDINARY: "chez un employeur ordinaire",
        Destination.HOMES: "en association de services à la personne",
    }.get(border.to, f"en {border.to.value}")
    if border.tie is Tie.SAME:
        return "chez le même employeur"
    return f"{where}, dans le même groupe" if border.tie is Tie.GROUP else where
