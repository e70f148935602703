"""A new line about somebody who may be known already, under another id: said before they are counted twice.

A homonym and a double look the same to a machine (decision 0012): the line is kept, and whoever sent it is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backend.core.tables.batches import batches
from backend.core.values.text import tight
from backend.exchange.importing.context import CHUNK, Context
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from pathways.models import Beneficiary

Who = tuple[str, date]
"""A name, whatever the order of its two parts, and a birth date."""

_WHAT_TO_DO = "Si c’est la même personne, gardez un seul identifiant pour elle ; si ce n’est pas elle, il n’y a rien à faire."


def say_look_alikes(context: Context, layout: FileLayout, lines: Iterable[Line]) -> None:
    """Tell which lines would open a second file under the same name and the same birth date."""
    known = context.known(Beneficiary)
    first: dict[Who, int] = {}
    fresh: list[tuple[Line, Who]] = []
    for line in lines:
        born_on = line["date_naissance"]
        if born_on is None:
            continue
        who = _who(line.text("nom"), line.text("prenom"), born_on)
        if line["id"] not in known and who in first:
            problem = f"même nom et même date de naissance que la ligne {first[who]}"
            context.say(layout, line, "nom", problem, _WHAT_TO_DO)
        elif line["id"] not in known:
            fresh.append((line, who))
        first.setdefault(who, line.number)
    _say_followed(context, layout, fresh)


def _say_followed(context: Context, layout: FileLayout, fresh: list[tuple[Line, Who]]) -> None:
    """The same beside the people already there; a structure is compared with its own people only."""
    people = Beneficiary.objects.all()
    if context.scope:
        people = people.filter(stays__organisation_id=context.scope.organisation_id)
    for part in batches(fresh, CHUNK):
        days = {born_on for _, (_, born_on) in part}
        rows = people.filter(birth_date__in=days).values_list("last_name", "first_name", "birth_date")
        there = {_who(last, first, born_on) for last, first, born_on in rows.order_by() if born_on}
        for line, who in part:
            if who in there:
                problem = "une personne déjà suivie porte ce nom et cette date de naissance"
                context.say(layout, line, "nom", problem, _WHAT_TO_DO)


def _who(last_name: str, first_name: str, born_on: date) -> Who:
    last, first = tight(last_name), tight(first_name)
    return min(last + first, first + last), born_on
