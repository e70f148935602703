"""A manager gone, a mail server in a mood, a key to change, a disk that is full: what `docs/exploitation.md` gives to type, typed.

Each trouble is met by somebody who uses the pages and by somebody who types, on one small installation whose disk is a small one.
Whoever types finds the trouble in the page first: no command of this story is missing from the line that tells of it.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.backend.operations.installations import done, passerelles
from tests.needed import needs_that
from tests.rehearsals import killing
from tests.rehearsals.installed import installed
from tests.rehearsals.machines import can_make_one
from tests.rehearsals.pages import rows
from tests.rehearsals.visitor import PASSWORD, Visitor, code_for, come_in, fine, note, welcome
from tests.smtp import smtp_server

STRUCTURE, NEWCOMER, COLLEAGUE = "Chantier des Rives", "nouvelle@example.org", "collegue@example.org"
TEXT = "Nous avons longuement parlé de la garde des enfants et du permis de conduire, à revoir lundi."
SITE, TEAM = f"https://{killing.HOST}", "/equipe/"


PAGE, TROUBLES = "docs/exploitation.md", "Quand quelque chose ne va pas"
GONE = "la ou le responsable est parti, ou son lien a expiré"
LOST = "quelqu’un a perdu téléphone et codes de secours"
MAIL = "les invitations n’arrivent pas, ou « Des messages attendent »"
FULL = "le disque est plein"


def told_by_the_page(trouble, *words):
    """The line of the page that tells of this trouble gives this command to type."""
    line = rows(PAGE, TROUBLES)[trouble]
    assert f"`{' '.join(['passerelles', *words])}" in line, f"« {trouble} » does not say to type {words}"


@contextlib.contextmanager
def a_small_disk(place: Path):
    """A disk of its own, that can be filled without harm to anybody else."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1300m", "essai", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextlib.contextmanager
