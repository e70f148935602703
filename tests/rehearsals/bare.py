"""The page of installation, word for word: from a Debian that has only Python to a first follow-up recorded over TLS.

Nothing is typed that the page does not say. What a machine that never booted lacks is stood for: systemd
(`tests/rehearsals/systemctl.py`), a public authority (Caddy certifies itself), a name server (the visitor knows the way).
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Callable

from tests.rehearsals.machines import SOURCES, Machine
from tests.rehearsals.pages import blocks, under
from tests.rehearsals.visitor import SYNTHESIS

PAGE = "docs/installer.md"
OPERATIONS = "docs/exploitation.md"
_CHANGE, _BACK = "Sans conteneurs", "Si une étape échoue"
_TAKEN, _REMOVED = "Tout emporter", "Retirer"
SIZES = ("petite", "territoire")
_PARTS = (
    "1. Ce que la machine doit avoir",
    "2. Le programme",
    "3. Vos réponses",
    "4. Installer et ouvrir",
)
_AUTHORITY = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
_PROGRAM = _PARTS[1]
Say = Callable[[str], object]


def install(machine: Machine, size: str, *, has_program: bool, say: Say) -> str:
    """Type the page on the machine; everything it answered. `has_program` leaves out what only fetches packages."""
    said = []
    answers = ""
    for block in blocks(PAGE):
        if block.heading not in _PARTS or not block.is_for(size):
            continue
        if block.kind == "toml":
            answers += block.text
            machine.write(
                f"{SOURCES}/reponses.conf", answers.replace('taille = "petite"', f'taille = "{size}"')
            )
            continue
        for line in block.lines:
            if has_program and (block.heading == _PROGRAM or line.startswith("apt-get ")):
                continue
            begun = time.monotonic()
            if line.endswith("check-install"):
                _wait_until_well(machine, line)
            said.append(machine.type(line))
            say(f"{time.monotonic() - begun:6.1f} s  {line}")
    return "\n".join(said)


def _wait_until_well(machine: Machine, line: str) -> None:
    """« Une minute plus tard »: no more than that."""
    give_up_at = time.monotonic() + 60
    while (done := machine.run(line)).returncode and time.monotonic() < give_up_at:
        time.sleep(1)
    assert done.returncode == 0, done.stdout


def first_follow_up(machine: Machine, said: str) -> dict[str, object]:
    """Follow the link that the installation printed, up to reading back a first follow-up."""
    link = re.search(r"https://\S+/invitation/\S+", said)
    assert link, said
    email = re.search(r'responsable = "(.+)"', machine.read(f"{SOURCES}/reponses.conf"))
    with tempfile.NamedTemporaryFile("w", suffix=".crt") as certificate:
        certificate.write(machine.read(_AUTHORITY))
        certificate.flush()
        done = machine.visited_by("-m", "tests.rehearsals.visitor", link[0], email[1], certificate.name)
    assert done.returncode == 0, done.stdout
    return json.loads(done.stdout)


def play(machine: Machine, size: str, *, has_program: bool, say: Say) -> float:
    """The whole page, then the first follow-up; how many seconds both took."""
    begun = time.monotonic()
    said = install(machine, size, has_program=has_program, say=say)
    told = first_follow_up(machine, said)
    say(f"{told['seconds']:6} s  a first follow-up over TLS")
    seconds = time.monotonic() - begun
    upgrade(machine, size, has_program=has_program, say=say)
    take_out_and_remove(machine, size, say=say)
    return seconds


def upgrade(machine: Machine, size: str, *, has_program: bool, say: Say) -> None:
    """A change of version, then the way back that the page gives, typed after it; all is well after each."""
    for headings in ((_CHANGE,), (_CHANGE, _BACK)):
        lines = [
            line
            for block in blocks(OPERATIONS)
            if block.heading in headings and block.is_for(size)
            for line in block.lines
        ]
        if _BACK in headings:  # nothing of the new program is kept, and the former one serves
            lines = [line for line in lines if line != "rm -r /opt/passerelles-avant"]
            start = next(line for line in lines if line.startswith("systemctl start"))
            lines = [*(line for line in lines if line != start), start]
        for line in lines:
            if has_program and "/bin/pip " in line:
                continue
            begun = time.monotonic()
            machine.type(line)
            say(f"{time.monotonic() - begun:6.1f} s  {line}")
        _wait_until_well(machine, "/srv/passerelles/passerelles check-install")


def take_out_and_remove(machine: Machine, size: str, *, say: Say) -> None:
    """Everything leaves in files that anybody reads; then nothing of the service is left on the machine."""
    for heading in (_TAKEN, _REMOVED):
        for line in (line for block in under(PAGE, heading, size=size) for line in block.lines):
            begun = time.monotonic()
            machine.type(line)
            say(f"{time.monotonic() - begun:6.1f} s  {line}")
    assert SYNTHESIS in machine.read("/srv/tout/entretiens.csv"), "what was written is there, in clear"
    for place in ("/srv/passerelles", "/opt/passerelles", "/etc/systemd/system/passerelles*"):
        assert machine.run(f"ls -d {place}", folder="/").returncode, f"{place} is still there"
    assert machine.run("id passerelles", folder="/").returncode, "its account is still there"
    assert "backend" not in machine.run("cat /proc/[0-9]*/cmdline", folder="/").stdout, "something still runs"


def logs(machine: Machine) -> str:
    """What the services said, when something went wrong."""
    return machine.run("tail -n 40 /run/stand-in/*.log", folder="/").stdout
