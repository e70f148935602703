"""Reads the ROME export published by France Travail, whatever its version, or refuses it whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from backend.core.values.dates import MONTHS
from competences.rome.files import RawExport, open_export
from competences.rome.integrity import (
    COMPETENCE_BLOCK,
    CONTEXT_BLOCK,
    MACRO_COMPETENCE,
    MAIN_APPELLATION,
    Tables,
    check_integrity,
)
from competences.rome.rows import (
    AppellationRow,
    CompetenceRow,
    LinkRow,
    Nature,
    OccupationRow,
    Prominence,
    Referential,
    WorkContextLinkRow,
    WorkContextRow,
)
from competences.rome.tables import Table, read_table

# Licence Ouverte 2.0: the source and its date are shown with the data.
PUBLISHED_ON = re.compile(r"Date de publication ?: ?[0-9]{2}/([0-9]{2})/([0-9]{4})")
PROMINENCES = {"Principale": Prominence.CORE, "Émergente": Prominence.EMERGING}
YES_NO = {"O": True, "N": False}

# Table → columns we use (the first ones are its key), how many make the key, which others must be filled.
SHAPES: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]] = {
    "grand_domaine": (("code_grand_domaine", "libelle_grand_domaine"), 1, ("libelle_grand_domaine",)),
    "domaine_professionnel": (
        ("code_domaine_professionnel", "libelle_domaine_professionnel"),
        1,
        ("libelle_domaine_professionnel",),
    ),
    "composition_bloc": (("code_compo_bloc", "libelle_bloc"), 1, ()),
    "descriptif_rubrique": (("code_rubrique", "code_compo_bloc", "libelle_rubrique"), 2, ()),
    "referentiel_code_rome": (
        ("code_rome", "libelle_rome", "code_rome_parent", "emploi_reglemente"),
        1,
        ("libelle_rome", "code_rome_parent"),
    ),
    "cr_gd_dp": (
        ("code_rome", "code_grand_domaine", "code_domaine_professionel"),
        1,
        ("code_grand_domaine", "code_domaine_professionel"),
    ),
    "referentiel_appellation": (
        (
            "code_ogr",
            "libelle_appellation_long",
            "libelle_appellation_court",
            "code_rome",
            "classification",
            "peu_usite",
        ),
        1,
        ("libelle_appellation_long", "code_rome", "classification"),
    ),
    "referentiel_competence": (
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
        1,
        ("nature", "libelle_competence", "cat_comp"),
    ),
    "referentiel_savoir": (
        ("code_ogr_savoir", "libelle_savoir", "categorie_savoir", "sous_categorie_savoir"),
        1,
        ("libelle_savoir",),
    ),
    "referentiel_contexte_travail": (
        ("code_ogr", "libelle_cont_travail", "code_type_cont_trav", "libelle_type_cont_trav"),
        1,
        ("libelle_cont_travail",),
    ),
    "liens_rome_referentiels": (("code_rome", "code_compo_bloc", "code_ogr", "code_rubrique"), 3, ()),
    "coherence_item": (("code_rome", "code_ogr", "coeur_metier"), 2, ()),
    "texte": (
        ("code_rome", "libelle_type_texte", "position_phrase", "code_compo_bloc", "libelle_texte"),
        3,
        ("libelle_texte",),
    ),
}


def read_export(path: Path) -> Referential:
    """The whole export lying at `path`, a folder or a zip, checked across its files.

    Raises `ExportRefused`, naming file and line, when a file is missing, cut or damaged; nothing is then given back.
    """
    raw = open_export(Path(path))
    tables = {
        name: read_table(raw.files[name], columns, keys=keys, filled=filled)
        for name, (columns, keys, filled) in SHAPES.items()
    }
    notices = check_integrity(tables, raw.version)
    competences = _competences(tables)
    return Referential(
        version=raw.version,
        attribution=_attribution(raw),
        occupations=_occupations(tables),
        appellations=_appellations(tables["referentiel_appellation"]),
        competences=competences,
        links=_links(tables, {row.code: row.nature for row in competences}),
        contexts=tuple(
            WorkContextRow(code, plain(label), type_code, plain(type_label))
            for code, label, type_code, type_label in tables["referentiel_contexte_travail"].rows()
        ),
        context_links=tuple(
            WorkContextLinkRow(rome_code, ogr_code)
            for rome_code, block, ogr_code, _ in tables["liens_rome_referentiels"].rows()
            if block == CONTEXT_BLOCK
        ),
        notices=notices,
    )


def _attribution(raw: RawExport) -> str:
    """« France Travail - ROME, version 60, septembre 2025 », with the month when the export tells it."""
    source = f"France Travail - ROME, version {raw.version}"
    published = PUBLISHED_ON.search(raw.release_note)
    if published is None or not 1 <= int(published[1]) <= 12:
        return source
    return f"{source}, {MONTHS[int(published[1]) - 1]} {published[2]}"


def plain(text: str) -> str:
    """A label as people read it: doubled apostrophes, an artefact of the export, made single."""
    return text.strip().replace("''", "'")


def _occupations(tables: Tables) -> tuple[OccupationRow, ...]:
    grand_labels = _labels(tables["grand_domaine"])
    domain_labels = _labels(tables["domaine_professionnel"])
    domains = {rome_code: (grand, domain) for rome_code, grand, domain in tables["cr_gd_dp"].rows()}
    texts = _texts(tables["texte"])
    rows = []
    for rome_code, label, parent_code, regulated in tables["referentiel_code_rome"].rows():
        grand, domain = domains[rome_code]
        rows.append(
            OccupationRow(
                rome_code=rome_code,
                label=plain(label),
                parent_code=parent_code,
                domain_code=domain,
                domain_label=domain_labels[domain],
                grand_domain_code=grand,
                grand_domain_label=grand_labels[grand],
                definition=texts.get((rome_code, "definition"), ""),
                access=texts.get((rome_code, "acces_metier"), ""),
                is_regulated=YES_NO.get(regulated),
            )
        )
    return tuple(rows)


def _labels(table: Table) -> dict[str, str]:
    return {code: plain(label) for code, label in table.rows()}


def _texts(table: Table) -> dict[tuple[str, str], str]:
    """The sentences of each text, put back in order."""
    sentences: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for rome_code, kind, position, _, text in table.rows():
        sentences.setdefault((rome_code, kind), []).append((int(position), plain(text)))
    return {key: " ".join(text for _, text in sorted(parts)) for key, parts in sentences.items()}


def _appellations(table: Table) -> tuple[AppellationRow, ...]:
    return tuple(
        AppellationRow(
            ogr_code=code,
            label=plain(long_label),
            short_label=plain(short_label) or plain(long_label),
            rome_code=rome_code,
            is_main=classification == MAIN_APPELLATION,
            is_rare=YES_NO.get(rare, False),
        )
        for code, long_label, short_label, rome_code, classification, rare in table.rows()
    )


def _competences(tables: Tables) -> tuple[CompetenceRow, ...]:
    table = tables["referentiel_competence"]
    functional_codes = dict(zip(table.column("code_ogr"), table.column("code_macro_comp"), strict=True))
    rows = [_competence(values, functional_codes) for values in table.rows()]
    rows += [
        CompetenceRow(code, plain(label), Nature.KNOWLEDGE, category=category, subcategory=subcategory)
        for code, label, category, subcategory in tables["referentiel_savoir"].rows()
    ]
    return tuple(rows)


def _competence(values: tuple[str, ...], functional_codes: Mapping[str, str]) -> CompetenceRow:
    code, nature, label, definition, macro_code, functional_code, category, subcategory = values
    is_macro = nature == MACRO_COMPETENCE
    if category.startswith("Savoir-être"):
        kind = Nature.SOFT_SKILL
    else:
        kind = Nature.MACRO if is_macro else Nature.KNOW_HOW
    return CompetenceRow(
        code=code,
        label=plain(label),
        nature=kind,
        macro_code="" if is_macro else macro_code,
        functional_code=functional_code if is_macro else functional_codes[macro_code],
        is_macro=is_macro,
        category=category,
        subcategory=subcategory,
        definition=plain(definition),
    )


def _links(tables: Tables, natures: Mapping[str, Nature]) -> tuple[LinkRow, ...]:
    prominences = {
        (rome_code, ogr_code): PROMINENCES.get(core, Prominence.ORDINARY)
        for rome_code, ogr_code, core in tables["coherence_item"].rows()
    }
    return tuple(
        LinkRow(
            rome_code,
            ogr_code,
            natures[ogr_code],
            prominences.get((rome_code, ogr_code), Prominence.ORDINARY),
        )
        for rome_code, block, ogr_code, _ in tables["liens_rome_referentiels"].rows()
        if block == COMPETENCE_BLOCK
    )
