"""The official ROME export, read as the facts that the matching engine is built from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from employers.matching.referential import CompetenceFact, OccupationFact, Referential

COMPETENCE_BLOCK = "5"


def read_rome(folder: Path) -> Referential:
    """The export as the engine uses it."""
    return Referential.build(*rome_facts(folder))


def rome_facts(folder: Path) -> tuple[list[CompetenceFact], list[OccupationFact]]:
    """Competences with savoirs, and fiches, of the csv export."""
    competences = _read(folder, "referentiel_competence")
    objectives = competences.loc[competences.code_macro_comp != "", ["code_ogr", "code_macro_comp"]]
    objective_of = {row.code_ogr: row.code_macro_comp[:3] for row in objectives.itertuples()}
    facts = [
        CompetenceFact(
            code=row.code_ogr,
            label=row.libelle_competence,
            macro_code=row.code_ogr_macro_comp or None,
            objective=objective_of.get(row.code_ogr_macro_comp or row.code_ogr),
        )
        for row in competences.itertuples()
    ]
    facts += [
        CompetenceFact(row.code_ogr_savoir, row.libelle_savoir)
        for row in _read(folder, "referentiel_savoir").itertuples()
    ]
    return facts, _fiches(folder)


def _fiches(folder: Path) -> list[OccupationFact]:
    links = _read(folder, "liens_rome_referentiels")
    cited = links[links.code_compo_bloc == COMPETENCE_BLOCK].groupby("code_rome").code_ogr.apply(tuple)
    return [
        OccupationFact(row.code_rome, row.libelle_rome, cited.get(row.code_rome, ()))
        for row in _read(folder, "referentiel_code_rome").itertuples()
    ]


def _read(folder: Path, name: str) -> pd.DataFrame:
    (path,) = folder.glob(f"unix_{name}_v*_utf8.csv")
    return pd.read_csv(path, dtype=str, keep_default_na=False)
