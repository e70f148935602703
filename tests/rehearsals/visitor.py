"""Somebody in front of a browser without JavaScript, over TLS: opens links, fills the forms of the page, follows what comes.

`python -m tests.rehearsals.visitor LINK ADDRESS CERTIFICATE` plays the first manager, from the link received to the first
follow-up; it may run in a network of its own, where the name of the service leads to this very machine.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import re
import socket
import ssl
import struct
import sys
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

PASSWORD = "une-phrase-inventee-et-longue"
SYNTHESIS = "Premier rendez-vous : le permis est en cours."


@dataclass
class Form:
    """A form of the page: where it goes, and what it would send untouched."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    """Every form of a page, as a browser would send it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside: Form | None = None
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []
        self._text: list[str] = []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self._inside = Form(said.get("action") or "", (said.get("method") or "get").lower())
            self.found.append(self._inside)
        elif self._inside is None:
            return
        elif tag == "select":
            self._select, self._options = said.get("name") or "", []
        elif tag == "option" and self._select:
            self._options.append((said.get("value") or "", "selected" in said))
        elif tag == "textarea":
            self._area, self._text = said.get("name") or "", []
        elif tag == "input" and said.get("name"):
            self._input(said)

    def _input(self, said):
        self._inside.names.add(said["name"])
        kind = said.get("type") or "text"
        if kind in {"submit", "button", "file"} or (kind in {"radio", "checkbox"} and "checked" not in said):
            return
        self._inside.values.append((said["name"], said.get("value") or ""))

    def handle_data(self, data):
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag):
        if self._inside is None:
            return
        if tag == "form":
            self._inside = None
        elif tag == "select" and self._select:
            chosen = next((value for value, is_chosen in self._options if is_chosen), None)
            if chosen is None and self._options:
                chosen = self._options[0][0]
            self._inside.names.add(self._select)
            self._inside.values.append((self._select, chosen or ""))
            self._select = ""
        elif tag == "textarea" and self._area:
            self._inside.names.add(self._area)
            self._inside.values.append((self._area, "".join(self._text).removeprefix("\n")))
            self._area = ""


@dataclass
class Page:
    """What came back."""

    status: int
    url: str
    text: str
    headers: dict[str, str]

    @property
    def forms(self) -> list[Form]:
        """In the order of the page."""
        reading = _Forms()
        reading.feed(self.text)
        return reading.found

    @property
    def words(self) -> str:
        """What is read on it, for a message when something is not as it should."""
        body = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", self.text)
        return " ".join(re.sub(r"<[^>]+>", " ", body).split())


class Visitor:
    """One browser: cookies, redirections, forms."""

    def __init__(self, base: str, *, trusts: str | None = None, port: int | None = None) -> None:
        self._base = urlsplit(base)
        self._trusts = ssl.create_default_context(cafile=trusts) if trusts else None
        self._port = port or self._base.port or (443 if self._base.scheme == "https" else 80)
        self._jar: SimpleCookie = SimpleCookie()

    def open(self, path: str) -> Page:
        """The page at this address, redirections followed."""
        return self._follow("GET", path, None, "")

    def send(self, page: Page, *, holding: str = "", **typed: str) -> Page:
        """Fill the form of the page that has these fields, and send it."""
        wanted = {holding} if holding else set(typed)
        form = next((form for form in page.forms if form.method == "post" and wanted <= form.names), None)
        assert form, f"{page.url}: no form holds {sorted(wanted)}. {page.words[:600]}"
        values = [(name, typed.pop(name, value)) for name, value in form.values]
        values += list(typed.items())
        target = urljoin(page.url, form.action or page.url)
        return self._follow("POST", target, urlencode(values), page.url)

    def press(self, page: Page, ending: str) -> Page:
        """Press the button whose form goes to an address that ends so, and holds nothing to fill."""
        form = next(
            (each for each in page.forms if each.method == "post" and each.action.endswith(ending)), None
        )
        assert form, f"{page.url}: no button goes to …{ending}. {page.words[:600]}"
        return self._follow("POST", urljoin(page.url, form.action), urlencode(form.values), page.url)

    def _follow(self, method: str, target: str, body: str | None, referrer: str) -> Page:
        for _ in range(12):
            page = self._ask(method, urljoin(self._base.geturl(), target), body, referrer)
            if page.status not in {301, 302, 303}:
                return page
            method, body, target = "GET", None, urljoin(page.url, page.headers["location"])
        raise AssertionError(f"{target}: one redirection leads to another")

    def _ask(self, method: str, url: str, body: str | None, referrer: str) -> Page:
        parts = urlsplit(url)
        headers = {"Host": self._base.netloc, "User-Agent": "repetition", "Accept": "text/html"}
        if self._jar:
            headers["Cookie"] = "; ".join(f"{name}={each.value}" for name, each in self._jar.items())
        if self._trusts is None:  # straight to the service, as its proxy would
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": referrer,
                "Origin": self._origin,
            }
        connection = self._connection()
        try:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._jar.load(line)
        return Page(answer.status, url, text, {name.lower(): value for name, value in answer.headers.items()})

    @property
    def _origin(self) -> str:
        return f"{self._base.scheme}://{self._base.netloc}"

    def _connection(self) -> http.client.HTTPConnection:
        """To this machine, whatever the name says: no name server knows an invented one."""
        plain = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        connection = http.client.HTTPConnection(self._base.hostname or "", timeout=60)
        if self._trusts is not None:
            plain = self._trusts.wrap_socket(plain, server_hostname=self._base.hostname)
        connection.sock = plain
        return connection


