"""SEC-15: on a real installation the second wall stands by itself, holds the account of the service, and stays down once taken down."""

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


def asked(address, *sentences):
    """By a connection that says nothing of whom it works for; what it is refused is in `stderr`."""
    words = [f"-c{each}" for each in sentences]
    return subprocess.run(
        ["psql", "-X", address, "-Atq", "-v", "ON_ERROR_STOP=1", *words],
        capture_output=True,
        text=True,
        check=False,
    )


def counted(address):
    return int(asked(address, COUNTED).stdout)


def test_SEC_15_it_stands_by_itself_and_comes_back_with_a_backup(an_ordinary_account, tmp_path):
    env, saved = environment(tmp_path / "data", DATABASE_URL=an_ordinary_account), tmp_path / "sauvegarde"
    assert "Le second mur est dressé" in done(env, "migrate")
    done(env, "shell", "--no-imports", "-c", WELCOMED)
    assert counted(an_ordinary_account) == 0
    assert "est dressé" in done(env, "second-wall")

    done(env, "backup", str(saved))
    assert "est dressé" in passerelles(env, "restore", str(saved), "--replace").stderr
    assert counted(an_ordinary_account) == 0

    done(env, "second-wall", "--take-down")
    assert counted(an_ordinary_account) == 1
    upgraded = passerelles(env, "upgrade", str(tmp_path))
    assert (upgraded.returncode, "il reste enlevé" in upgraded.stderr) == (0, True), upgraded.stderr
    assert "il reste enlevé" in passerelles(env, "restore", str(saved), "--replace").stderr
    looked = passerelles(env, "second-wall")
    assert (looked.returncode, "il reste enlevé" in looked.stderr) == (1, True)
    assert "a été enlevé par la commande" in passerelles(env, "check-install", "--before-start").stdout
    assert counted(an_ordinary_account) == 1

    assert "est dressé" in done(env, "second-wall", "--raise")
    assert counted(an_ordinary_account) == 0


def test_SEC_15_nothing_that_the_account_of_the_service_may_say_goes_round_it(an_ordinary_account, tmp_path):
    env = environment(tmp_path / "data", DATABASE_URL=an_ordinary_account)
    done(env, "migrate", "-v0")
    done(env, "shell", "--no-imports", "-c", WELCOMED)
    for before in ("RESET ALL", "DISCARD ALL", "RESET ROLE", "SET SESSION AUTHORIZATION DEFAULT"):
        assert asked(an_ordinary_account, before, COUNTED).stdout == "0\n", before
    assert asked(an_ordinary_account, "COPY pathways_beneficiary TO STDOUT").stdout == ""
    refused = {
        "SET ROLE postgres": "permission denied",
        "SET SESSION AUTHORIZATION postgres": "permission denied",
        f"SET row_security = off; {COUNTED}": "row-level security",
        "COPY pathways_beneficiary FROM STDIN": "row-level security",
    }
    for sentence, why in refused.items():
        answer = asked(an_ordinary_account, sentence)
        assert (answer.returncode, why in answer.stderr) == (1, True), (sentence, answer.stderr)
    # A function of ours that would run as whoever made it, or a view that would read for its owner, would be a way round.
    ours = "relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
    assert asked(an_ordinary_account, f"SELECT count(*) FROM pg_class WHERE {ours}").stdout == "0\n"  # noqa: S608
    as_maker = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    assert asked(an_ordinary_account, as_maker).stdout == "0\n"

    # Lent for a transaction only, a connection would go on speaking for the page before.
    pooled = {**env, "POSTGRES_POOL": "transaction"}
    wrong = passerelles(pooled, "check-install", "--before-start")
    assert (wrong.returncode, "une page y parlerait pour une autre" in wrong.stdout) == (1, True)
    assert "pool_mode = session" in passerelles(pooled, "second-wall", "--raise").stderr


def test_SEC_15_a_small_installation_that_comes_to_a_territory_finds_it_there(an_ordinary_account, small):
    done(small, "shell", "--no-imports", "-c", WELCOMED)
    moved = passerelles(small, "move-to", an_ordinary_account)
    assert (moved.returncode, "Le second mur est dressé" in moved.stderr) == (0, True), moved.stderr
    assert counted(an_ordinary_account) == 0


def test_an_account_that_passes_over_every_rule_is_refused(a_postgresql_base, tmp_path):
    env = environment(tmp_path / "data", DATABASE_URL=a_postgresql_base)
    assert "NOSUPERUSER NOBYPASSRLS" in done(env, "migrate")
    refused = passerelles(env, "second-wall", "--raise")
    assert (refused.returncode, "NOSUPERUSER NOBYPASSRLS" in refused.stderr) == (1, True)
    assert (
        "le compte de la base passe par-dessus" in passerelles(env, "check-install", "--before-start").stdout
    )


def test_a_file_has_no_rule_by_row(small):
    refused = passerelles(small, "second-wall", "--raise")
    assert (refused.returncode, "SQLite" in refused.stderr) == (1, True)
