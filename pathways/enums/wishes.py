"""What is told of the hours somebody wants: when they may work, why not more, who says so."""

from __future__ import annotations

from django.db.models import TextChoices


class Moment(TextChoices):
    """A part of a day of the week, told in the order of the week."""

    MONDAY_MORNING = "LUN_M", "Lundi matin"
    MONDAY_AFTERNOON = "LUN_A", "Lundi après-midi"
    MONDAY_EVENING = "LUN_S", "Lundi soir"
    TUESDAY_MORNING = "MAR_M", "Mardi matin"
    TUESDAY_AFTERNOON = "MAR_A", "Mardi après-midi"
    TUESDAY_EVENING = "MAR_S", "Mardi soir"
    WEDNESDAY_MORNING = "MER_M", "Mercredi matin"
    WEDNESDAY_AFTERNOON = "MER_A", "Mercredi après-midi"
    WEDNESDAY_EVENING = "MER_S", "Mercredi soir"
    THURSDAY_MORNING = "JEU_M", "Jeudi matin"
    THURSDAY_AFTERNOON = "JEU_A", "Jeudi après-midi"
    THURSDAY_EVENING = "JEU_S", "Jeudi soir"
    FRIDAY_MORNING = "VEN_M", "Vendredi matin"
    FRIDAY_AFTERNOON = "VEN_A", "Vendredi après-midi"
    FRIDAY_EVENING = "VEN_S", "Vendredi soir"
    SATURDAY_MORNING = "SAM_M", "Samedi matin"
    SATURDAY_AFTERNOON = "SAM_A", "Samedi après-midi"
    SATURDAY_EVENING = "SAM_S", "Samedi soir"
    SUNDAY_MORNING = "DIM_M", "Dimanche matin"
    SUNDAY_AFTERNOON = "DIM_A", "Dimanche après-midi"
    SUNDAY_EVENING = "DIM_S", "Dimanche soir"


class WishLimit(TextChoices):
    """Why somebody does not want more hours for now; nothing of their health is asked."""

    CARE = "GARDE", "Une personne à garder ou à aider"
    TRANSPORT = "TRANSPORT", "Le trajet"
    TRAINING = "FORMATION", "Une formation"
    OTHER_JOB = "AUTRE_EMPLOI", "Un autre emploi"
    CHOICE = "CHOIX", "Cela me suffit pour l’instant"
    OTHER = "AUTRE", "Une autre raison"


class WishVoice(TextChoices):
    """Who wrote a wish down."""

    PERSON = "PERSONNE", "Dit par la personne"
    TEAM = "EQUIPE", "Noté par l’équipe"
