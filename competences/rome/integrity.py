"""Checks the files of an export against each other, so that a file cut between two lines is seen too.

Each table is pointed to by others, or says again what another one says: whatever part of a file is missing, some
other file still speaks of it. The fault is laid on the file where something is missing, at its last line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from backend.core.values.numbers import whole_number
from competences.rome.endings import KNOWN_ENDINGS, LONGEST_UNSEEN_CUT
from competences.rome.tables import Table

# Blocks of a fiche, as numbered by the export.
OCCUPATION_BLOCK = "1"
APPELLATION_BLOCK = "2"
COMPETENCE_BLOCK = "5"
CONTEXT_BLOCK = "6"
KNOWLEDGE_RUBRIC = "3"

# Words of the export.
MAIN_APPELLATION = "PRINCIPALE"
MACRO_COMPETENCE = "Macro-compétence"

# The two files that list what a trade cites are produced apart; a rare editorial gap is no sign of a cut.
MAX_PAIR_GAP = 0.01

Tables = Mapping[str, Table]


def check_integrity(tables: Tables, version: str) -> tuple[str, ...]:
    """Refuse an export whose files do not hold together; give back the oddities worth telling."""
    _check_occupations(tables)
    _check_appellations(tables)
    _check_competence_tree(tables)
    _check_small_lists(tables)
    _check_links(tables)
    _check_texts(tables)
    _check_endings(tables, version)
    return _check_prominence(tables)


def _check_endings(tables: Tables, version: str) -> None:
    """A version we know has a known last line; a file slightly shorter that ends elsewhere was cut."""
    for name, (count, last) in KNOWN_ENDINGS.get(version, {}).items():
        table = tables[name]
        is_short = 0 < count - len(table.lines) <= LONGEST_UNSEEN_CUT
        if is_short and table.lines[-1].values[: len(last)] != last:
            raise table.refuse(
                table.last_line,
                f"il y a {len(table.lines)} enregistrements au lieu de {count} en version {version} : la fin manque.",
            )


def _check_occupations(tables: Tables) -> None:
    """Every file speaks of the same trades."""
    occupations = tables["referentiel_code_rome"]
    known = set(occupations.column("code_rome"))
    for name in ("cr_gd_dp", "referentiel_appellation", "liens_rome_referentiels", "coherence_item", "texte"):
        _check_known(tables[name], "code_rome", known, occupations, "le métier")
    _check_known(occupations, "code_rome_parent", known, occupations, "le métier")
    for name in ("cr_gd_dp", "coherence_item"):
        _check_covered(occupations, tables[name], set(tables[name].column("code_rome")))


def _check_appellations(tables: Tables) -> None:
    """Each trade has one main name, and the links list the same names as the table of names."""
    appellations = tables["referentiel_appellation"]
    mains: set[str] = set()
    for line in appellations.lines:
        values = dict(zip(appellations.columns, line.values, strict=True))
        if values["classification"] != MAIN_APPELLATION:
            continue
        if values["code_rome"] in mains:
            raise appellations.refuse(
                line.number, f"le métier {values['code_rome']} a une seconde appellation principale."
            )
        mains.add(values["code_rome"])
    _check_covered(
        tables["referentiel_code_rome"], appellations, mains, what="n’a pas d’appellation principale"
    )
    _check_same_names(tables)


def _check_same_names(tables: Tables) -> None:
    appellations, links = tables["referentiel_appellation"], tables["liens_rome_referentiels"]
    named = set(zip(appellations.column("code_rome"), appellations.column("code_ogr"), strict=True))
    linked = set()
    for line in links.lines:
        rome_code, block, ogr_code, _ = line.values
        if block == APPELLATION_BLOCK:
            linked.add((rome_code, ogr_code))
            if (rome_code, ogr_code) not in named:
                raise appellations.refuse(
                    appellations.last_line,
                    f"l’appellation {ogr_code} du métier {rome_code}, citée par {links.name}, "
                    f"ligne {line.number}, n’y figure pas.",
                )
    for line in appellations.lines:
        values = dict(zip(appellations.columns, line.values, strict=True))
        if (values["code_rome"], values["code_ogr"]) not in linked:
            raise links.refuse(
                links.last_line,
                f"le lien vers l’appellation {values['code_ogr']} ({appellations.name}, ligne {line.number}) "
                "n’y figure pas.",
            )


def _check_competence_tree(tables: Tables) -> None:
    """A competence stands under a macro-compétence, which carries its own functional code."""
    competences = tables["referentiel_competence"]
    macros = set()
    functional: dict[str, int] = {}
    for line in competences.lines:
        values = dict(zip(competences.columns, line.values, strict=True))
        _check_competence_line(competences, line.number, values)
        if values["nature"] == MACRO_COMPETENCE:
            macros.add(values["code_ogr"])
            first = functional.setdefault(values["code_macro_comp"], line.number)
            if first != line.number:
                raise competences.refuse(
                    line.number, f"cette ligne répète le code fonctionnel de la ligne {first}."
                )
    _check_known(competences, "code_ogr_macro_comp", macros | {""}, competences, "la macro-compétence")


def _check_competence_line(table: Table, number: int, values: Mapping[str, str]) -> None:
    match values["nature"]:
        case "Compétence" if values["code_ogr_macro_comp"]:
            return
        case "Compétence":
            raise table.refuse(number, "cette compétence n’a pas de macro-compétence.")
        case "Macro-compétence" if len(values["code_macro_comp"]) == 5:
            return
        case "Macro-compétence":
            raise table.refuse(
                number, "cette macro-compétence n’a pas de code fonctionnel de cinq caractères."
            )
        case _:
            raise table.refuse(number, "la nature attendue est « Compétence » ou « Macro-compétence ».")


def _check_small_lists(tables: Tables) -> None:
    """Labels of domains, blocks and rubrics are there for every code in use."""
    for name, column, source, code in (
        ("cr_gd_dp", "code_grand_domaine", "grand_domaine", "code_grand_domaine"),
        ("cr_gd_dp", "code_domaine_professionel", "domaine_professionnel", "code_domaine_professionnel"),
        ("liens_rome_referentiels", "code_compo_bloc", "composition_bloc", "code_compo_bloc"),
        ("texte", "code_compo_bloc", "composition_bloc", "code_compo_bloc"),
    ):
        _check_known(tables[name], column, set(tables[source].column(code)), tables[source], "le code")
    rubrics = tables["descriptif_rubrique"]
    known = {""} | set(rubrics.column("code_rubrique"))
    _check_known(tables["liens_rome_referentiels"], "code_rubrique", known, rubrics, "la rubrique")


def _check_links(tables: Tables) -> None:
    """Every trade cites itself and competences, and what it cites exists."""
    links = tables["liens_rome_referentiels"]
    targets = {
        COMPETENCE_BLOCK: tables["referentiel_competence"],
        KNOWLEDGE_RUBRIC: tables["referentiel_savoir"],
        CONTEXT_BLOCK: tables["referentiel_contexte_travail"],
    }
    known = {key: set(table.column(table.columns[0])) for key, table in targets.items()}
    covered: dict[str, set[str]] = {OCCUPATION_BLOCK: set(), COMPETENCE_BLOCK: set()}
    for line in links.lines:
        rome_code, block, ogr_code, rubric = line.values
        if block in covered:
            covered[block].add(rome_code)
        key = KNOWLEDGE_RUBRIC if (block, rubric) == (COMPETENCE_BLOCK, KNOWLEDGE_RUBRIC) else block
        if key in known and ogr_code not in known[key]:
            raise targets[key].refuse(
                targets[key].last_line,
                f"le code {ogr_code}, cité par {links.name}, ligne {line.number}, n’y figure pas.",
            )
    for codes in covered.values():
        _check_covered(tables["referentiel_code_rome"], links, codes)


def _check_texts(tables: Tables) -> None:
    """Every trade is defined, by sentences numbered 1, 2, 3…"""
    texts = tables["texte"]
    positions: dict[tuple[str, str], list[int]] = {}
    for line in texts.lines:
        values = dict(zip(texts.columns, line.values, strict=True))
        position = whole_number(values["position_phrase"])
        if position is None:
            raise texts.refuse(line.number, "la position de la phrase n’est pas un nombre entier.")
        key = (values["code_rome"], values["libelle_type_texte"])
        positions.setdefault(key, []).append(position)
    defined = {rome_code for rome_code, kind in positions if kind == "definition"}
    _check_covered(tables["referentiel_code_rome"], texts, defined, what="n’a pas de définition")
    for (rome_code, _), numbers in positions.items():
        if not _is_contiguous(numbers):
            raise texts.refuse(texts.last_line, f"il manque une phrase au texte du métier {rome_code}.")


def _check_prominence(tables: Tables) -> tuple[str, ...]:
    """The links and the table of prominence cite the same things, up to a rare editorial gap."""
    links, prominence = tables["liens_rome_referentiels"], tables["coherence_item"]
    linked = {
        (rome_code, ogr_code)
        for rome_code, block, ogr_code, _ in links.rows()
        if block in (COMPETENCE_BLOCK, CONTEXT_BLOCK)
    }
    weighed = {values[:2] for values in prominence.rows()}
    notices = []
    for table, other, gap in ((prominence, links, linked - weighed), (links, prominence, weighed - linked)):
        # A cut takes the end away: the last trade tells, however small the gap.
        last_rome_code = other.lines[-1].values[0]
        at_the_end = any(rome_code == last_rome_code for rome_code, _ in gap)
        if at_the_end or len(gap) > MAX_PAIR_GAP * len(linked | weighed):
            raise table.refuse(
                table.last_line,
                f"il y manque {len(gap)} éléments cités par {other.name} : la fin a pu être coupée.",
            )
        if gap:
            notices.append(f"{table.name} : {len(gap)} éléments cités par {other.name} n’y figurent pas.")
    return tuple(notices)


def _check_known(table: Table, column: str, known: set[str], source: Table, what: str) -> None:
    """Every code of a column has its line in `source`; if not, `source` is the file at fault."""
    index = table.columns.index(column)
    for line in table.lines:
        code = line.values[index]
        if code not in known:
            raise source.refuse(
                source.last_line,
                f"{what} {code}, cité par {table.name}, ligne {line.number}, n’y figure pas.",
            )


def _check_covered(
    occupations: Table, table: Table, covered: Iterable[str], *, what: str = "n’y figure pas"
) -> None:
    """Every trade has its lines in `table`."""
    present = set(covered)
    for line in occupations.lines:
        if line.values[0] not in present:
            raise table.refuse(
                table.last_line,
                f"le métier {line.values[0]} ({occupations.name}, ligne {line.number}) {what}.",
            )


def _is_contiguous(numbers: list[int]) -> bool:
    """True when the numbers, sorted, are 1, 2, 3… without a hole."""
    ordered = sorted(numbers)
    return ordered[0] == 1 and all(after - before == 1 for before, after in pairwise(ordered))
