"""The service never runs as root, whoever installs it; each process is started the same way everywhere."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from backend.core.errors import DomainError
from backend.core.installation import account, processes
from backend.core.installation.files import write_all
from backend.core.installation.questions import SMALL, TERRITORY, judge
from backend.operations.management.commands.serve import children
from tests.backend.core.test_install_command import TOLD
from tests.needed import as_root, needs_that

ROOT = Path(__file__).resolve().parents[3]
NOBODY = pwd.getpwuid(65534).pw_name


@pytest.fixture
def by_root(monkeypatch):
    """Whoever plays the test: what is refused is refused before anything that only root may do."""
    monkeypatch.setattr(account, "is_root", lambda: True)


def refusal(name, folder):
    with pytest.raises(DomainError) as refused:
        account.become(name, folder)
    return refused.value


def test_root_is_told_what_to_type(tmp_path, by_root):
    told = refusal(None, tmp_path / "srv")
    assert told.code == "root_installs"
    assert f"passerelles install {tmp_path / 'srv'} --user passerelles" in told.message
    assert "useradd" in told.message
    assert not (tmp_path / "srv").exists()


@pytest.mark.parametrize(("name", "code"), [("root", "root_serves"), ("personne-ici", "no_account")])
def test_root_names_an_account_that_exists_and_may_not_do_everything(tmp_path, by_root, name, code):
    assert refusal(name, tmp_path / "srv").code == code
    assert not (tmp_path / "srv").exists()


def test_the_folder_of_another_is_not_taken_over(tmp_path, by_root):
    told = refusal(NOBODY, tmp_path)
    assert (told.code, f"chown -R {NOBODY}: {tmp_path}" in told.message) == ("not_their_folder", True)
    assert tmp_path.stat().st_uid == os.geteuid()


BECOME = """
import os, sys
from pathlib import Path
from backend.core.installation import account
folder = Path(sys.argv[2])
account.become(sys.argv[1], folder)
(folder / "ecrit").touch()
print(account.account_name(), os.getgroups() == [os.getgid()], os.environ["LOGNAME"])
os.setuid(0)
"""


@needs_that(as_root() is not None, "only root becomes somebody else")
def test_root_goes_on_as_the_account_named_and_does_not_come_back():
    with tempfile.TemporaryDirectory() as place:  # those of pytest are closed to any other account
        Path(place).chmod(0o755)
        folder = Path(place) / "srv"
        typed = [*as_root(), sys.executable, "-c", BECOME, NOBODY, str(folder)]
        gone = subprocess.run(typed, cwd=ROOT, capture_output=True, text=True, check=False)
        assert gone.stdout.split() == [NOBODY, "True", NOBODY], gone.stderr
        assert "PermissionError" in gone.stderr, "root once more"
        assert {path.owner() for path in (folder, folder / "ecrit")} == {NOBODY}


def test_another_account_than_ones_own_is_for_root_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    assert refusal("root", tmp_path).code == "not_root"
    account.become(NOBODY, tmp_path)
    account.become(None, tmp_path)


URLS = {"base": "postgres://p:m@h:5432/b", "file": "redis://:m@h:6379/0"}


@pytest.mark.parametrize("size", [SMALL, TERRITORY])
def test_units_run_under_the_account_that_wrote_them_whatever_the_environment_says(
    tmp_path, monkeypatch, size
):
    monkeypatch.setenv("LOGNAME", "quelqu-un-d-autre")
    answers, problems = judge({**TOLD, "taille": size, **(URLS if size == TERRITORY else {})})
    assert problems == []
    write_all(answers, tmp_path)
    units = [path.read_text("utf-8") for path in (tmp_path / "systemd").glob("*.service")]
    assert {re.search(r"^User=(.*)$", unit, re.MULTILINE)[1] for unit in units} == {account.account_name()}
    assert "User=quelqu" not in "".join(units)
    web = [unit for unit in units if "gunicorn" in unit]
    assert len(web) == (size == TERRITORY)
    assert all("--no-control-socket" in unit for unit in web)


def test_the_web_is_started_without_a_control_socket_in_every_form():
    serve = next(child.command for child in children(2, 2) if child.label == "web")
    assert "--no-control-socket" in serve
    assert "--no-control-socket" in processes.web(bind="127.0.0.1:1", workers=1)
    written = {
        name: (ROOT / name).read_text("utf-8")
        for name in ("Dockerfile", "docker-compose.yml", "docs/exploitation.md")
    }
    for name, text in written.items():
        for line in text.splitlines():
            assert (
                "gunicorn backend.wsgi" not in line.replace('", "', " ") or "--no-control-socket" in line
            ), name
