"""The `passerelles` command: our commands in front, in French; Django's behind, by name."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path

_ASKS_HELP = frozenset({"help", "--help", "-h"})
_SETTINGS = "--settings"


def main() -> None:
    """Run what the command line says; 2 is the exit code of what is not known or not configured."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    words = sys.argv[1:]
    if _named(words) in demo_commands():
        os.environ["PASSERELLES_DEMO"] = "1"
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = _settings_named(words)
        django.setup()
        _warn_of_a_trial()
        code = _run(words)
    except ImproperlyConfigured as error:
        code = _refuse(f"La configuration est à corriger. {error}")
    except Exception as error:
        if not _is_busy(error):
            raise
        _refuse(_NO_BASE)
        code = 1
    sys.exit(code)


_NO_BASE = (
    "La base de données ne répond pas, ou sert quelqu’un d’autre : attendez quelques secondes, puis recommencez. "
    "Si cela dure, vérifiez que PostgreSQL tourne et ce que dit DATABASE_URL (ou POSTGRES_HOST, POSTGRES_PASSWORD)."
)


def _is_busy(error: Exception) -> bool:
    """Whether the base is away or busy: said in a sentence by every command, Django's included."""
    from backend.core.busy import is_busy

    return is_busy(error)


def _settings_named(words: list[str]) -> str:
    """The settings that the command line asks for, else the environment's, else the embedded ones."""
    for word, following in zip(words, [*words, ""][1:], strict=True):
        if word.startswith(f"{_SETTINGS}="):
            return word.partition("=")[2]
        if word == _SETTINGS:
            return following
    from backend.settings.sizes import settings_module

    return settings_module()


def _warn_of_a_trial() -> None:
    """Commands work on any base; one that holds real data must not learn late that its secrets were drawn here."""
    from backend.settings import sizes

    if sizes.settings_module() == "backend.settings.embedded" and (found := sizes.real_things()):
        sys.stderr.write(f"Attention. {sizes.only_a_trial(found)}\n")


def demo_commands() -> frozenset[str]:
    """Commands of the demonstration: asking for one installs it, which production refuses."""
    folder = Path(__file__).parent / "demo" / "management" / "commands"
    return frozenset(path.stem for path in folder.glob("[a-z]*.py"))


def _named(words: list[str]) -> str:
    """The command asked for, or asked about, as a module is named: `import-rome` is `import_rome`."""
    names = [word for word in words if word not in _ASKS_HELP | {"django"}]
    return names[0].replace("-", "_") if names and not names[0].startswith("-") else ""


def _run(words: list[str]) -> int:
    """Show a page, or hand over to the command that was named."""
    from backend.core.pages import front_page as pages

    is_djangos = words[:1] == ["django"]
    words = words[1:] if is_djangos else words
    if len(words) > 1 and words[0] in _ASKS_HELP:
        words = [words[1], "--help"]
    if not words or words[0] in _ASKS_HELP:
        return _say(pages.djangos_page() if is_djangos else pages.front_page())
    if words == ["--version"]:
        return _say(version("passerelles"))
    return _hand_over(words)


def _hand_over(words: list[str]) -> int:
    """Let Django run the command, spelled its way: `import-rome` is the module `import_rome`."""
    from django.core.management import execute_from_command_line, get_commands

    from backend.core.pages.front_page import not_known
    from backend.core.wall.gates import Gate
    from backend.core.wall.reach import lifted

    name = words[0] if words[0].startswith("-") else words[0].replace("-", "_")
    if name not in get_commands():
        return _refuse(not_known(words[0]))
    with lifted(Gate.COMMAND):
        execute_from_command_line(["passerelles", name, *words[1:]])
    return 0


def _say(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return 0


def _refuse(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 2


if __name__ == "__main__":
    main()
