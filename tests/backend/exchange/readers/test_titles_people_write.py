"""Titles of real tables, ten at least for each column people have everywhere: each is proposed as what it is."""

from __future__ import annotations

import pytest

from backend.exchange.formats.tables import Table
from backend.exchange.matching.proposing import Reason, propose
from backend.exchange.matching.targets import by_key, targets

BASE = {
    "salaries.nom": "NOM",
    "salaries.prenom": "Prénom",
    "contrats.type": "Type contrat",
    "contrats.date_debut": "Date d'embauche",
}
"""What a table of contracts always holds; the title under trial takes the place of its own."""
WITH_AN_EXIT = {"sorties.date_sortie": "Date de sortie"}
WITH_HOURS = {"heures.mois": "Mois de paie", "heures.heures": "Heures payées"}
WITH_A_PASS = {"pass.numero": "N° PASS IAE", "pass.date_debut": "Début PASS"}
WHO = {"salaries.nom": "NOM", "salaries.prenom": "Prénom"}
OF_ITS_OWN = ("formations", "immersions", "vae")
"""What is told in a table of its own: whom it speaks of, and whatever such a row must say."""
TITLES = {
    "salaries.id": (
        "N° salarié", "Matricule", "Matricule salarié", "ID", "Identifiant", "N°", "Num salarié", "Code salarié",
        "N° dossier", "Réf. salarié", "Numéro de matricule", "Mat.", "ID salarié",
    ),
    "salaries.nom": (
        "Nom", "NOM", "Nom de famille", "Nom du salarié", "Nom usuel", "Nom d'usage", "Nom de naissance",
        "Salarié - Nom", "Noms", "Nom patronymique", "Nom salarié", "Nom bénéficiaire",
    ),
    "salaries.prenom": (
        "Prénom", "PRENOM", "Prénoms", "Prénom(s)", "Prénom du salarié", "Prénom usuel", "Premier prénom",
        "Prenom salarié", "Prénom bénéficiaire", "Salarié - Prénom",
    ),
    "salaries.sexe": (
        "Sexe", "Genre", "Civilité", "Sexe (H/F)", "H/F", "F/H", "M/F", "Civ.", "Homme/Femme", "Femme/Homme", "Sexe F/M",
    ),
    "salaries.date_naissance": (
        "Date de naissance", "Né(e) le", "Naissance", "Date naissance", "DDN", "Date naiss.", "Né le", "Née le",
        "Date de naiss", "DN", "Date de naissance du salarié", "D. naissance",
    ),
    "salaries.telephone": (
        "Téléphone", "Tél.", "Tel", "Tél. portable", "Portable", "Mobile", "Tel mobile", "Téléphone portable",
        "N° de téléphone", "N° tél", "GSM", "Numéro de portable", "Coordonnées téléphoniques",
    ),
    "salaries.email": (
        "Mail", "E-mail", "Email", "Courriel", "Adresse mail", "Adresse e-mail", "Adresse électronique",
        "Adresse email", "Mél", "Mail salarié", "Mail perso",
    ),
    "salaries.code_postal": (
        "Code postal", "CP", "Code post.", "C.P.", "Code Postal domicile", "CP domicile", "CP résidence", "Code postale",
        "CP salarié", "Code postal de résidence",
    ),
    "salaries.niveau_formation": (
        "Niveau de formation", "Niveau d'études", "Niveau scolaire", "Diplôme", "Niveau", "Niveau formation",
        "Niveau de diplôme", "Niveau d'étude", "Formation initiale", "Dernier diplôme", "Niveau de qualification",
    ),
    "salaries.brsa": (
        "RSA", "BRSA", "Bénéficiaire RSA", "Allocataire RSA", "Bénéficiaire du RSA", "RSA (O/N)", "Perçoit le RSA",
        "RSA oui/non", "RSA à l'entrée", "RSA socle",
    ),
    "salaries.rqth": (
        "RQTH", "Travailleur handicapé", "TH", "Reconnaissance travailleur handicapé", "BOETH", "RQTH (O/N)",
        "Handicap", "Reconnaissance TH", "DOETH", "RQTH oui/non",
    ),
    "contrats.type": (
        "Type de contrat", "Type contrat", "Nature du contrat", "Contrat type", "Nature contrat", "Type du contrat",
        "Forme du contrat", "Catégorie de contrat", "Genre de contrat", "CDDI/CDI",
    ),
    "contrats.date_debut": (
        "Date d'embauche", "Début contrat", "Date de début de contrat", "Date début contrat", "Embauche", "Embauché(e) le",
        "Début de contrat", "Date début", "Début", "Date de début", "Date embauche", "Début CDDI",
        "Date d'entrée en contrat",
    ),
    "contrats.date_fin_prevue": (
        "Fin de contrat", "Date de fin de contrat", "Fin prévue", "Échéance", "Date fin contrat", "Fin contrat",
        "Date d'échéance", "Terme du contrat", "Date de fin prévue", "Contrat jusqu'au", "Fin prévisionnelle", "Date fin prévue",
        "Terme", "Fin CDDI",
    ),
    "contrats.heures_hebdo": (
        "Nb heures hebdo", "Heures hebdo", "Heures par semaine", "H/semaine", "Nbre heures hebdo", "Durée hebdo",
        "Heures / semaine", "Nb h/sem", "Nombre d'heures hebdomadaires", "Horaire hebdo", "H hebdo", "Temps de travail hebdo",
        "Durée hebdomadaire de travail", "Nombre d'heures par semaine", "Heures hebdomadaires", "Heures/sem", "Nb h hebdo",
        "Volume horaire hebdomadaire", "Base hebdo", "Heures semaine",
    ),
    "contrats.id": (
        "N° contrat", "Numéro de contrat", "N° de contrat", "Identifiant contrat", "Num contrat", "Réf. contrat",
        "Référence du contrat", "ID contrat", "Code contrat", "Numéro du contrat",
    ),
    "sorties.date_sortie": (
        "Date de sortie", "Date sortie", "Sortie", "Sorti(e) le", "Sortie le", "Date de départ", "Départ", "Parti(e) le",
        "Jour de sortie", "Date de fin de parcours", "Fin de parcours", "Date départ",
    ),
    "sorties.motif": (
        "Motif de sortie", "Motif sortie", "Motif", "Code motif", "Raison de sortie", "Motif du départ", "Motif de départ",
        "Type de sortie", "Nature de la sortie", "Raison du départ", "Situation à la sortie",
    ),
    "heures.mois": (
        "Mois", "Période", "Mois travaillé", "Mois de paie", "Mois paie", "Mois concerné", "Période de paie", "Mois/année",
        "Mois de travail", "Mois d'activité",
    ),
    "heures.heures": (
        "Heures", "Heures travaillées", "Nb heures", "Nombre d'heures", "Heures réalisées", "Heures payées", "Total heures",
        "Heures du mois", "Nbre heures", "H travaillées", "Heures effectuées", "Heures mensuelles", "Nb h",
    ),
    "pass.numero": (
        "N° PASS IAE", "PASS IAE", "Numéro PASS", "N° pass", "Agrément", "N° agrément", "Pass", "N° de PASS IAE",
        "Numéro d'agrément", "Numéro du PASS IAE", "N° d'agrément",
    ),
    "pass.date_debut": (
        "Début PASS", "Début du PASS", "Date début PASS", "PASS début", "Date de début du PASS", "Début PASS IAE",
        "Date début PASS IAE", "Début agrément", "Date début agrément", "Agrément - début",
    ),
    "pass.date_fin": (
        "Fin PASS", "Fin du PASS", "Date fin PASS", "PASS fin", "Date de fin du PASS", "Fin PASS IAE", "Date fin PASS IAE",
        "Fin agrément", "Date fin agrément", "PASS IAE au", "Échéance PASS",
    ),
    "formations.intitule": (
        "Intitulé", "Formation", "Nom de la formation", "Intitulé formation", "Libellé formation",
        "Formation suivie", "Action de formation", "Titre de la formation", "Intitulé du stage", "Stage",
    ),
    "formations.organisme": (
        "Organisme", "Organisme de formation", "OF", "Centre de formation", "Nom de l'organisme",
        "Prestataire de formation", "Organisme formateur", "Formateur", "Organisme de form.", "Lieu de formation",
    ),
    "formations.date_debut": (
        "Début de formation", "Date de début de formation", "Début formation", "Date début formation", "Entrée en formation",
        "Date d'entrée en formation", "Démarrage de la formation", "Démarrage formation", "Premier jour de formation", "Début du stage",
    ),
    "formations.date_fin_prevue": (
        "Fin de formation", "Date de fin de formation", "Fin formation", "Date fin formation", "Fin prévue formation",
        "Formation au", "Fin prévue de la formation", "Date de fin prévue de formation", "Fin du stage", "Terme formation",
    ),
    "formations.heures_prevues": (
        "Heures de formation", "Nb heures formation", "Durée formation (h)", "Volume horaire", "Nombre d'heures de formation",
        "Heures formation", "Heures prévues", "Durée de la formation en heures", "Total heures formation", "Nb d'heures prévues",
    ),
    "immersions.employeur": (
        "Entreprise d'accueil", "Entreprise accueillante", "Lieu d'immersion", "Entreprise PMSMP", "Lieu de PMSMP",
        "Employeur d'accueil", "Lieu de stage", "Terrain de stage", "Organisme d'accueil", "Entreprise d'immersion",
    ),
    "immersions.date_debut": (
        "Début PMSMP", "Date début PMSMP", "Début immersion", "Date de début d'immersion", "Début de l'immersion",
        "PMSMP du", "Immersion du", "Date de début PMSMP", "Début de la PMSMP", "Premier jour PMSMP",
    ),
    "immersions.date_fin_prevue": (
        "Fin PMSMP", "Date fin PMSMP", "Fin immersion", "Date de fin d'immersion", "Fin de l'immersion",
        "PMSMP au", "Immersion au", "Date de fin PMSMP", "Fin de la PMSMP", "Dernier jour PMSMP",
    ),
    "immersions.tuteur": (
        "Tuteur", "Nom du tuteur", "Tuteur entreprise", "Tuteur en entreprise", "Tutrice",
        "Tuteur PMSMP", "Maître de stage", "Tuteur d'immersion", "Référent entreprise", "Nom tuteur",
    ),
    "vae.certification": (
        "Certification visée", "Diplôme visé", "Titre visé", "VAE visée", "Certification",
        "Diplôme préparé", "Titre professionnel visé", "Diplôme VAE", "Certification VAE", "Titre ou diplôme visé",
    ),
    "vae.accompagnateur": (
        "Accompagnateur VAE", "Architecte de parcours", "Accompagnateur de la VAE", "AAP", "Conseiller VAE",
        "Référent VAE", "Accompagnement VAE", "Architecte accompagnateur de parcours", "Architecte", "Accompagnatrice VAE",
    ),
}  # fmt: skip
EVERY = [(key, title) for key, titles in TITLES.items() for title in titles]


