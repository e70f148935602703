"""Lines known by an id of their own, each about one person and judged beside the others of that person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from django.db.models import Model

from backend.core.findings import Finding
from backend.exchange.importing.context import Context
from backend.exchange.importing.merging import Wanted
from backend.exchange.layout import FileLayout
from backend.exchange.reading import Line
from pathways.exchange.people import person_of
from pathways.exchange.rights import Rights, may_be_told, rights_of

Fields = Mapping[str, Any]
_FILED_ELSEWHERE = {"organisation_id": "d’une autre structure", "iae_pass_id": "d’un autre PASS"}
"""What a row already known hangs from, beside its person: a line does not move it."""


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
    filed: Callable[[Line, int, Any], Fields | None] | None = None,
    right: Callable[[Rights, Any, int], Iterable[Finding]] = lambda rights, row, person: rights.person(
        person
    ),
) -> Any:
    """Write one batch: `around` reads what is known of its people, `judged(row, around)` says what the rules find.

    `completed(line, want, person)` adds what a line says beyond its columns; False leaves the line out.
    `filed(line, person, row)` says what a row hangs from when it is not of the person alone, None leaves the line out;
    `row` is the one known by its id, if any; `right` says why the sender may not write it. What is known beside the batch comes back as the batch leaves it.
    """
    rights = rights_of(context)
    people = {line.number: person for line in chunk if (person := person_of(context, layout, line))}
    lines = [line for line in chunk if line.number in people]
    named = context.with_ids(model, [line["id"] for line in lines])
    beside = around(set(people.values()))
    wanted: dict[Any, Wanted] = {}
    present: dict[Any, Model] = {}
    places: dict[Any, Fields] = {}
    for line in lines:
        key, row = (people[line.number], line["id"]), named.get(line["id"])
        if not may_be_told(context, layout, line, row, key[0]):
            continue
        place = filed(line, key[0], row) if filed else {"beneficiary_id": key[0], **context.author_place}
        if place is None or (filed and not _stays_where_it_is(context, layout, line, row, place)):
            continue
        want = context.wanted(layout, line)
        if want is None or not completed(line, want, key[0]):
            continue
        wanted[key], places[key] = want, place
        if row is not None:
            present[key] = row

    def check(row: Model, key: Any) -> Iterable[Finding]:
        """Lines of one file are told of each other: what this one leaves is there for the next."""
        found = list(judged(row, beside))
        if not any(finding.is_contradiction for finding in found):
            beside.put(row)
        return found

    # Rows already known first: one that a line moves away leaves its place to a new one, whatever their order in the file.
    context.merge(
        layout,
        model,
        {key: wanted[key] for key in (*present, *wanted)},
        present,
        lambda key: {**places[key], "external_id": key[1]},
        right=lambda row, key, before: right(rights, row, key[0]),
        check=check,
    ).save()
    return beside


def _stays_where_it_is(context: Context, layout: FileLayout, line: Line, row: Any, place: Fields) -> bool:
    """Whether the row that the id of a line names hangs from what the line says; refused otherwise."""
    for name, means in _FILED_ELSEWHERE.items():
        if row is not None and name in place and getattr(row, name) != place[name]:
            context.refuse_id(layout, line, f"{layout.about} {means}")
            return False
    return True
