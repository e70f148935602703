"""The front page of `passerelles`: our commands with one line each, read from the commands themselves.

Their source is read rather than run: some load engines that take seconds, and a list must not.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management import find_commands, get_commands

_BASE = "FrenchCommand"
_CLOSE_ENOUGH = 0.6


@cache
def our_commands() -> dict[str, str]:
    """Our commands as people type them, each with the first sentence of its help."""
    found = {name: _help_of(app, name) for name, app in known_commands().items()}
    return {typed(name): first_sentence(text) for name, text in sorted(found.items()) if text}


def known_commands() -> dict[str, str]:
    """Each command with its app, those of the apps that are installed only when asked for included."""
    installed = {name: app for name, app in get_commands().items() if isinstance(app, str)}
    folders = {app: find_spec(f"{app}.management") for app in settings.OFFERED_APPS}
    offered = {
        name: app
        for app, spec in folders.items()
        for folder in (spec.submodule_search_locations or [] if spec else [])
        for name in find_commands(folder)
    }
    return offered | installed


def djangos_commands() -> list[str]:
    """What Django and its libraries bring, by their own names."""
    return sorted(name for name in get_commands() if typed(name) not in our_commands())


def typed(name: str) -> str:
    """A command as people type it: `import_rome` is `import-rome`."""
    return name.replace("_", "-")


def first_sentence(text: str) -> str:
    """The first sentence of a help, on one line."""
    line = " ".join(text.split())
    end = line.find(". ")
    return line if end < 0 else line[: end + 1]


def front_page() -> str:
    """What `passerelles` alone says."""
    return "\n".join(
        [
            "Passerelles : un seul fil par personne, à travers les structures de l’insertion.",
            "",
            "usage : passerelles COMMANDE [options]",
            "",
            *_columns(our_commands().items()),
            "",
            "Le détail d’une commande : passerelles COMMANDE --help",
            "Les commandes de Django (migrate, shell…) : passerelles django",
        ]
    )


def djangos_page() -> str:
    """What `passerelles django` alone says."""
    names = "\n".join(f"  {name}" for name in djangos_commands())
    return (
        "Les commandes de Django et de ses bibliothèques, en anglais. "
        "Elles marchent aussi sans le mot « django ».\n\n"
        f"usage : passerelles django COMMANDE [options]\n\n{names}"
    )


def not_known(name: str) -> str:
    """What to say of a command that nobody knows: the nearest name, and where all of them are."""
    known = [*our_commands(), *djangos_commands()]
    near = difflib.get_close_matches(typed(name), known, n=1, cutoff=_CLOSE_ENOUGH)
    guess = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    return f"La commande « {name} » n’existe pas.{guess}\nToutes les commandes : passerelles --help"


def _help_of(app: str, name: str) -> str:
    """The `help` written in our command; empty for a command that is not ours."""
    spec = find_spec(f"{app}.management.commands.{name}")
    if spec is None or spec.origin is None:
        return ""
    for node in ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and _BASE in {
            base.id for base in node.bases if isinstance(base, ast.Name)
        }:
            return next((_text(line.value) for line in node.body if _sets_help(line)), "")  # type: ignore[attr-defined]
    return ""


def _sets_help(line: ast.stmt) -> bool:
    return isinstance(line, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "help" for target in line.targets
    )


def _text(value: ast.expr) -> str:
    return str(ast.literal_eval(value))


def _columns(lines: Iterable[tuple[str, str]]) -> list[str]:
    lines = list(lines)
    width = max(len(name) for name, _ in lines) + 2
    return [f"  {name:<{width}}{text}" for name, text in lines]
