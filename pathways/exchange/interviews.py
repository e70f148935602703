"""`entretiens.csv`: what was said, known by its id when there is one, else by person and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from backend.core.actor import Actor
from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.memory import Withdrawn
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import EMPTIED, Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.structures import place_column
from backend.exchange.values import BadValue
from backend.organisations.models import Membership
from pathways.enums import InterviewKind, InterviewMode, Topic
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import is_theirs, rights_of
from pathways.models import Beneficiary, Interview, Stay
from pathways.permissions import may_read_synthesis
from pathways.rules.follow_ups import age_findings, day_findings, duration_findings, saying_findings
from pathways.selectors.people import births

PARIS = ZoneInfo("Europe/Paris")
NOON = time(12)  # the bundle gives a day, not an hour
SEVERAL = "plusieurs entretiens sont connus ce jour-là pour cette personne"


def _at_noon(day: date) -> datetime:
    return datetime.combine(day, NOON, tzinfo=PARIS)


def _day(row: Interview) -> date:
    return timezone.localtime(row.happened_at, PARIS).date()


_topic = values.choice(Topic.values)


def topics(cell: str) -> list[str]:
    """Codes separated by « , », each once."""
    found = [_topic(code.strip()) for code in cell.split(",") if code.strip()]
    if not found:
        raise BadValue("valeur inconnue", f"Choisissez parmi : {', '.join(Topic.values)}.")
    return list(dict.fromkeys(found))


def findings(
    interview: Interview, first_stay_on: date | None, born_on: date | None = None, *, says_more: bool
) -> Iterable[Finding]:
    """What the rules say of an interview as a line would leave it; a file gives a day, today's included.

    `says_more`: something that no file brings hangs from it (a frein, an action, a note).
    """
    today = _at_noon(timezone.localdate(timezone=PARIS))
    yield from day_findings(happened_at=interview.happened_at, now=today)
    yield from age_findings(
        day=_day(interview), first_stay_on=first_stay_on, today=timezone.localdate(), born_on=born_on
    )
    yield from duration_findings(interview.duration_minutes)
    yield from saying_findings(interview.topics, interview.synthesis, says_more)


def store_interviews(context: Context) -> None:
    """One line per interview; an author nobody knows is said once."""
    rights, strangers = rights_of(context), set[str]()
    claimed = {line["id"] for line in context.rows(INTERVIEWS) if line["id"]}

    def store(chunk: list[Line]) -> None:
        people = {line.number: person for line in chunk if (person := person_of(context, INTERVIEWS, line))}
        lines = [line for line in chunk if line.number in people]
        named = context.with_ids(Interview, [line["id"] for line in lines if line["id"]])
        by_day = _by_day(context, set(people.values()), claimed)
        authors, recalled = _authors(context, lines), memory.recall(_all(by_day))
        gone = memory.withdrawn(Interview, Beneficiary, people.values())
        fuller = _saying_more(set(people.values()))
        first_days, born = first_stays(set(people.values())), births(set(people.values()))
        wanted: dict[Any, Wanted] = {}
        present: dict[Any, Interview] = {}
        adopted: dict[Any, tuple[Interview, str]] = {}
        for line in lines:
            person = people[line.number]
            taken = {row.pk for row in present.values()}
            free = [row for row in by_day[person, line["date"]] if row.pk not in taken]
            if not (free or line["id"]):
                mine = [row for row in _all(by_day, person) if row.pk not in taken]
                moved = memory.told_as(mine, recalled, {"date": line["date"]})
                free = [moved] if moved is not None else []
            mark = _taken_back(line, named, free, gone.get(person, []))
            if context.stays_out(INTERVIEWS, line, mark):
                continue
            is_found, row = _recognised(context, line, person, named, free)
            want = context.wanted(INTERVIEWS, line) if is_found else None
            if want is None:
                continue
            _put_author(context, line, want, authors, strangers)
            key = (person, line["date"], line.text("id"))
            wanted[key] = want
            if row is not None:
                present[key] = row
                if line["id"] and not row.external_id:
                    adopted[key] = (row, line["id"])
        merged = context.merge(
            INTERVIEWS,
            Interview,
            wanted,
            present,
            lambda key: {"beneficiary_id": key[0], "external_id": key[2], **context.author_place},
            right=lambda row, key, before: rights.person(key[0]),
            check=lambda row, key: findings(
                row, first_days.get(key[0]), born.get(key[0]), says_more=row.pk in fuller
            ),
        )
        merged.adopt(adopted)
        merged.save()

    context.in_chunks(INTERVIEWS, context.rows(INTERVIEWS), store)


def first_stays(people: set[int]) -> dict[int, date]:
    """The first day of the first stay of each of these people who has one; one query."""
    rows = Stay.objects.filter(beneficiary_id__in=people).values_list("beneficiary_id")
    return dict(rows.annotate(first=Min("started_on")).order_by())


def _saying_more(people: set[int]) -> set[int]:
    """Interviews of these people from which something hangs that no file brings; one query."""
    rows = Interview.objects.filter(beneficiary_id__in=people)
    fuller = rows.filter(
        Q(barrier_readings__isnull=False) | Q(actions__isnull=False) | Q(private_note__isnull=False)
    )
    return set(fuller.values_list("pk", flat=True))


def _by_day(context: Context, people: set[int], claimed: set[str]) -> dict[tuple[int, date], list[Interview]]:
    """Interviews already known of these people and that no line names by its id; a structure sees its own only."""
    rows = Interview.objects.select_for_update().filter(beneficiary_id__in=people).order_by("pk")
    if context.scope:
        rows = rows.filter(organisation_id=context.scope.organisation_id)
    found: dict[tuple[int, date], list[Interview]] = defaultdict(list)
    for row in rows:
        if row.external_id and row.external_id in claimed:
            continue
        found[row.beneficiary_id, _day(row)].append(row)
    return found


def _all(by_day: dict[tuple[int, date], list[Interview]], person: int | None = None) -> list[Interview]:
    """Those of everybody, or of one person."""
    return [row for (of, _), rows in by_day.items() if person in (None, of) for row in rows]


def _taken_back(
    line: Line, named: dict[str, Interview], that_day: list[Interview], gone: list[Withdrawn]
) -> Withdrawn | None:
    """The interview this line brought and that somebody here cancelled, by its id, else by its day.

    One that stands that day is what a line without an id speaks of.
    """
    if line["id"]:
        found = (each for each in gone if each.was("id", line["id"]))
        return next(found, None) if line["id"] not in named else None
    found = (each for each in gone if "id" not in each.prints and each.was("date", line["date"]))
    return next(found, None) if not that_day else None


def _recognised(
    context: Context, line: Line, person: int, named: dict[str, Interview], that_day: list[Interview]
) -> tuple[bool, Interview | None]:
    """Whether the line can be placed, and the interview it already is."""
    if line["id"]:
        row = named.get(line["id"])
        if not is_theirs(context, INTERVIEWS, line, row, person):
            return False, None
        return True, row or _without_id_and_the_same(line, that_day)
    if len(that_day) > 1:
        same = [row for row in that_day if _says_the_same(line, row)]
        if len(same) != 1:
            context.refuse(INTERVIEWS, line, "date", SEVERAL, "Donnez l’id de celui-ci.")
            return False, None
        return True, same[0]
    return True, next(iter(that_day), None)


def _without_id_and_the_same(line: Line, that_day: list[Interview]) -> Interview | None:
    """What was sent before without an id, word for word: it takes the id it now has, once its line stands."""
    return next((row for row in that_day if not row.external_id and _says_the_same(line, row)), None)


def _says_the_same(line: Line, row: Interview) -> bool:
    return all(
        value is None or value == column.current(row)
        for column in INTERVIEWS.of_part("")
        if column.refers_to is None and (value := line[column.name]) is not None
    )


def _authors(context: Context, lines: list[Line]) -> dict[str, int]:
    """Members by their address; a structure names its own only."""
    sent = {line.text("auteur").lower() for line in lines} - {""}
    if not sent:
        return {}
    users = get_user_model().objects.filter(email__in=sent)
    if context.scope:
        members = Membership.objects.filter(organisation_id=context.scope.organisation_id)
        users = users.filter(pk__in=members.values("user_id"))
    return {email.lower(): pk for email, pk in users.values_list("email", "pk")}


def _put_author(
    context: Context, line: Line, want: Wanted, authors: dict[str, int], strangers: set[str]
) -> None:
    column = INTERVIEWS.column("auteur")
    if line.values[column.name] is EMPTIED:
        want.values[column] = EMPTIED
    elif not line[column.name]:
        return
    elif (pk := authors.get(line.text(column.name).lower())) is not None:
        want.values[column] = pk
    elif line.text(column.name).lower() not in strangers:
        strangers.add(line.text(column.name).lower())
        problem = "ses entretiens sont enregistrés sans leur auteur : aucun membre n’a cette adresse"
        context.say(INTERVIEWS, line, column.name, problem, "Rien à faire, ou invitez ce membre d’abord.")


def _rows() -> QuerySet[Interview]:
    return Interview.objects.select_related("author").order_by("pk")


def _kept_back(actor: Actor) -> Callable[[Interview], Collection[str]]:
    """Its text, from whom neither wrote it nor accompanies the person: who answers for a structure, for one."""
    return lambda row: () if may_read_synthesis(actor, row) else ("synthese",)


INTERVIEWS: FileLayout = FileLayout(
    "entretiens.csv",
    "Les entretiens déjà tenus.",
    (
        person_column(),
        Column(
            "date",
            values.day,
            cells.DAY,
            "happened_at",
            write=_day,
            keep=_at_noon,
            is_compulsory=True,
            label="Jour de l’entretien",
        ),
        cells.listed(
            "type",
            "kind",
            InterviewKind,
            label="Type d’entretien",
        ),
        cells.listed(
            "mode",
            "mode",
            InterviewMode,
            label="En présence, au téléphone ou à distance",
        ),
        Column(
            "synthese",
            values.text(10_000),
            "ce qui est partagé avec l’équipe",
            "synthesis",
            is_long_text=True,
            label="Synthèse de l’entretien",
        ),
        Column(
            "id",
            cells.ID,
            f"{cells.OWN_ID} ; sans lui, un entretien est reconnu à la personne et au jour",
            write=attrgetter("pk"),
            refers_to=Interview,
            label="Identifiant de l’entretien",
        ),
        Column(
            "duree",
            values.whole(0, 600),
            "durée en minutes",
            "duration_minutes",
            label="Durée de l’entretien, en minutes",
        ),
        Column(
            "sujets",
            topics,
            f"codes séparés par « , » : {', '.join(Topic.values)}",
            "topics",
            label="Sujets abordés",
        ),
        Column(
            "auteur",
            values.email,
            "adresse électronique d’un membre",
            "author_id",
            refers_to=get_user_model(),
            known_by="email",
            is_late=True,
        ),
        place_column(),
    ),
    subject="l’entretien",
    key=("salarie_id", "date"),
    own_key="id",
    rows=_rows,
    points_to=("salaries.csv", "structures.csv"),
    store=store_interviews,
    holds=Interview,
    placed_by="organisation",
    kept_back=_kept_back,
    repeated="Gardez une seule des deux lignes ; s’il y a eu deux entretiens ce jour-là, donnez un id à chacun.",
)
