"""The scenarios that the field verified, as territories."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Employer
from tests.employers.recomposition.recomposition_territories import everyone, line, place


@pytest.fixture
def brioche() -> Territory:
    """Scenario 1: a brioche factory with ten hours of cartons that the quality cap keeps mostly out."""
    return place(
        line("cartons", 10, flags="d", cost=24),
        line("pesée", 6, flags="c", cost=28),
        line("contrôle visuel", 6, flags="c", cost=27),
        line("approvisionnement", 8, flags="p", cost=25),
        line("saisie", 3, flags="c", cost=30),
    )


@pytest.fixture
def canteen() -> Callable[..., Territory]:
    """Scenario 3: a canteen and a care home, four kilometres apart."""

    def build(**rules: float) -> Territory:
        return place(
            line("mise en place", 5),
            line("préparation froide", 4, flags="c"),
            line("plonge", 3, flags="p"),
            line("linge", 5, employer="e2"),
            line("aide au repas", 5, employer="e2", flags="c"),
            kilometres=4.0,
            **rules,
        )

    return build


@pytest.fixture
def three_sites() -> Callable[..., Territory]:
    """Scenario 10: one light, skill-building task at each of three employers a few kilometres apart."""

    def build(*hours: float) -> Territory:
        employers = tuple(
            Employer(f"e{rank}", f"Atelier Inventé {rank}", float(rank), 0.0) for rank in range(3)
        )
        tasks = tuple(
            line(f"t{rank}", given, employer=f"e{rank}", flags="c") for rank, given in enumerate(hours)
        )
        return Territory(4, employers, tasks, everyone())

    return build
