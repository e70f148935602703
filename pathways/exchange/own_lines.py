"""Lines known by an id of their own, each about one person and judged beside the others of that person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.db.models import Model

from backend.core.findings import Finding
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from pathways.exchange.people import person_of
from pathways.exchange.rights import may_be_told, rights_of


class Around(Protocol):
    """What is known beside a row: read once for a batch, then kept in step."""

    def put(self, row: Any) -> None:
        """This row stands from now on, in the place of what was known of it."""


def store_own_lines(
    context: Context,
    layout: FileLayout,
    model: type[Model],
    chunk: list[Line],
    *,
    around: Callable[[set[int]], Around],
    judged: Callable[[Any, Any], Iterable[Finding]],
    completed: Callable[[Line, Wanted, int], bool] = lambda line, want, person: True,
) -> None:
    """Write one batch: `around` reads what is known of its people, `judged(row, around)` says what the rules find.

    `completed(line, want, person)` adds what a line says beyond its columns; False leaves the line out.
    """
    rights = rights_of(context)
    people = {line.number: person for line in chunk if (person := person_of(context, layout, line))}
    lines = [line for line in chunk if line.number in people]
    named = context.with_ids(model, [line["id"] for line in lines])
    beside = around(set(people.values()))
    wanted: dict[Any, Wanted] = {}
    present: dict[Any, Model] = {}
    for line in lines:
        key, row = (people[line.number], line["id"]), named.get(line["id"])
        if not may_be_told(context, layout, line, row, key[0]):
            continue
        want = context.wanted(layout, line)
        if want is None or not completed(line, want, key[0]):
            continue
        wanted[key] = want
        if row is not None:
            present[key] = row

    def check(row: Model, key: Any) -> Iterable[Finding]:
        """Lines of one file are told of each other: what this one leaves is there for the next."""
        found = list(judged(row, beside))
        if not any(finding.is_contradiction for finding in found):
            beside.put(row)
        return found

    context.merge(
        layout,
        model,
        wanted,
        present,
        lambda key: {"beneficiary_id": key[0], "external_id": key[1], **context.author_place},
        right=lambda row, key, before: rights.person(key[0]),
        check=check,
    ).save()
