"""PostgreSQL for one test: a base on the server that answers, or a whole server of its own, which may be ill-treated."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.backend.operations.installations import free_port
from tests.needed import as_root, not_here

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


class Server:
    """A PostgreSQL of its own, that trusts whoever comes by its socket or from this machine."""

    def __init__(self, folder: Path, owner: str) -> None:
        self.folder, self.owner, self.port = folder, owner, free_port()
        self.where = {"PGHOST": str(folder), "PGPORT": str(self.port)}
        # PostgreSQL refuses root: it runs as somebody else then.
        self._somebody = (
            ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if as_root() == () else []
        )
        options = (
            f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -p {self.port} -c fsync=off"
        )
        self._control = [
            _tools() / "pg_ctl",
            "-D",
            folder / "data",
            "-w",
            "-l",
            folder / "log",
            "-o",
            options,
        ]

    def make(self) -> None:
        """Its files, and its first start."""
        self._run(_tools() / "initdb", "-U", self.owner, "-A", "trust", "-N", self.folder / "data")
        self._run(*self._control, "start")

    def restart(self, mode: str) -> None:
        """`fast` ends every connection, `immediate` is a power cut: what was written is found again in its log."""
        self._run(*self._control, "-m", mode, "restart")

    def end(self) -> None:
        """At once: nobody needs it any more."""
        self._run(*self._control, "-m", "immediate", "stop")

    def asked(self, user: str, base: str, sentence: str) -> str:
        """What this account is answered."""
        done = subprocess.run(
            ["psql", "-X", "-AtU", user, "-d", base, "-v", "ON_ERROR_STOP=1", "-c", sentence],
            env={**os.environ, **self.where}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def owned(self, folder: Path) -> Path:
        """This folder, made for the server to write in."""
        self._run("mkdir", "-m", "700", folder)
        return folder

    def address(self, base: str) -> str:
        """Of a base made on it."""
        return f"postgres://{self.owner}@127.0.0.1:{self.port}/{base}"

    def _run(self, *words: object) -> None:
        subprocess.run([*self._somebody, *map(str, words)], check=True, capture_output=True, cwd=self.folder)


def _tools() -> Path:
    """Where the programs of a server are: beside the client on most machines, in a folder of its version on Debian."""
    found = [
        *Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        *map(Path, filter(None, [shutil.which("initdb")])),
    ]
    if not found:
        not_here("no PostgreSQL server is installed (initdb)")
    return sorted(found)[-1].parent


@contextmanager
def own_server(owner: str) -> Iterator[Server]:
    """Started, and ended with the block."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        server = Server(folder, owner)
        server.make()
        try:
            yield server
        finally:
            server.end()
