"""The invented territory, one visitor per role: every link opens, and the page reached speaks of whom the row named."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import resolve, reverse

from backend.accounts.models import User
from backend.demo.loading.accounts import open_demo_accounts
from backend.demo.loading.jobs import propose_jobs
from backend.demo.loading.territory import load_territory
from backend.demo.territory import demo_territory
from competences.services import ensure_referential
from employers.models import Employer
from pathways.models import Beneficiary
from tests.signin import sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
SAME_KIND_FOLLOWED = 1
"""Links of one kind (same page, same destination, same words) followed from long lists; all alerts are."""
NEVER_FOLLOWED = frozenset({"account_logout", "web:import_model", "web:exits_file", "web:import_report"})
VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "source", "wbr", "col"})
ROWS = ("li", "tr", "article")


@dataclass
class Link:
    """Something that opens: where it leads, its words, and the words of the row that holds it."""

    url: str
    text: str = ""
    row: str = ""
    is_alert: bool = False


@dataclass
class _Open:
    tag: str
    text: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    is_alerts: bool = False


class Links(HTMLParser):
    """Links, hx-get and GET forms of a page, each with the text of the nearest row around it."""

    OPENERS: ClassVar = ("href", "hx-get")

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[_Open] = []
        self.found: list[Link] = []
        self.text: list[str] = []
        self.heading = ""

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        opened = _Open(tag, is_alerts=given.get("aria-labelledby") == "alerts-heading")
        urls = {given[name] for name in self.OPENERS if given.get(name)} if tag != "link" else set()
        for url in urls:
            link = Link(url, is_alert=any(each.is_alerts for each in self.stack))
            self.found.append(link)
            opened.links.append(link)
        if tag not in VOID:
            self.stack.append(opened)

    def handle_endtag(self, tag):
        while self.stack:
            closed = self.stack.pop()
            words = " ".join("".join(closed.text).split())
            for link in closed.links:
                if not link.text:
                    link.text = words
                elif closed.tag in ROWS and not link.row:
                    link.row = words
            if self.stack:
                self.stack[-1].text += closed.text
                self.stack[-1].links += closed.links
            if closed.tag == tag:
                break

    def handle_data(self, data):
        self.text.append(data)
        if self.stack:
            self.stack[-1].text.append(data)


def read(html: str) -> tuple[list[Link], str]:
    """The links of a page and all its words."""
    parser = Links()
    parser.feed(html)
    return parser.found, " ".join("".join(parser.text).split())


@pytest.fixture(scope="module")
def drawn():
    return demo_territory(TODAY)


@pytest.fixture
def names(drawn, db):
    """The territory in the base, and every name that a row may promise."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=True):
        ensure_referential()
        load_territory([drawn])
        open_demo_accounts(drawn.accounts)
        propose_jobs(TODAY)
        people = {str(person) for person in Beneficiary.objects.all()}
        yield people | {str(employer) for employer in Employer.objects.all()}


def kind_of(page: str, link: Link) -> tuple[str, str, str]:
    """Links that differ by the object only are of one kind."""
    words = re.sub(r"[\d\W]+", " ", link.text if not link.row else "")
    target = urlsplit(link.url)
    return page, route_of(target.path) + "?" + ",".join(sorted(re.findall(r"(\w+)=", target.query))), words


def route_of(path: str) -> str:
    return resolve(path).view_name


def promised(link: Link, names: set[str]) -> set[str]:
    """The people and employers that the link names itself, else those of the row that holds it."""
    return {name for name in names if name in link.text} or {name for name in names if name in link.row}


def walk(client: Client, names: set[str]) -> tuple[list[str], set[str]]:
    """Everything reachable from the home page, breadth first: what did not keep its word, and the routes reached."""
    wrong: list[str] = []
    reached: set[str] = set()
    seen: set[str] = set()
    followed: dict[tuple[str, str, str], int] = {}
    waiting = deque([("", Link(reverse("web:home")))])
    while waiting:
        page, link = waiting.popleft()
        answer = client.get(link.url, follow=True, headers={"accept": "text/html"})
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code}: {page} → {link.url} « {link.text} »")
            continue
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else link.url
        if not answer["Content-Type"].startswith("text/html"):
            continue
        reached.add(route_of(urlsplit(here).path))
        found, words = read(answer.content.decode())
        missing = [name for name in promised(link, names) if name not in words]
        if missing:
            wrong.append(f"{page} → {here} « {link.text} » does not speak of {missing}")
        for each in found:
            target = urlsplit(urljoin(here, each.url))
            if target.netloc or target.scheme or target.path.startswith("/static/"):
                continue
            each.url = target.path + (f"?{target.query}" if target.query else "")
            if each.url in seen or route_of(target.path) in NEVER_FOLLOWED:
                continue
            kind = kind_of(route_of(urlsplit(here).path), each)
            if followed.get(kind, 0) >= SAME_KIND_FOLLOWED and not each.is_alert:
                continue
            followed[kind] = followed.get(kind, 0) + 1
            seen.add(each.url)
            waiting.append((here, each))
    return wrong, reached


SETTLED_FROM_THE_DAY = {"web:contract_new", "web:exit_edit", "web:action_edit", "web:follow_up_new"}
"""What rows of the day open at least: an empty walk proves nothing."""


def test_every_link_of_every_role_opens_and_keeps_its_word(names, drawn):
    wrong, reached = {}, {}
    for account in drawn.accounts:
        client = sign_in(Client(), User.objects.get(email=account.email))
        wrong[account.role.value], reached[account.role.value] = walk(client, names)
    assert [f"{role}: {each}" for role, found in wrong.items() for each in found] == []
    assert reached["ADVISOR"] >= SETTLED_FROM_THE_DAY
    assert all(reached.values())
