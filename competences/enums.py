"""Closed lists of the competences."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices


class Nature(TextChoices):
    """What kind of thing a line of the referential names."""

    KNOW_HOW = "know_how", "Savoir-faire"
    SOFT_SKILL = "soft_skill", "Savoir-être"
    MACRO = "macro", "Macro-compétence"
    KNOWLEDGE = "knowledge", "Savoir"


class Prominence(TextChoices):
    """How much a competence makes the trade."""

    CORE = "core", "Cœur de métier"
    EMERGING = "emerging", "Émergente"
    ORDINARY = "ordinary", "Courante"


class Level(IntegerChoices):
    """How well the work is done, in the words of the workshop."""

    BEGINNING = 1, "S’initie"
    WITH_HELP = 2, "Avec aide"
    ALONE = 3, "En autonomie"
    TEACHES = 4, "Peut transmettre"


class ProofStatus(TextChoices):
    """How we know. Three words never mixed up: only what a certifier signed is « certifiée »."""

    DECLARED = "DECLAREE", "Déclarée"
    OBSERVED = "OBSERVEE", "Observée"
    RECOGNISED = "RECONNUE", "Reconnue"
    CERTIFIED = "CERTIFIEE", "Certifiée"


class VaeStatus(TextChoices):
    """Where a VAE stands (Code du travail, art. R6412-2 to R6412-7)."""

    PROJECT = "PROJET", "Projet"
    REGISTERED = "INSCRIPTION", "Inscription sur France VAE"
    FEASIBILITY_SENT = "RECEVABILITE", "Dossier de faisabilité déposé"
    ADMISSIBLE = "RECEVABLE", "Recevable"
    VALIDATION_SENT = "DOSSIER", "Dossier de validation déposé"
    JURY = "JURY", "Jury programmé"
    FULL = "VALIDATION_TOTALE", "Validation totale"
    PARTIAL = "VALIDATION_PARTIELLE", "Validation partielle"
    REFUSED = "REFUS", "Refus"
    DROPPED = "ABANDON", "Abandon"
