"""A PostgreSQL base for one test, where a server answers."""

from __future__ import annotations

import os
import subprocess
import uuid

import pytest

from tests.needed import not_here

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def a_postgresql_base():
    """Its address; empty, and gone afterwards."""
    name = f"test_backup_{uuid.uuid4().hex[:12]}"
    address = POSTGRES.replace("postgres://", "postgresql://")
    if subprocess.run(["psql", address, "-qc", f"CREATE DATABASE {name}"], capture_output=True).returncode:
        not_here("no PostgreSQL answers (TEST_POSTGRES_URL)")
    yield f"{POSTGRES.rpartition('/')[0]}/{name}"
    subprocess.run(["psql", address, "-qc", f"DROP DATABASE {name} WITH (FORCE)"], capture_output=True)
