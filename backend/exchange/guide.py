"""What to put in each file and column, in the words people read on screen; and an empty workbook to fill in."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db.models import TextChoices

from backend.core.exports import Column as Heading
from backend.core.exports import Sheet, write_xlsx
from backend.exchange.scope import SENT_LAYOUTS
from competences.enums import ProofStatus
from pathways.enums import ClientKind, ContractKind, InterviewKind, InterviewMode

FILE_NOTES = {
    "salaries.csv": "Les personnes, une par ligne.",
    "contrats.csv": "Leurs contrats, un par ligne ; les passages dans la structure en sont déduits.",
    "heures.csv": "Les heures de chaque contrat, mois par mois.",
    "pass.csv": "Les PASS IAE.",
    "sorties.csv": "Les départs, avec leur motif.",
    "sorties_sans_motif.csv": "Les départs dont le motif reste à compléter.",
    "entretiens.csv": "Les entretiens déjà tenus.",
    "competences.csv": "Les compétences déjà observées ou validées.",
}
DAY = "AAAA-MM-JJ ou JJ/MM/AAAA"
YES_NO = "oui, non, ou vide si l’on ne sait pas"


def _one_of(choices: type[TextChoices]) -> str:
    return ", ".join(choices.values)


NOTES = {
    "id": "votre propre identifiant, le même à chaque envoi",
    "salarie_id": "l’identifiant de la personne dans « salaries »",
    "contrat_id": "l’identifiant du contrat dans « contrats »",
    "contrat_initial_id": "pour un renouvellement, l’identifiant du premier contrat",
    "nom": "nom de famille",
    "prenom": "prénom",
    "sexe": "F ou M",
    "date_naissance": DAY,
    "telephone": "numéro de téléphone",
    "email": "adresse électronique",
    "code_postal": "cinq chiffres",
    "code_insee": "code commune, cinq caractères",
    "niveau_formation": "code de l’agence de services et de paiement, par exemple 51 pour un CAP obtenu",
    "brsa": f"bénéficiaire du RSA : {YES_NO}",
    "ass": f"allocataire de l’ASS : {YES_NO}",
    "aah": f"allocataire de l’AAH : {YES_NO}",
    "rqth": f"travailleur handicapé reconnu : {YES_NO}",
    "detld": f"sans emploi depuis plus de 24 mois : {YES_NO}",
    "deld": f"sans emploi depuis 12 à 24 mois : {YES_NO}",
    "qpv": f"habite un quartier prioritaire : {YES_NO}",
    "zrr": f"habite une zone de revitalisation rurale : {YES_NO}",
    "parent_isole": YES_NO,
    "refugie": f"réfugié ou protégé : {YES_NO}",
    "sortant_detention": YES_NO,
    "sortant_ase": f"sortant de l’aide sociale à l’enfance : {YES_NO}",
    "sans_hebergement": YES_NO,
    "mobilite_difficile": YES_NO,
    "langue_inf_a1": f"français inférieur au niveau A1 : {YES_NO}",
    "contrats.csv/type": _one_of(ContractKind),
    "entretiens.csv/type": _one_of(InterviewKind),
    "date_debut": DAY,
    "date_fin_prevue": DAY,
    "date_fin": f"vide tant que rien n’est fini ; sinon {DAY}",
    "heures_hebdo": "heures par semaine, de 0 à 48",
    "code_rome": "par exemple K2204",
    "mois": "AAAA-MM ou MM/AAAA",
    "heures": "heures travaillées dans le mois",
    "client_type": f"pour une mise à disposition : {_one_of(ClientKind)}",
    "numero": "les 12 caractères du PASS",
    "date_sortie": DAY,
    "motif": "code du motif : 1 à 22, ou 96",
    "employeur": "nom de l’employeur, s’il y en a un",
    "contrat_duree_mois": "durée du contrat trouvé, en mois",
    "date": DAY,
    "mode": _one_of(InterviewMode),
    "synthese": "ce qui est partagé avec l’équipe",
    "code": "code de la compétence dans le référentiel",
    "niveau": "de 1 à 4",
    "statut": _one_of(ProofStatus),
    "observateur": "qui l’a vue",
    "contexte": "où, à quelle occasion",
}


@dataclass(frozen=True, slots=True)
class GuidedColumn:
    """One column, as the screen explains it."""

    name: str
    note: str
    is_compulsory: bool


@dataclass(frozen=True, slots=True)
class GuidedFile:
    """One file or sheet, as the screen explains it."""

    name: str
    note: str
    columns: tuple[GuidedColumn, ...]


def guide() -> list[GuidedFile]:
    """Each file a structure may send, in the order it is read."""
    return [
        GuidedFile(
            layout.name.removesuffix(".csv"),
            FILE_NOTES[layout.name],
            tuple(
                GuidedColumn(column.name, _note(layout.name, column.name), column.is_compulsory)
                for column in layout.columns
            ),
        )
        for layout in SENT_LAYOUTS
    ]


def _note(file: str, column: str) -> str:
    """What a column holds; two files may use one title for different things."""
    return NOTES.get(f"{file}/{column}") or NOTES[column]


def model_workbook() -> bytes:
    """An empty workbook: one sheet per file, its titles on the first row."""
    sheets = [
        Sheet(file.name, [Heading(column.name, lambda row: None) for column in file.columns], [])
        for file in guide()
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modele.xlsx"
        for _ in write_xlsx(path, sheets):
            pass
        return path.read_bytes()
