"""A list of law has one home: motives, kinds of structures and articles are asked there, never written again."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from backend.organisations.enums import StructureKind
from pathways.rules.dated.rows import CDDI_ARTICLES
from pathways.rules.exits.motives import MOTIVE_CODES, MOTIVES, MOTIVES_BY_CODE, codes_in_words
from pathways.rules.kinds import NOT_COUNTED
from tests.house.tree import modules, strings, templates

MOTIVES_HOME = "pathways/rules/exits/motives.py"
BOOK = "pathways/rules/dated/rows.py"
KINDS_HOMES = {
    "backend/organisations/enums.py",
    "pathways/rules/kinds.py",
    BOOK,
    "backend/core/installation/questions.py",  # asked before any domain is loaded; test_install_command.py compares
}
ENGINE_USES = {BOOK, "employers/recomposition/facts/vocabulary.py"}
"""Who reads the plain numbers: the book, and the engine's own starting point, which the rule book replaces."""
INVENTED = "backend/demo/"
"""How the invented territory is drawn: a share, a name or a trade per kind, no rule."""
_RUN = re.compile(rf"\b{re.escape(MOTIVE_CODES.split(' et ')[0])}\b")
_ARTICLES = re.compile(rf"\b(?:{'|'.join(CDDI_ARTICLES.values())})\b(?!-)")


def members(node: ast.AST) -> list[ast.expr]:
    """What a tuple, a list, a set or the keys of a mapping hold, as written."""
    match node:
        case ast.Tuple(elts=held) | ast.List(elts=held) | ast.Set(elts=held):
            return held
        case ast.Dict(keys=keys):
            return [key for key in keys if key is not None]
    return []


def codes_written(tree: ast.AST) -> Iterator[int]:
    """Lines of lists made of codes of motives and nothing else."""
    for node in ast.walk(tree):
        held = members(node)
        if len(held) > 1 and all(
            isinstance(each, ast.Constant) and each.value in MOTIVES_BY_CODE for each in held
        ):
            yield held[0].lineno


def kinds_written(tree: ast.AST) -> Iterator[int]:
    """Lines of lists made of kinds of structures, by their member or by their value."""
    for node in ast.walk(tree):
        held = members(node)
        if len(held) > 1 and all(map(is_a_kind, held)):
            yield held[0].lineno


def is_a_kind(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in set(StructureKind.values)
    return isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("StructureKind")


def names_uncounted(text: str) -> bool:
    """Whether a sentence lists the kinds that enter no statistics."""
    return all(kind.in_words.lower() in text.lower() for kind in NOT_COUNTED)


def test_the_codes_of_motives_are_listed_in_their_home():
    listed = [
        f"{path}:{line}" for path, tree in modules() if path != MOTIVES_HOME for line in codes_written(tree)
    ]
    assert listed == [], f"a column of each motive: {MOTIVES_HOME}"


def test_a_line_of_the_motives_says_whole_what_it_is():
    told = [node for _, tree in modules_of(MOTIVES_HOME) for node in ast.walk(tree) if is_a_motive(node)]
    assert len(told) == len(MOTIVES), "write each motive with `_motive(…)`"
    assert {len(node.args) for node in told} == {6}, "a motive says its six facts, in their order"


def modules_of(home: str) -> list[tuple[str, ast.Module]]:
    return [(path, tree) for path, tree in modules() if path == home]


def is_a_motive(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_motive"


def test_the_codes_of_motives_are_said_from_their_home():
    said = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        for node in strings(tree)
        if _RUN.search(node.value)
    ]
    said += [name for name, path in templates().items() if _RUN.search(path.read_text())]
    assert said == [], f"MOTIVE_CODES: {MOTIVES_HOME}"


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([*map(str, range(1, 23)), "96"], "1 à 22 et 96"),
        (["3", "1", "2"], "1 à 3"),
        (["1", "2", "5", "96"], "1 à 2, 5 et 96"),
        (["7"], "7"),
    ],
)
def test_codes_that_follow_each_other_are_said_together(codes, words):
    assert codes_in_words(codes) == words


def test_the_kinds_of_structures_are_listed_in_their_homes():
    listed = [
        f"{path}:{line}"
        for path, tree in modules()
        if path not in KINDS_HOMES and not path.startswith(INVENTED)
        for line in kinds_written(tree)
    ]
    assert listed == [], "a column of pathways/rules/kinds.py, or a row of the book"


def test_the_kinds_out_of_the_statistics_are_said_from_their_home():
    said = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if path not in KINDS_HOMES
        for node in strings(tree)
        if names_uncounted(node.value)
    ]
    said += [name for name, path in templates().items() if names_uncounted(path.read_text())]
    assert said == [], "NOT_COUNTED: pathways/rules/kinds.py"


def test_the_articles_of_the_cddi_are_written_once():
    written = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        if path != BOOK
        for node in strings(tree)
        if _ARTICLES.search(node.value)
    ]
    assert written == [], f"CDDI_ARTICLES: {BOOK}"


def test_no_engine_reads_a_figure_without_its_day():
    reading = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "pathways.rules.numbers"
    }
    assert reading == ENGINE_USES, "ask the rule book the day of the fact; engines receive their parameters"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("X = {'1': 'CDI', '3': 'CDI'}", codes_written),
        ("X = dict.fromkeys(('9', '10'), 'CDD')", codes_written),
        ("X = {StructureKind.EI: 'a', StructureKind.AI: 'b'}", kinds_written),
        ("X = {'ASP-SAP': 'services à la personne', 'GEIQ': 'GEIQ'}", kinds_written),
        ("X = kind in (enums.StructureKind.ACI, enums.StructureKind.EI)", kinds_written),
    ],
)
def test_a_list_written_again_is_seen(text, seen):
    assert list(seen(ast.parse(text))) == [1]


@pytest.mark.parametrize(
    "text", ["X = ('1',)", "X = {'1': 'J7', 'M1': 'un mois'}", "X = kind is StructureKind.AI"]
)
def test_something_else_is_left_alone(text):
    assert not [*codes_written(ast.parse(text)), *kinds_written(ast.parse(text))]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (f"code du motif : {MOTIVE_CODES.split(' et ')[0]}, ou 96", True),
        ("de 11 à 220", False),
    ],
)
def test_the_codes_said_by_hand_are_seen(text, seen):
    assert bool(_RUN.search(text)) is seen


def test_the_other_sentences_are_seen():
    assert names_uncounted("Les services à la personne et les GEIQ n’entrent pas dans ces taux.")
    assert _ARTICLES.search("Code du travail, art. L5132-5")
    assert not _ARTICLES.search("Code du travail, art. L5132-5-1")
