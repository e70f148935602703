"""Titles that people give to the columns of their own tables, where they give many: another title is a line here."""

from __future__ import annotations

PERSON_ID = (
    "identifiant",
    "matricule",
    "matricule salarié",
    "n° matricule",
    "numéro",
    "n°",
    "identifiant salarié",
    "numéro salarié",
    "code salarié",
    "num salarié",
    "id salarié",
    "réf. salarié",
    "référence salarié",
    "mat.",
    "numéro de matricule",
    "n° dossier",
    "numéro de dossier",
)
PERSON_NOM = (
    "nom de famille",
    "nom usuel",
    "nom d’usage",
    "nom de naissance",
    "noms",
    "nom patronymique",
)
PERSON_SEXE = (
    "genre",
    "sexe F/M",
    "civilité",
    "civ.",
    "H/F",
    "F/H",
    "M/F",
    "F/M",
    "homme/femme",
    "femme/homme",
)
PERSON_TELEPHONE = (
    "tél.",
    "tél. portable",
    "téléphone portable",
    "portable",
    "mobile",
    "tél. mobile",
    "numéro de téléphone",
    "n° de téléphone",
    "gsm",
    "n° tél.",
    "numéro de portable",
    "n° de portable",
    "coordonnées téléphoniques",
)
PERSON_EMAIL = (
    "mail",
    "courriel",
    "adresse mail",
    "adresse e-mail",
    "adresse électronique",
    "mél",
    "mail perso",
    "mail personnel",
)
PERSON_CODE_POSTAL = (
    "cp",
    "code post.",
    "cp domicile",
    "code postal domicile",
    "cp résidence",
    "code postal de résidence",
)
PERSON_NIVEAU_FORMATION = (
    "niveau d’études",
    "niveau scolaire",
    "diplôme",
    "niveau",
    "niveau de diplôme",
    "niveau de qualification",
    "dernier diplôme",
    "formation initiale",
)
CONTRACT_ID = (
    "identifiant",
    "contrat",
    "numéro de contrat",
    "n° de contrat",
    "identifiant contrat",
    "num contrat",
    "réf. contrat",
    "référence du contrat",
    "id contrat",
    "code contrat",
)
CONTRACT_TYPE = (
    "type de contrat",
    "nature du contrat",
    "nature",
    "nature contrat",
    "forme du contrat",
    "catégorie de contrat",
    "genre de contrat",
    "CDDI/CDI",
)
CONTRACT_DATE_DEBUT = (
    "début",
    "début de contrat",
    "date de début de contrat",
    "date d’embauche",
    "embauche",
    "embauché(e) le",
    "début CDDI",
    "date de début CDDI",
    "entrée en contrat",
    "date d’entrée en contrat",
)
CONTRACT_DATE_FIN_PREVUE = (
    "fin de contrat",
    "date de fin de contrat",
    "fin prévue",
    "fin de contrat prévue",
    "échéance",
    "date d’échéance",
    "terme",
    "terme du contrat",
    "fin prévisionnelle",
    "date de fin prévisionnelle",
    "fin CDDI",
    "date de fin CDDI",
    "contrat jusqu’au",
)
OF_FLAGS = {
    "brsa": (
        "rsa",
        "bénéficiaire du RSA",
        "bénéficiaire RSA",
        "allocataire RSA",
        "perçoit le RSA",
        "RSA socle",
        "RSA oui/non",
        "RSA à l’entrée",
    ),
    "rqth": (
        "travailleur handicapé",
        "reconnaissance travailleur handicapé",
        "reconnaissance TH",
        "TH",
        "BOETH",
        "DOETH",
        "handicap",
        "RQTH oui/non",
    ),
    "qpv": ("quartier prioritaire", "quartier prioritaire de la ville"),
    "zrr": ("zone de revitalisation rurale",),
    "detld": ("DETLD (24 mois et plus)", "demandeur d’emploi de très longue durée"),
    "deld": ("demandeur d’emploi de longue durée",),
    "parent_isole": ("famille monoparentale",),
}
_WEEK = ("hebdo", "hebdomadaire", "hebdomadaires", "semaine", "sem", "par semaine", "par sem")
WEEKLY = (
    *(
        f"{many} {unit} {week}"
        for many in ("", "nb", "nbre", "nombre d’")
        for unit in ("heures", "h")
        for week in _WEEK
    ),
    *(
        f"{of} {week}"
        for of in ("durée", "horaire", "base", "temps de travail", "volume horaire")
        for week in _WEEK
    ),
    "durée hebdomadaire de travail",
)
"""« Nb heures hebdo », « H/sem. », « Durée hebdomadaire »: two words or three, each as people shorten it."""
