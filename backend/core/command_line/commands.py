"""The ground of every command: French help, honest exit codes, never a traceback for bad input.

Exit codes: 0 done, 1 data refused (with a report), 2 bad usage. Results go to stdout, progress to stderr.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any, NoReturn

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from backend.core.actor import typed_by
from backend.core.command_line.french_argparse import number, speak_french, whole_number
from backend.core.errors import DomainError
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted

_DJANGO_OPTIONS = frozenset(
    {"version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"}
)


class FrenchParser(CommandParser):
    """An argument parser that speaks French."""

    def __init__(self, **kwargs: Any) -> None:
        speak_french()
        super().__init__(**kwargs)
        self.register("type", int, whole_number)
        self.register("type", float, number)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help, then end with 2."""
        name = self.prog.split()[-1]
        self.exit(2, f"{message[:1].upper()}{message[1:]}.\nAide : passerelles {name} --help\n")


class FrenchCommand(BaseCommand):
    """Base of our commands; `run` does the work and gives back the exit code.

    One that `writes` takes `--as`: whoever types it says which account is theirs, and the trail keeps it.
    """

    requires_migrations_checks = False
    needs_base = True
    writes = False
    brings_accounts = False
    """Whether the account named by `--as` is only there once the command has run: a base that comes back."""
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Our parser, with the command spelled the way people type it."""
        parser = FrenchParser(
            prog=f"passerelles {subcommand.replace('_', '-')}",
            description=self.help or None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            missing_args_message=getattr(self, "missing_args_message", None),
            called_from_command_line=getattr(self, "_called_from_command_line", None),
        )
        self._add_django_options(parser)
        self.add_arguments(parser)
        if self.writes:
            parser.add_argument(
                "--as",
                dest="typed_by",
                metavar="ADRESSE",
                help="votre compte, noté au journal ; sans lui, le journal dit « exploitation »",
            )
        return parser

    @staticmethod
    def _add_django_options(parser: CommandParser) -> None:
        for name in sorted(_DJANGO_OPTIONS - {"version"}):
            flag = f"--{name.replace('_', '-')}"
            if name == "verbosity":
                parser.add_argument(flag, type=int, default=1, help=argparse.SUPPRESS)
            elif name in {"settings", "pythonpath"}:
                parser.add_argument(flag, help=argparse.SUPPRESS)
            else:
                parser.add_argument(flag, action="store_true", help=argparse.SUPPRESS)

    @lifted(Gate.COMMAND)
    def handle(self, *args: Any, **options: Any) -> None:
        """Run, turn a domain refusal into a sentence on stderr, and end with the promised code."""
        try:
            if self.needs_base:
                make_ready()
            asked = {key: value for key, value in options.items() if key not in _DJANGO_OPTIONS}
            typed = asked.get("typed_by") if self.brings_accounts else asked.pop("typed_by", None)
            with typed_by(None if self.brings_accounts else account_of(typed)):
                code = self.run(**asked)
        except DomainError as error:
            self.complain(error.message)
            code = 1
        except ValidationError as error:
            self.complain(" ".join(error.messages))
            code = 1
        if code:
            sys.exit(code)

    def run(self, **options: Any) -> int:
        """What the command does; the exit code is its answer."""
        raise NotImplementedError

    def complain(self, message: str) -> None:
        """One sentence on stderr."""
        self.stderr.write(message)

    def tell(self, message: str) -> None:
        """One line of result on stdout."""
        self.stdout.write(message)


def account_of(email: str | None) -> int | None:
    """The number of the open account with this address; None when none is given, `DomainError` when none has it."""
    if email is None:
        return None
    try:
        accounts = get_user_model().objects.filter(email__iexact=email.strip(), is_active=True)
        found: int | None = accounts.values_list("pk", flat=True).first()
    except DatabaseError:  # a base without tables yet
        found = None
    if found is None:
        raise DomainError(
            "no_account", "Aucun compte ouvert n’a l’adresse donnée à --as. Vérifiez-la, puis recommencez."
        )
    return found


def make_ready() -> None:
    """Create the tables of an empty base; refuse a base that an older version made.

    An empty base has nothing to lose, so no one has to know the word « migrate »; one with data waits
    for whoever keeps it.
    """
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if executor.loader.applied_migrations:
        raise DomainError(
            "base_is_older",
            "La base date d’une version précédente. Sauvegardez-la, lancez « passerelles migrate », puis recommencez.",
        )
    call_command("migrate", verbosity=0, interactive=False)


def day(text: str) -> date:
    """An ISO day given as an option; `ArgumentTypeError` with the way to write it otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date : écrivez AAAA-MM-JJ") from error
