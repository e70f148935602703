"""What the people present can do together: by trade, or gesture by gesture; with names, or as figures only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from backend.core.tables.ordering import Alphabetical
from backend.organisations.models import Organisation
from competences.enums import Level, ProofStatus
from competences.models import Assessment
from competences.querysets import AssessmentQuerySet
from competences.rules.polycompetence.person import Levels, State, standings, with_families
from competences.rules.polycompetence.team import (
    FEWEST_PEOPLE,
    Absence,
    Measures,
    Team,
    Training,
    absence,
    best_trainings,
    measures,
    oldest_proof,
)
from competences.rules.polycompetence.trades import Trades, core_of
from competences.selectors.polycompetence import Level as Reading
from competences.selectors.polycompetence import in_order, levels_of
from competences.selectors.trades import TradesInUse, trades_in_use, words_of
from pathways.models import Beneficiary, Contract, Stay

MOST_ACTIVITIES = 12
"""Columns a picture still tells apart."""
EVERY_TRADE = "tous"
"""What an address says to see every trade; without anything said, the trade most people work in is shown."""
MOST_PEOPLE = 60
"""Rows a page still weighs; beyond, one chooses a trade."""
ALONE, TEACHES = Level.ALONE.value, Level.TEACHES.value


@dataclass(frozen=True, slots=True)
class Activity:
    """One work of the team: a trade of its contracts, or a gesture at the heart of one trade."""

    code: str
    label: str
    need: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody present: how well they do each activity, from 0 (nothing seen) to 4 (can teach it)."""

    key: str
    person: Beneficiary
    levels: Mapping[str, int]

    def is_alone_on(self, code: str) -> bool:
        """Whether they do it without help."""
        return self.levels.get(code, 0) >= ALONE


@dataclass(frozen=True, slots=True)
class TradeOfTeam:
    """A trade of the running contracts, and how many people work in it."""

    code: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class TeamSkills:
    """Everything the page of a team is drawn from; `left_out` counts the people a page cannot weigh."""

    trades: tuple[TradeOfTeam, ...]
    chosen: str
    activities: tuple[Activity, ...]
    people: tuple[Colleague, ...]
    measures: Measures
    trainings: tuple[Training, ...]
    absences: tuple[Absence, ...]
    left_out: int


def team_of(
    actor: Actor, day: date, *, trade: str = "", needs: Mapping[str, int] | None = None
) -> TeamSkills:
    """The people present that day in the actor's structures: every trade, or the gestures of one.

    `needs` says how many people each activity takes at the same time, one unless said; 0 leaves it out of the figures.
    """
    in_use = trades_in_use()
    people = list(
        Beneficiary.objects.accompanied_by(actor)
        .present_on(day, actor.organisation_ids)
        .order_by("search_name", "pk")
    )
    by_trade = _trades_of(actor, day, [each.pk for each in people])
    counts = Counter(code for codes in by_trade.values() for code in codes if code in in_use.trades.by_code)
    trades = tuple(
        TradeOfTeam(code, in_use.label(code), count)
        for code, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    )
    if trade not in counts:
        trade = "" if trade == EVERY_TRADE or not trades else trades[0].code
    if trade:
        people = [each for each in people if trade in by_trade.get(each.pk, ())]
    left_out = max(0, len(people) - MOST_PEOPLE)
    people = people[:MOST_PEOPLE]
    known = proved_levels(Assessment.objects.visible_to(actor), [each.pk for each in people], day)
    codes = _gestures(trade, in_use.trades) if trade else [each.code for each in trades][:MOST_ACTIVITIES]
    labels = words_of(codes) if trade else {code: in_use.label(code) for code in codes}
    asked = needs or {}
    activities = tuple(Activity(code, labels.get(code, code), asked.get(code, 1)) for code in codes)
    among = in_use.trades if trade else in_use.trades.cores(codes)
    colleagues = tuple(
        Colleague(str(each.pk), each, strengths(known.get(each.pk, {}), codes, among, trade))
        for each in people
    )
    team = team_from(activities, {each.key: each.levels for each in colleagues})
    return TeamSkills(
        trades,
        trade,
        activities,
        colleagues,
        measures(team),
        tuple(best_trainings(team)),
        tuple(absence(team, each.key) for each in colleagues),
        left_out,
    )


def team_from(activities: tuple[Activity, ...], levels: Mapping[str, Mapping[str, int]]) -> Team:
    """The team that the rules weigh: who does what alone, among what is needed."""
    needs = {each.code: each.need for each in activities if each.need}
    links = {
        key: frozenset(code for code, level in known.items() if level >= ALONE and code in needs)
        for key, known in levels.items()
    }
    return Team(needs, links)


