"""What is told of a training: its kind, who pays, who chose it, how it ended."""

from __future__ import annotations

from django.db.models import TextChoices


class TrainingKind(TextChoices):
    """What a training is for, in the words of the field: no text closes this list, it is our choice."""

    BASICS = "SAVOIRS_BASE", "Savoirs de base (lire, écrire, compter, CléA)"
    FRENCH = "FLE", "Français langue étrangère"
    PRE_QUALIFYING = "PREQUALIFIANTE", "Préqualifiante"
    QUALIFYING = "QUALIFIANTE", "Qualifiante ou certifiante"
    BEFORE_A_JOB = "PREALABLE", "Préalable à une embauche (POEI…)"
    AT_WORK = "PROFESSIONNALIS", "Professionnalisation, adaptation au poste"
    LICENCE = "HABILITATION", "Habilitation ou permis"
    OTHER = "AUTRE", "Autre formation"


class TrainingFunder(TextChoices):
    """Who pays for a training."""

    OPCO = "OPCO", "OPCO"
    PIC_IAE = "PIC_IAE", "PIC IAE"
    STRUCTURE = "STRUCTURE", "La structure"
    CPF = "CPF", "CPF"
    FRANCE_TRAVAIL = "FRANCE_TRAVAIL", "France Travail"
    REGION = "REGION", "Région"
    OTHER = "AUTRE", "Un autre financeur"


class TrainingTime(TextChoices):
    """Whether a training takes place while the person is at work, therefore paid."""

    DURING_WORK = "TRAVAIL", "Pendant le temps de travail"
    OUTSIDE_WORK = "HORS_TRAVAIL", "En dehors du temps de travail"
    PARTLY = "EN_PARTIE", "En partie sur le temps de travail"


class TrainingDecider(TextChoices):
    """Who chose a training."""

    PERSON = "PERSONNE", "La personne"
    TOGETHER = "ENSEMBLE", "La personne et la structure, ensemble"
    STRUCTURE = "STRUCTURE", "La structure"
    PRESCRIBER = "PRESCRIPTEUR", "Un prescripteur"


class TrainingOutcome(TextChoices):
    """How a training ended."""

    FOLLOWED = "SUIVIE", "Suivie jusqu’au bout"
    CERTIFIED = "CERTIFIEE", "Suivie, certificat obtenu"
    NOT_CERTIFIED = "NON_CERTIFIEE", "Suivie, certificat non obtenu"
    ABANDONED = "ABANDONNEE", "Arrêtée avant la fin"


class TrainingStop(TextChoices):
    """Why a training was not followed to its end; nothing of a person's health is asked."""

    JOB = "EMPLOI", "Un emploi trouvé"
    CONTENT = "CONTENU", "La formation ne convenait pas"
    CONDITIONS = "CONDITIONS", "Les horaires, le trajet ou la garde des enfants"
    PROVIDER = "ORGANISME", "L’organisme l’a arrêtée"
    PERSONAL = "PERSONNEL", "Une raison personnelle"
    OTHER = "AUTRE", "Une autre raison"
