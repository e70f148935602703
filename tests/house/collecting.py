"""What collecting tests refuses: every process must see the same tests, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any


def unordered(values: Any) -> bool:
    """Whether values come in an order that changes from one process to the next: a set, a view over sets, or a mix."""
    return isinstance(values, Set) and not _follows_a_mapping(values)


def _follows_a_mapping(values: Set[Any]) -> bool:
    """Keys and items of a mapping come in the order they were written."""
    return type(values).__name__ in {"dict_keys", "dict_items", "odict_keys", "odict_items"}


def unordered_in(marks: Iterable[Any]) -> list[str]:
    """Names of the parameters whose values have no order, among the `parametrize` of a test."""
    return [
        str(mark.args[0])
        for mark in marks
        if mark.name == "parametrize" and len(mark.args) > 1 and unordered(mark.args[1])
    ]


def named_after_a_set(nodeid: str) -> bool:
    """Whether a test is named by the members of a set: two processes would give it two names."""
    return "frozenset({'" in nodeid
