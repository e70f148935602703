"""What this domain brings to the bundle « échange »: competences seen, habilitations, files of VAE and their steps."""

from competences.exchange.assessments import ASSESSMENTS
from competences.exchange.licences import LICENCES
from competences.exchange.vae import VAE, VAE_STEPS
from competences.models import (
    Appellation,
    BadgeKey,
    BadgeState,
    Bloc,
    BlocLine,
    Certification,
    CertificationReplacement,
    CertificationTrade,
    Certifier,
    Competence,
    CompetenceEquivalent,
    Cv,
    GestureList,
    GestureListLine,
    LineMatch,
    Occupation,
    OccupationCompetence,
    ReferentialImport,
    RegisterImport,
    SkillChange,
)

FILES = (ASSESSMENTS, LICENCES, VAE, VAE_STEPS)

STAYS_HERE = {
    SkillChange: "repères pour le classement, écrits par la base elle-même",
    **dict.fromkeys(
        (Occupation, Appellation, Competence, OccupationCompetence, ReferentialImport),
        "référentiel ROME, à charger depuis sa source",
    ),
    **dict.fromkeys(
        (Certification, Certifier, CertificationTrade, CertificationReplacement, Bloc, RegisterImport),
        "répertoire des certifications, à charger depuis sa source ou saisi une fois ici ; il ne parle de personne",
    ),
    **dict.fromkeys((BlocLine, LineMatch), "lecture des blocs acceptée ici, commune à toute l’installation"),
    **dict.fromkeys(
        (GestureList, GestureListLine),
        "aide-mémoire des gestes d’un chantier, tenu ici par qui observe ; il ne parle de personne",
    ),
    **dict.fromkeys(
        (BadgeKey, BadgeState), "clés et états des badges signés par cette installation, à son adresse"
    ),
    Cv: "ce qu’une personne montre d’elle-même, choisi ici ; elle l’emporte en PDF, en fichier ou dans sa copie",
    CompetenceEquivalent: "rapprochement avec le ROME, refait à chaque import",
}
"""Tables that leave with no bundle, each with its reason."""

__all__ = ["FILES", "STAYS_HERE"]
