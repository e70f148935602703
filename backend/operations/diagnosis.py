"""What somebody who helps from afar needs to know of an installation, and nothing about anybody.

By construction: versions, states, counts and yes-or-no. No value of a variable, no name, no address, no path.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from importlib.metadata import distributions, version
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from backend.core.health import signs
from backend.core.health.findings import troubles
from backend.core.jobs import BackgroundJob, kinds
from backend.core.values.numbers import half_up
from backend.core.wall.keeping import taken_down_on
from backend.core.wall.raising import obstacle, state_of
from backend.operations.backups.engines import rows_now
from backend.settings.sizes import settings_module, size
from backend.settings.variables import VARIABLES

_FEW = 5
"""Below this many rows, a count could speak of somebody: « moins de 5 »."""


def diagnosis() -> dict[str, Any]:
    """Everything, as plain values."""
    return {
        "ecrit_le": timezone.now().isoformat(timespec="seconds"),
        "passerelles": version("passerelles"),
        "python": platform.python_version(),
        "systeme": f"{platform.system()} {platform.machine()}",
        "taille": size().value or "essai",
        "reglages": settings_module().rpartition(".")[2],
        "base": _base(),
        "variables": {each.name: bool(os.environ.get(each.name, "").strip()) for each in VARIABLES},
        "problemes": [
            {"code": trouble.code, "probleme": trouble.sentence} for trouble in troubles(is_running=True)
        ],
        "signes_de_vie": {who.value: _age(who) for who in signs.Watched},
        "disque_libre_go": float(half_up(shutil.disk_usage(settings.DATA_DIR).free / 1e9, 1)),
        "lignes": _rows(),
        "travaux": _jobs(),
        "paquets": dict(sorted((each.metadata["Name"], each.version) for each in distributions())),
    }


def _base() -> dict[str, str]:
    try:
        connection.ensure_connection()
    except DatabaseError:
        return {"moteur": connection.vendor, "version": "ne répond pas"}
    found = getattr(connection, "pg_version", None) or sqlite3.sqlite_version
    return {"moteur": connection.vendor, "version": str(found), "second_mur": _wall()}


def _wall() -> str:
    """Yes, or why not, by a code: the sentence of the command names an account."""
    try:
        if state_of().is_whole:
            return "dressé"
        why = obstacle()
    except DatabaseError:
        return "inconnu"
    if taken_down_on() and connection.vendor == "postgresql":
        return "enlevé par la commande"
    return f"non ({why.code})" if why else "non"


def _age(who: signs.Watched) -> str:
    age = signs.age_of(who, settings.DATA_DIR)
    return "aucun" if age is None else f"il y a {age:.0f} s"


def _rows() -> dict[str, int | str]:
    try:
        return {name: _told(many) for name, many in rows_now().items()}
    except DatabaseError:
        return {}


def _jobs() -> dict[str, dict[str, int | str]]:
    """How many jobs stand in each state, by kind of job."""
    try:
        return {kind._meta.label_lower: _states(kind) for kind in kinds()}
    except DatabaseError:
        return {}


def _states(kind: type[BackgroundJob]) -> dict[str, int | str]:
    states = list(kind._default_manager.values_list("status", flat=True))
    return {state: _told(states.count(state)) for state in sorted(set(states))}


def _told(many: int) -> int | str:
    return many if many == 0 or many >= _FEW else f"moins de {_FEW}"
