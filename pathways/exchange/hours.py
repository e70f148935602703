"""`heures.csv`: the hours of a contract, month by month and kind of client by kind of client.

A file that speaks of a month says it whole: lines of the same kind of client add up, and a detail by kind takes
the place of a figure without one, so that correcting never counts the same hours twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter, itemgetter

from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import Outcome
from pathways.enums import ClientKind
from pathways.models import Contract, MonthlyHours
from pathways.selectors.hours_facts import HoursAround, HoursKey
from pathways.selectors.rule_book import read_book

MOST_HOURS = 400
"""Most hours of one month, all lines together."""

Month = tuple[int, date]
"""A contract and a month."""
Kinds = dict[str, list[Line]]


@dataclass(slots=True)
class Judge:
    """The hours of a chunk beside all those of the same people, oldest first: what a line leaves is there for the next."""

    around: HoursAround
    sent: dict[Month, dict[HoursKey, Decimal]]
    known: dict[HoursKey, Decimal]
    before: dict[tuple[int, date], Decimal]

    @classmethod
    def of(cls, context: Context, chunk: Iterable[tuple[Month, Kinds]]) -> Judge:
        """Read what is known of these people; what the chunk says again is set aside until it is judged."""
        contracts = {month[0] for month, _ in chunk}
        people = Contract.objects.filter(pk__in=contracts).values_list("stay__beneficiary_id", flat=True)
        around = HoursAround.of(set(people), book=context.once(read_book), today=timezone.localdate())
        sent = {
            month: {HoursKey(*month, kind): _rounded(_sum(lines)) for kind, lines in kinds.items()}
            for month, kinds in chunk
        }
        keys = {key for lines in sent.values() for key in lines}
        known = {key: hours for lines in around.lines.values() for key, hours in lines.items() if key in keys}
        before = {
            (person, day): around.in_month(person, day)
            for person, day in {(around.person(key.contract_id), key.month) for key in known}
        }
        for key in known:
            around.forget(key)
        return cls(around, sent, known, before)

    def findings(self, row: MonthlyHours, key: HoursKey) -> list[Finding]:
        """What the rules say of one line, its whole month being sent with it; fewer hours are always accepted."""
        month, person = (key.contract_id, key.month), self.around.person(key.contract_id)
        for each, hours in self.sent[month].items():
            self.around.put(each, hours)
        self.around.put(key, row.hours)
        old, old_month = self.known.get(key, Decimal(0)), self.before.get((person, key.month), Decimal(0))
        has_less = self.around.in_month(person, key.month) < old_month
        found = self.around.findings(
            key,
            row.hours,
            before=old if row.hours < old else Decimal(0),
            month_before=old_month if has_less else Decimal(0),
        )
        if any(finding.is_contradiction for finding in found):
            for each in self.sent[month]:
                self.around.forget(each)
        return found


def findings(judge: Judge, row: MonthlyHours, key: HoursKey) -> Iterable[Finding]:
    """What the rules say of the hours of a month as the lines would leave them."""
    return judge.findings(row, key)


def store_hours(context: Context) -> None:
    """The file, a few months at a time, each with all its lines."""
    months: dict[Month, Kinds] = defaultdict(lambda: defaultdict(list))
    for line in context.rows(HOURS):
        contract_id = context.resolve(HOURS, line, HOURS.column("contrat_id"))
        if contract_id is not None:
            months[contract_id, line["mois"]][line.text("client_type")].append(line)
    context.in_chunks(
        HOURS,
        sorted(months.items(), key=itemgetter(0)),
        lambda chunk: _store(context, chunk),
        lines_of=lambda month: [(HOURS, line) for lines in month[1].values() for line in lines],
    )


def _store(context: Context, chunk: list[tuple[Month, Kinds]]) -> None:
    rows = MonthlyHours.objects.select_for_update().filter(contract_id__in={month[0] for month, _ in chunk})
    here: dict[Month, dict[str, MonthlyHours]] = defaultdict(dict)
    for row in rows:
        here[row.contract_id, row.month][row.client_kind] = row
    wanted, present = {}, {}
    sound = [
        (month, kinds)
        for month, kinds in chunk
        if _adds_up(context, kinds) and _says_the_month(context, kinds, here[month])
    ]
    judge = Judge.of(context, sound)
    for month, kinds in sorted(sound, key=lambda each: (judge.around.person(each[0][0]), each[0][1])):
        for kind, lines in kinds.items():
            wanted[(*month, kind)] = _together(lines)
            if kind in here[month]:
                present[(*month, kind)] = here[month][kind]
    context.merge(
        HOURS,
        MonthlyHours,
        wanted,
        present,
        lambda key: {"contract_id": key[0], "month": key[1], "client_kind": key[2]},
        check=lambda row, key: findings(judge, row, HoursKey(*key)),
    ).save()


def _sum(lines: list[Line]) -> Decimal:
    return sum((line["heures"] for line in lines), Decimal(0))


def _together(lines: list[Line]) -> Wanted:
    """Lines of one kind of client in one month add up."""
    return Wanted(lines, {HOURS.column("heures"): _sum(lines)})


def _adds_up(context: Context, kinds: Kinds) -> bool:
    """Whether the lines of each kind make a month that can be."""
    for lines in kinds.values():
        if _sum(lines) > MOST_HOURS:
            problem = f"les lignes de ce mois font ensemble plus de {MOST_HOURS} heures"
            _refuse(context, lines, problem, "Vérifiez qu’aucune n’est là deux fois.")
            return False
    return True


def _says_the_month(context: Context, kinds: Kinds, here: dict[str, MonthlyHours]) -> bool:
    """Whether what is known and not sent again can go: replaced by the detail, or the same hours told otherwise.

    Anything else could count hours twice or lose some: the month is refused, with what is known of it.
    """
    unsaid = {kind: row for kind, row in here.items() if kind not in kinds}
    if not unsaid:
        return True
    sent = _rounded(sum((_sum(lines) for lines in kinds.values()), Decimal(0)))
    is_the_same = sent == sum(row.hours for row in here.values())
    is_only_detailed = set(here) == {""} and _came_from_a_file(here[""])
    new = [kind for kind in kinds if kind not in here]
    if len(unsaid) == len(new) == 1 and (is_the_same or set(unsaid) == {""}):
        _rename(unsaid, new[0], here)
    elif is_the_same or is_only_detailed:
        MonthlyHours.objects.filter(pk__in=[row.pk for row in unsaid.values()]).delete()
    else:
        _ask_for_the_month(context, kinds, unsaid)
        return False
    for kind in new:
        for line in kinds[kind]:
            problem = "cette ligne remplace les heures déjà connues de ce mois"
            context.say(HOURS, line, "heures", problem, "Rien à faire si le total du mois est juste.")
            context.report.settle(HOURS.name, line.number, Outcome.CHANGED)
    return True


def _came_from_a_file(row: MonthlyHours) -> bool:
    """Whether the figure is still the one a file gave: what was typed here is not replaced unasked."""
    column = HOURS.column("heures")
    return memory.recall([row]).get(row.pk, {}).get(column.name) == memory.print_of(
        row, column.name, row.hours
    )


def _rename(unsaid: dict[str, MonthlyHours], kind: str, here: dict[str, MonthlyHours]) -> None:
    """The figure known for one kind of client turns out to be that of another."""
    [(old, row)] = unsaid.items()
    row.client_kind = kind
    row.save(update_fields=["client_kind"])
    here[kind] = here.pop(old)


def _ask_for_the_month(context: Context, kinds: Kinds, unsaid: dict[str, MonthlyHours]) -> None:
    told = ", ".join(
        f"{row.hours.normalize():f} h {kind or 'sans type de client'}" for kind, row in unsaid.items()
    )
    problem = f"ce mois porte déjà {told}, absentes du fichier"
    what_to_do = "Envoyez toutes les lignes du mois ; écrivez 0 heure pour ce qui n’a pas lieu d’être."
    for lines in kinds.values():
        _refuse(context, lines, problem, what_to_do)


def _rounded(hours: Decimal) -> Decimal:
    return hours.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _refuse(context: Context, lines: list[Line], problem: str, what_to_do: str) -> None:
    for line in lines:
        context.refuse(HOURS, line, "heures", problem, what_to_do)


def _rows() -> Iterable[MonthlyHours]:
    return MonthlyHours.objects.order_by("pk").iterator(chunk_size=2_000)


HOURS: FileLayout = FileLayout(
    "heures.csv",
    "Les heures de chaque contrat, mois par mois ; les lignes d’un même mois et d’un même type de client s’ajoutent.",
    (
        Column(
            "contrat_id",
            cells.ID,
            "l’identifiant du contrat dans « contrats »",
            write=attrgetter("contract_id"),
            is_compulsory=True,
            refers_to=Contract,
            synonyms=("contrat", "numéro de contrat", "n° de contrat", "identifiant contrat"),
        ),
        Column(
            "mois",
            values.month,
            "AAAA-MM ou MM/AAAA",
            write=lambda row: f"{row.month:%Y-%m}",
            is_compulsory=True,
            synonyms=("période", "mois travaillé"),
            judged_as="month",
        ),
        Column(
            "heures",
            values.number(0, MOST_HOURS),
            "heures travaillées dans le mois",
            "hours",
            is_compulsory=True,
            synonyms=("nombre d’heures", "nb heures", "heures travaillées", "total heures"),
        ),
        Column(
            "client_type",
            values.choice(ClientKind.values),
            f"pour une mise à disposition : {', '.join(ClientKind.values)}",
            write=attrgetter("client_kind"),
        ),
    ),
    key=(),
    rows=_rows,
    points_to=("contrats.csv",),
    store=store_hours,
)
