"""What somebody meets who types `passerelles`: our commands, in French, and a hand when a name is wrong."""

import argparse
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import load_command_class

from backend import manage
from backend.core.command_line.commands import FrenchCommand, FrenchParser
from backend.core.command_line.french_argparse import SENTENCES
from backend.core.pages.front_page import djangos_commands, known_commands, our_commands

ROOT = Path(__file__).resolve().parents[3]
LONGEST_LINE = 90
FOR_PROGRAMMERS = re.compile(
    "conflicting|not defined|invalid argument for|must be optional|not callable|cannot |dest=|conflict_resolution"
    "|must start with|with mode"
)
"""Sentences that only somebody writing a parser can read."""


@pytest.fixture
def say(monkeypatch, capsys):
    """Types a command line; gives back its exit code and what it said."""

    def type_(*words):
        monkeypatch.setattr(sys, "argv", ["passerelles", *words])
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "backend.settings.testing")
        with pytest.raises(SystemExit) as end:
            manage.main()
        said = capsys.readouterr()
        return end.value.code, said.out, said.err

    return type_


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["help"]])
def test_the_front_page_names_our_commands_and_no_other(say, words):
    code, page, _ = say(*words)
    named = re.findall(r"^  (\S+)  ", page, re.MULTILINE)
    assert (code, named) == (0, list(our_commands()))
    assert {"rank", "import-rome", "open-structure"} <= set(named)


def test_the_list_read_from_the_sources_is_the_list_of_our_commands():
    real = {
        name.replace("_", "-")
        for name, app in known_commands().items()
        if not app.startswith("django.") and isinstance(load_command_class(app, name), FrenchCommand)
    }
    assert set(our_commands()) == real


@pytest.mark.parametrize(("name", "line"), our_commands().items())
def test_each_command_says_what_it_does_in_one_line(name, line):
    assert line.endswith(".")
    assert len(line) <= LONGEST_LINE, f"{name} : {len(line)} caractères"


def test_djangos_commands_stay_behind_their_own_word(say):
    code, page, _ = say("django")
    assert code == 0
    assert {"migrate", "shell"} <= set(page.split())
    assert not set(our_commands()) & set(page.split())
    assert "migrate" in djangos_commands()


@pytest.mark.parametrize("words", [["check", "--help"], ["django", "check", "--help"], ["help", "check"]])
def test_djangos_commands_keep_working_by_name(say, words):
    code, page, _ = say(*words)
    assert code == 0
    assert "--deploy" in page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("import-bundel", "import-bundle"), ("exit_statistic", "exit-statistics"), ("migrat", "migrate")],
)
def test_a_slip_is_told_with_the_nearest_name(say, typed, meant):
    code, _, said = say(typed)
    assert code == 2
    assert f"La commande « {typed} » n’existe pas. Vouliez-vous dire « {meant} » ?" in said


def test_a_word_near_nothing_is_told_without_a_guess(say):
    code, _, said = say("xyzzy")
    assert code == 2
    assert "Vouliez-vous" not in said


def test_settings_that_refuse_are_a_sentence_and_not_a_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "backend.manage", "migrate", "--settings=backend.settings.production"],
        cwd=ROOT, env={"PATH": "", "DATA_DIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("La configuration est à corriger. SECRET_KEY manque")
    assert "Traceback" not in done.stderr


def sentences_of_argparse():
    """What argparse gives to gettext, read in its own source."""
    for node in ast.walk(ast.parse(Path(argparse.__file__).read_text())):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "ngettext"}
        ):
            yield from (part.value for part in node.args if isinstance(part, ast.Constant))


def test_every_sentence_of_argparse_that_people_may_read_is_in_french():
    unknown = {
        text for text in sentences_of_argparse() if text not in SENTENCES and not FOR_PROGRAMMERS.search(text)
    }
    assert unknown == set()


@pytest.mark.parametrize(("english", "french"), SENTENCES.items())
def test_a_sentence_keeps_what_is_put_into_it(english, french):
    holes = re.compile(r"%(?:\(\w+\))?[sr]")
    assert set(holes.findall(french)) <= set(holes.findall(english))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Il manque : fichier, --people."),
        (["f", "--people", "many"], "Option --people : nombre entier attendu, reçu « many »."),
        (["f", "--people", "1", "--share", "x"], "Option --share : nombre attendu, reçu « x »."),
        (["f", "--people"], "Option --people : attend une valeur."),
        (["f", "--people", "1", "--kind", "XYZ"], "Option --kind : choix inconnu : 'XYZ' (choix possibles : 'ACI', 'EI')."),
        (["f", "--people", "1", "more"], "Arguments inconnus : more."),
        (["f", "--people", "1", "--dry=1"], "Option --dry : n’attend pas de valeur, reçu '1'."),
    ],
)  # fmt: skip
def test_bad_usage_is_told_in_french(capsys, words, said):
    parser = FrenchParser(prog="passerelles essai")
    parser.add_argument("fichier")
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--share", type=float)
    parser.add_argument("--kind", choices=["ACI", "EI"])
    parser.add_argument("--dry", action="store_true")
    with pytest.raises(SystemExit) as end:
        parser.parse_args(words)
    assert end.value.code == 2
    assert capsys.readouterr().err == f"{said}\nAide : passerelles essai --help\n"


def test_a_share_may_be_written_with_a_comma():
    parser = FrenchParser(prog="passerelles essai")
    parser.add_argument("--share", type=float)
    assert parser.parse_args(["--share", "0,25"]).share == 0.25


@pytest.mark.parametrize(
    "words",
    [
        ("migrate",),
        ("check-install",),
        ("open-structure", "Les Rives", "--kind", "ACI", "--email", "a@example.org"),
    ],
)
def test_a_base_that_does_not_answer_is_said_in_a_sentence(tmp_path, words):
    from tests.backend.operations.installations import environment, passerelles

    env = environment(
        tmp_path,
        SIZE="territoire",
        BROKER_URL="redis://127.0.0.1:1",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/none",
    )
    refused = passerelles(env, *words)
    said = refused.stdout + refused.stderr
    assert (refused.returncode, "Traceback" in said, "ne répond pas" in said) == (1, False, True)


def test_a_base_behind_a_socket_of_this_machine_is_found():
    from backend.settings.base import database

    told = database("postgres://%2Fvar%2Frun%2Fpostgresql/passerelles")
    assert (told["HOST"], told["NAME"]) == ("/var/run/postgresql", "passerelles")
