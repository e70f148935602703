"""What an upgrade looks at before it touches anything."""

from __future__ import annotations

import pytest

from backend.core.errors import DomainError
from backend.core.health import findings
from backend.core.health.findings import Gravity, Trouble, When
from backend.operations.upgrading import SET_RIGHT_HERE, upgrade

FULL = Trouble("disque", Gravity.VITAL, "Il n’y a plus de place.", "df -h")


def test_what_no_step_would_set_right_is_said_first_and_nothing_is_touched(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(findings, "_CHECKS", [(When.BEFORE_START, lambda: FULL)])
    with pytest.raises(DomainError, match="Rien n’a été touché") as refused:
        upgrade(tmp_path.parent / "avant", tell=print)
    assert "df -h" in refused.value.message
    assert not (tmp_path.parent / "avant").exists()


def test_the_troubles_it_sets_right_are_troubles_that_exist():
    from backend.core.health import checks

    known = {value.code for value in vars(checks).values() if isinstance(value, Trouble)}
    assert known >= SET_RIGHT_HERE
