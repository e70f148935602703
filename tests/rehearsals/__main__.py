"""`python -m tests.rehearsals`: the long forms of what the suite plays shortly; each prints what it saw, and when.

`bare` types the page of installation on a bare Debian, at both sizes; `kill` kills at random while somebody writes
(a territory is given by `--database` and `--broker`, both empty before it); `upgrade` brings a new version to a base of
`--people` while somebody writes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.rehearsals import bare, killing, upgrading
from tests.rehearsals.installed import installed, texts
from tests.rehearsals.machines import a_machine
from tests.smtp import smtp_server


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def play_bare(told: argparse.Namespace) -> None:
    for size in told.size:
        say(f"── {size}, bare {told.release}")
        with a_machine(release=told.release) as machine:
            try:
                seconds = bare.play(machine, size, has_program=False, say=say)
            except AssertionError:
                say(bare.logs(machine))
                raise
        say(f"{seconds:6.1f} s  from a bare Debian to the first follow-up")
        assert seconds < 600


def play_kill(told: argparse.Namespace) -> None:
    size = (
        {"SIZE": "territoire", "DATABASE_URL": told.database, "BROKER_URL": told.broker}
        if told.database
        else {}
    )
    with tempfile.TemporaryDirectory(prefix="passerelles-kill-") as folder, smtp_server() as mail:
        env, link = installed(Path(folder), EMAIL_URL=f"smtp://127.0.0.1:{mail.server_address[1]}", **size)
        service = killing.Service(env)
        try:
            writer = killing.play(service, link, seconds=60 * told.minutes, seed=told.seed, every=5, say=say)
            killing.nobody_says_ready_for_the_dead(service, say)
        finally:
            service.end()
        assert texts(env) == writer.written
        say(f"{len(writer.written)} follow-ups written, as many kept, each once")


def play_upgrade(told: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="passerelles-upgrade-") as folder:
        upgrading.play(Path(folder), people=told.people, say=say)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.rehearsals", description=__doc__)
    what = parser.add_subparsers(required=True)
    played = what.add_parser("bare")
    played.add_argument("--release", default="bookworm")
    played.add_argument("--size", action="append", choices=bare.SIZES)
    played.set_defaults(play=play_bare)
    killed = what.add_parser("kill")
    killed.add_argument("--minutes", type=float, default=10)
    killed.add_argument("--seed", type=int, default=39)
    killed.add_argument("--database", default="")
    killed.add_argument("--broker", default="")
    killed.set_defaults(play=play_kill, size=None)
    upgraded = what.add_parser("upgrade")
    upgraded.add_argument("--people", type=int, default=2000)
    upgraded.set_defaults(play=play_upgrade, size=None)
    told = parser.parse_args()
    told.size = told.size or list(bare.SIZES)
    told.play(told)


if __name__ == "__main__":
    main()
