"""Which brokers carry the jobs: what the settings accept, what the installation asks for."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

BROKER_SCHEMES = ("redis", "rediss", "amqp", "amqps")
"""How the address of a broker begins: Redis or RabbitMQ, in clear or sealed."""
_SEALED = ("rediss", "amqps")
_KEPT_INSIDE = (".internal", ".local", ".lan", ".home.arpa", ".localhost")
"""Ends of names that no public directory answers for (RFC 6761, 6762, 8375; `.internal`, ICANN 2024)."""
_SHIPPED = "guest"
"""The account and the password that RabbitMQ ships with, which its client tries when the address gives none."""


def why_unsafe(address: str) -> str:
    """What to mend in the address of a broker, in French; empty when it may carry the jobs of real people.

    Whoever writes in the broker asks for work: it has a password as soon as another machine could knock, and what crosses
    a network that others share is sealed. Kombu takes several addresses separated by « ; »: each is judged.
    """
    return next(filter(None, map(_why_one_unsafe, address.split(";"))), "")


def _why_one_unsafe(address: str) -> str:
    url = urlsplit(address)
    host = url.hostname or ""
    if url.scheme not in BROKER_SCHEMES or not host:
        return "doit désigner Redis ou RabbitMQ en production"
    if url.scheme.startswith("amqp") and _account(url) == (_SHIPPED, _SHIPPED):
        return "emploie le compte d’origine de RabbitMQ : créez-en un, et donnez-le (amqps://compte:motdepasse@machine//)"
    if _is_this_machine(host):
        return ""
    if not url.password:
        return (
            "désigne une autre machine sans mot de passe : qui l’atteint ferait faire des travaux. "
            "Donnez-en un à Redis (requirepass), puis rediss://:motdepasse@machine:6379/0"
        )
    if url.scheme not in _SEALED and not _is_kept_inside(host):
        return (
            "traverse un réseau que d’autres partagent sans être chiffrée : rediss:// ou amqps://, "
            "ou l’adresse privée de la machine"
        )
    return ""


def _account(url: SplitResult) -> tuple[str, str]:
    return unquote(url.username or "") or _SHIPPED, unquote(url.password or "") or _SHIPPED


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_kept_inside(host: str) -> bool:
    """A private address, a bare name (containers know each other by theirs), or one that is never public."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_KEPT_INSIDE)
