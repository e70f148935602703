"""The servers of a territory, ours alone so that they may be ill-treated: PostgreSQL and Redis."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.backend.operations.installations import free_port
from tests.backend.operations.postgresql import own_server

PASSWORD = "un-mot-de-passe-invente-pour-cet-essai"
AWAY_SECONDS = 3.0


class Broker:
    """A Redis that keeps nothing on disk: stopped, it forgets every message."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self._port}/0"

    def start(self) -> None:
        words = [
            "redis-server",
            "--port",
            str(self._port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._process = subprocess.Popen(
            [*words, "--requirepass", PASSWORD, "--dir", str(self._folder)], stdout=subprocess.DEVNULL
        )
        with redis.Redis.from_url(self.url) as client:
            for _ in range(200):
                try:
                    client.ping()
                except redis.ConnectionError:
                    time.sleep(0.05)
                else:
                    return
        raise AssertionError("Redis did not start")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def away(self) -> None:
        """Killed, gone for some seconds, back with an empty memory."""
        self.stop()
        time.sleep(AWAY_SECONDS)
        self.start()


@contextmanager
def servers(folder: Path) -> Iterator[tuple[dict[str, str], dict[str, Callable[[], object]]]]:
    """What a territory is told of them, and what may befall each."""
    with own_server("passerelles") as base:
        base.asked("passerelles", "postgres", "CREATE DATABASE territoire")
        broker = Broker(folder)
        told = {"SIZE": "territoire", "DATABASE_URL": base.address("territoire"), "BROKER_URL": broker.url}
        befalls = {
            "the base is restarted": lambda: base.restart("fast"),
            "the base loses its power": lambda: base.restart("immediate"),
            "the broker goes away": broker.away,
        }
        try:
            yield told, befalls
        finally:
            broker.stop()
