"""What a passport must hold to be worth a paper."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.findings import Finding
from competences.enums import ProofStatus

MEANING = {
    ProofStatus.CERTIFIED: "Un certificateur l’atteste : un diplôme, un titre ou un bloc.",
    ProofStatus.RECOGNISED: "Des professionnels du métier l’attestent, après évaluation.",
    ProofStatus.OBSERVED: "Une personne qui travaillait à côté l’a vu faire.",
    ProofStatus.DECLARED: "La personne le dit d’elle-même ; personne d’autre ne l’atteste.",
}
UNNAMED = "Non précisé"
"""What a passport says of a reading that nobody put their name to."""


def choice_findings(*, lines: int, field: str = "chosen") -> Iterator[Finding]:
    """A passport, or a CV, that shows nothing: `lines` counts what was ticked among what may be shown."""
    if lines == 0:
        yield Finding(
            "nothing_chosen",
            "Choisissez au moins une ligne à montrer.",
            field=field,
            is_contradiction=True,
        )
