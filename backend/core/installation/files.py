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
from backend.core.installation.questions import CONTAINERS, SMALL, Answers

SETTINGS, SECRETS = "passerelles.env", "secrets.env"
COMPOSE_ENV = ".env"
KEYS = ("SECRET_KEY", "FIELD_KEY", "PSEUDONYM_KEY")
PASSWORDS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD")
"""Drawn too where the containers make their own base and queue."""
PRIVATE, READABLE = 0o600, 0o644


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
        return [COMPOSE_ENV] if write(folder / COMPOSE_ENV, _lines({**told, **drawn}), PRIVATE) else []
    (folder / "data").mkdir(mode=0o700, exist_ok=True)
    if write(folder / SECRETS, _lines(_drawn(folder / SECRETS, KEYS)), PRIVATE):
        written.append(SECRETS)
    files = {SETTINGS: (_lines(told), PRIVATE), "Caddyfile": (_caddyfile(answers), READABLE)}
    files |= {f"systemd/{name}": (text, READABLE) for name, text in _units(folder, answers).items()}
    for name, (text, mode) in files.items():
        if write(folder / name, text, mode):
            written.append(name)
    return written


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


_AWAY = (
    "Le service revient dans un instant. Rien de ce qui est enregistré n’est perdu : attendez une minute, puis rechargez "
    "cette page ; si vous veniez d’envoyer un formulaire, acceptez de l’envoyer à nouveau."
)
"""What the proxy says while the service is stopped or updated; `deploy/Caddyfile` shows it as a page."""


def _caddyfile(answers: Answers) -> str:
    return (
        f"{answers['adresse']} {{\n\tencode zstd gzip\n\treverse_proxy 127.0.0.1:{answers['port']}\n"
        "\trequest_body {\n\t\tmax_size 11MB\n\t}\n"
        f'\thandle_errors 502 503 504 {{\n\t\theader Retry-After 30\n\t\trespond "{_AWAY}" 503\n\t}}\n}}\n'
    )


def _units(folder: Path, answers: Answers) -> dict[str, str]:
    """One unit that watches everything on one machine; for a territory, one for each process, on as many machines."""
    if answers["taille"] == SMALL:
        serve = f"{sys.executable} -m backend.manage serve"
        return {"passerelles.service": _unit("tout", serve, folder)}
    commands = {
        "web": processes.web(bind=f"127.0.0.1:{answers['port']}", workers=2, log_level="info"),
        "travaux": processes.work(at_once=2, quiet=False),
        "horloge": processes.clock(folder / "data", quiet=False),
    }
    return {
        f"passerelles-{name}.service": _unit(name, " ".join(command), folder)
        for name, command in commands.items()
    }


def _unit(name: str, command: str, folder: Path) -> str:
    return f"""[Unit]
Description=Passerelles ({name})
After=network-online.target
Wants=network-online.target

[Service]
User={account_name()}
WorkingDirectory={folder}
EnvironmentFile={folder / SETTINGS}
EnvironmentFile={folder / SECRETS}
ExecStart={command}
Restart=on-failure
RestartSec=5
# The jobs under way are finished first; then whatever is left goes.
KillMode=mixed
TimeoutStopSec=360
UMask=0077
NoNewPrivileges=true
PrivateTmp=true

[Install]
WantedBy=multi-user.target
"""
