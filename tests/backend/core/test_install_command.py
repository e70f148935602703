"""From nothing to a page: the installation is really run, twice, then what it wrote serves."""

from __future__ import annotations

import http.client
import os
import pwd
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from backend.core.errors import DomainError
from backend.core.installation.files import KEYS, environment_of, read_variables, settings_of, write_all
from backend.core.installation.questions import CONTAINERS, KINDS, QUESTIONS, TERRITORY, ask, judge
from backend.organisations.enums import StructureKind

ROOT = Path(__file__).resolve().parents[3]
NOBODY = pwd.getpwuid(65534)
HOST = "passerelles.example.org"
# What a service of the machine would find, and nothing of the settings these tests run with.
MACHINE = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
TOLD = {
    "nom": "Association du Val",
    "adresse": HOST,
    "taille": "petite",
    "courrier": "smtp://127.0.0.1:9",
    "contact": "aide@example.org",
    "structure": "Chantier de l’Étang",
    "type": "ACI",
    "responsable": "responsable@example.org",
}


def judged(**more):
    answers, problems = judge({**TOLD, **more})
    assert problems == []
    return answers


def toml(**told):
    return "".join(f'{key} = "{value}"\n' for key, value in told.items())


def test_a_file_of_answers_is_judged_whole():
    answers = judged()
    assert (answers["forme"], answers["port"], answers["referentiel"]) == ("machine", "8000", "depart")
    assert answers["expediteur"] == f"Passerelles <ne-pas-repondre@{HOST}>"
    wrong = {**TOLD, "adresse": "*", "type": "SARL", "responsable": "pasunmail", "port": "80", "mdp": "x"}
    _, problems = judge(wrong)
    assert [problem.partition(" :")[0] for problem in problems] == [
        "mdp",
        "adresse",
        "port",
        "type",
        "responsable",
    ]


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("adresse", "localhost"),
        ("adresse", "exemple.org/chemin"),
        ("taille", "grande"),
        ("courrier", "http://serveur"),
        ("courrier", "smtp://serveur:port"),
        ("expediteur", "Passerelles"),
        ("contact", "aide@"),
        ("nom", "L'association"),
        ("nom", "Deux\nlignes"),
        ("siret", "123"),
        ("port", "99999"),
        ("referentiel", "/nulle/part"),
    ],
)
def test_each_answer_is_refused_with_what_to_type(key, typed):
    question = next(each for each in QUESTIONS if each.key == key)
    with pytest.raises(DomainError) as refusal:
        question.clean(typed)
    assert refusal.value.message.endswith((".", ")."))


def test_questions_come_one_by_one_and_again_until_fair():
    replies = iter(["Association du Val", "pas un nom", HOST, "", "8123", "smtp://127.0.0.1:9", "", "aide@example.org",
                    "", "Chantier", "ACI", "", ""])  # fmt: skip
    complaints: list[str] = []
    answers = ask(lambda question: next(replies), complaints.append, {})
    assert len(complaints) == 1
    assert (answers["taille"], answers["port"], answers["responsable"]) == (
        "petite",
        "8123",
        "aide@example.org",
    )
    offered: list[str] = []
    again = ask(lambda question: offered.append(question) or "", complaints.append, answers)
    assert again == answers
    assert any(f"[{HOST}]" in question for question in offered)


def test_the_kinds_are_those_of_the_structures():
    assert tuple(StructureKind.values) == KINDS, "KINDS of backend/core/installation/questions.py"


def test_secrets_are_drawn_once_each_its_own_for_this_account_only(tmp_path):
    written = write_all(judged(), tmp_path / "ici")
    assert "secrets.env" in written
    secrets = read_variables(tmp_path / "ici" / "secrets.env")
    assert set(secrets) == set(KEYS)
    assert len(set(secrets.values())) == 3
    assert min(map(len, secrets.values())) >= 50
    for name in ("secrets.env", "passerelles.env"):
        assert (tmp_path / "ici" / name).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "ici" / "data").stat().st_mode & 0o777 == 0o700
    assert write_all(judged(), tmp_path / "ici") == []
    assert "passerelles.env" in write_all(judged(port="8123"), tmp_path / "ici")
    assert read_variables(tmp_path / "ici" / "secrets.env") == secrets


def test_what_the_operator_added_stays_when_it_is_installed_again(tmp_path):
    """A former key that still reads, a line of the legal notice: an installation run again takes neither away."""
    answers = judged()
    write_all(answers, tmp_path)
    secrets, settings = tmp_path / "secrets.env", tmp_path / "passerelles.env"
    with secrets.open("a") as stream:
        stream.write("# gardée jusqu’à la fin de reseal\nOLD_FIELD_KEYS='la-précédente'\n")
    settings.write_text("OPERATOR_ADDRESS='1 rue Inventée'\n" + settings.read_text())
    texts = secrets.read_text(), settings.read_text()
    assert write_all(answers, tmp_path) == []
    assert (secrets.read_text(), settings.read_text()) == texts

    assert write_all({**answers, "port": "8123"}, tmp_path)[0] == "passerelles.env"
    told = read_variables(settings)
    assert (told["PORT"], told["OPERATOR_ADDRESS"]) == ("8123", "1 rue Inventée")


