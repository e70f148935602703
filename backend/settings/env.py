"""Environment variables, read in one place, with types and clear complaints; `variables.py` lists them.

All have a default that makes the embedded install work on one machine; production refuses to start
on a missing secret (see `production.py`).
"""

from __future__ import annotations

import secrets
import zlib
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from backend.core.values.brokers import why_unsafe
from backend.core.values.numbers import whole_number
from backend.settings.variables import BY_NAME, ON_COMMAND_ONLY

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

_YES = frozenset({"oui", "o", "1", "true", "yes", "on"})
_NO = frozenset({"non", "n", "0", "false", "no", "off", ""})


def text(name: str) -> str:
    """What the environment says, else the default of the list; an empty value is a value not given.

    `LookupError` for a variable that the list does not tell: nobody could know of it.
    """
    if name not in BY_NAME:
        raise LookupError(
            f"{name}: say it in backend/settings/variables.py, with its default and what it is for"
        )
    return env.str(name, default="").strip() or BY_NAME[name].default


def words(name: str) -> list[str]:
    """Values separated by commas; blanks and empty ones are left out."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def whole(name: str) -> int:
    """A whole number, zero or more; `ImproperlyConfigured` otherwise."""
    number = whole_number(text(name))
    if number is None:
        raise ImproperlyConfigured(f"{name} est un nombre entier.")
    return number


def pool_mode() -> str:
    """How a pool of connections before PostgreSQL lends them; without any, a connection is one's own."""
    asked = text("POSTGRES_POOL").lower()
    if asked not in {"session", "transaction"}:
        raise ImproperlyConfigured("POSTGRES_POOL dit « session » ou « transaction ».")
    return asked


def flag(name: str) -> bool:
    """« oui » or « non »; `ImproperlyConfigured` otherwise."""
    value = (env.str(name, default="") if name in ON_COMMAND_ONLY else text(name)).strip().lower()
    if value not in _YES | _NO:
        raise ImproperlyConfigured(f"{name} se dit « oui » ou « non ».")
    return value in _YES


def data_dir() -> Path:
    """Where files, broker folders and the SQLite base live; created on first use, for this user only."""
    path = Path(text("DATA_DIR") or _usual_data_dir())
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _usual_data_dir() -> Path:
    """`var/` beside the sources; once installed as a package, the user's own folder: a package is not written to."""
    if (ROOT / "pyproject.toml").exists():
        return ROOT / "var"
    return Path(env.str("XDG_DATA_HOME", default="") or Path.home() / ".local" / "share") / "passerelles"


def database_url() -> str:
    """`sqlite:///path` or `postgres://…`; a SQLite file in the data folder by default."""
    if given := text("DATABASE_URL"):
        return given
    if machine := text("POSTGRES_HOST"):
        account = f"{quote(text('POSTGRES_USER'), safe='')}:{quote(_untouched('POSTGRES_PASSWORD'), safe='')}"
        return f"postgres://{account}@{machine}/{quote(text('POSTGRES_DB'), safe='')}"
    return f"sqlite:///{data_dir() / 'passerelles.sqlite3'}"


def broker_url() -> str:
    """Redis or RabbitMQ by one URL; folders in the data folder by default."""
    if given := text("BROKER_URL"):
        return given
    if machine := text("REDIS_HOST"):
        return f"redis://:{quote(_untouched('REDIS_PASSWORD'), safe='')}@{machine}:6379/0"
    return "filesystem://"


def _untouched(name: str) -> str:
    """A password as it was written, blanks included."""
    return env.str(BY_NAME[name].name, default="")


def port() -> int:
    """Where the web server listens."""
    return whole("PORT")


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465, "smtps": 465}
"""The ways to send, and their usual port: in clear, sealed after a greeting (STARTTLS), sealed from the start."""
MAIL_TIMEOUT = 10  # seconds: a mail server that stays silent must not hold a page


def mail_settings() -> dict[str, Any]:
    """Everything that `EMAIL_URL` says, as Django's settings; `ImproperlyConfigured` on what we do not know."""
    url = urlsplit(text("EMAIL_URL") or "smtp://localhost:25")
    port = _port_of(url)
    if url.scheme not in MAIL_PORTS or not url.hostname or port is None or url.query or url.path.strip("/"):
        raise ImproperlyConfigured(
            f"EMAIL_URL commence par {', '.join(f'{scheme}://' for scheme in MAIL_PORTS)} et continue par "
            "compte:motdepasse@serveur:port ; les signes réservés du mot de passe s’écrivent en %xx."
        )
    account = {
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
    }
    if not "".join(account.values()).isascii():
        raise ImproperlyConfigured(
            "EMAIL_URL : le compte et le mot de passe du courrier s’écrivent sans accent. Changez-les chez votre hébergeur."
        )
    return {
        **account,
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": port or MAIL_PORTS[url.scheme],
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme in {"smtp+ssl", "smtps"},
        "EMAIL_TIMEOUT": MAIL_TIMEOUT,
    }


