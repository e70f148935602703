"""SEC-22: production refuses to start on anything unsafe, and says what to mend."""

import os
import secrets
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.core.errors import DomainError
from backend.core.installation.questions import QUESTIONS
from backend.settings.env import looks_random, named_hosts, network_broker, refuse_shared

ROOT = Path(__file__).resolve().parents[3]
SAFE = {
    "DJANGO_SETTINGS_MODULE": "backend.settings.production",
    "ALLOWED_HOSTS": "passerelles.example.org",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "FIELD_KEY": secrets.token_hex(32),
    "PSEUDONYM_KEY": secrets.token_urlsafe(60),
    "DATABASE_URL": "postgres://someone@127.0.0.1:5432/nowhere",
    "BROKER_URL": "redis://127.0.0.1:6379/9",
    "DEFAULT_FROM_EMAIL": "Passerelles <ne-pas-repondre@passerelles.example.org>",
}


def start(tmp_path, **changes):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), **SAFE, **changes}
    code = "import django; django.setup(); from django.core.checks import run_checks, Tags\nprint([str(i) for i in run_checks(tags=[Tags.security], include_deployment_checks=True) if not i.is_silenced()])\nfrom django.conf import settings; print(settings.CACHES['default']['BACKEND'])"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "broker", ["redis://127.0.0.1:6379/9", "amqps://passerelles:secret@127.0.0.1:5671//"]
)
def test_safe_settings_start_and_count_sign_ins_in_the_base_whatever_the_broker(tmp_path, broker):
    started = start(tmp_path, BROKER_URL=broker)
    assert started.returncode == 0, started.stderr
    assert started.stdout.split() == ["[]", "django.core.cache.backends.db.DatabaseCache"]


@pytest.mark.parametrize("draw", [secrets.token_urlsafe, secrets.token_hex])
def test_a_secret_drawn_at_random_is_never_refused(draw):
    assert all(looks_random(draw(60)[:50]) for _ in range(300))


@pytest.mark.parametrize("value", ["a" * 60, "s3cret-" * 10, "0123456789" * 6, "motdepasse" * 8])
def test_a_secret_that_repeats_itself_is_refused_however_long(value):
    assert not looks_random(value)


@pytest.mark.parametrize("value", ["memory://", "filesystem://", "sqla+sqlite:///x", "redis://", ""])
def test_only_brokers_of_the_list_carry_work(monkeypatch, value):
    monkeypatch.setenv("BROKER_URL", value)
    with pytest.raises(ImproperlyConfigured, match="BROKER_URL"):
        network_broker()


SHIPPED, NO_PASSWORD, IN_CLEAR = "compte d’origine", "sans mot de passe", "sans être chiffrée"
UNSAFE_BROKERS = {
    "amqp://guest:guest@127.0.0.1:5672//": SHIPPED,
    "amqp://127.0.0.1//": SHIPPED,  # the client then tries the account that RabbitMQ ships with
    "amqps://%67uest:gues%74@file.example.org//": SHIPPED,
    "redis://redis:6379/0": NO_PASSWORD,
    "redis://:@redis:6379/0": NO_PASSWORD,
    "redis://compte@10.0.0.4:6379/0": NO_PASSWORD,
    "rediss://file.example.org:6379/0": NO_PASSWORD,
    "amqps://passerelles@file.example.org//": NO_PASSWORD,
    "redis://:secret@file.example.org:6379/0": IN_CLEAR,
    "redis://:secret@203.0.113.0.example.org/0": IN_CLEAR,
    "redis://:secret@8.8.8.8:6379/0": IN_CLEAR,
    "redis://:secret@127.0.0.1.example.org/0": IN_CLEAR,
    "amqp://passerelles:secret@internal.example.org//": IN_CLEAR,
    "redis://127.0.0.1:6379/0;redis://:secret@file.example.org/0": IN_CLEAR,  # kombu reads both
}
SAFE_BROKERS = (
    "redis://127.0.0.1:6379/0", "redis://localhost:6379/0", "redis://[::1]:6379/0", "redis://:secret@redis:6379/0",
    "redis://:secret@10.0.0.4:6379/0", "redis://:secret@file.internal:6379/0", "rediss://:secret@file.example.org:6379/0",
    "amqp://passerelles:secret@rabbitmq//", "amqps://passerelles:secret@file.example.org//",
)  # fmt: skip


@pytest.mark.parametrize(("value", "why"), UNSAFE_BROKERS.items())
def test_a_broker_that_others_could_fill_or_hear_is_refused_by_the_start_and_by_the_installation(
    monkeypatch, value, why
):
    monkeypatch.setenv("BROKER_URL", value)
    with pytest.raises(ImproperlyConfigured, match=why) as refusal:
        network_broker()
    assert "secret" not in str(refusal.value)
    answer = next(question for question in QUESTIONS if question.key == "file")
    with pytest.raises(DomainError, match=why):
        answer.clean(value)


@pytest.mark.parametrize("value", SAFE_BROKERS)
def test_a_broker_of_this_machine_or_behind_a_password_is_accepted(monkeypatch, value):
    monkeypatch.setenv("BROKER_URL", value)
    assert network_broker() == value


