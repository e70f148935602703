"""The referential, what people hold with proof, and the certifications they aim at."""

from competences.models.assessment import Assessment
from competences.models.change import SkillChange
from competences.models.licence import Licence
from competences.models.passport import Passport
from competences.models.referential import (
    Appellation,
    Competence,
    CompetenceEquivalent,
    Occupation,
    OccupationCompetence,
    ReferentialImport,
)
from competences.models.vae import VaeProject, VaeStep

__all__ = [
    "Appellation",
    "Assessment",
    "Competence",
    "CompetenceEquivalent",
    "Licence",
    "Occupation",
    "OccupationCompetence",
    "Passport",
    "ReferentialImport",
    "SkillChange",
    "VaeProject",
    "VaeStep",
]
