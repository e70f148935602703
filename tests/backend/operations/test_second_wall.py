"""SEC-15: an operator raises the second wall on a real installation, saves and brings back behind it, and takes it down."""

from __future__ import annotations

import secrets
import subprocess
import uuid

import pytest

from tests.backend.operations.installations import done, environment, passerelles
from tests.backend.operations.postgresql import POSTGRES
from tests.needed import not_here

WELCOMED = """
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from tests import factories as make
with lifted(Gate.COMMAND):
    make.StayFactory()
"""
COUNTED = "SELECT count(*) FROM pathways_beneficiary"


@pytest.fixture
def an_ordinary_account():
    """The address of a base of its own, by an account of PostgreSQL that passes over nothing; gone afterwards."""
    name, secret = f"walled_{uuid.uuid4().hex[:12]}", secrets.token_hex(12)
    admin = POSTGRES.replace("postgres://", "postgresql://")
    made = [f"CREATE ROLE {name} LOGIN PASSWORD '{secret}'", f"CREATE DATABASE {name} OWNER {name}"]
    if subprocess.run(
        ["psql", admin, "-q", *(f"-c{each}" for each in made)], capture_output=True, check=False
    ).returncode:
        not_here("no PostgreSQL answers (TEST_POSTGRES_URL)")
    machine = POSTGRES.rpartition("/")[0].rpartition("@")[2].removeprefix("postgres://")
    yield f"postgres://{name}:{secret}@{machine}/{name}"
    gone = [f"-cDROP DATABASE {name} WITH (FORCE)", f"-cDROP ROLE {name}"]
    subprocess.run(["psql", admin, "-q", *gone], capture_output=True, check=False)


def counted(address):
    """By a connection that says nothing of whom it works for."""
    answer = subprocess.run(["psql", address, "-Atc", COUNTED], capture_output=True, text=True, check=True)
    return int(answer.stdout)


def test_SEC_15_it_is_raised_saved_brought_back_and_taken_down(an_ordinary_account, tmp_path):
    env, saved = environment(tmp_path / "data", DATABASE_URL=an_ordinary_account), tmp_path / "sauvegarde"
    done(env, "migrate", "-v0")
    looked = passerelles(env, "second-wall")
    assert (looked.returncode, "n’est pas dressé" in looked.stderr) == (1, True)
    done(env, "shell", "--no-imports", "-c", WELCOMED)
    assert counted(an_ordinary_account) == 1

    for _ in range(2):
        assert "est dressé" in done(env, "second-wall", "--raise")
    done(env, "migrate", "-v0")
    assert "est dressé" in done(env, "second-wall")
    assert counted(an_ordinary_account) == 0
    done(env, "shell", "--no-imports", "-c", WELCOMED)

    done(env, "backup", str(saved))
    done(env, "restore", str(saved), "--replace")
    assert "est dressé" in done(env, "second-wall")
    assert counted(an_ordinary_account) == 0

    done(env, "second-wall", "--take-down")
    assert counted(an_ordinary_account) == 2


def test_an_account_that_passes_over_every_rule_is_refused(a_postgresql_base, tmp_path):
    env = environment(tmp_path / "data", DATABASE_URL=a_postgresql_base)
    done(env, "migrate", "-v0")
    refused = passerelles(env, "second-wall", "--raise")
    assert (refused.returncode, "NOSUPERUSER NOBYPASSRLS" in refused.stderr) == (1, True)


def test_a_file_has_no_rule_by_row(small):
    refused = passerelles(small, "second-wall", "--raise")
    assert (refused.returncode, "SQLite" in refused.stderr) == (1, True)
