"""The file sent to whoever helps says states and counts; no value that people or operators wrote."""

from __future__ import annotations

import json

from tests.backend.operations.installations import done

CANARY = "CANARI"
PEOPLE = f"""
from django.contrib.auth import get_user_model
for rank in range(7):
    get_user_model().objects.create(email=f"{CANARY}{{rank}}@example.org")
"""


def test_it_says_what_helps_and_nothing_about_anybody(small, tmp_path):
    small |= {
        "OPERATOR_NAME": CANARY,
        "EMAIL_URL": f"smtp://{CANARY}:{CANARY}@mail.example.org",
        "OLD_FIELD_KEYS": CANARY,
    }
    done(small, "shell", "--no-imports", "-c", PEOPLE)
    done(small, "diagnose", str(tmp_path / "d.json"))
    text = (tmp_path / "d.json").read_text(encoding="utf-8")
    said = json.loads(text)
    secrets = [
        small[name] for name in ("SECRET_KEY", "FIELD_KEY", "PSEUDONYM_KEY", "ALLOWED_HOSTS", "DATA_DIR")
    ]
    assert [value for value in (CANARY, "@", *secrets) if value in text] == []
    assert said["taille"] == "petite"
    assert said["variables"]["OPERATOR_NAME"] is True
    assert said["variables"]["DATABASE_URL"] is False
    assert said["lignes"]["accounts_user"] == 7
    assert said["lignes"]["pathways_beneficiary"] == 0
    assert "travaux" in {problem["code"] for problem in said["problemes"]}


def test_a_count_of_very_few_is_not_said(small, tmp_path):
    done(small, "shell", "--no-imports", "-c", PEOPLE.replace("range(7)", "range(2)"))
    done(small, "diagnose", str(tmp_path / "d.json"))
    assert json.loads((tmp_path / "d.json").read_text())["lignes"]["accounts_user"] == "moins de 5"
