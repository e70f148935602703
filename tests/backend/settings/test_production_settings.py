"""SEC-22: production refuses to start on anything unsafe, and says what to mend."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAFE = {
    "DJANGO_SETTINGS_MODULE": "backend.settings.production",
    "ALLOWED_HOSTS": "passerelles.example.org",
    "SECRET_KEY": "s3cret-" * 10,
    "FIELD_KEY": "f1eld-" * 10,
    "PSEUDONYM_KEY": "pseud0-" * 10,
    "DATABASE_URL": "postgres://someone@127.0.0.1:5432/nowhere",
    "BROKER_URL": "redis://127.0.0.1:6379/9",
    "DEFAULT_FROM_EMAIL": "Passerelles <ne-pas-repondre@passerelles.example.org>",
}


def start(tmp_path, **changes):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), **SAFE, **changes}
    code = "import django; django.setup(); from django.core.checks import run_checks, Tags\nprint([str(i) for i in run_checks(tags=[Tags.security], include_deployment_checks=True)])"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_safe_settings_start_and_pass_djangos_deployment_checks(tmp_path):
    started = start(tmp_path)
    assert started.returncode == 0, started.stderr
    assert started.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("FIELD_KEY", ""),
        ("PSEUDONYM_KEY", "changeme" * 10),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "sqlite:///somewhere.sqlite3"),
        ("BROKER_URL", "filesystem://"),
        ("PASSERELLES_DEMO", "1"),
        ("DEFAULT_FROM_EMAIL", ""),
        ("DEFAULT_FROM_EMAIL", "passerelles@localhost"),
        ("DEFAULT_FROM_EMAIL", "Passerelles"),
        ("EMAIL_URL", "http://mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.org:99999999"),
        ("EMAIL_URL", "smtp://mail.example.org?ssl=1"),
    ],
)
def test_each_unsafe_value_stops_the_start_and_is_named(tmp_path, variable, value):
    refused = start(tmp_path, **{variable: value})
    assert refused.returncode != 0
    assert variable in refused.stderr.splitlines()[-1]