def proved_levels(readings: AssessmentQuerySet, people: list[int], day: date) -> dict[int, dict[str, int]]:
    """What each of these people was seen doing lately, by code: the newest reading of each gesture."""
    rows = readings.filter(
        beneficiary_id__in=people, assessed_on__gte=oldest_proof(day), assessed_on__lte=day
    ).exclude(status=ProofStatus.DECLARED)
    by_person: dict[int, list[Reading]] = defaultdict(list)
    for reading in in_order(rows):
        by_person[reading.person].append(reading)
    return {owner: levels_of(theirs)[0] for owner, theirs in by_person.items()}


def strengths(levels: Levels, codes: list[str], trades: Trades, trade: str) -> dict[str, int]:
    """How well each activity is done: the level of a gesture; for a trade, the level at which it is held."""
    if trade:
        known = with_families(levels, trades)
        return {code: known[code] for code in codes if known.get(code)}
    wanted, found = set(codes), dict[str, int]()
    for level in range(1, TEACHES + 1):
        for each in standings(levels, trades, counts_from=level):
            if each.trade in wanted and each.state is State.HELD:
                found[each.trade] = level
            elif each.trade in wanted and level == Level.WITH_HELP and each.state is State.NEAR:
                found[each.trade] = max(found.get(each.trade, 0), Level.BEGINNING.value)
    return found


def _gestures(trade: str, trades: Trades) -> list[str]:
    """What makes the trade, in the order of the referential."""
    return [code for code, _ in core_of(trades.by_code[trade])][:MOST_ACTIVITIES]


def _trades_of(actor: Actor, day: date, people: list[int]) -> dict[int, set[str]]:
    """The trades of the contracts under way, person by person."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = (
        Contract.objects.visible_to(actor)
        .running_on(day)
        .filter(stay__beneficiary_id__in=people, stay__organisation_id__in=actor.organisation_ids)
    )
    for person, code in rows.exclude(rome_code="").values_list("stay__beneficiary_id", "rome_code"):
        found[person].add(code)
    return found


@dataclass(frozen=True, slots=True)
class StructureFigures:
    """A structure in figures, without anybody's name: the trade most of its people work in, gesture by gesture.

    `measures` is None below the fewest people, and where no contract says a trade that the referential has.
    """

    organisation: Organisation
    people: int
    trades: int
    trade: str
    at_work: int
    measures: Measures | None


def structures_in_figures(actor: Actor, day: date) -> list[StructureFigures]:
    """Every structure one answers for, as its own team page shows it first; as many questions for one as for many."""
    in_use = trades_in_use()
    stays = Stay.objects.visible_to(actor).open_on(day).filter(organisation_id__in=actor.organisation_ids)
    present: dict[int, set[int]] = defaultdict(set)
    for organisation, person in stays.order_by().values_list("organisation_id", "beneficiary_id"):
        present[organisation].add(person)
    at_work: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    contracts = Contract.objects.visible_to(actor).running_on(day).exclude(rome_code="")
    columns = ("stay__organisation_id", "rome_code", "stay__beneficiary_id")
    for organisation, code, person in contracts.values_list(*columns):
        if code in in_use.trades.by_code and person in present[organisation]:
            at_work[organisation][code].add(person)
    everyone = sorted(set().union(*present.values())) if present else []
    known = proved_levels(Assessment.objects.counted_by(actor), everyone, day)
    return [
        _structure(each, len(present[each.pk]), at_work[each.pk], known, in_use)
        for each in Organisation.objects.covered_by(actor).order_by(Alphabetical("name"), "pk")
        if present[each.pk]
    ]


def _structure(
    organisation: Organisation,
    people: int,
    at_work: Mapping[str, set[int]],
    known: Mapping[int, Levels],
    in_use: TradesInUse,
) -> StructureFigures:
    if not at_work:
        return StructureFigures(organisation, people, 0, "", 0, None)
    trade = min(at_work, key=lambda code: (-len(at_work[code]), code))
    team = at_work[trade]
    found = _figures(trade, team, known, in_use) if len(team) >= FEWEST_PEOPLE else None
    return StructureFigures(organisation, people, len(at_work), in_use.label(trade), len(team), found)


def _figures(trade: str, people: set[int], known: Mapping[int, Levels], in_use: TradesInUse) -> Measures:
    codes = _gestures(trade, in_use.trades)
    activities = tuple(Activity(code, code, 1) for code in codes)
    levels = {
        str(each): strengths(known.get(each, {}), codes, in_use.trades, trade) for each in sorted(people)
    }
    return measures(team_from(activities, levels))
