"""A lock says everything: what it names needs nothing else, so an install made in a year is today's install."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = {"run.txt": ["install"], "dev.txt": ["install", "dev"]}
OUT_OF_DATE = "this environment is not the lock: make install"


def pins(lock: str) -> dict[str, Requirement]:
    """What a lock pins on this machine, by name; a name pinned once per platform keeps the line that applies."""
    text = (ROOT / "requirements" / lock).read_text()
    lines = [
        line for line in text.replace("\\\n", " ").splitlines() if line and not line.lstrip().startswith("#")
    ]
    found = [Requirement(line.split("--hash")[0]) for line in lines]
    here = [pin for pin in found if pin.marker is None or pin.marker.evaluate()]
    assert len({canonicalize_name(pin.name) for pin in here}) == len(here)
    return {canonicalize_name(pin.name): pin for pin in here}


def version_of(pin: Requirement) -> Version:
    """The one version a pin allows."""
    (only,) = pin.specifier
    assert only.operator == "=="
    return Version(only.version)


def unmet(asked: Requirement, by: str, locked: dict[str, Requirement]) -> str | None:
    """What the lock lacks for this requirement, in words; None when a pin answers it, extras included."""
    pin = locked.get(canonicalize_name(asked.name))
    if pin is None:
        return f"{by} asks {asked}: not locked"
    if not asked.specifier.contains(version_of(pin), prereleases=True):
        return f"{by} asks {asked}: the lock has {pin}"
    if asked.extras - pin.extras:
        return f"{by} asks {asked}: the lock forgets its extras ({pin})"
    return None


def applies(asked: Requirement, extras: set[str]) -> bool:
    """Whether this requirement holds on this machine, for a package installed with these extras."""
    return asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in extras | {""})


def asked_by(name: str, extras: set[str]) -> list[Requirement]:
    """What an installed package asks here."""
    asked = [Requirement(line) for line in metadata.requires(name) or []]
    return [one for one in asked if applies(one, extras)]


@pytest.mark.parametrize("lock", LOCKS)
def test_whatever_a_locked_package_asks_is_locked_too(lock):
    locked = pins(lock)
    for name, pin in locked.items():
        assert Version(metadata.version(name)) == version_of(pin), OUT_OF_DATE
    missing = [
        unmet(asked, name, locked) for name, pin in locked.items() for asked in asked_by(name, pin.extras)
    ]
    assert [one for one in missing if one] == [], "lock again: make lock"


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_whatever_the_project_declares_is_locked(lock, extras):
    optional = PROJECT["project"]["optional-dependencies"]
    declared = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in optional[extra])]
    # Building is done with what is installed (--no-build-isolation): the builder is locked as well.
    declared += PROJECT["build-system"]["requires"]
    missing = [unmet(Requirement(line), "the project", pins(lock)) for line in declared]
    assert [one for one in missing if one] == [], "lock again: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_hashed_and_no_registry_is_named(lock):
    """SEC-60."""
    text = (ROOT / "requirements" / lock).read_text()
    blocks = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= len(pins(lock))
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == [], (
        "lock again: make lock"
    )
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


def test_what_people_run_is_what_is_tested():
    run, dev = pins("run.txt"), pins("dev.txt")
    assert {name: version_of(pin) for name, pin in run.items()} == {
        name: version_of(dev[name]) for name in run
    }, "lock both again: make lock"


INSTALLERS = ("Makefile", "Dockerfile", "docs/installer.md")


@pytest.mark.parametrize("path", INSTALLERS)
def test_every_way_to_install_takes_the_lock_as_it_is_then_checks_it(path):
    text = (ROOT / path).read_text()
    installs = [line for line in text.splitlines() if re.search(r"pip install\b.*-r ", line)]
    assert installs
    assert [line for line in installs if "--no-deps" not in line or "--require-hashes" not in line] == [], (
        "install from the lock alone: --no-deps --require-hashes"
    )
    assert "pip check" in text