def _port_of(url: SplitResult) -> int | None:
    """The port written, 0 when there is none, None when it is not a port."""
    try:
        return url.port or 0
    except ValueError:
        return None


def required_sender() -> str:
    """The address that invitations leave from, which production must be given."""
    sender = text("DEFAULT_FROM_EMAIL")
    _, at, domain = parseaddr(sender)[1].rpartition("@")
    if not at or domain == "localhost" or "change" in sender.lower():
        raise ImproperlyConfigured(
            "DEFAULT_FROM_EMAIL manque ou n’est pas une adresse électronique : c’est l’expéditeur des invitations, "
            "par exemple « Passerelles <ne-pas-repondre@passerelles.example.org> »."
        )
    return sender


def required_secret(name: str, *, at_least: int = 50) -> str:
    """A secret that production must be given; `ImproperlyConfigured` when missing, short or an example."""
    value = text(name)
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
    hosts = words("ALLOWED_HOSTS")
    if not hosts or any("*" in host or host.startswith(".") for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS doit nommer les adresses du service, sans joker.")
    return hosts


def network_broker() -> str:
    """The broker of production: Redis or RabbitMQ, that nobody else can fill; `ImproperlyConfigured` says what to mend."""
    address = broker_url()
    if found := why_unsafe(address):
        raise ImproperlyConfigured(f"BROKER_URL {found}.")
    return address


def local_secret(name: str) -> str:
    """A secret of the embedded install: given by the environment, else drawn once and kept beside the data."""
    if given := text(name):
        return given
    path = data_dir() / f"{name.lower()}.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text().strip()


USUAL_PROVIDER = "ProConnect"


@dataclass(frozen=True, slots=True)
class ProviderOfIdentities:
    """Who else may say who somebody is; `two_factors`: what it says when it verified two by itself, if it is believed."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    two_factors: frozenset[str]


def identity_provider() -> ProviderOfIdentities | None:
    """The provider of identities, None when none is named; `ImproperlyConfigured` when it is half named, or in clear."""
    issuer, client_id, secret = text("OIDC_ISSUER"), text("OIDC_CLIENT_ID"), text("OIDC_CLIENT_SECRET")
    if not (issuer or client_id or secret):
        return None
    if not (issuer and client_id and secret):
        raise ImproperlyConfigured(
            "OIDC_ISSUER, OIDC_CLIENT_ID et OIDC_CLIENT_SECRET se donnent ensemble, ou pas du tout."
        )
    if not _is_an_issuer(urlsplit(issuer)):
        raise ImproperlyConfigured(
            "OIDC_ISSUER est l’adresse que le fournisseur d’identité donne lui-même, en https, sans compte ni paramètre."
        )
    return ProviderOfIdentities(
        issuer, client_id, secret, text("OIDC_NAME") or USUAL_PROVIDER, frozenset(words("OIDC_TWO_FACTORS"))
    )


def _is_an_issuer(url: SplitResult) -> bool:
    """In clear on this machine only; nothing but a machine and a path (OpenID Connect Discovery 1.0, 3)."""
    is_sealed = url.scheme == "https" or (url.scheme == "http" and url.hostname in {"localhost", "127.0.0.1"})
    return bool(is_sealed and url.hostname and not url.query and not url.fragment and "@" not in url.netloc)


def _told(variable: str) -> str:
    """A field that the environment variable of this name fills; empty when it is not set."""
    return field(default_factory=lambda: text(variable), metadata={"variable": variable})


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this installation: what the public pages must say, and only they know."""

    name: str = _told("OPERATOR_NAME")
    address: str = _told("OPERATOR_ADDRESS")
    publisher: str = _told("OPERATOR_PUBLISHER")
    contact: str = _told("CONTACT_EMAIL")
    privacy_contact: str = _told("PRIVACY_EMAIL")
    security_contact: str = _told("SECURITY_EMAIL")
    host: str = _told("HOSTING_PROVIDER")

    def missing(self) -> list[str]:
        """The variables that nobody filled, in the order of the pages."""
        return [each.metadata["variable"] for each in fields(self) if not getattr(self, each.name)]