def filled(place: Path):
    """No room left there, to the last byte."""
    filling = place / "filling"
    with filling.open("wb") as stream, contextlib.suppress(OSError):
        while True:
            os.write(stream.fileno(), bytes(1 << 20))
    with filling.open("ab", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(bytes(512))
    try:
        yield
    finally:
        filling.unlink()


@contextlib.contextmanager
def serving(env):
    service = killing.Service(env)
    try:
        service.wait_until_ready(180)
        yield service
    finally:
        service.end()


def until(true, within=120):
    give_up_at = time.monotonic() + within
    while not (found := true()):
        assert time.monotonic() < give_up_at
        time.sleep(1)
    return found


@pytest.mark.rehearsal
@needs_that(can_make_one(), "only root makes a disk")
def test_each_trouble_has_its_page_and_its_command(tmp_path):
    with a_small_disk(tmp_path / "disk") as disk, smtp_server() as mail:
        env, _ = installed(disk, EMAIL_URL=f"smtp://compte:invente@127.0.0.1:{mail.server_address[1]}")
        with serving(env) as service:
            manager = the_manager_is_gone(env, service)
            person = welcome(manager, "Solange", "Fictive")
            fine(note(manager, person, TEXT))
            the_mail_server_is_in_a_mood(env, service, manager, mail)
            the_disk_is_full(env, service, manager, person, disk)
        env = a_key_is_changed(env, manager, person)
        with serving(env) as service:
            a_telephone_is_lost(env, service)


def the_manager_is_gone(env, service):
    """The link of the first one expired, nobody answers any more."""
    told_by_the_page(GONE, "invite", "--structure", "NOM", "--role", "responsable", "--email", "ADRESSE")
    said = done(
        env, "invite", "--structure", STRUCTURE, "--role", "responsable", "--email", NEWCOMER, "--site", SITE
    )
    visitor = Visitor(SITE, port=service.port)
    come_in(visitor, link_in(said), NEWCOMER)
    return visitor


def link_in(text):
    return urlsplit(re.search(r"https://\S+/invitation/[-\w/]+", text)[0]).path


def the_mail_server_is_in_a_mood(env, service, manager, mail):
    told_by_the_page(MAIL, "outbox")
    told_by_the_page(MAIL, "outbox", "--resend")
    told_by_the_page(MAIL, "check-mail", "ADRESSE")

    mail.mood = "hangs"
    invite(manager, COLLEAGUE)
    says_why(env, "n’a pas répondu", "le serveur de courrier ne répond pas")
    whoever_invited_reads(
        manager, "Message pas encore parti : le serveur de courrier ne répond pas, nouvel essai"
    )
    shown = fine(manager.press(fine(manager.open(TEAM)), "/lien/"))
    come_in(Visitor(SITE, port=service.port), link_in(shown.text), COLLEAGUE)
    mail.released.set()

    for mood, tried, kept in (
        ("hangs up", "a raccroché", "a raccroché"),
        ("refuses the account", "refuse le compte", "refuse le compte de l’installation"),
    ):
        mail.mood, address = mood, f"{mood.replace(' ', '-')}@example.org"
        invite(manager, address)
        says_why(env, tried, kept)
        whoever_invited_reads(manager, "Message pas encore parti")
        mail.mood = "accepts"
        assert "remis en tête" in done(env, "outbox", "--resend")
        until(lambda: "tous sont partis" in done(env, "outbox"))
        assert any(address in message and "/invitation/" in message for message in mail.messages)
        whoever_invited_reads(manager, "Message parti le")

    mail.mood = "refuses the address"
    invite(manager, "mal-ecrite@example.org")
    says_why(env, "550 no such mailbox", "l’adresse est refusée par son serveur")
    whoever_invited_reads(manager, "Message refusé par le serveur de l’adresse : vérifiez-la")
    mail.mood = "accepts"
    fine(manager.press(fine(manager.open(TEAM)), "/renvoyer/"))
    until(lambda: any("mal-ecrite" in message for message in mail.messages))


def invite(manager, address):
    """Nobody waits for the mail server."""
    page = fine(manager.open("/equipe/inviter/"))
    begun = time.monotonic()
    fine(manager.send(page, email=address, role="ADVISOR"))
    assert time.monotonic() - begun < 8, "no page waits for the mail server"


def says_why(env, tried, kept):
    """What the operator types says it: the trial at once, the outbox once the workers met the same."""
    answer = passerelles(env, "check-mail", NEWCOMER)
    assert (answer.returncode, tried in answer.stderr + answer.stdout) == (1, True), answer.stderr
    until(lambda: kept in done(env, "outbox"))


def whoever_invited_reads(manager, words):
    until(lambda: words in fine(manager.open(TEAM)).words, within=30)


def the_disk_is_full(env, service, manager, person, disk):
    page = fine(manager.open(f"{person}noter/"))
    assert "`df -h`" in rows(PAGE, TROUBLES)[FULL]
    with filled(disk):
        refused = manager.send(page, synthesis=TEXT.replace("lundi", "mardi"))
        assert (refused.status, "mardi" in refused.text) == (503, True), refused.words[:600]
        assert "Solange" in fine(manager.open("/personnes/")).text, "lists are still read"
        assert manager.open(person).status in {200, 503}, (
            "whoever opens a file leaves a line: it may wait for room"
        )
        until(lambda: (said := service.ready()) and "disque" in said[1])
        told = passerelles(env, "check-install")
        first = (told.stdout + told.stderr).strip().splitlines()[0]
        assert "disque" in first, told.stdout + told.stderr
        assert "df -h" in told.stdout + told.stderr
        saved = passerelles(env, "backup", str(disk / "sauvegarde"))
        assert (saved.returncode, "plus de place" in saved.stderr) == (1, True), saved.stderr
        assert "Traceback" not in told.stderr + saved.stderr
    until(lambda: fine(manager.send(page, synthesis=TEXT.replace("lundi", "mardi"))))
    assert "mardi" in fine(manager.open(person)).text
    service.wait_until_ready(60)


def a_key_is_changed(env, manager, person):
    """The service stops between two settings; the text is read at each step."""
    both = {**env, "OLD_FIELD_KEYS": env["FIELD_KEY"], "FIELD_KEY": secrets.token_urlsafe(60)}
    with serving(both):
        assert TEXT in fine(manager.open(person)).text
        assert "Videz OLD_FIELD_KEYS" in done(both, "reseal")
    new = {name: value for name, value in both.items() if name != "OLD_FIELD_KEYS"}
    with serving(new):
        assert TEXT in fine(manager.open(person)).text
        assert "cles" not in done(new, "check-install")
    return new


def a_telephone_is_lost(env, service):
    told_by_the_page(LOST, "reset-second-factor", "ADRESSE")
    done(env, "reset-second-factor", NEWCOMER)
    visitor = Visitor(SITE, port=service.port)
    page = fine(visitor.send(visitor.open("/compte/connexion/"), login=NEWCOMER, password=PASSWORD))
    secret = re.search(r"<code[^>]*>\s*([A-Z2-7 ]{16,})\s*</code>", page.text)
    assert secret, page.words[:600]
    fine(visitor.send(page, code=code_for(secret[1].replace(" ", ""))), at="codes")
