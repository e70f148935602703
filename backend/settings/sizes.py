"""How big the installation is, hence which settings hold: a trial on one machine, or people's real data.

`SIZE` chooses, never a guess. A trial draws its own secrets and keeps them beside the data, serves in clear and shows
its mail on the console; `petite` and `territoire` pass the same checks and differ only by what they run on.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from backend.settings.env import broker_url, database_url, env, flag, text, words

SETTINGS_MODULE = "DJANGO_SETTINGS_MODULE"
_LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "::1", "testserver"})


class Size(StrEnum):
    """What `SIZE` may say; empty is a trial."""

    TRIAL = ""
    SMALL = "petite"
    TERRITORY = "territoire"


def size() -> Size:
    """The size asked for; `ImproperlyConfigured` on another word."""
    try:
        return Size(text("SIZE").lower())
    except ValueError as error:
        raise ImproperlyConfigured(
            "SIZE dit « petite » (une machine, `passerelles serve`) ou « territoire » (PostgreSQL et Redis). "
            "Vide, c’est un essai sur cette machine."
        ) from error


def settings_module() -> str:
    """The settings named by the environment, else those of the size."""
    named = env.str(SETTINGS_MODULE, default="")
    return named or f"backend.settings.{'production' if size() else 'embedded'}"


def choose_settings(environment: MutableMapping[str, str]) -> None:
    """What each of our doors does first: the web server, the workers, the command."""
    environment[SETTINGS_MODULE] = settings_module()


def log_format() -> str:
    """« json » or « texte »; a trial is read by eye, the others by tools."""
    usual = "json" if settings_module() == "backend.settings.production" else "texte"
    asked = text("LOG_FORMAT").lower() or usual
    if asked not in {"json", "texte"}:
        raise ImproperlyConfigured("LOG_FORMAT dit « json » ou « texte ».")
    return asked


def real_things() -> list[str]:
    """What a trial has no use for, by the name of its variable: signs that people's real data are meant."""
    if flag("PASSERELLES_DEMO"):
        return []
    signs = {
        "DATABASE_URL": urlsplit(database_url()).scheme.startswith("postgres"),
        "BROKER_URL": urlsplit(broker_url()).scheme != "filesystem",
        "ALLOWED_HOSTS": bool(set(words("ALLOWED_HOSTS")) - _LOCAL),
    }
    return [name for name, is_real in signs.items() if is_real]


def only_a_trial(found: Sequence[str]) -> str:
    """What to say of trial settings around something real."""
    return (
        f"Ces réglages sont ceux d’un essai (pas de HTTPS, secrets tirés à côté des données), or {', '.join(found)} "
        "désigne un vrai service. Dites SIZE=petite (une machine) ou SIZE=territoire (PostgreSQL et Redis), et donnez "
        "les variables de docs/exploitation.md."
    )


def refuse_to_serve_a_trial() -> None:
    """At the door of the web server and of the workers: people would rely on what protects nobody."""
    if settings_module() == "backend.settings.embedded" and (found := real_things()):
        raise ImproperlyConfigured(only_a_trial(found))