def needed_by(file):
    """The compulsory columns of a file, under our own names."""
    own = [each for each in targets() if each.key.startswith(f"{file}.")]
    return {each.key: each.column.shown for each in own if each.column.is_compulsory and not each.is_id}


def proposed_for(key, title):
    """What is proposed for this title in a table that holds what such tables always hold."""
    more = {"sorties": WITH_AN_EXIT, "heures": WITH_HOURS, "pass": WITH_A_PASS}.get(key.partition(".")[0], {})
    file = key.partition(".")[0]
    around = WHO | needed_by(file) if file in OF_ITS_OWN else BASE | more
    titles = {each: known for each, known in around.items() if each != key}
    return propose(Table("t", "la feuille « Feuil1 »", [*titles.values(), title], []))[-1]


@pytest.mark.parametrize(("key", "title"), EVERY)
def test_a_usual_title_is_proposed_as_what_it_is(key, title):
    found = proposed_for(key, title)
    assert found is not None
    assert (found.key, found.reason in (Reason.TITLE, Reason.NEAR)) == (key, True)


def test_ten_titles_at_least_for_each_column_people_have_everywhere():
    assert TITLES.keys() <= by_key().keys()
    assert all(len(set(titles)) >= 10 for titles in TITLES.values())


@pytest.mark.parametrize(
    "title", ["Couleur préférée", "Observations", "Photo", "Taille de chaussures", "Casier", "Vélo"]
)
def test_a_title_of_nothing_we_know_is_left_aside(title):
    assert proposed_for("salaries.telephone", title) is None
