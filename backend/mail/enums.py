"""Where a message stands, what it is for, and what last stopped it."""

from __future__ import annotations

from django.db import models


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "A_ENVOYER", "à envoyer"
    SENT = "PARTI", "parti"
    REFUSED = "REFUSE", "refusé"
    GIVEN_UP = "ABANDONNE", "abandonné"


class MessageKind(models.TextChoices):
    """What a message is for."""

    INVITATION = "INVITATION", "invitation"
    AGREEMENT = "ACCORD", "invitation à approuver"
    GROUP_OFFER = "GROUPE", "proposition de groupe"
    RELAY = "RELAIS", "proposition de relais"
    SECOND_FACTOR = "SECOND_FACTEUR", "second facteur réinitialisé"
    RETENTION = "CONSERVATION", "effacement annoncé"
    READINGS = "LECTURES", "beaucoup de dossiers lus"
    ACCOUNT = "COMPTE", "compte et mot de passe"


class Trouble(models.TextChoices):
    """What stopped a message the last time it was tried: a class, never the server's own words."""

    SILENT = "SILENCE", "le serveur de courrier ne répond pas"
    UNREACHABLE = "INJOIGNABLE", "le serveur de courrier ne se joint pas"
    HUNG_UP = "RACCROCHE", "le serveur de courrier a raccroché"
    NOT_SEALED = "CHIFFREMENT", "le chiffrement n’a pas pu s’établir"
    NOT_OFFERED = "NON_PROPOSE", "le serveur ne propose pas ce qui est réglé"
    OUR_ACCOUNT = "COMPTE_REFUSE", "le serveur refuse le compte de l’installation"
    OUR_SENDER = "EXPEDITEUR", "le serveur refuse l’expéditeur de l’installation"
    ADDRESS = "ADRESSE", "l’adresse est refusée par son serveur"
    CONTENT = "CONTENU", "le message est refusé par son serveur"
    LATER = "PLUS_TARD", "le serveur demande d’attendre"
    ANSWERED_NO = "REPOND_NON", "le serveur de courrier répond non"
    TOO_LATE = "TROP_TARD", "ce que le message ouvrait n’est plus valable"
    UNREADABLE = "ILLISIBLE", "le message ne se déchiffre plus"
    UNEXPECTED = "IMPREVU", "incident imprévu"
