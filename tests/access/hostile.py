"""Requests nobody sends by mistake: every address, the names it really reads, values chosen to break it; from one seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, unquote_plus, urlencode

from django.urls import NoReverseMatch, reverse

from backend.core.actor import Role
from tests.access.api_policy import API_KINDS
from tests.access.policy import WEB
from tests.access.reach import REACH
from tests.access.routes import Route, every_route
from tests.access.world import RELATIONS, ROLES

LONE_SURROGATE = "\ud800"
VALUES = (
    "", " ", "²", "٣", "１２", "Ⅷ", "9" * 24, "-9" * 12, "-1", "0", "00", "+1", "1e3", "1e999", "nan", "inf", "0x10",
    "1_000", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648", "1.5", "1,5", "\x00",
    "nul\x00", LONE_SURROGATE, "e\u0301" * 50, "\u202e\u2066", "\ufeff", "a" * 70_000, "'\"><script>", "%", "_", "\\",
    "0001-01-01", "9999-12-31", "2026-02-31", "10000-01-01", "31/02/2026", "01/01/0001", "2026-13", "0000-00",
    "2026-11-26T25:61", "9999-12-31T23:59:59.999999+14:00", "0001-01-01T00:00-14:00", "2026-03-29T02:30", "24:00",
    "00000000-0000-4000-8000-000000000000", "0" * 32, "[]", "{}", "null", "true", '[{"pk":1}]', "membership:0",
    "\r\nX-Forged: 1", "../../etc/passwd", "javascript:alert(1)", "//elsewhere.example", "=1+1", "${7*7}", "{{7*7}}",
)  # fmt: skip
"""What is typed."""
SHAPES: tuple[Any, ...] = (None, True, -1, 10**24, 1e308, [], {}, [[]], {"pk": 1}, ["²"], [None], {"": {}})
"""What a JSON body may hold beside text."""
RAW = ("%", "%zz=%zz", "%ff%fe=%c0%80", "a[]=1&a[]=2", "a[b][c]=1", ";;;", "&&&=", "=" * 50, "q=%00", "page=%ED%A0%80", "+++=", "?" * 20)  # fmt: skip
BODIES = (
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b"[" * 5000,
    b'{"a":1,"a":2}',
    b"NaN",
    b'{"x":1e999}',
)
KINDS_OF_BODY = ("application/json", "text/plain", "application/xml", "multipart/form-data", "multipart/form-data; boundary=", "application/x-www-form-urlencoded; charset=²", "")  # fmt: skip
HEADERS = ("HTTP_IF_MATCH", "HTTP_IDEMPOTENCY_KEY", "HTTP_ACCEPT", "HTTP_X_REQUEST_ID", "HTTP_HX_REQUEST", "HTTP_HX_CURRENT_URL", "HTTP_HX_TARGET", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_AUTHORIZATION")  # fmt: skip
ASKED = (
    "rendez_vous", "prolonge", "analyse", "proposition", "page", "page_size", "structure", "annee", "du", "au", "q",
    "situation", "kind", "mode", "organisation", "version", "next", "cursor", "ordering", "format", "seat", "fields",
)  # fmt: skip
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Sent:
    """One request, whole enough to be sent again by hand."""

    role: Role
    method: str
    address: str
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> str:
        """What its body says, read."""
        return unquote_plus(self.body.decode(errors="replace"))

    def __str__(self) -> str:
        body, headers = self.body[:400], {name: value[:60] for name, value in self.headers.items()}
        return f"{self.role.value} {self.method} {self.address[:300]} {self.content_type} {body!r} {headers}"


def names_of_others(role: Role) -> frozenset[str]:
    """What no answer to this role may hold: the names of the people of the world it does not read."""
    reach = REACH["person"].get(role, frozenset())
    names = {f"fictive {each}" for each in RELATIONS if each not in reach}
    if role is not Role.BENEFICIARY:
        names |= {f"nouveau {each}" for each in RELATIONS if each not in reach}
    if role is Role.EMPLOYER:
        names -= {"fictive own"}  # whom they hired
    return frozenset(names)


Bodies = dict[tuple[str, str], dict[str, Any]]
"""What is sent in earnest, by address and method: every input of its form, or its body, by name."""


def draw(world: Any, bodies: Bodies, *, seed: int, count: int) -> Iterator[Sent]:
    """`count` requests, every address and role in turn: half of what is sent is in earnest but for two values at most."""
    chance = Random(seed)
    routes = every_route()
    turns = [(route, role) for role in ROLES for route in routes]
    chance.shuffle(turns)
    for number in range(count):
        route, role = turns[number % len(turns)]
        yield _one(world, route, role, bodies, chance)


def _one(world: Any, route: Route, role: Role, bodies: Bodies, chance: Random) -> Sent:
    address = _address(world, route, role, chance)
    query = chance.choice(RAW) if chance.random() < 0.15 else _pairs([*ASKED, *_filters(route)], chance)
    address = f"{address}?{query}"
    headers = {name: _as_served(chance.choice(VALUES)) for name in HEADERS if chance.random() < 0.08}
    method = _method(route, bodies, chance)
    if method in {"GET", "HEAD", "OPTIONS"}:
        return Sent(role, method, address, headers=headers)
    if chance.random() < 0.1:
        return Sent(role, method, address, chance.choice(BODIES), chance.choice(KINDS_OF_BODY), headers)
    draws, earnest = (
        (_shape if route.name.startswith("api:") else _value),
        bodies.get((route.name, method), {}),
    )
    names = sorted(earnest) or _written(route)
    if earnest and chance.random() < 0.5:
        wrong = set(chance.sample(names, min(len(names), chance.randint(0, 2))))
        told = {name: draws(chance) if name in wrong else earnest[name] for name in names}
    else:
        told = {name: draws(chance) for name in names if chance.random() < 0.8}
    if route.name.startswith("api:"):
        body = json.dumps(told, default=str).encode()
        return Sent(role, method, address, body, "application/json", headers)
    return Sent(role, method, address, _encoded(_said(told, chance)).encode(), headers=headers)


def _method(route: Route, bodies: Bodies, chance: Random) -> str:
    """Read as often as written; written mostly as the address is, now and then by any verb."""
    known = [each for each in METHODS if (route.name, each) in bodies]
    if chance.random() < 0.4:
        return "GET"
    return chance.choice(known) if known and chance.random() < 0.7 else chance.choice(METHODS)


def _said(told: dict[str, Any], chance: Random) -> list[tuple[str, Any]]:
    """The pairs of a form: each value of a list, and here and there a second value that nobody asked for."""
    pairs = [
        (name, each) for name, said in told.items() for each in (said if isinstance(said, list) else [said])
    ]
    return pairs + [(name, _value(chance)) for name in told if chance.random() < 0.1]


def _as_served(value: str) -> str:
    """A header as a web server hands it over: bytes read one by one, no end of line, not too long."""
    return value.encode(errors="surrogatepass").decode("latin-1").replace("\r\n", " ")[:4000]


def _address(world: Any, route: Route, role: Role, chance: Random) -> str:
    page = WEB.get(route.name)
    name = route.name.removeprefix("api:")
    kind = page.kind if page else max((k for k in API_KINDS if name.startswith(k)), key=len, default=None)
    kind = API_KINDS.get(kind, kind) if kind else None
    for _ in range(20):
        given = {each: _captured(world, each, page, kind, role, chance) for each in route.captures}
        try:
            return reverse(
                route.name, kwargs={each: value for each, value in given.items() if value is not None}
            )
        except NoReverseMatch:
            continue
    return f"/{quote(chance.choice(VALUES)[:50], errors='surrogatepass')}/"


def _captured(world: Any, name: str, page: Any, kind: str | None, role: Role, chance: Random) -> Any:
    if name == "format":
        return chance.choice(["json", "api", "²", None])
    known = world.objects.get(kind, {}) if name in {"pk", "id"} else {}
    if known and chance.random() < 0.85:
        return world.pk(kind, chance.choice([*known, "absent"]), role)
    if page and name in world.captured(page) and chance.random() < 0.5:
        return world.captured(page)[name]
    return (
        chance.choice([*world.objects["person"].values()]).pk
        if chance.random() < 0.5
        else chance.choice(VALUES)[:500]
    )


def _filters(route: Route) -> list[str]:
    """What a list of the API may be filtered by."""
    kind = getattr(getattr(route.view, "cls", None), "filterset_class", None)
    return list(kind.base_filters) if kind else []


def _written(route: Route) -> list[str]:
    """The names an address of the API reads in a body: those of all its serializers."""
    view = getattr(route.view, "cls", None)
    names: set[str] = set()
    for each in vars(view).values() if view else ():
        names |= set(getattr(each, "_declared_fields", {})) | set(
            getattr(getattr(each, "Meta", None), "fields", ())
        )
    return sorted(name for name in names if isinstance(name, str)) or ["number", "on", "text"]


def _value(chance: Random) -> str:
    return chance.choice(VALUES)


def _shape(chance: Random) -> Any:
    return chance.choice(SHAPES) if chance.random() < 0.4 else _value(chance)


def _pairs(names: list[str], chance: Random, share: float = 0.3) -> str:
    return _encoded([(name, _value(chance)) for name in names if chance.random() < share])


def _encoded(pairs: list[tuple[str, Any]]) -> str:
    told = [(name, str(value)) for name, value in pairs]
    if sum(len(value) for _, value in told) > 80_000:  # a server stops reading an address long before
        told = [(name, value[:5000]) for name, value in told]
    return urlencode(told, errors="surrogatepass")
