"""A whole territory into the base, batch by batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.demo import rows as drawn
from backend.demo.loading import follow_up, hires, people, places
from backend.demo.loading.ids import Ids
from competences.enums import Nature
from competences.models import OccupationCompetence
from pathways.models import Beneficiary


class CompetenceFinder:
    """The n-th savoir-faire of a trade, in code order; trades outside the referential have none."""

    def __init__(self) -> None:
        links = OccupationCompetence.objects.filter(
            competence__nature=Nature.KNOW_HOW, competence__is_retired=False
        )
        self._by_trade: dict[str, list[int]] = defaultdict(list)
        for rome_code, pk in links.order_by("competence__code").values_list(
            "occupation__rome_code", "competence_id"
        ):
            self._by_trade[rome_code].append(pk)

    def __call__(self, rome_code: str, ordinal: int) -> int | None:
        """The primary key of the competence, counting round when the trade has fewer."""
        known = self._by_trade.get(rome_code)
        return known[ordinal % len(known)] if known else None


def load_territory(
    batches: Iterable[drawn.Territory], *, on_progress: Callable[[int], None] = lambda people: None
) -> int:
    """Write each batch in its own transaction; the number of people written. Refuses a base already in use."""
    if Beneficiary.objects.exists():
        raise DomainError(
            "base_in_use",
            "La base contient déjà des personnes. Le jeu de démonstration ne se mélange pas à d’autres données : "
            "choisissez une base vide (DATABASE_URL ou DATA_DIR).",
        )
    ids, competence, count = Ids(), CompetenceFinder(), 0
    home: dict[str, int] = {}
    for batch in batches:
        with transaction.atomic():
            _load_permanent(batch, ids, competence, home)
            _load_people(batch, ids, competence, home)
        count += len(batch.persons)
        ids.forget_batch()
        on_progress(count)
    trail.record(Actor.operator(), "territory.loaded", people=count)
    return count


def _load_permanent(
    batch: drawn.Territory, ids: Ids, competence: CompetenceFinder, home: dict[str, int]
) -> None:
    places.load_places(batch, ids)
    places.load_teams(batch, ids)
    places.load_employers(batch, ids, competence)
    home.update({row.id: ids("structure", row.structure) for row in batch.staff})


def _load_people(
    batch: drawn.Territory, ids: Ids, competence: CompetenceFinder, home: dict[str, int]
) -> None:
    people.load_people(batch, ids)
    people.load_work(batch, ids)
    follow_up.load_follow_up(batch, ids, home)
    follow_up.load_immersions(batch, ids)
    follow_up.load_trainings(batch, ids)
    follow_up.load_wishes(batch, ids)
    follow_up.load_rights(batch, ids)
    follow_up.load_relays(batch, ids)
    follow_up.load_competences(batch, ids, competence, home)
    hires.load_hires(batch, ids)
