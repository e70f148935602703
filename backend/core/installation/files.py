"""What an installation writes: settings anybody may read, secrets that only the service's account reads, services.

Nothing is written twice: what is there already and says the same is left, and a secret once drawn is never drawn again.
"""

from __future__ import annotations

import os
import secrets
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from backend.core.errors import DomainError
from backend.core.installation import processes
from backend.core.installation.account import account_name
from backend.core.installation.away import WHILE_AWAY
from backend.core.installation.questions import CONTAINERS, SMALL, Answers

SETTINGS, SECRETS = "passerelles.env", "secrets.env"
COMPOSE_ENV = ".env"
KEYS = ("SECRET_KEY", "FIELD_KEY", "PSEUDONYM_KEY")
PASSWORDS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD")
"""Drawn too where the containers make their own base and queue."""
PRIVATE, READABLE, RUNNABLE = 0o600, 0o644, 0o755
COMMAND = "passerelles"
"""`passerelles` with the settings of the service, under its account: what an operator types afterwards."""
BACKUPS = "sauvegardes"
_OURS = frozenset(
    {"HOST_NAME", "ALLOWED_HOSTS", "DATA_DIR", "STATIC_ROOT", "PORT", "DATABASE_URL", "BROKER_URL"}
)
"""Written for some answers only: they go when the answers change."""


def settings_of(answers: Answers, folder: Path) -> dict[str, str]:
    """The variables of the service that are no secret drawn here; passwords that were typed are among them."""
    told = {
        "SIZE": answers["taille"],
        "EMAIL_URL": answers["courrier"],
        "DEFAULT_FROM_EMAIL": answers["expediteur"],
        "OPERATOR_NAME": answers["nom"],
        **dict.fromkeys(("CONTACT_EMAIL", "PRIVACY_EMAIL", "SECURITY_EMAIL"), answers["contact"]),
    }
    if answers["forme"] == CONTAINERS:
        return {"HOST_NAME": answers["adresse"], **told}
    told |= {
        "ALLOWED_HOSTS": answers["adresse"],
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        "PORT": answers["port"],
    }
    if answers["taille"] != SMALL:
        told |= {"DATABASE_URL": answers["base"], "BROKER_URL": answers["file"]}
    return told


def write_all(answers: Answers, folder: Path) -> list[str]:
    """Write what is not there yet or says something else; the names of what was written, in order."""
    is_compose = answers["forme"] == CONTAINERS
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    written = []
    told = settings_of(answers, folder)
    if is_compose:
        drawn = _drawn(folder / COMPOSE_ENV, (*KEYS, *PASSWORDS))
        return [COMPOSE_ENV] if _write_variables(folder / COMPOSE_ENV, {**told, **drawn}) else []
    (folder / "data").mkdir(mode=0o700, exist_ok=True)
    for name, variables in ((SECRETS, _drawn(folder / SECRETS, KEYS)), (SETTINGS, told)):
        if _write_variables(folder / name, variables):
            written.append(name)
    files = {"Caddyfile": (proxy_file(answers), READABLE)}
    files |= {f"systemd/{name}": (text, READABLE) for name, text in _units(folder, answers).items()}
    files |= {COMMAND: (_command(folder), RUNNABLE)}
    for name, (text, mode) in files.items():
        if write(folder / name, text, mode):
            written.append(name)
    return written


def _write_variables(path: Path, told: Mapping[str, str]) -> bool:
    """Whether the file had to be written. What the operator added to it stays: a former key, a line of the legal notice."""
    known = read_variables(path)
    wanted = {
        **told,
        **{name: value for name, value in known.items() if name not in told and name not in _OURS},
    }
    if known == wanted:
        path.chmod(PRIVATE)
        return False
    return write(path, _lines(wanted), PRIVATE)


def read_variables(path: Path) -> dict[str, str]:
    """The variables of a file written here; empty when it is not there."""
    if not path.exists():
        return {}
    pairs = (
        line.partition("=") for line in path.read_text("utf-8").splitlines() if "=" in line and line[0] != "#"
    )
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def environment_of(folder: Path) -> dict[str, str]:
    """The environment of the service, from what was written."""
    return read_variables(folder / SETTINGS) | read_variables(folder / SECRETS)


