"""On one machine as in production: style sheets are compressed, named by their content and kept a long time."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GATHER = "import django; django.setup(); from backend.core.pages.static_files import gather; print(gather(), gather())"
A_PAGE = "/compte/connexion/"
A_YEAR = 365 * 24 * 3600


@pytest.fixture
def embedded(tmp_path):
    """The environment of an embedded installation of its own."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "backend.settings.embedded",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'base.sqlite3'}",
    }


@contextmanager
def serving(environment):
    """A real server of this installation; gives a function that asks it for an address, as a browser does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "gunicorn", "backend.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)

    def ask(path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.headers, answer.read()

    try:
        give_up_at = time.monotonic() + 60
        while server.poll() is None and time.monotonic() < give_up_at:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield ask
    finally:
        server.terminate()
        server.wait(timeout=30)


def sheets_of(page):
    return re.findall(r'<link[^>]+href="(/static/[^"]+\.css)"', page.decode())


def test_a_style_sheet_is_compressed_named_by_its_content_and_kept_a_year(embedded):
    gathered = subprocess.run(
        [sys.executable, "-c", GATHER], cwd=ROOT, env=embedded, capture_output=True, text=True, check=True
    )
    assert gathered.stdout.split() == ["True", "False"], "gathered once, then only when something changed"
    with serving(embedded) as ask:
        sheets = sheets_of(ask(A_PAGE)[1])
        assert sheets
        sent = told = 0
        for sheet in sheets:
            headers, body = ask(sheet)
            assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
            assert headers["Content-Encoding"] == "gzip"
            assert int(re.search(r"max-age=(\d+)", headers["Cache-Control"])[1]) >= A_YEAR
            sent, told = sent + len(body), told + len(gzip.decompress(body))
        assert sent < told / 3


def test_before_anything_is_gathered_pages_still_have_their_style(embedded):
    with serving(embedded) as ask:
        sheets = sheets_of(ask(A_PAGE)[1])
        assert sheets
        assert [sheet for sheet in sheets if "text/css" not in ask(sheet)[0]["Content-Type"]] == []
