"""Killed at any moment: while people write and jobs run, processes die at random; then everything is counted.

One visitor writes follow-ups one after another through the real pages and sends again what was not answered, as a person
does. Jobs are asked beside. Nothing may be lost, nothing doubled, all must come back by itself, and `/sante/pret/` may not
say that all is well when a part has been dead for longer than its documented delay.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from backend.core.health.signs import FRESH_SECONDS
from tests.rehearsals.pages import ROOT
from tests.rehearsals.visitor import Page, Visitor, come_in, fine, welcome

HOST = "passerelles.example.org"
EMAIL = "responsable@example.org"
PROCESSES = ("web", "travaux", "horloge", "below web", "below travaux", "serve")
OURS = "Suivi numéro"
"""What the texts of the writer begin with: people of a demonstration have theirs."""
_STARTED = re.compile(r"^(\S+) : lancé \(processus (\d+)\)$")
_AWAY = (OSError, http.client.HTTPException)
Say = Callable[[str], object]


class Service:
    """`passerelles serve`, started again at once when it is killed itself, as systemd would."""

    def __init__(self, env: dict[str, str], folder: Path = ROOT) -> None:
        self.env = env
        self._folder = folder
        self.port = int(env["PORT"])
        self.children: dict[str, int] = {}
        self.starts = 0
        self._is_over = False
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()

    def _keep(self) -> None:
        while not self._is_over:
            # A file, not a pipe: a child that outlives it would keep the other end, and we would wait for ever.
            with tempfile.NamedTemporaryFile("w+") as said:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "backend.manage", "serve", "--web", "2", "--workers", "1"],
                    cwd=self._folder, env=self.env, stdout=said, stderr=subprocess.DEVNULL, text=True,
                )  # fmt: skip
                self.starts += 1
                with Path(said.name).open() as lines:
                    while self.process.poll() is None:
                        self._hear(lines.readlines())
                        time.sleep(0.1)
            if not self._is_over:
                time.sleep(1)

    def _hear(self, lines: list[str]) -> None:
        for line in lines:
            if found := _STARTED.match(line.rstrip()):
                self.children[found[1]] = int(found[2])

    def kill(self, who: str) -> None:
        """Without a word, like a machine short of memory."""
        number = self.process.pid if who == "serve" else self.children.get(who)
        if number:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def kill_one_below(self, who: str, chance: random.Random) -> None:
        """A process that a child had started: a worker of the web, or of the jobs."""
        number = self.children.get(who, 0)
        with contextlib.suppress(OSError, IndexError):
            below = Path(f"/proc/{number}/task/{number}/children").read_text().split()
            os.kill(int(chance.choice(below)), signal.SIGKILL)

    def ready(self) -> tuple[str, set[str]] | None:
        """What `/sante/pret/` says, and of what it complains; None when nobody answers."""
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
                connection.request("GET", "/sante/pret/")
                told = json.loads(connection.getresponse().read())
        except (*_AWAY, ValueError):
            return None
        return told["etat"], {problem["code"] for problem in told["problemes"]}

    def wait_until_ready(self, within: float) -> float:
        """How long it took; `AssertionError` beyond."""
        begun = time.monotonic()
        while (said := self.ready()) is None or said[0] != "pret":
            assert time.monotonic() - begun < within, f"not ready after {within:.0f} s: {said}"
            time.sleep(0.5)
        return time.monotonic() - begun

    def wait_until_it_complains_of(self, code: str, within: float) -> str:
        """Its state once it says so: an answer is kept some seconds by each process (`health.KEPT_SECONDS`)."""
        begun = time.monotonic()
        while (said := self.ready()) is None or code not in said[1]:
            assert time.monotonic() - begun < within, f"nothing said of {code} after {within:.0f} s: {said}"
            time.sleep(0.5)
        return said[0]

    def end(self) -> None:
        """A polite stop."""
        self._is_over = True
        self.process.send_signal(signal.SIGTERM)
        self._keeper.join(timeout=400)


class Patient:
    """Somebody who asks again what was not answered, and remembers whatever was neither a page nor « attendez une minute »."""

    patience = 180.0

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.sent_again = 0
        self.strange: list[str] = []

    def patiently(self, act: Callable[[], Page]) -> Page:
        """The page, once there is one."""
        begun = time.monotonic()
        while True:
            with contextlib.suppress(*_AWAY):
                page = act()
                if page.status == 200:
                    return page
                if page.status != 503:
                    self.strange.append(f"{page.status} {page.words[:300]}")
            self.sent_again += 1
            assert time.monotonic() - begun < self.patience, f"nobody answers: {self.strange[-3:]}"
            time.sleep(0.3)


class Writer(Patient):
    """Somebody who writes follow-up after follow-up."""

    def __init__(self, service: Service, link: str, visitor: Visitor | None = None) -> None:
        super().__init__(visitor or Visitor(f"https://{HOST}", port=service.port))
        come_in(self.visitor, urlsplit(link).path, EMAIL)
        self.person = welcome(self.visitor, "Solange", "Fictive")
        self.written: list[str] = []

    def write_one(self) -> None:
        """One follow-up, sent until it is answered."""
        text = f"{OURS} {len(self.written) + 1:05d}."
        page = self.patiently(lambda: self.visitor.open(f"{self.person}noter/"))
        self.patiently(lambda: self.visitor.send(fine(page), synthesis=text))
        self.written.append(text)


def play(
    service: Service,
    link: str,
    *,
    seconds: float,
    seed: int,
    every: float,
    say: Say,
    beside: Mapping[str, Callable[[], object]] | None = None,
) -> Writer:
    """Kill at random for so long while one person writes; then wait for everything to be back.

    `beside`: what else may be struck, by name, a server of the base for one; each is struck once at least.
    """
    chance = random.Random(seed)
    say(f"{service.wait_until_ready(120):6.1f} s  ready")
    writer = Writer(service, link)
    stop_at = time.monotonic() + seconds
    seen: list[tuple[str, set[str]]] = []

    struck = list(beside or ())

    def strike() -> None:
        while time.monotonic() < stop_at or struck:
            time.sleep(chance.uniform(0.3, 1) * every)
            who = struck.pop() if struck else chance.choice([*PROCESSES, *(beside or ())])
            if beside and who in beside:
                say(f"       {who}")
                beside[who]()
            elif who.startswith("below "):
                service.kill_one_below(who.removeprefix("below "), chance)
            else:
                service.kill(who)
            if said := service.ready():
                seen.append(said)

    killer = threading.Thread(target=strike)
    killer.start()
    while time.monotonic() < stop_at or killer.is_alive() or not writer.written:
        writer.write_one()
    killer.join()
    say(
        f"{len(writer.written)} follow-ups, {writer.sent_again} sent again, {service.starts} starts of the service"
    )
    back = service.wait_until_ready(120)
    say(f"{back:6.1f} s  everything is back")
    writer.write_one()
    assert writer.strange == [], writer.strange
    return writer


def nobody_says_ready_for_the_dead(service: Service, say: Say) -> None:
    """Its jobs held still, the service says so within its documented delay; freed, it is well again."""
    number = service.children["travaux"]
    os.kill(number, signal.SIGSTOP)
    begun = time.monotonic()
    try:
        while (said := service.ready()) is None or "travaux" not in said[1]:
            assert time.monotonic() - begun < FRESH_SECONDS + 30, said
            time.sleep(1)
        say(f"{time.monotonic() - begun:6.1f} s  a worker that is stuck is said")
    finally:
        os.kill(number, signal.SIGCONT)
