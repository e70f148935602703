"""The wall stands by itself wherever it can hold, and stays down where an operator took it down: that is remembered, and said.

Beside the data, not in the base: a backup brought back must not undo what was decided since.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from backend.core.wall.policies import walled
from backend.core.wall.raising import obstacle, raise_wall, state_of, take_down

_DECISION = "second-mur-enleve"
"""A file of `DATA_DIR`: the day it was taken down."""


def decide_to_take_down() -> None:
    """From now on nothing raises it but the command."""
    _decision().write_text(f"{timezone.localdate().isoformat()}\n", encoding="ascii")


def decide_to_raise() -> None:
    """From now on it stands wherever it can hold."""
    _decision().unlink(missing_ok=True)


def taken_down_on() -> date | None:
    """The day an operator took it down; None when nobody did."""
    try:
        return date.fromisoformat(_decision().read_text("ascii").strip())
    except FileNotFoundError:
        return None
    except ValueError:  # the file is what decides, whatever it says
        return timezone.localdate(datetime.fromtimestamp(_decision().stat().st_mtime, UTC))


def keep(using: str = DEFAULT_DB_ALIAS) -> str:
    """Raise it, put it right or take it down as decided; what to say of it, empty where there is none to speak of.

    A base on its way, where tables are still missing, waits for the last of its migrations.
    """
    if connections[using].vendor != "postgresql" or not _all_are_there(using):
        return ""
    is_up = state_of(using).is_up
    if not (is_up or settings.SECOND_WALL_BY_ITSELF):
        return ""
    if taken_down_on():
        if is_up:
            take_down(using)
        return told(using)
    if obstacle(using) is None:
        raise_wall(using)
    return told(using)


def told(using: str = DEFAULT_DB_ALIAS) -> str:
    """Whether it stands, and otherwise why not and what to type."""
    state = state_of(using)
    if (day := taken_down_on()) and not state.is_up:
        return (
            f"Le second mur a été enlevé le {day:%d/%m/%Y} par passerelles second-wall --take-down : il reste enlevé. Pour le "
            "dresser de nouveau : passerelles second-wall --raise"
        )
    if why := obstacle(using):
        return f"Le second mur n’est pas dressé. {why.message}"
    if state.is_whole:
        return f"Le second mur est dressé : {len(state.behind)} tables derrière lui."
    if state.is_up:
        return (
            f"Le second mur n’est pas entier : {len(state.outside)} table(s) dehors, {len(state.older)} d’une autre version. "
            "Tapez : passerelles second-wall --raise"
        )
    return "Le second mur n’est pas dressé. Pour le dresser : passerelles second-wall --raise"


def after_migrating(using: str = DEFAULT_DB_ALIAS, verbosity: int = 0, **kwargs: Any) -> None:
    """A table that has just been made stands behind it too."""
    said = keep(using)
    if said and verbosity and (stdout := kwargs.get("stdout")):
        stdout.write(said)


def _decision() -> Path:
    return Path(settings.DATA_DIR) / _DECISION


def _all_are_there(using: str) -> bool:
    with connections[using].cursor() as cursor:
        known = connections[using].introspection.table_names(cursor)
    return {table.table for table in walled()} <= set(known)
