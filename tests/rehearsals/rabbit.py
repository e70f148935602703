"""A RabbitMQ of one's own, that may be killed, held still and started again: its folder, its account, its ports."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.backend.operations.installations import free_port
from tests.needed import needs_that
from tests.rehearsals.servers import PASSWORD

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""What Debian's `rabbitmq-server` runs, once it has become another account: ours is enough."""
needs_rabbitmq = needs_that(PROGRAM.exists(), "rabbitmq-server is not installed")
ACCOUNT = "passerelles"
_PATIENCE = 90.0


class Rabbit:
    """Keeps on disk what it must: killed, it comes back with what waited."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        folder.mkdir()
        said = (
            f"listeners.tcp.1 = 127.0.0.1:{self._port}\ndefault_user = {ACCOUNT}\ndefault_pass = {PASSWORD}\n"
        )
        (folder / "rabbitmq.conf").write_text(said)
        self._environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(folder),  # its cookie
            "RABBITMQ_NODENAME": f"essai{self._port}@localhost",
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "ERL_EPMD_PORT": str(free_port()),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        self.start()

    @property
    def url(self) -> str:
        return self.url_with(PASSWORD)

    def url_with(self, password: str) -> str:
        """Its address, as somebody who knows this password would write it."""
        return f"amqp://{ACCOUNT}:{password}@127.0.0.1:{self._port}//"

    def start(self) -> None:
        """Wait until it greets whoever speaks its language."""
        with (self._folder / "said").open("a") as said:
            self._process = subprocess.Popen(
                [str(PROGRAM)], env=self._environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=True,
            )  # fmt: skip
        give_up_at = time.monotonic() + _PATIENCE
        while not self._greets():
            assert self._process.poll() is None, (self._folder / "said").read_text()[-2000:]
            assert time.monotonic() < give_up_at, "RabbitMQ is long to come"
            time.sleep(0.2)

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=2) as line:
                line.sendall(b"AMQP\x00\x00\x09\x01")
                return bool(line.recv(1))
        except OSError:
            return False

    def kill(self) -> None:
        """Without a word, with all it had started for itself."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def hold_still(self) -> None:
        """It keeps its connections and answers nobody."""
        self._signal(signal.SIGSTOP)

    def let_go(self) -> None:
        """It goes on where it was."""
        self._signal(signal.SIGCONT)

    def end(self) -> None:
        """Gone for good, and the registry of names it had started."""
        self.let_go()
        self.kill()
        port = self._environment["ERL_EPMD_PORT"]
        subprocess.run(
            ["epmd", "-port", port, "-kill"], env=self._environment, capture_output=True, check=False
        )

    def _signal(self, number: signal.Signals) -> None:
        # Its shell keeps the session; the program itself makes a group of its own.
        for pid in _all_of(self._process.pid):
            os.kill(pid, number)


def _all_of(session: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--sid", str(session)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in found.stdout.split()]
