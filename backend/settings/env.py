"""Every environment variable, read in one place, with types and clear complaints.

All have a default that makes the embedded install work on one machine; production refuses to start
on a missing secret (see `production.py`).
"""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()


def data_dir() -> Path:
    """Where files, broker folders and the SQLite base live; created on first use, for this user only."""
    path = Path(env.str("DATA_DIR", default=str(ROOT / "var")))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def database_url() -> str:
    """`sqlite:///path` or `postgres://…`; a SQLite file in the data folder by default."""
    return env.str("DATABASE_URL", default=f"sqlite:///{data_dir() / 'passerelles.sqlite3'}")


def broker_url() -> str:
    """Redis or RabbitMQ by one URL; folders in the data folder by default."""
    return env.str("BROKER_URL", default="filesystem://")


def port() -> int:
    """Where the web server listens."""
    return env.int("PORT", default=8000)


def required_secret(name: str, *, at_least: int = 50) -> str:
    """A secret that production must be given; `ImproperlyConfigured` when missing, short or an example."""
    value = env.str(name, default="")
    if len(value) < at_least or "change" in value.lower():
        raise ImproperlyConfigured(
            f"{name} manque ou compte moins de {at_least} caractères. Donnez une valeur tirée au hasard, "
            "par exemple avec : python -c 'import secrets; print(secrets.token_urlsafe(60))'."
        )
    return value


def local_secret(name: str) -> str:
    """A secret of the embedded install: given by the environment, else drawn once and kept beside the data."""
    given = env.str(name, default="")
    if given:
        return given
    path = data_dir() / f"{name.lower()}.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text().strip()