def test_redis_named_by_its_machine_has_its_password(monkeypatch):
    monkeypatch.setenv("BROKER_URL", "")
    monkeypatch.setenv("REDIS_HOST", "redis")
    monkeypatch.setenv("REDIS_PASSWORD", "")
    with pytest.raises(ImproperlyConfigured, match=NO_PASSWORD):
        network_broker()
    monkeypatch.setenv("REDIS_PASSWORD", "@:/;#é")
    assert network_broker().endswith("@redis:6379/0")


@pytest.mark.parametrize("value", ["", "*", ".example.org", "passerelles.example.org,*.example.org"])
def test_every_host_is_written_out(monkeypatch, value):
    monkeypatch.setenv("ALLOWED_HOSTS", value)
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        named_hosts()


def test_two_equal_secrets_are_named_and_never_shown():
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEY, SECRET_KEY") as refusal:
        refuse_shared(SECRET_KEY="le-même", FIELD_KEY="le-même", PSEUDONYM_KEY="un-autre")
    assert "le-même" not in str(refusal.value)


def test_the_suite_itself_runs_on_honest_secrets(settings):
    drawn = [settings.SECRET_KEY, settings.FIELD_KEYS[0], settings.PSEUDONYM_KEY]
    assert len(set(drawn)) == 3
    assert all(looks_random(value) for value in drawn)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "s3cret-" * 10),
        pytest.param("SECRET_KEY", SAFE["FIELD_KEY"], id="SECRET_KEY-same-as-another"),
        ("FIELD_KEY", ""),
        ("PSEUDONYM_KEY", "changeme" * 10),
        ("ALLOWED_HOSTS", ".example.org"),
        ("DATABASE_URL", "sqlite:///somewhere.sqlite3"),
        ("BROKER_URL", "memory://"),
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


# The same checks in both sizes; what differs is what they run on.
SMALL = {
    "DJANGO_SETTINGS_MODULE": "backend.settings.production",
    "SIZE": "petite",
    "DATABASE_URL": "",
    "BROKER_URL": "",
}


def test_a_small_installation_keeps_a_file_and_folders_behind_the_same_doors(tmp_path):
    started = start(tmp_path, **SMALL)
    assert started.returncode == 0, started.stderr
    assert started.stdout.split() == ["[]", "django.core.cache.backends.db.DatabaseCache"]


@pytest.mark.parametrize("size", ["petite", "territoire"])
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        pytest.param("PSEUDONYM_KEY", SAFE["FIELD_KEY"], id="PSEUDONYM_KEY-same-as-another"),
        ("ALLOWED_HOSTS", "*"),
        ("DEFAULT_FROM_EMAIL", ""),
        ("BROKER_URL", "memory://"),
        ("BROKER_URL", "amqp://guest:guest@127.0.0.1//"),
        ("BROKER_URL", "redis://file.example.org:6379/0"),
        ("SIZE", "moyenne"),
    ],
)
def test_both_sizes_refuse_the_same_things_in_a_sentence(tmp_path, size, variable, value):
    refused = type_(tmp_path, "check", **{"DJANGO_SETTINGS_MODULE": "", "SIZE": size, variable: value})
    assert refused.returncode == 2
    assert refused.stderr.startswith("La configuration est à corriger.")
    assert variable in refused.stderr
    assert "Traceback" not in refused.stderr


def type_(tmp_path, *words, **changes):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), **SAFE, **changes}
    command = [sys.executable, "-m", "backend.manage", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


TRIAL = {**dict.fromkeys(SAFE, ""), "DATABASE_URL": "", "BROKER_URL": "", "SIZE": ""}
REAL = [
    ("DATABASE_URL", "postgres://someone@127.0.0.1:1/nowhere"),
    ("BROKER_URL", "redis://127.0.0.1:1"),
    ("ALLOWED_HOSTS", "passerelles.example.org"),
]


@pytest.mark.parametrize(("variable", "value"), REAL)
@pytest.mark.parametrize(
    "door",
    ["-c 'import backend.wsgi'", "-m celery -A backend.celery worker", "-m celery -A backend.celery beat"],
)
def test_a_trial_around_something_real_is_never_served(tmp_path, door, variable, value):
    environment = {**os.environ, **TRIAL, "DATA_DIR": str(tmp_path), variable: value}
    opened = subprocess.run(
        [sys.executable, *shlex.split(door)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert opened.returncode != 0
    said = opened.stderr.splitlines()[-1]
    assert variable in said
    assert "SIZE=petite" in said


def test_a_command_of_a_trial_works_on_any_base_and_says_what_it_is(tmp_path):
    told = type_(tmp_path, "--version", **TRIAL | {"DATABASE_URL": REAL[0][1]})
    assert told.returncode == 0
    assert told.stderr.startswith("Attention. Ces réglages sont ceux d’un essai")
    assert type_(tmp_path, "--version", **TRIAL).stderr == ""


def test_a_name_can_be_tried_without_promising_a_year(tmp_path):
    code = "import django; django.setup(); from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    environment = {**os.environ, "DATA_DIR": str(tmp_path), **SAFE}
    for given, said in [({}, "31536000 False"), ({"HSTS_DAYS": "0", "HSTS_SUBDOMAINS": "oui"}, "0 True")]:
        asked = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment | given,
            capture_output=True,
            text=True,
            check=True,
        )
        assert asked.stdout.strip() == said
