"""What this domain brings to the bundle « échange »: competences seen, habilitations, files of VAE and their steps."""

from competences.exchange.assessments import ASSESSMENTS
from competences.exchange.licences import LICENCES
from competences.exchange.vae import VAE, VAE_STEPS
from competences.models import (
    Appellation,
    Competence,
    CompetenceEquivalent,
    Occupation,
    OccupationCompetence,
    ReferentialImport,
    SkillChange,
)

FILES = (ASSESSMENTS, LICENCES, VAE, VAE_STEPS)

STAYS_HERE = {
    SkillChange: "repères pour le classement, écrits par la base elle-même",
    **dict.fromkeys(
        (Occupation, Appellation, Competence, OccupationCompetence, ReferentialImport),
        "référentiel ROME, à charger depuis sa source",
    ),
    CompetenceEquivalent: "rapprochement avec le ROME, refait à chaque import",
}
"""Tables that leave with no bundle, each with its reason."""

__all__ = ["FILES", "STAYS_HERE"]
