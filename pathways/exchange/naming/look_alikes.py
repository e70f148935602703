"""A new line about somebody who may be known already, under another id: said before they are counted twice.

A homonym and a double look the same to a machine (decision 0012): the line is kept, and whoever sent it is told. Only people
born the same day are compared: in a long file, every namesake would be told otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from backend.core.tables.batches import batches
from backend.exchange.importing.context import CHUNK, Context
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from pathways.models import Beneficiary
from pathways.rules.twins.look_alikes import Identity, Likeness, Names, compare_names, resemblance

_WHAT_TO_DO = "Si c’est la même personne, gardez un seul identifiant pour elle ; si ce n’est pas elle, il n’y a rien à faire."
Born = dict[date, list[tuple[Identity, int]]]
"""Who is born on each day, with the number of their line."""


def say_look_alikes(context: Context, layout: FileLayout, lines: Iterable[Line]) -> None:
    """Tell which lines would open a second file for somebody of the same or nearly the same name, born the same day."""
    known = context.known(Beneficiary)
    born: Born = defaultdict(list)
    fresh: list[tuple[Line, Identity]] = []
    for line in lines:
        born_on = line["date_naissance"]
        if born_on is None:
            continue
        who = Identity(line.text("nom"), line.text("prenom"), born_on)
        if line["id"] not in known:
            if like := _like(who, born[born_on]):
                problem = f"{_words(who, like[0])} et même date de naissance que la ligne {like[1]}"
                context.say(layout, line, "nom", problem, _WHAT_TO_DO)
            else:
                fresh.append((line, who))
        born[born_on].append((who, line.number))
    _say_followed(context, layout, fresh)


def _say_followed(context: Context, layout: FileLayout, fresh: list[tuple[Line, Identity]]) -> None:
    """The same beside the people already there; a structure is compared with its own people only."""
    people = Beneficiary.objects.all()
    if context.scope:
        people = people.filter(stays__organisation_id=context.scope.organisation_id)
    for part in batches(fresh, CHUNK):
        there: Born = defaultdict(list)
        rows = people.filter(birth_date__in={who.birth_date for _, who in part})
        for last, first, born_on in rows.order_by("pk").values_list("last_name", "first_name", "birth_date"):
            if born_on:
                there[born_on].append((Identity(last, first, born_on), 0))
        for line, who in part:
            if who.birth_date and (like := _like(who, there[who.birth_date])):
                name = "ce nom" if compare_names(who, like[0]) is Names.SAME else "un nom très proche"
                problem = f"une personne déjà suivie porte {name} et cette date de naissance"
                context.say(layout, line, "nom", problem, _WHAT_TO_DO)


def _like(who: Identity, others: list[tuple[Identity, int]]) -> tuple[Identity, int] | None:
    """The first of these whose name is the same, or one or two letters from it."""
    return next((each for each in others if resemblance(who, each[0]).likeness >= Likeness.LIKELY), None)


def _words(who: Identity, other: Identity) -> str:
    return "même nom" if compare_names(who, other) is Names.SAME else "nom très proche"
