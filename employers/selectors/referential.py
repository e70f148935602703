"""The referential in use, frozen for the matching engine and kept until the next import."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce

from competences.models import Competence, Occupation, OccupationCompetence, ReferentialImport

if TYPE_CHECKING:
    from employers.matching.referential import CompetenceFact, OccupationFact, Referential

OBJECTIVE_LENGTH = 3
"""`4A101` is a macro-competence of objective `4A1`."""


def current_referential() -> Referential:
    """The referential of the base; rebuilt when an import has changed it, in any process."""
    newest = ReferentialImport.objects.values_list("pk", flat=True).first()
    return _built(newest)


@lru_cache(maxsize=2)
def _built(import_id: int | None) -> Referential:
    """Retired codes stay in: proofs and tasks written with them keep their meaning.

    One of ours that has an official equivalent stands in its family, so that each is near the other.
    """
    from employers.matching.referential import Referential

    return Referential.build(_competences(), _occupations())


def _competences() -> list[CompetenceFact]:
    from employers.matching.referential import CompetenceFact

    official = "equivalent__official__"
    rows = Competence.objects.values_list(
        "code",
        "label",
        Coalesce(f"{official}macro_code", "macro_code"),
        Coalesce(f"{official}functional_code", "functional_code"),
    )
    return [
        CompetenceFact(
            code=code,
            label=label,
            macro_code=macro_code or None,
            objective=functional_code[:OBJECTIVE_LENGTH] or None,
        )
        for code, label, macro_code, functional_code in rows.iterator(chunk_size=5_000)
    ]


def _occupations() -> list[OccupationFact]:
    from employers.matching.referential import OccupationFact

    cited: dict[str, list[str]] = defaultdict(list)
    links = OccupationCompetence.objects.values_list("occupation__rome_code", "competence__code")
    for rome_code, code in links.iterator(chunk_size=10_000):
        cited[rome_code].append(code)
    labels = Occupation.objects.values_list("rome_code", "label")
    return [
        OccupationFact(code=code, label=label, competence_codes=tuple(cited[code])) for code, label in labels
    ]
