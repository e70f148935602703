"""What a move refuses before it touches anything, and what it does not lose on the way."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection, connections

from backend.core.errors import DomainError
from backend.operations.moves import moving
from backend.operations.moves.tables import our_tables
from backend.settings.base import database
from tests.factories import InterviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture(scope="session")
def tables_made(tmp_path_factory, django_db_setup, django_db_blocker):
    """A SQLite base with its tables and nothing else, made once."""
    path = tmp_path_factory.mktemp("tables") / "vide.sqlite3"
    with django_db_blocker.unblock():
        connections.settings["vide"] = {**connections.settings["default"], **database(f"sqlite:///{path}")}
        call_command("migrate", database="vide", verbosity=0)
        connections["vide"].close()
        del connections["vide"], connections.settings["vide"]
    return path


@pytest.fixture
def target(tables_made, tmp_path):
    """An empty base, as a move that failed leaves it."""
    return shutil.copy(tables_made, tmp_path / "arrivee.sqlite3")


def rows_in(path, table):
    with closing(sqlite3.connect(path)) as base:
        return base.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 (names of our own)


def move_to(path):
    said = []
    moving.move(database(f"sqlite:///{path}"), tell=said.append)
    return said


@pytest.mark.parametrize("typed", ["mysql://machine/base", "base.sqlite3", "", "postgres:base"])
def test_an_address_that_is_none_is_told_so(data_dir, typed, capsys):
    with pytest.raises(SystemExit):
        call_command("move_to", typed)
    assert "est attendue" in capsys.readouterr().err


def test_the_present_base_is_no_target(data_dir):
    here = connection.settings_dict
    with pytest.raises(DomainError) as refused:
        moving.move({key: here[key] for key in ("ENGINE", "NAME", "HOST", "PORT")}, tell=print)
    assert refused.value.code == "same_base"
    assert moving.TARGET not in connections


def test_a_base_where_somebody_is_already_is_refused_untouched(data_dir, target):
    InterviewFactory()
    with closing(sqlite3.connect(target)) as base:
        base.execute(
            "INSERT INTO organisations_group (name, kind, external_id) VALUES ('Autre', 'GROUPE', 'x')"
        )
        base.commit()
    with pytest.raises(DomainError) as refused:
        move_to(target)
    assert refused.value.code == "target_not_empty"
    assert rows_in(target, "pathways_interview") == 0


def test_every_row_of_every_table_arrives(data_dir, target):
    InterviewFactory(synthesis="Parole confidentielle")
    move_to(target)
    counts = {table.name: table.count("default") for table in our_tables()}
    assert counts["pathways_interview"] == 1
    assert counts["audit_entry"] >= 1
    assert {name: rows_in(target, name) for name in counts} == counts


def test_a_table_that_this_version_does_not_know_is_not_left_behind_in_silence(data_dir, target):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ancienne (id integer)")
        cursor.execute("INSERT INTO ancienne VALUES (1)")
    with pytest.raises(DomainError) as refused:
        move_to(target)
    assert (refused.value.code, "ancienne" in refused.value.message) == ("unknown_tables", True)


def test_a_difference_is_seen_and_leaves_the_target_empty(data_dir, target, monkeypatch):
    """The row changes between the copy and the look, as a fault of either engine would change it."""
    InterviewFactory()
    usual = moving._compare

    def compare_after_a_change(source, target, rows, tell):
        with connections[moving.TARGET].cursor() as cursor:
            cursor.execute("UPDATE pathways_interview SET duration_minutes = duration_minutes + 1")
        usual(source, target, rows, tell)

    monkeypatch.setattr(moving, "_compare", compare_after_a_change)
    with pytest.raises(DomainError) as refused:
        move_to(target)
    assert (refused.value.code, "pathways_interview" in refused.value.message) == ("rows_differ", True)
    assert rows_in(target, "pathways_interview") == 0
    monkeypatch.undo()
    move_to(target)
    assert rows_in(target, "pathways_interview") == 1
