"""A new version comes while people write: first one whose tables cannot change, which leaves the former serving, then a good one.

Somebody writes through the very proxy of an installation, before, during and after, while the head of the network reads the
figures of everybody; the service is stopped, brought to the next version by `passerelles upgrade`, started again. What they meet
meanwhile is one page, 503; nothing they sent is lost, and every table keeps its rows.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.core.installation.files import proxy_file
from tests.backend.operations.installations import done, free_port, passerelles
from tests.rehearsals.installed import installed, texts
from tests.rehearsals.killing import HOST, OURS, Patient, Service, Writer
from tests.rehearsals.pages import ROOT
from tests.rehearsals.visitor import Visitor, come_in, fine

FIGURES = ("exit-statistics", "--start", "2025-01-01", "--end", "2026-12-31")
_LAST = "backend/mail/migrations"
_NEXT = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mail", "{last}")]
    operations = [{operations}]
"""
GOOD = 'migrations.RunSQL("CREATE TABLE next_version (one integer)", "DROP TABLE next_version")'
BAD = f'{GOOD}, migrations.RunSQL("ALTER TABLE nothing_of_this_name ADD COLUMN two integer", "")'
LIVES = {"pathways_interview", "competences_skillchange"}
"""What somebody writes to meanwhile, and the diary that the clock reads and empties for the index of people."""
AT_EACH_STAGE = 5
"""Follow-ups written before the next thing happens."""
Say = Callable[[str], object]


class Reader(Patient):
    """The head of the network, who opens one page of figures after another."""

    def __init__(self, visitor: Visitor, env: dict[str, str]) -> None:
        super().__init__(visitor)
        email, site = "reseau@example.org", f"https://{HOST}"
        said = done(env, "invite", "--role", "tete-de-reseau", "--email", email, "--site", site)
        come_in(visitor, re.search(r"https://[^/]+(/invitation/\S+)", said)[1], email)
        menu = fine(visitor.open("/")).text.partition("<nav")[2].partition("</nav>")[0]
        self.addresses = sorted(set(re.findall(r'href="(/[^"#?]*)"', menu)))
        self.read = 0

    def read_one(self) -> None:
        """The next page of the menu."""
        address = self.addresses[self.read % len(self.addresses)]
        self.patiently(lambda: self.visitor.open(address))
        self.read += 1


def rows(env: dict[str, str], folder: Path) -> dict[str, int | str]:
    """How many rows each table of the domains holds."""
    done(env, "diagnose", str(folder / "diagnosis.json"))
    told = json.loads((folder / "diagnosis.json").read_text())["lignes"]
    houses = ("pathways_", "competences_", "employers_", "organisations_")
    return {table: many for table, many in told.items() if table.startswith(houses) and table not in LIVES}


