"""What a web worker costs before it is warm: memory, and the processor time of its first page.

    python benchmarks/cold_start.py [--people 2000] [--database URL]

A process imports the application as gunicorn does, then answers the morning page of an advisor twice, the base being
that of `pages.py`. The limit is 130 MB a worker, half a second of processor for the first page.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks import history, pages  # noqa: E402


def main() -> None:
    """Sign in from one process, serve from another, print, keep a line."""
    options = arguments()
    if options.sign_in:
        print(json.dumps(signed_in()))
        return
    if options.cookie:
        print(json.dumps(served(options.cookie)))
        return
    environment = {**os.environ, **pages.environment_of(*pages.base_of(options.people, options.database))}

    def said(*words: str) -> dict:
        command = [sys.executable, __file__, *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout.splitlines()[-1])

    history.append("cold_start", said("--cookie", said("--sign-in")["cookie"]))


def signed_in() -> dict[str, str]:
    """The cookie of an advisor's session."""
    import django

    django.setup()
    from django.conf import settings

    from benchmarks.seats import pages_by_seat

    _, client, _ = next(pages_by_seat())
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"}


def served(cookie: str) -> dict[str, object]:
    """Processor seconds of the start and of two pages, megabytes held after each."""
    start = time.process_time()
    from backend.wsgi import application

    ready, ready_mb = time.process_time(), held_mb()
    first = answered(application, cookie)
    first_mb = held_mb()
    second = answered(application, cookie)
    return {
        "start_cpu_s": round(ready - start, 2),
        "start_mb": round(ready_mb),
        "first_page_cpu_s": round(first, 2),
        "first_page_limit_s": 0.5,
        "worker_mb": round(first_mb),
        "worker_limit_mb": 130,
        "second_page_cpu_s": round(second, 3),
        "first_to_second": round(first / second, 1),
    }


def answered(application, cookie: str) -> float:
    """Processor seconds of one morning page."""
    from wsgiref.util import setup_testing_defaults

    environ: dict = {
        "PATH_INFO": "/ma-journee/",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookie,
        "REQUEST_METHOD": "GET",
    }
    setup_testing_defaults(environ)
    told = []
    start = time.process_time()
    answer = application(environ, lambda status, headers: told.append(status))
    b"".join(answer)
    spent = time.process_time() - start
    if not told[0].startswith("200"):
        raise SystemExit(told[0])
    return spent


def held_mb() -> float:
    """The memory this process holds now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=2_000)
    asked.add_argument("--database", default="")
    asked.add_argument("--sign-in", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--cookie", default="", help=argparse.SUPPRESS)
    return asked.parse_args()


if __name__ == "__main__":
    main()
