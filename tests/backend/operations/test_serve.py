"""`passerelles serve`, for real: what is killed comes back, a polite stop leaves nothing, a bad start says what to type."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from backend.core.health import signs
from backend.operations.supervision import LONGEST_DELAY, MARK, delay_after, end_leftovers
from tests.backend.operations.installations import ROOT, done, environment, free_port, passerelles

PATIENCE = 180.0
STARTED = re.compile(r"^(\S+) : lancé \(processus (\d+)\)$")


@pytest.fixture(scope="module")
def sheets(tmp_path_factory, made_once):
    """Style sheets, gathered once for every installation of this file."""
    folder = tmp_path_factory.mktemp("sheets")
    done(
        environment(folder / "data", STATIC_ROOT=str(folder / "static")), "collectstatic", "--no-input", "-v0"
    )
    return str(folder / "static")


@pytest.fixture
def ready(small, sheets):
    return {**small, "STATIC_ROOT": sheets, "PORT": str(free_port())}


class Serving:
    """A service under way, what it said, and the processes that it watches."""

    def __init__(self, env):
        self.env = env
        self.data_dir = Path(env["DATA_DIR"])
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "backend.manage", "serve", "--web", "1", "--workers", "1"],
            cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        self.lines.extend(line.rstrip() for line in self.process.stdout)

    def started(self, label):
        """The processes that were this child, oldest first."""
        found = [match for line in list(self.lines) if (match := STARTED.match(line))]
        return [int(match[2]) for match in found if match[1] == label]

    def asks(self, path):
        try:
            address = f"http://127.0.0.1:{self.env['PORT']}{path}"
            with urllib.request.urlopen(address, timeout=10) as answer:
                return json.load(answer)
        except OSError:
            return None

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=PATIENCE)
        self._reader.join(timeout=10)
        self.process.stdout.close()
        return code


def until(true, what):
    give_up_at = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < give_up_at, f"still waiting for {what}"
        time.sleep(0.3)
    return found


def processes_naming(text):
    """Every live process whose environment names this folder: the service and whatever it started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.fixture
def serving(ready):
    begun = []

    def begin():
        begun.append(Serving(ready))
        return begun[-1]

    yield begin
    for service in begun:
        if service.process.poll() is None:
            service.end()


@pytest.mark.chaos
def test_what_is_killed_comes_back_and_a_polite_stop_leaves_nothing(serving, ready):
    service = serving()
    until(lambda: service.asks("/sante/vivant/"), "the web")
    until(lambda: service.asks("/sante/pret/")["etat"] == "pret", "the worker and the clock")
    second = passerelles(ready, "serve")
    assert (second.returncode, "tourne déjà" in second.stderr) == (1, True)

    for label in ("web", "travaux", "horloge"):
        killed = service.started(label)[-1]
        os.kill(killed, signal.SIGKILL)
        until(lambda label=label, killed=killed: service.started(label)[-1] != killed, f"{label} again")
    for who in signs.Watched:
        signs.forget(who, service.data_dir)
    until(lambda: service.asks("/sante/vivant/"), "the web again")
    until(lambda: service.asks("/sante/pret/")["etat"] == "pret", "the worker and the clock again")

    assert service.end() == 0
    assert processes_naming(str(service.data_dir)) == []
    assert service.lines[-1] == "Tout est arrêté."
    assert [who for who in signs.Watched if signs.age_of(who, service.data_dir) is not None] == []


ASK_FOR_A_JOB = "from celery import current_app; print(current_app.send_task('core.forget_old_answers'))"


@pytest.mark.chaos
def test_a_job_asked_while_it_is_stopped_is_done_at_the_next_start(serving, ready):
    done(ready, "shell", "--no-imports", "-c", ASK_FOR_A_JOB)
    messages = Path(ready["DATA_DIR"]) / "broker"
    waiting = list(messages.glob("*.celery.msg"))
    assert waiting
    service = serving()
    until(lambda: not any(message.exists() for message in waiting), "the job")
    assert service.end() == 0
    assert list(messages.glob("*.celery.msg")) == []


@pytest.mark.chaos
def test_killed_outright_it_leaves_nothing_behind(serving):
    service = serving()
    until(lambda: service.asks("/sante/vivant/"), "the web")
    service.process.kill()
    until(lambda: not processes_naming(str(service.data_dir)), "the children to go")
    service._reader.join(timeout=10)
    service.process.wait()
    service.process.stdout.close()


def test_what_does_not_hear_that_its_service_died_is_ended_by_the_next_start(tmp_path):
    """A worker stuck on its way out; that of another folder is not ours to end."""
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
    ours, another = (
        subprocess.Popen(
            [sys.executable, "-c", deaf], env={MARK: str(tmp_path / name)}, stdout=subprocess.PIPE
        )
        for name in ("data", "data-of-another")
    )
    with ours, another:
        try:
            for process in (ours, another):
                process.stdout.readline()
            reaper = threading.Thread(target=ours.wait)
            reaper.start()
            assert end_leftovers(str(tmp_path / "data")) == 1
            reaper.join(timeout=10)
            assert (ours.poll(), another.poll()) == (-signal.SIGKILL, None)
            assert end_leftovers(str(tmp_path / "data")) == 0
        finally:
            ours.kill()
            another.kill()


@pytest.mark.parametrize(
    ("missing", "typed"),
    [
        ("tables", "passerelles migrate"),
        ("style sheets", "passerelles collectstatic"),
        ("referential", "passerelles load-starter"),
        ("secret", "SECRET_KEY"),
        ("port", "PORT="),
    ],
)
def test_it_refuses_to_start_when_something_is_missing_and_says_what_to_type(ready, tmp_path, missing, typed):
    with socket.socket() as taken:
        if missing == "tables":
            (Path(ready["DATA_DIR"]) / "passerelles.sqlite3").unlink()
        elif missing == "style sheets":
            ready["STATIC_ROOT"] = str(tmp_path / "none")
        elif missing == "referential":
            forget = "from competences.models import Competence as C, OccupationCompetence as O; O.objects.all().delete(); C.objects.all().delete()"
            done(ready, "shell", "--no-imports", "-c", forget)
        elif missing == "secret":
            ready["SECRET_KEY"] = ""
        else:
            taken.bind(("127.0.0.1", int(ready["PORT"])))
            taken.listen()
        refused = passerelles(ready, "serve", timeout=120)
    assert refused.returncode in {1, 2}
    assert typed in refused.stderr
    assert "Traceback" not in refused.stderr


def test_each_fall_waits_longer_up_to_a_minute():
    waits = [delay_after(falls) for falls in range(1, 9)]
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == LONGEST_DELAY
