"""Every environment variable, read in one place, with types and clear complaints.

All have a default that makes the embedded install work on one machine; production refuses to start
on a missing secret (see `production.py`).
"""

from __future__ import annotations

import secrets
import zlib
from pathlib import Path
from urllib.parse import urlsplit

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
    if len(value) < at_least or "change" in value.lower() or not looks_random(value):
        raise ImproperlyConfigured(
            f"{name} manque, compte moins de {at_least} caractères ou n’est pas tiré au hasard. Donnez par exemple "
            "ce qu’affiche : python -c 'import secrets; print(secrets.token_urlsafe(60))'."
        )
    return value


def looks_random(value: str) -> bool:
    """Whether a secret repeats itself so little that it does not compress below 40 bytes.

    Fifty figures drawn in hexadecimal pass; a word or a letter repeated, whatever its length, does not.
    """
    return len(zlib.compress(value.encode(), 9)) >= 40


def refuse_shared(**named: str) -> None:
    """Each key locks one thing: two that are equal would open each other's door. Named in the complaint, never shown."""
    by_value: dict[str, list[str]] = {}
    for name, value in named.items():
        by_value.setdefault(value, []).append(name)
    for names in by_value.values():
        if len(names) > 1:
            raise ImproperlyConfigured(
                f"Des secrets ont la même valeur : tirez-en un par usage. {', '.join(sorted(names))}"
            )


def named_hosts() -> list[str]:
    """Addresses of the service, each written out: « * » and « .domaine » would answer for names that are not ours."""
    hosts: list[str] = env.list("ALLOWED_HOSTS", default=[])
    if not hosts or any("*" in host or host.startswith(".") for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS doit nommer les adresses du service, sans joker.")
    return hosts


BROKERS = frozenset({"redis", "rediss", "amqp", "amqps"})


def network_broker() -> str:
    """The broker of production: Redis or RabbitMQ, not with the password that RabbitMQ ships with."""
    url = urlsplit(broker_url())
    if url.scheme not in BROKERS or not url.hostname:
        raise ImproperlyConfigured("BROKER_URL doit désigner Redis ou RabbitMQ en production.")
    if (url.username, url.password) == ("guest", "guest"):
        raise ImproperlyConfigured("BROKER_URL emploie le compte d’origine de RabbitMQ : créez-en un.")
    return broker_url()


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
