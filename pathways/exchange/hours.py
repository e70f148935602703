"""`heures.csv`: the hours of a contract, month by month and kind of client by kind of client.

A file that speaks of a month says it whole: lines of the same kind of client add up, and a detail by kind takes
the place of a figure without one, so that correcting never counts the same hours twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter, itemgetter

from django.db.models import QuerySet

from backend.core.findings import Finding
from backend.core.values.numbers import decimal_in_words
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.memory import Prints, Withdrawn
from backend.exchange.importing.merging import Wanted, anybody
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import Outcome
from pathways.enums import ClientKind
from pathways.exchange.covering import Covering
from pathways.exchange.hours_judge import Judge, Month
from pathways.exchange.people import person_column
from pathways.exchange.rights import rights_of
from pathways.models import Contract, MonthlyHours
from pathways.selectors.facts.hours import HoursKey

MOST_HOURS = 400
"""Most hours of one month, all lines together."""

Kinds = dict[str, list[Line]]
"""The lines of a month, by kind of client."""
Here = dict[str, MonthlyHours]
"""What the base holds of a month, by kind of client."""


def findings(judge: Judge, row: MonthlyHours, key: HoursKey) -> Iterable[Finding]:
    """What the rules say of the hours of a month as the lines would leave them."""
    return judge.findings(row, key)


def store_hours(context: Context) -> None:
    """The file, a few months at a time, each with all its lines."""
    months: dict[Month, Kinds] = defaultdict(lambda: defaultdict(list))
    lines = context.rows(HOURS)
    covering = Covering.of(context, HOURS, [line for line in lines if line["salarie_id"]])
    for line in lines:
        contract_id = (
            context.resolve(HOURS, line, HOURS.column("contrat_id"))
            if line["contrat_id"]
            else covering.contract(context, line)
        )
        if contract_id is None or covering.is_of_another(context, line, contract_id):
            continue
        if line.number not in context.report.tallies[HOURS.name].refused:  # its person may be known nowhere
            months[contract_id, line["mois"]][line.text("client_type")].append(line)
    _say_once(context, months)
    context.in_chunks(
        HOURS,
        sorted(months.items(), key=itemgetter(0)),
        lambda chunk: _store(context, chunk),
        lines_of=lambda month: [(HOURS, line) for lines in month[1].values() for line in lines],
    )


def _say_once(context: Context, months: Mapping[Month, Kinds]) -> None:
    """Of two contracts that are now one, a month that the file says under both ids is not worked twice."""
    joined = context.joined(Contract)
    for kinds in months.values() if joined else ():
        lines = [line for each in kinds.values() for line in each]
        under_other = [line for line in lines if line["contrat_id"] in joined]
        if under_other and len(under_other) < len(lines):
            for line in under_other:
                kinds[line.text("client_type")].remove(line)
                context.leave(
                    HOURS, line, "contrat_id", "ce contrat a été réuni à un autre, qui dit déjà ce mois"
                )
            for kind in [kind for kind, left in kinds.items() if not left]:
                del kinds[kind]


def _store(context: Context, chunk: list[tuple[Month, Kinds]]) -> None:
    rows = MonthlyHours.objects.select_for_update().filter(contract_id__in={month[0] for month, _ in chunk})
    here: dict[Month, dict[str, MonthlyHours]] = defaultdict(dict)
    for row in rows:
        here[row.contract_id, row.month][row.client_kind] = row
    prints = memory.recall([row for month, _ in chunk for row in here[month].values()])
    typed = _typed_here([row for month, _ in chunk for row in here[month].values()], prints)
    chunk = _standing(context, chunk, here)
    sound = [
        (month, kinds)
        for month, kinds in chunk
        if _may_be_written(context, month, kinds, here[month], prints)
        and _adds_up(context, kinds)
        and _can_be_placed(context, kinds, here[month], typed)
    ]
    gone = [HoursKey(*month, kind) for month, kinds in sound for kind in here[month] if kind not in kinds]
    said = {month: {kind: _rounded(_sum(lines)) for kind, lines in kinds.items()} for month, kinds in sound}
    judge = Judge.of(context, said, gone)
    wanted, present = {}, {}
    for month, kinds in sorted(sound, key=lambda each: (judge.around.person(each[0][0]), each[0][1])):
        kept = _renamed(kinds, here[month]) | here[month]
        for kind, lines in kinds.items():
            wanted[(*month, kind)] = _together(lines)
            if kind in kept:
                present[(*month, kind)] = kept[kind]
    merged = context.merge(
        HOURS,
        MonthlyHours,
        wanted,
        present,
        lambda key: {"contract_id": key[0], "month": key[1], "client_kind": key[2]},
        right=anybody,  # asked above, of the whole month
        check=lambda row, key: findings(judge, row, HoursKey(*key)),
    )
    # Only now that nothing was refused does what the month held leave its place.
    for month, kinds in sound:
        if month not in judge.refused:
            _replace(context, kinds, here[month])
    merged.save()


def _standing(
    context: Context, chunk: list[tuple[Month, Kinds]], here: dict[Month, Here]
) -> list[tuple[Month, Kinds]]:
    """The months without what was taken back here of them, unless somebody decided otherwise."""
    gone = memory.withdrawn(MonthlyHours, Contract, {month[0] for month, _ in chunk})
    kept = []
    for month, kinds in chunk:
        told = {
            kind: lines
            for kind, lines in kinds.items()
            if kind in here[month] or not _stays_out(context, month, kind, lines, gone.get(month[0], []))
        }
        if told:
            kept.append((month, told))
    return kept


def _stays_out(
    context: Context, month: Month, kind: str, lines: list[Line], gone: Iterable[Withdrawn]
) -> bool:
    """Whether the hours of one kind of client were taken back that month: one answer for all their lines."""
    mark = next((each for each in gone if each.was("month", (month[1], kind))), None)
    answers = [context.stays_out(HOURS, line, mark) for line in lines]
    return all(answers)


def _sum(lines: list[Line]) -> Decimal:
    return sum((line["heures"] for line in lines), Decimal(0))


def _together(lines: list[Line]) -> Wanted:
    """Lines of one kind of client in one month add up."""
    return Wanted(lines, {HOURS.column("heures"): _sum(lines)})


def _adds_up(context: Context, kinds: Kinds) -> bool:
    """Whether the lines of each kind make a month that can be; otherwise none of the month is taken, and each says so."""
    too_many = {kind for kind, lines in kinds.items() if _sum(lines) > MOST_HOURS}
    for kind, lines in kinds.items() if too_many else ():
        if kind in too_many:
            problem = f"les lignes de ce mois font ensemble plus de {MOST_HOURS} heures"
            _refuse(context, lines, problem, "Vérifiez qu’aucune n’est là deux fois.")
        else:
            problem = "d’autres lignes de ce mois sont à corriger d’abord"
            _refuse(context, lines, problem, "Corrigez-les, puis renvoyez toutes les lignes du mois.")
    return not too_many


def _may_be_written(
    context: Context, month: Month, kinds: Kinds, here: Here, prints: dict[int, Prints]
) -> bool:
    """Whether the sender still writes the hours of this contract, or the month says nothing new."""
    if kinds.keys() == here.keys() and all(
        _repeats(here[kind], _sum(lines), prints.get(here[kind].pk, {})) for kind, lines in kinds.items()
    ):
        return True
    found = list(rights_of(context).hours(month[0]))
    for line in (line for lines in kinds.values() for line in lines):
        context.stands(HOURS, line, found)
    return not found


def _repeats(row: MonthlyHours, sent: Decimal, prints: Prints) -> bool:
    """Whether a figure is the one known, or the one a file gave before it was changed here."""
    column, value = HOURS.column("heures"), _rounded(sent)
    return row.hours == value or prints.get(column.name) == memory.print_of(row, column.name, value)


def _typed_here(rows: list[MonthlyHours], prints: dict[int, Prints]) -> set[int]:
    """Rows whose figure is not the one a file gave: what was typed here is not replaced unasked."""
    column = HOURS.column("heures")
    return {
        row.pk
        for row in rows
        if prints.get(row.pk, {}).get(column.name) != memory.print_of(row, column.name, row.hours)
    }


def _unsaid(kinds: Kinds, here: Here) -> Here:
    """What is known of a month and is not sent again."""
    return {kind: row for kind, row in here.items() if kind not in kinds}


def _is_the_same(kinds: Kinds, here: Here) -> bool:
    """Whether the file tells the very hours known, otherwise shared out."""
    sent = _rounded(sum((_sum(lines) for lines in kinds.values()), Decimal(0)))
    return sent == sum(row.hours for row in here.values())


def _can_be_placed(context: Context, kinds: Kinds, here: Here, typed: set[int]) -> bool:
    """Whether the month can be told from what is known of it: the same hours, or the detail of a file's own figure.

    Anything else could count hours twice or lose some: the month is refused, with what is known of it.
    """
    unsaid, new = _unsaid(kinds, here), [kind for kind in kinds if kind not in here]
    if not (unsaid or new) or _is_the_same(kinds, here):
        return True
    differs = {
        kind: row
        for kind, row in here.items()
        if row.pk in typed and (kind in unsaid or row.hours != _rounded(_sum(kinds[kind])))
    }
    if differs:
        _ask_for_the_month(
            context, kinds, f"ce mois porte ici {_told(differs)}, et le fichier dit autre chose"
        )
        return False
    is_a_detail = set(unsaid) == {""} and (set(here) == {""} or len(new) == 1)
    if unsaid and not is_a_detail:
        _ask_for_the_month(context, kinds, f"ce mois porte déjà {_told(unsaid)}, absentes du fichier")
        return False
    return True


def _renamed(kinds: Kinds, here: Here) -> Here:
    """The figure known for one kind of client that turns out to be that of another."""
    unsaid, new = _unsaid(kinds, here), [kind for kind in kinds if kind not in here]
    return dict(zip(new, unsaid.values(), strict=True)) if len(unsaid) == len(new) == 1 else {}


def _replace(context: Context, kinds: Kinds, here: Here) -> None:
    """What the month held leaves its place to what is said of it now, and the report says so."""
    unsaid = _unsaid(kinds, here)
    if not unsaid:
        return
    renamed = _renamed(kinds, here)
    for kind, row in renamed.items():
        row.client_kind = kind
        row.save(update_fields=["client_kind"])
    gone = {row.pk for row in unsaid.values()} - {row.pk for row in renamed.values()}
    MonthlyHours.objects.filter(pk__in=gone).delete()
    for line in (line for kind, lines in kinds.items() if kind not in here for line in lines):
        problem = "cette ligne remplace les heures déjà connues de ce mois"
        context.say(HOURS, line, "heures", problem, "Rien à faire si le total du mois est juste.")
        context.report.settle(HOURS.name, line.number, Outcome.CHANGED)


def _told(rows: Here) -> str:
    return ", ".join(
        f"{decimal_in_words(row.hours, 2)} h {kind or 'sans type de client'}" for kind, row in rows.items()
    )


def _ask_for_the_month(context: Context, kinds: Kinds, problem: str) -> None:
    what_to_do = "Envoyez toutes les lignes du mois, avec les heures d’ici ; écrivez 0 heure pour ce qui n’a pas lieu d’être."
    for lines in kinds.values():
        _refuse(context, lines, problem, what_to_do)


def _rounded(hours: Decimal) -> Decimal:
    return hours.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _refuse(context: Context, lines: list[Line], problem: str, what_to_do: str) -> None:
    for line in lines:
        context.refuse(HOURS, line, "heures", problem, what_to_do)


def _rows() -> QuerySet[MonthlyHours]:
    return MonthlyHours.objects.select_related("contract__stay").order_by("pk")


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
        replace(
            person_column(),
            note="la personne, pour une ligne sans contrat : c’est celui qui couvre le mois",
            write=attrgetter("contract.stay.beneficiary_id"),
            is_compulsory=False,
            is_late=True,
        ),
        Column(
            "mois",
            values.month,
            "AAAA-MM ou MM/AAAA",
            write=lambda row: f"{row.month:%Y-%m}",
            is_compulsory=True,
            synonyms=(
                "période",
                "période de paie",
                "mois travaillé",
                "mois de travail",
                "mois d’activité",
                "mois concerné",
                "mois/année",
                "mois de paie",
            ),
            label="Mois",
            judged_as="month",
            tells="month",
        ),
        Column(
            "heures",
            values.hours(0, MOST_HOURS),
            "heures travaillées dans le mois",
            "hours",
            is_compulsory=True,
            label="Heures travaillées du mois",
            synonyms=(
                "nombre d’heures",
                "nb d’heures",
                "heures du mois",
                "heures réalisées",
                "heures payées",
                "nbre heures",
                "nb heures",
                "heures travaillées",
                "total heures",
                "heures effectuées",
                "heures mensuelles",
                "h travaillées",
                "nb h",
            ),
        ),
        cells.listed(
            "client_type",
            "",
            ClientKind,
            note=f"pour une mise à disposition : {', '.join(ClientKind.values)}",
            write=attrgetter("client_kind"),
            tells="client_kind",
            label="Type de client",
        ),
    ),
    key=(),
    instead={"contrat_id": "salarie_id"},
    subject="les heures",
    rows=_rows,
    points_to=("contrats.csv",),
    holds=MonthlyHours,
    placed_by="contract__stay__organisation",
    store=store_hours,
)