def _drawn(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """The secrets of a file, each drawn when it is not there."""
    known = read_variables(path)
    return {name: known.get(name) or secrets.token_urlsafe(60 if name in KEYS else 30) for name in names}


def _lines(told: Mapping[str, str]) -> str:
    """One assignment a line, in the quotes that systemd, compose and a shell read alike."""
    return "".join(f"{name}='{value}'\n" for name, value in told.items())


def write(path: Path, text: str, mode: int) -> bool:
    """Whether the file had to be written; its rights are set before anything is in it."""
    try:
        if path.exists() and path.read_text("utf-8") == text:
            path.chmod(mode)
            return False
        path.parent.mkdir(exist_ok=True)
        beside = path.with_name(f"{path.name}.new")
        beside.unlink(missing_ok=True)
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
        ) as stream:
            stream.write(text)
        beside.chmod(mode)
        beside.replace(path)
    except OSError as error:
        raise DomainError(
            "not_writable", f"Impossible d’écrire {path.name} dans ce dossier. Vérifiez ses droits."
        ) from error
    return True


def proxy_file(answers: Answers) -> str:
    """The file of the HTTPS proxy, as any Caddy since 2.6 reads it."""
    return (
        f"{answers['adresse']} {{\n\tencode zstd gzip\n\treverse_proxy 127.0.0.1:{answers['port']}\n"
        f"\trequest_body {{\n\t\tmax_size 11MB\n\t}}\n\n{WHILE_AWAY}}}\n"
    )


def _units(folder: Path, answers: Answers) -> dict[str, str]:
    """What systemd is given: the service, and a backup each night.

    On one machine, one unit watches everything; for a territory, one for each process, on as many machines.
    """
    nightly = {"passerelles-backup.service": _nightly(folder), "passerelles-backup.timer": _TIMER}
    if answers["taille"] == SMALL:
        serve = f"{sys.executable} -m backend.manage serve"
        return nightly | {"passerelles.service": _unit("tout", serve, folder)}
    commands = {
        "web": processes.web(bind=f"127.0.0.1:{answers['port']}", workers=2, log_level="info"),
        "travaux": processes.work(at_once=2, quiet=False),
        "horloge": processes.clock(folder / "data", quiet=False),
    }
    return nightly | {
        f"passerelles-{name}.service": _unit(name, " ".join(command), folder)
        for name, command in commands.items()
    }


def _command(folder: Path) -> str:
    """A line of shell rather than a page to follow: the settings, then the account, then the command."""
    return f"""#!/bin/sh
# La commande « passerelles » avec les réglages de ce dossier, sous le compte du service.
set -a
. '{folder / SETTINGS}' && . '{folder / SECRETS}' || exit 1
set +a
[ "$(id -u)" = 0 ] && exec runuser -u {account_name()} -- '{sys.executable}' -P -m backend.manage "$@"
exec '{sys.executable}' -P -m backend.manage "$@"
"""


_TIMER = """[Unit]
Description=Passerelles (sauvegarde de chaque nuit)

[Timer]
OnCalendar=*-*-* 02:30
Persistent=true

[Install]
WantedBy=timers.target
"""


def _nightly(folder: Path) -> str:
    return f"""[Unit]
Description=Passerelles (sauvegarde)

[Service]
Type=oneshot
{_as_the_service(folder)}
ExecStart={sys.executable} -m backend.manage backup {folder / BACKUPS} --dated
"""


def _as_the_service(folder: Path) -> str:
    """Its account, its settings, and no other place to write in than its folder."""
    return f"""User={account_name()}
WorkingDirectory={folder}
EnvironmentFile={folder / SETTINGS}
EnvironmentFile={folder / SECRETS}
UMask=0077
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=strict
ProtectHome=true
ReadWritePaths={folder}"""


def _unit(name: str, command: str, folder: Path) -> str:
    return f"""[Unit]
Description=Passerelles ({name})
After=network-online.target
Wants=network-online.target

[Service]
{_as_the_service(folder)}
ExecStart={command}
Restart=on-failure
RestartSec=5
# The jobs under way are finished first; then whatever is left goes.
KillMode=mixed
TimeoutStopSec=360

[Install]
WantedBy=multi-user.target
"""
