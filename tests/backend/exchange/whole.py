"""One line per file with every column filled: a column nobody fills here makes a test red."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

from backend.exchange import registry
from tests.factories import CompetenceFactory, UserFactory

AUTHOR = "odile.exemple@example.org"
FULL: dict[str, list[dict[str, str]]] = {
    "groupes.csv": [
        {"id": "g1", "nom": "Groupe des Trois Vallées", "type": "GROUPE"},
        {"id": "g2", "nom": "Marché des berges", "type": "MARCHE"},
    ],
    "appartenances.csv": [
        {"structure_id": "s1", "groupe_id": "g2", "depuis_le": "2023-03-06", "jusqu_au": "2024-12-31"},
        {"structure_id": "s1", "groupe_id": "g1", "depuis_le": "2019-01-07"},
    ],
    "structures.csv": [
        {
            "id": "s1", "nom": "Chantier des Rives", "type": "ACI", "siret": "73282932000074",
            "groupe_id": "g1", "code_insee": "39300", "departement": "39",
            "telephone": "0384000009", "entretien_jours": "45",
        },
    ],
    "conventions.csv": [
        {
            "structure_id": "s1", "annee": "2025", "annexe": "ACI039250001A0M0", "premier_mois": "1",
            "dernier_mois": "6", "etp_conventionnes": "12.5", "heures_par_etp": "1820", "socle_par_etp": "23921",
            "part_modulee": "0.05",
            "objectif_dynamique": "0.6", "objectif_durable": "0.25",
        },
    ],
    "salaries.csv": [
        {
            "id": "p1", "nom": "Fictive", "prenom": "Solange", "sexe": "F", "date_naissance": "1988-05-17",
            "telephone": "0384000001", "email": "solange@example.org", "code_postal": "39000",
            "code_insee": "39300", "niveau_formation": "51", "brsa": "oui", "ass": "non", "aah": "non",
            "rqth": "oui", "detld": "oui", "deld": "non", "qpv": "oui", "zrr": "non", "parent_isole": "oui",
            "refugie": "non", "sortant_detention": "non", "sortant_ase": "oui", "sans_hebergement": "non",
            "mobilite_difficile": "oui", "langue_inf_a1": "non",
        },
        {"id": "p2", "nom": "Inventé", "prenom": "Karim", "date_naissance": "1984"},
        {"id": "p3", "nom": "Modèle", "prenom": "Lina", "date_naissance": "1984-03"},
    ],
    "eligibilite.csv": [
        {
            "salarie_id": "p1", "id": "e1", "auteur": "EMPLOYEUR", "date_diagnostic": "2024-01-25",
            "prescripteur": "Mission locale inventée", "date_declaration": "2024-01-29", "criteres": "RSA,TH",
            "pieces": "RSA 2024-01-15, TH 2023-05-02", "structure_id": "s1",
        },
    ],
    "passages.csv": [
        {"salarie_id": "p1", "structure_id": "s1", "date_entree": "2024-02-01"},
        {"salarie_id": "p3", "structure_id": "s1", "date_entree": "2025-06-02"},
    ],
    "contrats.csv": [
        {
            "id": "c2", "salarie_id": "p1", "structure_id": "s1", "type": "CDDI", "date_debut": "2024-08-01",
            "date_fin_prevue": "2025-02-28", "date_fin": "2025-01-31", "motif_rupture": "EMBAUCHE", "heures_hebdo": "26.5", "heures_garanties": "400",
            "code_rome": "K2204", "contrat_initial_id": "c1",
        },
        {
            "id": "c1", "salarie_id": "p1", "structure_id": "s1", "type": "CDDI", "date_debut": "2024-02-01",
            "date_fin": "2024-07-31",
        },
    ],
    "avenants.csv": [
        {"contrat_id": "c2", "date_debut": "2024-10-01", "heures_hebdo": "30.5"},
    ],
    "heures.csv": [
        {"contrat_id": "c1", "salarie_id": "p1", "mois": "2024-02", "heures": "110.5", "client_type": "PUBLIC"},
    ],
    "pass.csv": [
        {
            "salarie_id": "p1", "numero": "999990000001", "date_debut": "2024-02-01",
            "date_fin": "2026-01-30",
        },
    ],
    "derogations.csv": [
        {
            "salarie_id": "p1", "id": "d1", "motif": "CUMUL", "decidee_par": "PREFET", "date_debut": "2024-09-02",
            "date_fin": "2025-03-01", "autre_employeur": "ORDINAIRE", "fin_formation": "2025-06-30",
            "demandee_le": "2024-08-05", "etat": "REFUSEE", "reponse_le": "2024-08-26", "raison_refus": "MOTIF",
            "piece": "Courrier inventé", "date_piece": "2024-08-02", "structure_id": "s1",
        },
    ],
    "suspensions.csv": [
        {
            "salarie_id": "p1", "id": "u1", "numero": "999990000001", "motif": "CONTRAT_SUSPENDU",
            "date_debut": "2024-09-02", "date_fin": "2024-11-01", "structure_id": "s1",
        },
    ],
    "prolongations.csv": [
        {
            "salarie_id": "p1", "id": "l1", "numero": "999990000001", "motif": "RQTH", "date_debut": "2026-01-30",
            "date_fin": "2026-12-31", "prescripteur": "Mission locale inventée", "demandee_le": "2025-12-01",
            "etat": "REFUSEE", "reponse_le": "2025-12-15", "raison_refus": "DUREE", "piece": "Fiche de prolongation",
            "date_piece": "2025-11-28", "structure_id": "s1",
        },
        {
            "salarie_id": "p1", "id": "l0", "numero": "999990000001", "motif": "FORMATION", "date_debut": "2026-01-30",
            "date_fin": "2026-06-30", "demandee_le": "2026-01-05", "etat": "DEMANDEE", "structure_id": "s1",
        },
    ],
    "sorties.csv": [
        {
            "salarie_id": "p1", "structure_id": "s1", "date_sortie": "2025-01-31", "motif": "9",
            "employeur": "Brioches du Val", "contrat_duree_mois": "7", "date_entree": "2024-02-01",
        },
    ],
    "sorties_sans_motif.csv": [
        {
            "salarie_id": "p2", "structure_id": "s1", "date_sortie": "2025-03-31",
            "employeur": "Scierie Imaginaire", "contrat_duree_mois": "3", "date_entree": "2024-11-04",
        },
    ],
    "entretiens.csv": [
        {
            "salarie_id": "p1", "date": "2024-09-03", "type": "BILAN", "mode": "TELEPHONE",
            "synthese": 'Horaires « tenus » ; "bien"\nÀ revoir', "id": "e1", "duree": "45",
            "sujets": "TRAVAIL,PROJET", "auteur": AUTHOR, "structure_id": "s1",
        },
    ],
    "competences.csv": [
        {
            "salarie_id": "p1", "code": "104253", "niveau": "3", "date": "2024-10-14", "statut": "RECONNUE",
            "observateur": "Paul Prétendu", "contexte": "Réfectoire", "reponse": "Le hall aussi.", "id": "a1", "structure_id": "s1",
        },
    ],
    "habilitations.csv": [
        {
            "salarie_id": "p1", "nature": "CACES_R489", "precision": "catégorie 3", "date": "2024-02-05",
            "date_fin": "2029-02-04", "organisme": "Centre inventé", "suspendue": "non", "id": "h1", "structure_id": "s1",
        },
    ],
    "vae.csv": [
        {
            "salarie_id": "p1", "id": "v1", "certification": "Titre inventé", "vise": "BLOCS", "canal": "DIRECT",
            "accompagnateur": "Paul Prétendu", "accompagnateur_portail": "non", "financement": "OPCO", "devis": "3",
            "remplacee_le": "2024-12-31", "structure_id": "s1",
        },
    ],
    "vae_etapes.csv": [
        {
            "vae_id": "v1", "etape": "CONGE_DEMANDE", "date": "2024-10-01", "jury": "2024-11-04", "jury_membres": "2",
            "jury_connait": "non", "blocs": "BC01", "conge_debut": "2024-11-04", "conge_heures": "7",
            "precisions": "Jury sur place", "piece": "Convocation", "source": "Le certificateur", "id": "ve1",
        },
        {"vae_id": "v1", "etape": "RECEVABLE", "date": "2024-06-03", "id": "ve2"},
        {"vae_id": "v1", "etape": "ACCORD", "date": "2024-03-04", "id": "ve3"},
    ],
    "formations.csv": [
        {
            "salarie_id": "p1", "id": "f1", "intitule": "Cuisine collective", "organisme": "Centre inventé",
            "type": "QUALIFIANTE", "certification": "RNCP38596", "habilitation": "HACCP", "financement": "OPCO",
            "temps": "TRAVAIL", "choisie_par": "ENSEMBLE", "date_debut": "2024-03-04", "date_fin_prevue": "2024-06-28",
            "jours_prevus": "30", "heures_prevues": "210.5", "date_fin": "2024-06-27", "jours_suivis": "29",
            "heures_suivies": "203.5", "issue": "CERTIFIEE", "raison_arret": "", "date_certificat": "2024-07-15",
            "structure_id": "s1",
        },
        {
            "salarie_id": "p1", "id": "f0", "intitule": "Lire et compter", "type": "SAVOIRS_BASE",
            "date_debut": "2024-09-02", "date_fin_prevue": "2024-12-20", "date_fin": "2024-10-11", "issue": "ABANDONNEE",
            "raison_arret": "EMPLOI", "structure_id": "s1",
        },
    ],
    "souhaits.csv": [
        {
            "salarie_id": "p1", "id": "w1", "dit_par": "EQUIPE", "a_partir_du": "2024-03-04", "heures_semaine": "7.5",
            "moments": "LUN_M,MAR_M", "pourquoi_pas_plus": "GARDE", "structure_id": "s1",
        },
        {"salarie_id": "p1", "id": "w2", "dit_par": "PERSONNE", "a_partir_du": "2024-09-02", "heures_semaine": "30"},
    ],
    "visites.csv": [
        {
            "salarie_id": "p1", "id": "m1", "visite": "VIP_INITIALE", "faite_le": "2024-03-04", "suivi": "ADAPTE",
            "papier": "ATTESTATION_AM", "service": "Service inventé", "emplois": "K2204,G1603",
            "prochaine_avant": "2027-03-03", "structure_id": "s1",
        },
        {
            "salarie_id": "p1", "id": "m0", "visite": "APTITUDE", "faite_le": "2024-09-02", "suivi": "RENFORCE", "papier": "APTE",
        },
    ],
    "jours_epargnes.csv": [
        {
            "salarie_id": "p1", "id": "j1", "nature": "CET", "jours": "3.5", "comptes_le": "2024-06-30", "devenir": "A_PAYER",
            "structure_id": "s1",
        },
        {"salarie_id": "p1", "id": "j0", "nature": "CONGES", "jours": "12", "comptes_le": "2024-06-30", "devenir": "PRIS"},
    ],
    "immersions.csv": [
        {
            "salarie_id": "p1", "id": "i1", "prescripteur": "STRUCTURE", "employeur": "Fournil songé",
            "commune": "Rêveville", "siret": "73282932000074", "tuteur": "Paul Prétendu", "tuteur_fonction": "Boulanger",
            "objet": "CONFIRMER", "objectifs": "Tenir le four", "date_debut": "2024-05-13",
            "date_fin_prevue": "2024-05-24", "date_fin": "2024-05-23", "heures": "52.5", "renouvelle_id": "i0",
            "bilan_le": "2024-05-27", "bilan_tuteur": "À l’aise", "bilan_personne": "Cela me plaît",
            "structure_id": "s1",
        },
        {
            "salarie_id": "p1", "id": "i0", "prescripteur": "STRUCTURE", "employeur": "Fournil songé",
            "commune": "Rêveville", "siret": "73282932000074", "objet": "CONFIRMER", "objectifs": "Tenir le four",
            "date_debut": "2024-05-06", "date_fin_prevue": "2024-05-10",
        },
    ],
}  # fmt: skip
Lines = dict[str, list[dict[str, str]]]


def prepare() -> None:
    """What no file brings: the referential, and the account of an author."""
    CompetenceFactory(code="104253")
    UserFactory(email=AUTHOR)


def write_bundle(folder: Path, lines: Lines) -> Path:
    """The lines as csv files, with the titles each file's own lines have."""
    folder.mkdir(exist_ok=True)
    for name, rows in lines.items():
        titles = list(dict.fromkeys(title for row in rows for title in row)) or list(FULL[name][0])
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, titles, delimiter=";", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def read_file(path: Path) -> list[dict[str, str]]:
    """The lines of a csv, by title."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def first_row(name: str) -> Any:
    """The row made by the first line of a file, as the export finds it."""
    layout = next(layout for layout in registry.layouts() if layout.name == name)
    rows, said = list(layout.rows()), FULL[name][0].get("id")
    # A line that follows another one of its file is stored after it.
    return next((row for row in rows if said and getattr(row, "external_id", "") == said), rows[0])


def empty_base() -> None:
    """Everything a bundle may bring is gone; accounts and the referential stay."""
    kept = {"accounts", "audit", "auth", "contenttypes"}
    with connection.constraint_checks_disabled():
        for model in reversed(apps.get_models()):
            if model._meta.app_label not in kept and not model._meta.label.startswith(
                ("competences.Comp", "competences.Occ", "competences.Ref", "competences.App")
            ):
                model._base_manager.all()._raw_delete("default")