def code_for(secret: str, *, at: float | None = None) -> str:
    """The six figures that a telephone shows for this secret (RFC 6238)."""
    window = int((time.time() if at is None else at) // 30)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    drawn = hmac.new(key, struct.pack(">Q", window), hashlib.sha1).digest()
    start = drawn[-1] & 15
    return f"{(struct.unpack('>I', drawn[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def fine(page: Page, *, at: str = "") -> Page:
    """The page, once it is sure that it opened and complains of nothing."""
    assert page.status == 200, f"{page.url}: {page.status}. {page.words[:800]}"
    assert 'class="field-error' not in page.text, f"{page.url}: {page.words[:1500]}"
    assert at in page.url, f"{page.url} instead of {at}. {page.words[:800]}"
    return page


def come_in(visitor: Visitor, link: str, email: str) -> None:
    """From the link received: name, password, second factor, codes to keep."""
    page = fine(visitor.open(link))
    page = fine(
        visitor.send(page, first_name="Odile", last_name="Exemple", password=PASSWORD, again=PASSWORD)
    )
    if "/connexion/" in page.url:
        page = visitor.send(page, login=email, password=PASSWORD)
    secret = re.search(r"<code[^>]*>\s*([A-Z2-7 ]{16,})\s*</code>", fine(page).text)
    assert secret, f"{page.url}: {page.words[:800]}"
    page = visitor.send(page, code=code_for(secret[1].replace(" ", "")))
    fine(page, at="codes")


def welcome(visitor: Visitor, first_name: str, last_name: str) -> str:
    """A person comes in; the address of their page."""
    page = fine(visitor.open("/personnes/accueillir/"))
    page = fine(visitor.send(page, first_name=first_name, last_name=last_name))
    found = re.search(r'href="(/personnes/\d+/)"', page.text)
    assert found, f"{page.url}: {page.words[:1500]}"
    return found[1]


def note(visitor: Visitor, person: str, synthesis: str) -> Page:
    """A follow-up is recorded; the page that says so."""
    page = fine(visitor.open(f"{person}noter/"))
    return visitor.send(page, synthesis=synthesis)


def first_follow_up(
    link: str, email: str, *, trusts: str | None = None, port: int | None = None
) -> dict[str, object]:
    """Everything that the first manager does, up to reading back what they wrote."""
    begun = time.monotonic()
    visitor = Visitor(link, trusts=trusts, port=port)
    come_in(visitor, urlsplit(link).path, email)
    person = welcome(visitor, "Solange", "Fictive")
    fine(note(visitor, person, SYNTHESIS))
    thread = fine(visitor.open(person))
    assert SYNTHESIS in thread.text, thread.words[:1500]
    return {"person": person, "seconds": round(time.monotonic() - begun, 1)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(first_follow_up(sys.argv[1], sys.argv[2], trusts=sys.argv[3])) + "\n")
