"""What a page gives to type in a block is typed by a test somewhere; what cannot be says what is checked instead."""

from __future__ import annotations

import re

import pytest

from backend.core.installation import files
from tests.rehearsals.pages import ROOT, Block, blocks

PAGES = sorted(str(page.relative_to(ROOT)) for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
STARTS = ("passerelles ", "make ", "docker ", "pip ", "apt-get ", "systemctl ")
PLAYED_WHOLE = {"docs/installer.md"}
"""Pages that `tests/rehearsals/bare.py` types line by line, as they are."""
TYPED_BY = {
    "passerelles backup": "tests/backend/operations/test_backups.py",
    "passerelles move-to": "tests/backend/operations/test_move.py",
    "passerelles check-identity": "tests/backend/accounts/identities",
    "passerelles second-wall": "tests/backend/operations/test_second_wall.py",
    "passerelles upgrade": "tests/backend/operations/test_upgrade.py",
    "passerelles import-bundle": "tests/backend/exchange/test_bundle_reliability.py",
    "passerelles export-bundle": "tests/backend/exchange",
    "passerelles rank": "tests/employers/matching",
}
NOT_TYPED = {
    "systemctl stop": "`tests/rehearsals/bare.py` types the change of version, after the installation",
    "systemctl start": "`tests/rehearsals/bare.py` types the change of version, after the installation",
    "systemctl restart systemd-journald": "how long the machine keeps its own logs; nothing of ours reads it",
    "passerelles import-rncp": "`tests/competences/certifications` runs it on invented exports; the official ones are not here",
    "make demo": "`tests/backend/demo` runs `passerelles demo`, which it ends with",
    "make test": "it is what runs this very test",
    "docker compose up": "no engine here: `tests/backend/containers` replays the steps of the image and reads the compose file",
    "docker compose stop": "no engine here: the names of the services are compared below",
    "docker compose exec": "no engine here: the command behind `passerelles` is read below",
    "docker compose run": "no engine here: the command behind `passerelles` is read below",
}


def command_lines(page: str) -> list[tuple[Block, str]]:
    return [(block, line) for block in blocks(page) for line in block.lines if line.startswith(STARTS)]


def _starts(line: str, known: dict[str, str]) -> str | None:
    return next((start for start in known if line == start or line.startswith(f"{start} ")), None)


@pytest.mark.parametrize("page", PAGES)
def test_each_line_is_typed_somewhere_or_says_why_not(page):
    lost = [
        line
        for _, line in command_lines(page)
        if page not in PLAYED_WHOLE and not _starts(line, TYPED_BY) and not _starts(line, NOT_TYPED)
    ]
    assert lost == [], "play it, or write in NOT_TYPED what is checked instead"


@pytest.mark.parametrize("start", sorted(TYPED_BY))
def test_the_test_named_does_type_it(start):
    place = ROOT / TYPED_BY[start]
    texts = [path.read_text() for path in ([place] if place.is_file() else place.rglob("*.py"))]
    name = start.removeprefix("passerelles ")
    spelled = {f'"{name}"', f'"{name.replace("-", "_")}"'}
    assert any(spelling in text for text in texts for spelling in spelled)


def test_the_containers_that_a_page_names_exist():
    import yaml

    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    options = {"--rm", "-d", "--build"}
    named = set()
    for page in PAGES:
        for _, line in command_lines(page):
            words = [word for word in line.split() if word not in options]
            if words[:3] in (["docker", "compose", "exec"], ["docker", "compose", "run"]):
                named.add(words[3])
            elif words[:3] == ["docker", "compose", "stop"]:
                named |= set(words[3:])
    assert named
    assert named - services.keys() == set()


def test_the_units_that_a_page_or_a_remedy_names_are_written_by_the_installation(tmp_path):
    """A name of systemd typed from a page is one that `passerelles install` writes."""
    answers = {"adresse": "passerelles.example.org", "port": "8000"}
    written = {
        name.removesuffix(".service")
        for size in ("petite", "territoire")
        for name in files._units(tmp_path, {**answers, "taille": size})
    }
    told = [(ROOT / page).read_text("utf-8") for page in (*PAGES, "backend/core/health/checks.py")]
    named = {
        unit
        for text in told
        for line in re.findall(r"(?:systemctl \w+(?: --now)?|journalctl -u) ([^`\n\",;]+)", text)
        for unit in re.findall(r"passerelles[-.\w]*", line)
    }
    assert {"passerelles", "passerelles-travaux", "passerelles-horloge"} <= named
    assert named - written == set()
