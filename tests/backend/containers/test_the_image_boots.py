"""The risky steps of the image, replayed without an engine: gathered by root, served by an account that owns nothing."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.backend.operations.installations import HOST, ROOT, done, environment, free_port

STRANGER = 10001
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
AS_STRANGER = ["setpriv", "--reuid", str(STRANGER), "--regid", str(STRANGER), "--clear-groups"]


def can_change_account() -> bool:
    """Root, `setpriv`, and a Python that another account may run."""
    if os.geteuid() or not shutil.which("setpriv"):
        return False
    trial = [*AS_STRANGER, sys.executable, "-c", "import django"]
    return subprocess.run(trial, cwd=ROOT, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def image():
    """A folder that another account may walk into: those of pytest are closed to all but us."""
    with tempfile.TemporaryDirectory(prefix="passerelles-image-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def gathered(image):
    """The style sheets of the image, gathered by whoever builds it."""
    folder = image
    build = environment(
        folder / "build", SIZE="territoire", DATABASE_URL="postgres://build.invalid/none",
        BROKER_URL="redis://127.0.0.1", STATIC_ROOT=str(folder / "staticfiles"),
    )  # fmt: skip
    done(build, "collectstatic", "--no-input", "-v0")
    return folder / "staticfiles"


def test_whoever_serves_can_read_every_style_sheet(gathered):
    closed = [
        path.name
        for path in gathered.rglob("*")
        if not path.stat().st_mode & stat.S_IROTH
        or (path.is_dir() and not path.stat().st_mode & stat.S_IXOTH)
    ]
    assert closed == []


def test_what_people_send_stays_closed_to_other_accounts(settings):
    assert settings.FILE_UPLOAD_PERMISSIONS == 0o600


@contextmanager
def serving(env, prefix):
    """The command of the image, on a free port; gives a function that asks for an address as a health check does."""
    port = free_port()
    words = re.findall(r'"([^"]+)"', re.search(r"^CMD \[(.+)\]$", DOCKERFILE, re.MULTILINE)[1])
    words = [f"127.0.0.1:{port}" if word == "0.0.0.0:8000" else word for word in words]
    binary = Path(sys.executable).parent / words[0]
    server = subprocess.Popen(
        [*prefix, sys.executable, str(binary), *words[1:]], cwd=ROOT, env=env, stderr=subprocess.PIPE
    )

    def ask(path, **headers):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")

    try:
        give_up_at = time.monotonic() + 120
        while server.poll() is None and time.monotonic() < give_up_at:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield ask
    finally:
        server.terminate()
        said = server.communicate(timeout=60)[1]
        assert b"PermissionError" not in said, said.decode()
        assert b"failed to boot" not in said


def test_the_service_starts_under_an_account_that_gathered_nothing(gathered, image):
    data = image / "volume"
    data.mkdir(mode=0o700)
    prefix = []
    if can_change_account():
        os.chown(data, STRANGER, STRANGER)
        prefix = AS_STRANGER
    env = environment(
        data, SIZE="territoire", STATIC_ROOT=str(gathered),
        DATABASE_URL="postgres://nobody@127.0.0.1:1/none", BROKER_URL="redis://127.0.0.1:1",
    )  # fmt: skip
    with serving(env, prefix) as ask:
        assert ask("/sante/vivant/", Host="127.0.0.1:8000") == (200, '{"etat": "vivant"}')
        status, said = ask("/sante/pret/", Host="127.0.0.1:8000")
        assert (status, '"code": "base"' in said) == (503, True)
        assert ask("/compte/connexion/", Host="ailleurs.example.org")[0] == 400
        secure = {"Host": HOST, "X-Forwarded-Proto": "https"}
        sheet = re.search(r'"(/static/[^"]+\.css)"', ask("/aide/", **secure)[1])
        assert sheet, "a public page has its style"
        assert ask(sheet[1], **secure)[0] == 200


def test_no_step_of_the_image_resolves_anything():
    assert "--require-hashes -r requirements/run.txt" in DOCKERFILE
    assert not re.search(r"^FROM \S+:(latest|\d+(-\S*)?)$", DOCKERFILE, re.MULTILINE), (
        "a full version is named"
    )


def test_only_what_is_listed_enters_the_image():
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert lines[0] == "*"
    for name in ("Dockerfile", ".env", "var", "docs", "tests", ".git"):
        assert f"!{name}" not in lines
    needed = {
        "backend",
        "competences",
        "employers",
        "pathways",
        "reports",
        "pyproject.toml",
        "README.md",
        "requirements",
    }
    assert {line[1:] for line in lines if line[0] == "!"} == needed | {"LICENSE"}


@pytest.mark.parametrize("name", [".env", ".env.production", "deploy/.env"])
def test_a_file_of_secrets_is_never_committed(name):
    asked = subprocess.run(["git", "check-ignore", "--quiet", name], cwd=ROOT)
    assert asked.returncode == 0
