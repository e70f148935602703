"""Every place where the second wall stands aside, and why: nowhere else, a test of the house reads them all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Reason:
    """Why what is read there goes across structures, in a sentence for people; from which modules."""

    why: str
    modules: tuple[str, ...]


class Gate(Enum):
    """One legitimate way across."""

    COMMAND = Reason(
        "Une commande tapée sur le serveur agit pour toute l’installation.",
        ("backend.manage", "backend.core.command_line.commands", "backend.core.wall.reach"),
    )
    WORKER = Reason(
        "Un travail de fond tient les comptes de toute l’installation, ou reprend ensuite le siège qui l’a demandé.",
        ("backend.celery",),
    )
    SIGN_IN = Reason(
        "Savoir de qui est un siège, ou l’y asseoir, vient avant de savoir pour qui l’on travaille.",
        ("backend.organisations.seats",),
    )
    HEALTH = Reason(
        "Dire si les clés ouvrent ce qui est gardé demande d’en essayer quelques textes, sans rien en montrer.",
        ("backend.core.health.checks",),
    )
    WELCOME = Reason(
        "Une personne accueillie pour la première fois n’est à portée de personne avant son premier passage.",
        ("pathways.services.people",),
    )
    REUNION = Reason(
        "Deux fiches réunies, ou séparées, changent de main ligne par ligne, brouillons des collègues compris : en chemin, "
        "elles ne sont à portée de personne.",
        ("pathways.selectors.twins.reunions", "pathways.services.reunions"),
    )
    HIRES = Reason(
        "Combien de personnes un employeur a embauchées se compte quelle que soit leur structure, sans nommer personne.",
        ("employers.screens.employers.page",),
    )
    NETWORK = Reason(
        "Les chiffres d’une année finie de tout le réseau sont comptés ensemble ; rien n’en sort qui ne soit masqué.",
        ("reports.services.published_tables",),
    )
    TRAIL = Reason(
        "Chaque geste laisse sa ligne au journal, même avant de savoir pour qui l’on travaille ; rien n’y est relu par là.",
        ("backend.audit.trail",),
    )
    AT_THE_DOOR = Reason(
        "Un formulaire envoyé trop tard est gardé pour le compte à qui il était montré, dont la session est déjà close.",
        ("backend.web.kept.refused",),
    )
    ERASING = Reason(
        "Effacer une personne emporte ce que d’autres gardaient d’elle : brouillons, demandes, copies.",
        ("backend.core.privacy.erasing",),
    )
    HANGING = Reason(
        "Avant d’annuler une ligne, tout ce qui y tient est compté, même écrit par d’autres, sans rien en montrer.",
        ("backend.core.hanging",),
    )
    PROOF = Reason(
        "Qui tient le papier d’un passeport et son code le vérifie sans compte.",
        ("competences.selectors.passports",),
    )
