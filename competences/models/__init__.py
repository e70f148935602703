"""The referential, what people hold with proof, and the certifications they aim at."""

from competences.models.assessment import Assessment
from competences.models.badge import BadgeKey, BadgeState
from competences.models.certification import (
    Bloc,
    BlocLine,
    Certification,
    CertificationReplacement,
    CertificationTrade,
    Certifier,
    LineMatch,
    RegisterImport,
)
from competences.models.change import SkillChange
from competences.models.cv import Cv
from competences.models.gesture_list import GestureList, GestureListLine
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
    "BadgeKey",
    "BadgeState",
    "Bloc",
    "BlocLine",
    "Certification",
    "CertificationReplacement",
    "CertificationTrade",
    "Certifier",
    "Competence",
    "CompetenceEquivalent",
    "Cv",
    "GestureList",
    "GestureListLine",
    "Licence",
    "LineMatch",
    "Occupation",
    "OccupationCompetence",
    "Passport",
    "ReferentialImport",
    "RegisterImport",
    "SkillChange",
    "VaeProject",
    "VaeStep",
]
