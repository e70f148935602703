"""SEC-60: what the product is made of is known: each component of the lock, its licence, and what was not looked at."""

from __future__ import annotations

import json
import stat
import sys

import pytest

from tests import audit
from tests.house.components import (
    ACCEPTED,
    DEV,
    READ_BY_HAND,
    ROOT,
    RUN,
    TOOLS_ONLY,
    Component,
    components,
    inventory,
)
from tests.house.suite.test_locks import pins, version_of

WORDS = {"name": "django", "version": "6.0"}


@pytest.mark.parametrize(
    ("lock", "accepted"), [(RUN, ACCEPTED), (DEV, ACCEPTED | TOOLS_ONLY)], ids=["run", "dev"]
)
def test_every_licence_is_one_we_accept(lock, accepted):
    here = pins(lock.name)
    unknown = {
        each.name: each.licence
        for each in components(lock)
        if each.name in here and not each.licences <= accepted
    }
    assert unknown == {}, "read its LICENSE: accept it, say in READ_BY_HAND what it is, or do without"
    silent = {each.name for each in components(lock) if not each.licence} & set(here)
    assert silent == set(), "this environment is not the lock: make install"


def test_what_was_read_by_hand_is_still_in_a_lock():
    assert set(READ_BY_HAND) <= {each.name for each in components(DEV)}


@pytest.mark.parametrize(
    "licence", ["AGPL-3.0-only", "MIT AND SSPL-1.0", "not said", "Other/Proprietary License"]
)
def test_a_licence_nobody_accepted_is_seen(licence):
    assert not Component("x", "1", (), licence).licences <= ACCEPTED


def test_the_inventory_names_the_whole_lock_with_its_prints():
    assert {each.name for each in components() if each.is_here} == set(pins("run.txt"))
    told = inventory()
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    listed = {each["purl"]: each for each in told["components"]}
    assert len(listed) == len(told["components"]), "a component stands once"
    for name, pin in pins("run.txt").items():
        each = listed[f"pkg:pypi/{name}@{version_of(pin)}"]
        assert each["hashes"]
        assert each["licenses"]
    assert json.dumps(told) == json.dumps(inventory())


@pytest.mark.parametrize(
    ("dependencies", "code", "words"),
    [
        ([WORDS | {"vulns": []}], audit.FINE, "0 failles connues"),
        ([WORDS | {"vulns": [{"id": "PYSEC-1", "fix_versions": ["6.0.1"]}]}], audit.FLAWED, "PYSEC-1, corrigée en 6.0.1"),
        ([WORDS | {"vulns": [{"id": "PYSEC-2", "fix_versions": []}]}], audit.FLAWED, "sans correction connue"),
        ([{"name": "django", "skip_reason": "not found"}], audit.NOT_KNOWN, "1 non vérifiés"),
        ([], audit.NOT_KNOWN, "django"),
    ],
    ids=["nothing known", "a flaw", "a flaw without remedy", "not known there", "forgotten"],
)  # fmt: skip
def test_what_was_not_looked_at_is_never_said_to_be_fine(dependencies, code, words):
    found, said = audit.summed_up(json.dumps({"dependencies": dependencies}), {"django"})
    assert found == code
    assert words in "\n".join(said)


@pytest.mark.parametrize("answer", ["", "ERROR: no network", "[]"])
def test_a_service_that_does_not_answer_is_said(answer):
    assert audit.summed_up(answer, {"django"}) == (
        audit.NOT_KNOWN,
        ["le service n’a pas répondu : rien n’a été vérifié, recommencez avec un accès au réseau."],
    )


def test_the_command_writes_the_inventory_and_fails_without_an_answer(tmp_path, capsys):
    silent = tmp_path / "pip-audit"
    silent.write_text(f"#!{sys.executable}\nraise SystemExit('no network')\n")
    silent.chmod(silent.stat().st_mode | stat.S_IXUSR)
    assert audit.main(str(silent), tmp_path / "out") == audit.NOT_KNOWN
    assert "n’a pas répondu" in capsys.readouterr().out
    assert json.loads((tmp_path / "out" / "inventaire.cdx.json").read_text()) == inventory()


def test_the_lock_of_the_auditor_is_hashed_and_names_no_registry():
    text = (ROOT / "requirements" / "audit.txt").read_text()
    blocks = [
        block
        for block in text.replace("\\\n", " ").splitlines()
        if block and not block.lstrip().startswith("#")
    ]
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == [], (
        "lock again: make lock"
    )
    assert "://" not in text