def version(folder: Path, operations: str) -> Path:
    """The sources as they would be one version later, with a change of tables more."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    present = b"\0".join(name for name in names.split(b"\0") if name and (ROOT / name.decode()).exists())
    folder.mkdir()
    packed = subprocess.run(
        ["tar", "-c", "--null", "-T", "-"], cwd=ROOT, input=present, capture_output=True, check=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    last = max(path.stem for path in (folder / _LAST).glob("0*.py"))
    (folder / _LAST / "0999_next_version.py").write_text(_NEXT.format(last=last, operations=operations))
    return folder


def at(env: dict[str, str], tree: Path) -> dict[str, str]:
    """The same installation, with the program of that tree."""
    return {**env, "PYTHONPATH": str(tree)}


@contextmanager
def proxy(folder: Path, port: int) -> Iterator[Callable[[], Visitor]]:
    """The proxy that an installation is given, its own authority, on ports of this test; gives a way to visit through it."""
    tls, plain = free_port(), free_port()
    options = (
        f"{{\n\tlocal_certs\n\tskip_install_trust\n\tadmin off\n\thttps_port {tls}\n\thttp_port {plain}\n}}\n"
    )
    file = folder / "Caddyfile"
    file.write_text(options + proxy_file({"adresse": HOST, "port": str(port)}))
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PATH": "/usr/bin:/bin"}
    words = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    with (
        (folder / "caddy.log").open("w") as log,
        subprocess.Popen(words, env=home, stdout=log, stderr=log) as caddy,
    ):
        try:
            authority = folder / "caddy/pki/authorities/local/root.crt"
            give_up_at = time.monotonic() + 60
            while not authority.exists():
                assert time.monotonic() < give_up_at, (folder / "caddy.log").read_text()
                time.sleep(0.2)
            yield lambda: Visitor(f"https://{HOST}", trusts=str(authority), port=tls)
        finally:
            caddy.terminate()


def play(folder: Path, *, people: int, say: Say) -> None:
    """The whole story on a small installation of so many people."""
    env, link = installed(folder, people=people)
    bad, good = version(folder / "bad", BAD), version(folder / "good", GOOD)
    before = done(env, *FIGURES, timeout=1200)
    service = Service(env)
    with proxy(folder, service.port) as visit:
        try:
            say(f"{service.wait_until_ready(300):6.1f} s  ready, {people} people")
            writer, reader = Writer(service, link, visit()), Reader(visit(), env)
            writer.patience = reader.patience = 1800
            held = rows(env, folder)
            with going_on(writer, writer.write_one), going_on(reader, reader.read_one):
                _wait_for_more(writer)
                service = _change(
                    service, env, bad, "Une nouvelle version dont une table ne passe pas", say, fails=True
                )
                _wait_for_more(writer)
                service = _change(service, env, good, "Une nouvelle version", say, fails=False)
                _wait_for_more(writer)
        finally:
            service.end()
    env = at(env, good)
    assert writer.strange + reader.strange == []
    assert writer.sent_again, "somebody was writing while the service was away"
    assert texts(env, since=OURS) == writer.written
    now = rows(env, folder)
    moved = {table: (many, now.get(table)) for table, many in held.items() if now.get(table) != many}
    assert not moved, moved
    assert done(env, *FIGURES, timeout=1200) == before
    away = writer.sent_again + reader.sent_again
    say(
        f"{len(writer.written)} follow-ups written, as many kept; {reader.read} pages of figures read; {away} times "
        "« attendez une minute »; the same figures and the same rows"
    )
    shutil.rmtree(bad)


def _change(
    service: Service, env: dict[str, str], tree: Path, title: str, say: Say, *, fails: bool
) -> Service:
    """Stop, upgrade with the program of this tree, start what must serve; the service that does."""
    begun = time.monotonic()
    service.end()
    stopped = time.monotonic() - begun
    parent = Path(env["DATA_DIR"]).parent / "sauvegardes"
    answer = passerelles(at(env, tree), "upgrade", str(parent), cwd=tree, timeout=3600)
    changed = time.monotonic() - begun - stopped
    assert (answer.returncode, "Traceback" in answer.stderr) == (int(fails), False), answer.stderr
    if fails:
        assert "revenus tels qu’ils étaient" in answer.stderr
    again = Service(env if fails else at(env, tree), folder=ROOT if fails else tree)
    back = again.wait_until_ready(600)
    say(
        f"{title} : {stopped:.1f} s to stop, {changed:.1f} s to {'go back' if fails else 'change'}, {back:.1f} s to start"
    )
    return again


@contextmanager
def going_on(who: Patient, act: Callable[[], None]) -> Iterator[None]:
    """Somebody acts without a pause until this is over, then once more; when it fails, nobody waits for them."""
    is_over = threading.Event()
    failed: list[BaseException] = []

    def act_again() -> None:
        try:
            while not is_over.is_set():
                act()
            act()
        except BaseException as error:  # noqa: BLE001 (told to whoever waits below)
            failed.append(error)

    thread = threading.Thread(target=act_again)
    thread.start()
    try:
        yield
    except BaseException:
        who.patience = 0.0
        raise
    finally:
        is_over.set()
        thread.join()
    assert failed == [], failed


def _wait_for_more(writer: Writer) -> None:
    give_up_at, many = time.monotonic() + 300, len(writer.written) + AT_EACH_STAGE
    while len(writer.written) < many:
        assert time.monotonic() < give_up_at, writer.strange
        time.sleep(0.2)