def test_what_is_written_is_read_back_by_a_shell_as_by_us(tmp_path):
    answers = judged(nom="Le « Val » $HOME `id` \\ #", courrier="smtp+tls://compte:a%40b@serveur:587")
    write_all(answers, tmp_path)
    assert environment_of(tmp_path).items() >= settings_of(answers, tmp_path).items()
    shell = subprocess.run(
        ["sh", "-c", ". ./passerelles.env; printf %s \"$OPERATOR_NAME\""],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shell.stdout == answers["nom"]


def test_a_territory_names_its_base_and_queue_and_containers_draw_theirs(tmp_path):
    urls = {"base": "postgres://p:m@h:5432/b", "file": "redis://:m@h:6379/0"}
    answers = judged(taille=TERRITORY, **urls)
    told = settings_of(answers, tmp_path)
    assert (told["DATABASE_URL"], told["BROKER_URL"]) == tuple(urls.values())
    assert write_all(judged(taille=TERRITORY, forme=CONTAINERS), tmp_path) == [".env"]
    told = read_variables(tmp_path / ".env")
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert asked <= set(told)


AS_ANOTHER = [
    "setpriv", "--reuid", str(NOBODY.pw_uid), "--regid", str(NOBODY.pw_gid), "--clear-groups",
    # Where Python itself is kept closed, the account is let in to read it, and may do nothing else of root.
    "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
]  # fmt: skip
"""An account that is not root, which no service is ever installed for."""


def run(*words, folder=None, before=(), **options):
    return subprocess.run(
        [*before, sys.executable, "-m", "backend.manage", *words],
        cwd=ROOT, env=MACHINE | {"DATA_DIR": str(folder)}, capture_output=True, text=True, check=False, **options,
    )  # fmt: skip


def get(port, path):
    """A page asked through the proxy: the name of the service, and that the browser spoke TLS."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as asked:
        asked.request("GET", path, headers=headers)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def open_folder():
    """A folder that any account may walk into: root installs for another account."""
    folder = Path(tempfile.mkdtemp(prefix="passerelles-install-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_it_is_installed_then_nothing_changes_then_it_serves(tmp_path, open_folder):
    port, folder = free_port(), open_folder / "service"
    (tmp_path / "answers.toml").write_text(toml(**TOLD, port=port), "utf-8")
    words = ("install", str(folder), "--answers", str(tmp_path / "answers.toml"))
    if os.geteuid() == 0:
        refused = run(*words, folder=tmp_path)
        assert (refused.returncode, "--user passerelles" in refused.stderr) == (1, True)
        assert not folder.exists()
        os.chown(open_folder, NOBODY.pw_uid, NOBODY.pw_gid)
    another = AS_ANOTHER if os.geteuid() == 0 else []
    first = run(*words, folder=tmp_path, before=another)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Traceback" not in first.stdout + first.stderr
    link = re.search(rf"https://{HOST}(/invitation/\S+)", first.stdout)
    assert link is not None
    assert not any(secret in first.stdout for secret in read_variables(folder / "secrets.env").values())

    base = folder / "data" / "passerelles.sqlite3"
    before = _told(base)
    again = run(*words, folder=tmp_path, before=another)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "rien n’a changé" in again.stdout
    assert _told(base) == before
    assert before["competences_competence"] > 400

    unit = (folder / "systemd" / "passerelles.service").read_text("utf-8")
    command = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1].split()
    environment = MACHINE | environment_of(folder)
    user = re.search(r"^User=(.*)$", unit, re.MULTILINE)[1]
    assert pwd.getpwnam(user).pw_uid == (os.geteuid() or NOBODY.pw_uid)
    assert {path.owner() for path in folder.rglob("*")} == {user}
    with (tmp_path / "web.log").open("w") as log:
        web = subprocess.Popen([*another, *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(120):
            time.sleep(0.5)
            try:
                status, page = get(port, link[1])
                break
            except OSError:
                continue
        else:
            pytest.fail((tmp_path / "web.log").read_text("utf-8"))
        assert (status, "Chantier de l’Étang" in page) == (200, True)
        assert get(port, "/compte/connexion/")[0] == 200
        style = re.search(r'href="(/[^"]+\.css)"', page)[1]
        assert get(port, style)[0] == 200
    finally:
        web.terminate()
        web.wait(timeout=30)


def _told(base):
    """How many rows each of these tables has."""
    tables = (
        "organisations_organisation", "organisations_invitation", "competences_competence",
        "competences_referentialimport", "audit_entry",
    )  # fmt: skip
    with closing(sqlite3.connect(base)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608 - names written above


def test_bad_answers_write_nothing(tmp_path):
    (tmp_path / "answers.toml").write_text(toml(**{**TOLD, "adresse": "*"}), "utf-8")
    refused = run(
        "install", str(tmp_path / "service"), "--answers", str(tmp_path / "answers.toml"), folder=tmp_path
    )
    assert (refused.returncode, "adresse :" in refused.stderr) == (1, True)
    assert not (tmp_path / "service").exists()
    silent = run("install", str(tmp_path / "service"), folder=tmp_path, stdin=subprocess.DEVNULL)
    assert (silent.returncode, "--answers" in silent.stderr) == (1, True)
