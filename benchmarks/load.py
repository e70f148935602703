"""How many requests a second two workers answer, with the loader beside them on the same machine.

    python benchmarks/load.py [--people 20000] [--seconds 10] [--database URL] [--port 8097]

gunicorn runs as documented (two workers of two threads) on the base of `pages.py`; eight connections ask, in turn: the
seven pages of an advisor, lists of the API, then a mix of 40 % pages, 35 % API and 25 % writes (interviews). Printed for
each: requests a second, 95th centile (ms), errors, and processor milliseconds a request, by which two whole cores would
answer `on_two_cores`: on a machine that does something else, this one is the figure to compare. The aims are 40, 120 and
60 a second (40 for the mix on SQLite), 300 ms, no error.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from datetime import datetime
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history, pages  # noqa: E402

CONNECTIONS = 8
WORKERS = 2
PAGES = ("ma journée", "personnes", "une personne", "noter", "postes", "employeurs", "sorties")
LISTS = ("/api/v1/people/", "/api/v1/interviews/", "/api/v1/stays/")
WARM_S = 3
TICKS = os.sysconf("SC_CLK_TCK")
Request = tuple[str, str, bytes]


def main() -> None:
    """Serve, ask, print, keep a line."""
    options = arguments()
    if options.sign_in:
        print(json.dumps(signed_in()))
        return
    folder, address = pages.base_of(options.people, options.database)
    environment = {**os.environ, **pages.environment_of(folder, address)}
    environment["DJANGO_SETTINGS_MODULE"] = "benchmarks.load_settings"
    known = json.loads(
        subprocess.run(
            [sys.executable, __file__, "--sign-in"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout.splitlines()[-1]
    )
    served = [
        "backend.wsgi",
        "--bind",
        f"127.0.0.1:{options.port}",
        "--workers",
        str(WORKERS),
        "--threads",
        "2",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *served, "--no-control-socket"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(options.port)
        figures = {
            name: asked(server.pid, options.port, options.seconds, known, requests)
            for name, requests in requests_of(known).items()
        }
    finally:
        server.terminate()
        server.wait()
    engine = "postgresql" if options.database else "sqlite"
    history.append("load", {"people": options.people, "engine": engine, "workers": WORKERS, **figures})


def signed_in() -> dict[str, object]:
    """The session of an advisor, their seven pages, an interview to note."""
    import django

    django.setup()
    from django.conf import settings
    from django.urls import resolve

    from benchmarks.seats import pages_by_seat
    from pathways.enums import InterviewKind, InterviewMode

    _, client, addresses = next(pages_by_seat())
    client.get(addresses["noter pour une personne"])
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {
        "cookie": cookie,
        "token": client.cookies[settings.CSRF_COOKIE_NAME].value,
        "pages": [addresses[name] for name in PAGES],
        "interview": {
            "beneficiary": resolve(addresses["une personne"]).kwargs["pk"],
            "kind": InterviewKind.FOLLOW_UP,
            "mode": InterviewMode.IN_PERSON,
            "synthesis": "Essai.",
        },
    }


def requests_of(known: dict) -> dict[str, list[Request]]:
    """The three series, each a round that begins again: twenty requests for the mix."""
    read = [("GET", address, b"") for address in known["pages"]]
    lists = [("GET", address, b"") for address in LISTS]
    body = known["interview"] | {"happened_at": datetime.now().astimezone().isoformat(timespec="seconds")}
    write = ("POST", "/api/v1/interviews/", json.dumps(body).encode())
    mix = [*islice(cycle(read), 8), *islice(cycle(lists), 7), *[write] * 5]
    return {"pages": read, "lists": lists, "mix": [mix[place * 7 % 20] for place in range(20)]}


def asked(server: int, port: int, seconds: int, known: dict, requests: list[Request]) -> dict[str, float]:
    """One series, after a few seconds that warm up."""
    ask_for(port, WARM_S, known, requests)
    before, start = spent_by(server), time.perf_counter()
    told = ask_for(port, seconds, known, requests)
    wall, spent = time.perf_counter() - start, spent_by(server) - before
    errors = sorted({status for status, _ in told if status >= 400})
    return {
        "a_second": round(len(told) / wall, 1),
        "p95_ms": round(quantiles([length for _, length in told], n=20)[-1] * 1000),
        "cpu_ms": round(spent / len(told) * 1000, 1),
        "on_two_cores": round(2 * len(told) / spent, 1),
        "requests": len(told),
        "errors": sum(status >= 400 for status, _ in told),
        "error_codes": errors,
    }


def ask_for(port: int, seconds: float, known: dict, requests: list[Request]) -> list[tuple[int, float]]:
    """What every connection was answered: status and seconds."""
    told: list[tuple[int, float]] = []
    end = time.perf_counter() + seconds

    def ask(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for method, address, body in islice(cycle(requests), first, None):
            if time.perf_counter() > end:
                return
            start = time.perf_counter()
            connection.request(method, address, body or None, headers_of(port, known, bool(body)))
            answer = connection.getresponse()
            answer.read()
            told.append((answer.status, time.perf_counter() - start))

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def headers_of(port: int, known: dict, is_write: bool) -> dict[str, str]:
    """What a browser sends; the proof of the form goes with what is written."""
    headers = {"Host": f"localhost:{port}", "Cookie": known["cookie"]}
    if is_write:
        headers |= {
            "Content-Type": "application/json",
            "X-CSRFToken": known["token"],
            "Referer": f"http://localhost:{port}/",
        }
    return headers


def spent_by(server: int) -> float:
    """Processor seconds of the workers so far; a base of its own process is not counted."""
    spent = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == server:
            spent += int(fields[11]) + int(fields[12])
    return spent / TICKS


def wait_for(port: int) -> None:
    """Until the service answers."""
    for _ in range(600):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/compte/connexion/", headers={"Host": f"localhost:{port}"})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the service does not answer")


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=20_000)
    asked.add_argument("--seconds", type=int, default=10)
    asked.add_argument("--database", default="")
    asked.add_argument("--port", type=int, default=8097)
    asked.add_argument("--sign-in", action="store_true", help=argparse.SUPPRESS)
    return asked.parse_args()


if __name__ == "__main__":
    main()
