"""A small invented export in the shape of the ROME csv files, whole and coherent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


def csv_text(*rows: tuple[str, ...]) -> str:
    """Rows as the export writes them: every field between quotes."""
    return "".join(
        ",".join(f'"{field.replace(chr(34), chr(34) * 2)}"' for field in row) + "\n" for row in rows
    )


OCCUPATIONS = {
    "X1101": ("Veilleur / Veilleuse de phare", "X1101"),
    "X1102": ("Souffleur / Souffleuse de bulles", "X1101"),
    "Y2201": ("Accordeur / Accordeuse de grillons", "Y2201"),
}


def _links() -> list[tuple[str, str, str, str]]:
    rows = []
    for number, code in enumerate(OCCUPATIONS, start=1):
        rows += [
            (code, "1", "", str(number)),
            (code, "2", "", f"90{number}1"),
            (code, "2", "", f"90{number}2"),
            (code, "5", "1", f"70{number}"),
            (code, "5", "1", "700"),
            (code, "5", "2", "600"),
            (code, "5", "3", f"80{number}"),
            (code, "6", "", f"50{number}"),
        ]
    return rows


def sample_tables() -> dict[str, str]:
    """Text of each file, by table."""
    links = _links()
    return {
        "grand_domaine": csv_text(
            ("code_grand_domaine", "libelle_grand_domaine"), ("X", "Mers, îles"), ("Y", "Prairies")
        ),
        "domaine_professionnel": csv_text(
            ("code_domaine_professionnel", "libelle_domaine_professionnel"),
            ("X11", "Phares"),
            ("Y22", "Grillons"),
        ),
        "composition_bloc": csv_text(
            ("code_compo_bloc", "libelle_bloc"), *((str(n), f"Bloc {n}") for n in range(1, 7))
        ),
        "descriptif_rubrique": csv_text(
            ("code_rubrique", "code_compo_bloc", "position_rubrique", "libelle_rubrique"),
            ("1", "5", "1", "Faire"),
            ("2", "5", "2", "Être"),
            ("3", "5", "3", "Savoir"),
        ),
        "referentiel_code_rome": csv_text(
            ("code_rome", "code_ogr", "libelle_rome", "emploi_reglemente", "code_rome_parent"),
            *(
                (code, str(n), label, "O" if n == 1 else "", parent)
                for n, (code, (label, parent)) in enumerate(OCCUPATIONS.items(), start=1)
            ),
        ),
        "cr_gd_dp": csv_text(
            ("code_rome", "libelle_rome", "code_grand_domaine", "code_domaine_professionel"),
            *((code, label, code[0], code[:3]) for code, (label, _) in OCCUPATIONS.items()),
        ),
        "referentiel_appellation": csv_text(
            (
                "code_ogr",
                "libelle_appellation_long",
                "libelle_appellation_court",
                "code_rome",
                "classification",
                "peu_usite",
            ),
            *(
                (
                    f"90{n}{k}",
                    f"{label} {k}",
                    f"{label} {k}",
                    code,
                    "PRINCIPALE" if k == 1 else "SYNONYME",
                    "N",
                )
                for n, (code, (label, _)) in enumerate(OCCUPATIONS.items(), start=1)
                for k in (1, 2)
            ),
        ),
        "referentiel_competence": csv_text(
            (
                "code_ogr",
                "nature",
                "libelle_competence",
                "definition",
                "code_ogr_macro_comp",
                "code_macro_comp",
                "cat_comp",
                "sous_cat_comp",
            ),
            ("701", "Compétence", "Allumer la lanterne", "", "700", "", "Savoir-faire", "Technique"),
            ("700", "Macro-compétence", "Tenir un lieu", "", "", "4A101", "Savoir-faire", "Technique"),
            (
                "600",
                "Macro-compétence",
                "Garder son calme",
                "Rester posé.",
                "",
                "6D101",
                "Savoir-être professionnel",
                "",
            ),
            ("702", "Compétence", "Doser le savon", "", "700", "", "Savoir-faire", "Technique"),
            ("703", "Compétence", "Tendre l'oreille", "", "700", "", "Savoir-faire", "Technique"),
        ),
        "referentiel_savoir": csv_text(
            ("code_ogr_savoir", "libelle_savoir", "categorie_savoir", "sous_categorie_savoir"),
            *((f"80{n}", f"Savoir {n}", "Techniques", "Autres") for n in (1, 2, 3)),
        ),
        "referentiel_contexte_travail": csv_text(
            ("code_ogr", "libelle_cont_travail", "code_type_cont_trav", "libelle_type_cont_trav"),
            *((f"50{n}", f"Travail {n}", "2", "Horaires") for n in (1, 2, 3)),
        ),
        "liens_rome_referentiels": csv_text(
            ("code_rome", "code_compo_bloc", "code_rubrique", "code_ogr"), *links
        ),
        "coherence_item": csv_text(
            ("code_rome", "code_ogr", "coeur_metier"),
            *(
                (code, ogr, "Principale" if ogr.startswith("7") and ogr != "700" else "")
                for code, block, _, ogr in links
                if block in "56"
            ),
        ),
        "texte": csv_text(
            ("code_rome", "code_compo_bloc", "libelle_type_texte", "position_phrase", "libelle_texte"),
            *(
                row
                for code in OCCUPATIONS
                for row in (
                    (code, "4", "acces_metier", "1", "Ouvert à tous."),
                    (code, "3", "definition", "2", "Et le fait bien."),
                    (code, "3", "definition", "1", "Fait ce qu''il dit."),
                )
            ),
        ),
    }


@pytest.fixture
def sample() -> dict[str, str]:
    """Text of each file of the invented export, to be changed at will."""
    return sample_tables()


@pytest.fixture
def write_sample(tmp_path: Path) -> Write:
    """Writes tables as a folder: `write_sample(tables, version="499")`."""

    def write(tables: dict[str, str | bytes], *, version: str = "499", folder: str = "export") -> Path:
        target = tmp_path / folder
        target.mkdir(exist_ok=True)
        for table, text in tables.items():
            content = text.encode() if isinstance(text, str) else text
            (target / f"unix_{table}_v{version}_utf8.csv").write_bytes(content)
        return target

    return write
