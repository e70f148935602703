"""Small invented exports of the registers, in the two published forms."""

from __future__ import annotations

import zipfile
from pathlib import Path

DAY = "2026_08_29"
STANDARD = (
    "Id_Fiche", "Numero_Fiche", "Intitule", "Nomenclature_Europe_Niveau", "Date_Fin_Enregistrement", "Actif",
)  # fmt: skip
TABLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "Standard": (
        STANDARD,
        ("1", "RNCP90001", "Veilleur de phare", "NIV3", "31/12/2028", "ACTIVE"),
        ("2", "RNCP90002", "Souffleur ; de\nbulles", "NIV4", "", "ACTIVE"),
        ("3", "RNCP80001", "Allumeur de lanterne", "NIV3", "01/01/2020", "INACTIVE"),
        ("4", "RS0042", "Tenir une barque", "", "30/06/2027", "ACTIVE"),
    ),
    "Blocs_De_Compétences": (
        ("Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle"),
        ("RNCP90001", "RNCP90001BC01", "Allumer"),
        ("RNCP90001", "RNCP90001BC02", "Guetter"),
        ("RNCP90002", "RNCP90002BC01", "Souffler"),
    ),
    "VoixdAccès": (
        ("Numero_Fiche", "Si_Jury"),
        ("RNCP90001", "Par expérience"),
        ("RNCP90001", "Par candidature individuelle"),
        ("RNCP90002", "En contrat d’apprentissage"),
    ),
    "Rome": (
        ("Numero_Fiche", "Codes_Rome_Code", "Codes_Rome_Libelle"),
        ("RNCP90001", "K2503", "Sécurité et surveillance"),
        ("RNCP90001", "K2502", "Autre"),
    ),
    "Certificateurs": (
        ("Numero_Fiche", "Siret_Certificateur", "Nom_Certificateur"),
        ("RNCP90001", "01234567890123", "École rêvée des phares"),
        ("RNCP90002", "", "Ministère inventé des bulles"),
        ("RNCP80001", "01234567890123", "École rêvée des phares"),
        ("RS0042", "", "Port inventé"),
    ),
    "Ancienne_Nouvelle_Certification": (
        ("Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification"),
        ("RNCP80001", "", "RNCP90001"),
    ),
}
LIST = "C1. Allumer la lanterne au coucher du soleil C2. Nettoyer les vitres de la lanterne"


def csv_text(rows: tuple[tuple[str, ...], ...]) -> str:
    return "".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)


def write_csv(
    folder: Path, tables: dict[str, tuple[tuple[str, ...], ...]] | None = None, **options: str
) -> Path:
    """The tables as files of a folder; `day` as names carry it, `mark` before the text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (TABLES if tables is None else tables).items():
        text = options.get("mark", "") + csv_text(rows)
        (folder / f"export_fiches_CSV_{name}_{options.get('day', DAY)}.csv").write_text(text, newline="")
    return folder


def fiche(code: str, label: str, *, inside: str = "", blocs: str = "", active: str = "Oui") -> str:
    return (
        f"<FICHE><NUMERO_FICHE>{code}</NUMERO_FICHE><INTITULE>{label}</INTITULE><ACTIF>{active}</ACTIF>"
        "<NOMENCLATURE_EUROPE><NIVEAU>NIV3</NIVEAU></NOMENCLATURE_EUROPE>"
        "<DATE_FIN_ENREGISTREMENT>31/12/2028</DATE_FIN_ENREGISTREMENT>"
        "<DATE_LIMITE_DELIVRANCE>31/12/2032</DATE_LIMITE_DELIVRANCE>"
        "<SI_JURY_VAE><ACTIF>Oui</ACTIF><COMPOSITION>Trois phares</COMPOSITION></SI_JURY_VAE>"
        f"<BLOCS_COMPETENCES>{blocs}</BLOCS_COMPETENCES>{inside}</FICHE>"
    )


def bloc(code: str, label: str, content: str) -> str:
    return (
        f"<BLOC_COMPETENCES><CODE>{code}</CODE><LIBELLE>{label}</LIBELLE>"
        f"<LISTE_COMPETENCES>{content}</LISTE_COMPETENCES></BLOC_COMPETENCES>"
    )


PROMOTIONS = (
    "<STATISTIQUES_PROMOTIONS><STATISTIQUES_PROMOTION><ANNEE>2024</ANNEE><NOMBRE_CERTIFIES>120</NOMBRE_CERTIFIES>"
    "<NOMBRE_CERTIFIES_VAE>14</NOMBRE_CERTIFIES_VAE></STATISTIQUES_PROMOTION></STATISTIQUES_PROMOTIONS>"
)
WHO = (
    "<CERTIFICATEURS><CERTIFICATEUR><SIRET_CERTIFICATEUR>01234567890123</SIRET_CERTIFICATEUR>"
    "<NOM_CERTIFICATEUR>École rêvée des phares</NOM_CERTIFICATEUR></CERTIFICATEUR></CERTIFICATEURS>"
    "<CODES_ROME><ROME><CODE>K2503</CODE><LIBELLE>Sécurité</LIBELLE></ROME></CODES_ROME>"
)
FICHES = fiche(
    "RNCP90001",
    "Veilleur de phare",
    inside=PROMOTIONS + WHO,
    blocs=bloc("RNCP90001BC01", "Allumer", LIST)
    + bloc(
        "RNCP90001BC02",
        "Guetter",
        "&lt;ul&gt;&lt;li&gt;Voir loin&lt;/li&gt;&lt;li&gt;Prévenir&lt;/li&gt;&lt;/ul&gt;",
    ),
) + fiche(
    "RNCP80001",
    "Allumeur de lanterne",
    active="Non",
    inside="<NOUVELLES_CERTIFICATIONS><NOUVELLE_CERTIFICATION>"
    "<ID_FICHE_NOUVELLE_CERTIFICATION>90001</ID_FICHE_NOUVELLE_CERTIFICATION></NOUVELLE_CERTIFICATION></NOUVELLES_CERTIFICATIONS>",
)


def write_xml(folder: Path, fiches: str = FICHES, *, head: str = "", day: str = "2026-08-29") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"export-fiches-rncp-v4-1-{day}.xml"
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>{head}<FICHES>{fiches}</FICHES>')
    return path


def zipped(*paths: Path, to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, f"dossier/{path.name}")
    return to
