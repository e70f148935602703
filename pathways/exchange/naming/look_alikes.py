"""A new line about somebody who may be known already, under another id: asked before they are counted twice.

A homonym and a double look the same to a machine (decision 0012): nobody is joined without an answer, and nobody is
doubled without one either. A line of the same name and birth date as somebody already followed, of whom the file says
nothing else, is held until somebody says « c’est elle » or « ce n’est pas elle » (decision 0080); a birth date known in
part asks the same of every day it may be. A name one or two letters away, or two lines of one file, are only said. Only
people who may be born the same day are compared: in a long file, every namesake would be told otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from backend.core.tables.batches import batches
from backend.exchange.importing.context import CHUNK, Context
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import IDENTITY, OTHER, SAME, Change
from backend.exchange.scope import OURS
from pathways.exchange.days import work_days
from pathways.exchange.naming.births import ByBirth
from pathways.models import Beneficiary, Contract
from pathways.rules.twins.look_alikes import Identity, Likeness, Names, compare_names, resemblance

HELD = "une personne déjà suivie porte ce nom et cette date de naissance : est-ce elle ?"
HELD_PARTLY = (
    "une personne déjà suivie porte ce nom, et sa date de naissance peut être celle-ci : est-ce elle ?"
)
_ANSWER = "Répondez « c’est elle » ou « ce n’est pas elle » : la ligne attend votre réponse."
_ANSWER_BY_COMMAND = "Relancez avec --decide {about}=elle, ou {about}=autre si ce n’est pas elle."
_NEAR = "Si c’est la même personne, écrivez son nom comme ici ; si ce n’est pas elle, il n’y a rien à faire."
_IN_THE_FILE = "Si c’est la même personne, gardez un seul identifiant pour elle ; si ce n’est pas elle, il n’y a rien à faire."
Born = ByBirth[tuple[Identity, int]]
"""Who is born on each day, with the number of their line."""
Followed = ByBirth[Beneficiary]
"""People already there, by the day they are born."""


def tell_apart(context: Context, layout: FileLayout, lines: list[Line]) -> list[Line]:
    """The lines that may be stored: those of somebody new, and those that an answer gave to whom they speak of."""
    known = context.known(Beneficiary)
    new = [line for line in lines if line["date_naissance"] and line["id"] not in known]
    held, sure = set[int](), set[int]()
    for part in batches(new, CHUNK):
        there = _followed(context, part, lines)
        same = {line.number: _same(line, there) for line in part}
        began = _began(context, [line for line in part if same[line.number]], same)
        for line in part:
            if found := same[line.number]:
                sure.add(line.number)
                if not _answered(context, layout, line, found, began):
                    held.add(line.number)
            elif like := _close(line, there):
                problem = f"une personne déjà suivie porte {like} et cette date de naissance"
                context.say(layout, line, "nom", problem, _NEAR)
    _say_within(context, layout, [line for line in lines if line.number not in sure])
    return [line for line in lines if line.number not in held]


def _identity(line: Line) -> Identity:
    return Identity(
        line.text("nom"),
        line.text("prenom"),
        line["date_naissance"],
        line.text("telephone"),
        line.text("email"),
    )


def _of(person: Beneficiary) -> Identity:
    return Identity(person.last_name, person.first_name, person.birth_date, person.phone, person.email)


def _followed(context: Context, part: Iterable[Line], lines: Iterable[Line]) -> Followed:
    """People whom the sender may name, born on the days of these lines, of whom no other line of the file speaks."""
    people = Beneficiary.objects.all()
    if context.scope:
        people = people.visible_to(context.actor) if context.actor else people.none()
    known = context.known(Beneficiary)
    spoken = {known[line["id"]] for line in lines if line["id"] in known}
    there = Followed()
    for person in people.maybe_born(*{line["date_naissance"] for line in part}).order_by("pk"):
        if person.birth_date and person.pk not in spoken:
            there.put(person.birth_date, person)
    return there


def _same(line: Line, there: Followed) -> list[Beneficiary]:
    who = _identity(line)
    return [
        each for each in there.meeting(line["date_naissance"]) if compare_names(who, _of(each)) is Names.SAME
    ]


def _close(line: Line, there: Followed) -> str:
    who = _identity(line)
    is_close = any(
        resemblance(who, _of(each)).likeness >= Likeness.LIKELY
        for each in there.meeting(line["date_naissance"])
    )
    return "un nom très proche" if is_close else ""


def _began(context: Context, asked: list[Line], same: dict[int, list[Beneficiary]]) -> dict[str, set[int]]:
    """By the id of a line, those people who have here a contract begun the same day as one it brings."""
    if not asked:
        return {}
    ids = {line["id"] for line in asked}
    sent: dict[str, set[date]] = defaultdict(set)
    for line, day in work_days(context):
        if day is not None and line["salarie_id"] in ids:
            sent[line["salarie_id"]].add(day)
    people = {person.pk for line in asked for person in same[line.number]}
    rows = Contract.objects.filter(stay__beneficiary__in=people)
    if context.scope:
        rows = rows.filter(stay__organisation_id=context.scope.organisation_id)
    days: dict[int, set[date]] = defaultdict(set)
    for person, day in rows.values_list("stay__beneficiary_id", "started_on"):
        days[person].add(day)
    return {
        line["id"]: {person.pk for person in same[line.number] if days[person.pk] & sent[line["id"]]}
        for line in asked
    }


def _answered(
    context: Context, layout: FileLayout, line: Line, found: list[Beneficiary], began: dict[str, set[int]]
) -> bool:
    """Ask whose line it is; True when an answer lets it in, the person it names known from now on by its id."""
    who = _identity(line)
    proved = {
        person.pk: [
            *resemblance(who, _of(person)).reasons,
            *["même contrat"] * (person.pk in began[line["id"]]),
        ]
        for person in found
    }
    usual = 2  # the same name and the same birth date: what made one ask
    is_sure = len(found) == 1 and len(proved[found[0].pk]) > usual
    said = context.report.decided(layout.name, line.number, IDENTITY, is_sure=is_sure)
    named = {f"{OURS}{person.pk}": person for person in found} | ({SAME: found[0]} if len(found) == 1 else {})
    is_taken = said in named
    context.report.ask(
        Change(
            layout.name,
            line.number,
            IDENTITY,
            " ; ".join(_in_words(_of(person)) for person in found),
            _in_words(who),
            is_taken,
            ", ".join(dict.fromkeys(reason for reasons in proved.values() for reason in reasons)),
            tuple(person.pk for person in found),
            is_sure,
        )
    )
    if said == OTHER:
        return True
    if not is_taken:
        about = f"{layout.name}:{line.number}:{IDENTITY}"
        advice = _ANSWER if context.scope else _ANSWER_BY_COMMAND.format(about=about)
        is_same = any(each.birth_date == who.birth_date for each in found)
        context.refuse(layout, line, "nom", HELD if is_same else HELD_PARTLY, advice)
        return False
    person = named[said]
    context.recognise(person, line.text("id"))
    # Of two ids one sender gives to her, the first one known goes on speaking of her.
    return line in context.rows(layout)


def _in_words(who: Identity) -> str:
    born = f", {who.birth_date:%d/%m/%Y}" if who.birth_date else ""
    return f"{who.last_name} {who.first_name}{born}"


def _say_within(context: Context, layout: FileLayout, lines: Iterable[Line]) -> None:
    """Two lines of one file that may be one person: whoever numbers them says so by keeping one id."""
    known = context.known(Beneficiary)
    born = Born()
    for line in lines:
        if line["date_naissance"] is None:
            continue
        who = _identity(line)
        if line["id"] not in known and (like := _like(who, born.meeting(line["date_naissance"]))):
            problem = f"{_words(who, like[0])} et {_born_words(who, like[0])} la ligne {like[1]}"
            context.say(layout, line, "nom", problem, _IN_THE_FILE)
        born.put(line["date_naissance"], (who, line.number))


def _like(who: Identity, others: list[tuple[Identity, int]]) -> tuple[Identity, int] | None:
    """The first of these whose name is the same, or one or two letters from it."""
    return next((each for each in others if resemblance(who, each[0]).likeness >= Likeness.LIKELY), None)


def _born_words(who: Identity, other: Identity) -> str:
    is_same = who.birth_date == other.birth_date
    return "même date de naissance que" if is_same else "date de naissance compatible avec celle de"


def _words(who: Identity, other: Identity) -> str:
    return "même nom" if compare_names(who, other) is Names.SAME else "nom très proche"
