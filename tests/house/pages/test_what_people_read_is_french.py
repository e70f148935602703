"""People read French: no English word in a page, a label, a sentence of the code, or the help of a command."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import modules, strings, templates

ENGLISH = (
    "about", "add", "and", "are", "back", "been", "cancel", "choose", "click", "could", "delete", "does", "edit", "from",
    "has", "have", "how", "missing", "must", "next", "only", "password", "people", "please", "remove", "save", "search",
    "send", "should", "that", "the", "their", "these", "they", "this", "username", "was", "welcome", "were", "what",
    "when", "where", "which", "who", "with", "would", "you", "your",
)  # fmt: skip
"""Frequent words of English that are none of French; in capitals they are SQL."""
FRENCH = re.compile(r"\b(?:à|au|ce|de|des|du|en|et|la|le|les|un|une|qui|pour)\b|[ld]’", re.IGNORECASE)
_WORDS = re.compile(
    rf"(?<![\w./_:<{{-])(?:{'|'.join((*ENGLISH, *(word.capitalize() for word in ENGLISH)))})(?![\w/_=({{-])"
)
_TAGS = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{[{%].*?[%}]\}|<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_READ_IN_TAGS = re.compile(r'\b(?:alt|aria-label|content|placeholder|title|value)="([^"]*)"')
LABELS = {
    "button", "done", "gone", "help", "help_text", "label", "line", "message", "submit", "this", "title", "verbose_name",
    "verbose_name_plural",
}  # fmt: skip
"""Where one word alone is read by people; elsewhere it is a key, a name or a value."""
FOR_US = re.compile(r"left_out|LEFT_OUT\w*|TOLD_BY_THE_TRAIL")
"""Reasons that the code gives to whoever changes it."""
LOGS = {"debug", "error", "exception", "info", "warning"}
OURS = {
    "backend/core/command_line/french_argparse.py": "the sentences of Python that it translates",
    "backend/settings/env.py": "an error of ours: a variable read that its list does not tell",
    "backend/core/actor.py": "said of the account that types a command, in the code",
    "backend/core/installation/files.py": "comments of a unit file, as systemd writes its own",
    "backend/demo/lives/thread.py": "what stops the drawing of the invented territory, for us",
    "backend/exchange/formats/workbook_reader.py": "an error of ours that its caller turns into a refusal",
    "backend/exchange/importing/context.py": "an error of ours about a column badly declared",
    "backend/core/sealing/encryption.py": "an error of ours: a query that asks the base what it cannot read",
    "backend/core/wall/policies.py": "functions of the base, in its language",
    "backend/mail/privacy.py": "names of columns, in one string",
    "reports/exits/compute/columns.py": "an error of ours: a table of figures lacks a column",
    "backend/operations/backups/engines.py": "an error of ours that its caller turns into a refusal",
}
"""Files where a sentence is for whoever maintains the product, each with what it is."""


def english_in(text: str) -> list[str]:
    return _WORDS.findall(text)


def of_a_page(text: str) -> str:
    """What a template gives to read, its tags left aside."""
    bare = _TAGS.sub(" ", _CODE.sub(" ", text))
    return f"{re.sub(r'<[^>]*>', ' ', bare)} {' '.join(_READ_IN_TAGS.findall(bare))}"


def for_us(tree: ast.AST) -> set[int]:
    """Texts that nobody reads on a page: lines of the log, reasons that the code gives itself."""
    apart = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in LOGS:
                apart |= {id(each) for each in ast.walk(node)}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if (
                FOR_US.fullmatch(name)
            ):
                apart |= {id(each) for each in ast.walk(node)}
    return apart


def one_word_labels(tree: ast.AST) -> set[int]:
    """Texts given by name to what people read: `label="Enregistrer"`."""
    return {
        id(each.value)
        for node in ast.walk(tree)
        for each in getattr(node, "keywords", ())
        if isinstance(each, ast.keyword) and each.arg in LABELS
    }


def english_sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each sentence, or label, that holds an English word."""
    apart, labels = for_us(tree), one_word_labels(tree)
    for node in strings(tree):
        is_read = " " in node.value.strip() or id(node) in labels
        if is_read and id(node) not in apart and english_in(node.value):
            yield node.lineno, node.value


def commands() -> Iterator[tuple[str, ast.ClassDef]]:
    for path, tree in modules():
        if "/management/commands/" in path:
            yield from (
                (path, node)
                for node in tree.body
                if isinstance(node, ast.ClassDef) and node.name == "Command"
            )


def help_of(command: ast.ClassDef) -> str:
    for node in command.body:
        if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == ["help"]:
            return "".join(
                each.value for each in ast.walk(node) if isinstance(getattr(each, "value", 0), str)
            )
    return ""


def test_no_page_speaks_english():
    said = {
        name: words
        for name, path in templates().items()
        if path.suffix in {".html", ".txt"} and (words := english_in(of_a_page(path.read_text("utf-8"))))
    }
    assert said == {}, "say it in French: people read it"


def test_no_sentence_or_label_of_the_code_speaks_english():
    said = [
        f"{path}:{line} {text!r}"
        for path, tree in modules()
        if path not in OURS
        for line, text in english_sentences(tree)
    ]
    assert said == [], (
        "say it in French; a line for whoever maintains the product goes to OURS with what it is"
    )


@pytest.mark.parametrize("path", sorted(OURS))
def test_what_is_for_us_is_still_in_english(path):
    assert any([*english_sentences(tree)] for name, tree in modules() if name == path), "take it out of OURS"


def test_every_command_is_one_of_ours_and_helps_in_french():
    found = [*commands()]
    assert len(found) > 25, "commands are no longer found: see `commands`"
    foreign = [
        path for path, node in found if [ast.unparse(each) for each in node.bases] != ["FrenchCommand"]
    ]
    assert foreign == [], "class Command(FrenchCommand): its refusals and its help are then in French"
    mute = [path for path, node in found if not FRENCH.search(help_of(node)) or english_in(help_of(node))]
    assert mute == [], "`help`: one French sentence that the front page of the commands shows"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("page(title='Save')", True),
        ("forms.CharField(label='Search')", True),
        ("refuse('Please choose a day.')", True),
        ("refuse(f'{name} has been saved.')", True),
        ("page(title='Enregistrer')", False),
        ("rows.get('save')", False),
        ("log.warning('the job was lost')", False),
        ("left_out = {'token': 'who holds it is told elsewhere'}", False),
        ("cursor.execute('DELETE FROM rows WHERE id = 1')", False),
        ("say('Voir https://example.org/the/page et passerelles-save.')", False),
    ],
)
def test_english_is_seen_where_people_read(said, seen):
    assert bool([*english_sentences(ast.parse(said))]) is seen, "see `english_sentences` above"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<button>Save</button>", True),
        ('<input placeholder="Search…">', True),
        ('<a class="back" href="/next/">Retour</a>{% if the %}{{ people }}{% endif %}', False),
        ("<script>if (this) { send() }</script>", False),
    ],
)
def test_english_is_seen_in_a_page(text, seen):
    assert bool(english_in(of_a_page(text))) is seen, "see `of_a_page` above"
