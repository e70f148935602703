"""Making the index of people again, when too many of them changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from competences.models import Competence
from competences.selectors.changes import readings_in_order
from competences.services.changes import begin_reading, forget_what_nobody_asks
from employers.selectors.people_index import current_index, index_file, made_from
from employers.selectors.referential import current_referential

if TYPE_CHECKING:
    from employers.matching.index.people import PeopleIndex
    from employers.matching.referential import Referential

FEW_CHANGES = 200
"""Ranked beside the index at a cost nobody sees: some milliseconds."""
PART_CHANGED = 50
"""Or one person in fifty, where people are many."""


def refresh_people_index(*, anyway: bool = False) -> int | None:
    """Make the index of this machine again when it has none to believe, or when many changed; how many people then.

    Killed at any moment, it leaves the former file whole.
    """
    from employers.matching.index.file import keep

    referential = current_referential()
    current = current_index(referential)
    if current is not None and not anyway:
        enough = max(FEW_CHANGES, len(current.index.keys) // PART_CHANGED)
        if len(current.changed) <= enough:
            return None
    reading = begin_reading()
    index = _read_everybody(referential)
    keep(index_file(), index, {"reading": reading, "made_from": made_from(referential)})
    forget_what_nobody_asks()
    return len(index.keys)


def _read_everybody(referential: Referential) -> PeopleIndex:
    """What counts of each person and competence: the last reading."""
    import numpy as np

    from employers.matching.index.people import PeopleIndex

    places = {
        pk: referential.index[code]
        for pk, code in Competence.objects.values_list("pk", "code")
        if code in referential.index
    }
    kind = np.dtype([("person", "i8"), ("competence", "i4"), ("level", "u1")])
    known = (
        (person, places[competence], level)
        for person, competence, level in readings_in_order()
        if competence in places
    )
    readings = np.fromiter(known, dtype=kind)
    pairs = (readings["person"] << 32) | readings["competence"]
    _, from_the_end = np.unique(pairs[::-1], return_index=True)
    last = readings[len(readings) - 1 - from_the_end]
    return PeopleIndex.build(last["person"], last["competence"], last["level"], referential)
