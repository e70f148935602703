"""Writing small bundles, and larger ones with a known share of faults."""

from __future__ import annotations

import csv
import random
from pathlib import Path

HEADERS = {
    "groupes.csv": "id;nom",
    "structures.csv": "id;nom;type;siret;groupe_id",
    "conventions.csv": "structure_id;annee;etp_conventionnes;objectif_dynamique",
    "salaries.csv": "id;nom;prenom;sexe;date_naissance;brsa",
    "contrats.csv": "id;salarie_id;structure_id;type;date_debut;date_fin_prevue;date_fin;heures_hebdo;code_rome;contrat_initial_id",
    "heures.csv": "contrat_id;mois;heures;client_type",
    "pass.csv": "salarie_id;numero;date_debut;date_fin",
    "sorties.csv": "salarie_id;structure_id;date_sortie;motif;employeur;contrat_duree_mois",
    "entretiens.csv": "salarie_id;date;type;mode;synthese",
    "competences.csv": "salarie_id;code;niveau;date;statut;observateur;contexte",
}


def write(folder: Path, **files: list[str]) -> Path:
    """`write(folder, salaries=["p1;Fictive;Solange;F;;"])`: one file per keyword, with its usual header."""
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        file = f"{name}.csv"
        (folder / file).write_text("\n".join([HEADERS[file], *lines]) + "\n", encoding="utf-8")
    return folder


def write_large(folder: Path, *, people: int, seed: int = 7, fault_rate: float = 0.1) -> dict[str, set[int]]:
    """About ten lines per person, a share of them spoiled; the spoiled line numbers of each file."""
    drawn = random.Random(seed)
    folder.mkdir(exist_ok=True)
    structures = [
        [f"s{n}", f"Structure inventée {n}", kind, "", "g1"] for n, kind in enumerate(("ACI", "AI", "EI"))
    ]
    rows: dict[str, list[list[str]]] = {name: [] for name in HEADERS}
    rows["groupes.csv"] = [["g1", "Groupe inventé"]]
    rows["structures.csv"] = structures
    for n in range(people):
        _person(rows, n, structures[n % 3][0])
    spoiled: dict[str, set[int]] = {}
    for name in ("contrats.csv", "heures.csv", "pass.csv", "sorties.csv", "entretiens.csv"):
        spoiled[name] = {
            index + 2
            for index, row in enumerate(rows[name])
            if drawn.random() < fault_rate and _spoil(name, row, drawn)
        }
    for name, lines in rows.items():
        if lines:
            with (folder / name).open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream, delimiter=";")
                writer.writerow(HEADERS[name].split(";"))
                writer.writerows(lines)
    return spoiled


def _person(rows: dict[str, list[list[str]]], n: int, structure: str) -> None:
    person = f"p{n}"
    rows["salaries.csv"].append([person, f"Fictive{n}", "Solange", "F", "1988-05-17", "oui"])
    rows["pass.csv"].append([person, f"99999{n:07d}", "2024-02-01", ""])
    # Spoiling never touches the first contract, so that no fault of one line makes another line false.
    rows["contrats.csv"].append(
        [f"c{n}b", person, structure, "CDDI", "2024-08-01", "2025-01-31", "2025-01-31", "26", "K2204", ""]
    )
    for month in range(2, 7):
        rows["heures.csv"].append([f"c{n}", f"2024-{month:02d}", "110,5", ""])
    rows["sorties.csv"].append([person, structure, "2025-01-31", "7", "", ""])
    rows["entretiens.csv"].append([person, "2024-09-03", "SUIVI", "PRESENTIEL", f"Point {n}"])
    rows["contrats.csv"].append(
        [f"c{n}", person, structure, "CDDI", "01/02/2024", "2024-07-31", "2024-07-31", "26,5", "K2204", ""]
    )


def _spoil(name: str, row: list[str], drawn: random.Random) -> bool:
    """Make one line wrong in one of the usual ways; False when this line must stay whole."""
    if name == "contrats.csv" and not row[0].endswith("b"):
        return False
    column, value = drawn.choice(
        {
            "contrats.csv": [
                (4, "2024-13-01"),
                (3, "CDX"),
                (1, "inconnu"),
                (7, "99"),
                (6, "2020-01-01"),
                (4, ""),
            ],
            "heures.csv": [(2, "-4"), (1, "août"), (0, "inconnu"), (2, "beaucoup"), (3, "VOISIN")],
            "pass.csv": [(1, "12"), (2, "31/02/2024"), (0, "inconnu"), (3, "2001-01-01")],
            "sorties.csv": [(3, "77"), (2, "hier"), (1, "inconnu"), (5, "sept")],
            "entretiens.csv": [(1, "2024-02-30"), (2, "CAFE"), (0, "inconnu")],
        }[name]
    )
    row[column] = value
    return True
