"""A label inside a sentence loses its capital, an acronym keeps its own."""

import pytest

from backend.core.values.text import inside


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("D’un commun accord", "d’un commun accord"),
        ("Démission, ou départ de la personne", "démission, ou départ de la personne"),
        ("CDI conclu à 57 ans", "CDI conclu à 57 ans"),
        ("50 ans et plus", "50 ans et plus"),
        ("À l’aise", "à l’aise"),
        ("", ""),
    ],
)
def test_inside(label, said):
    assert inside(label) == said
