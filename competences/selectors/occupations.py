"""Finding a trade from plain French words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from competences.enums import Nature, Prominence
from competences.models import Appellation, Occupation, OccupationCompetence, ReferentialImport

if TYPE_CHECKING:
    from competences.search.index import Hit, Index


def find_occupations(text: str, *, top: int = 10) -> list[Hit]:
    """Trades that people may mean by these words, best first; scores from 0 to 1."""
    return occupation_index().search(text, top)


def trades_named(codes: Iterable[str]) -> dict[str, str]:
    """The name of each of these trades, retired ones included; one query."""
    return dict(Occupation.objects.filter(rome_code__in=list(codes)).values_list("rome_code", "label"))


def occupation_index() -> Index:
    """The index of the referential in use; rebuilt when an import has changed it, in any process."""
    return _built(ReferentialImport.objects.values_list("pk", flat=True).first())


@lru_cache(maxsize=1)
def _built(import_id: int | None) -> Index:
    from competences.search.index import Index  # its vectoriser costs a second: paid by who searches

    current = Appellation.objects.filter(is_retired=False, occupation__is_retired=False)
    columns = ("occupation__rome_code", "occupation__label", "label", "is_main", "is_rare")
    return Index.build(list(current.values_list(*columns)), deeds=_deeds())


def _deeds() -> dict[str, str]:
    """What each trade does: its definition and the know-how at its heart."""
    told = defaultdict(list)
    for rome_code, definition in Occupation.objects.current().values_list("rome_code", "definition"):
        told[rome_code].append(definition)
    core = OccupationCompetence.objects.filter(
        occupation__is_retired=False,
        prominence=Prominence.CORE,
        competence__nature__in=[Nature.KNOW_HOW, Nature.MACRO],
        competence__is_retired=False,
    )
    for rome_code, label in core.order_by("pk").values_list("occupation__rome_code", "competence__label"):
        told[rome_code].append(label)
    return {rome_code: ". ".join(texts) for rome_code, texts in told.items()}
