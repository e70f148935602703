"""What the compose file promises: it can be checked, watched, stopped politely, and takes any password."""

from __future__ import annotations

import os
import re
import subprocess
import time
from urllib.parse import unquote, urlsplit

import environ
import kombu
import pytest
import yaml

from backend.core.health import signs
from backend.settings import env as reading
from tests.backend.operations.installations import ROOT, environment, free_port
from tests.needed import needs

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(TEXT)["services"]
STAYING = {name: service for name, service in SERVICES.items() if name != "migrate"}
ANY_SIGN = "a@b/c#d:e%f&g?h i'é\"$\\"


@needs("docker-compose")
def test_its_own_tool_reads_it():
    given = dict.fromkeys(re.findall(r"\$\{(\w+):\?", TEXT), "checked")
    done = subprocess.run(
        ["docker-compose", "config", "--quiet"],
        cwd=ROOT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(STAYING))
def test_each_service_is_bounded_and_comes_back(name):
    service = STAYING[name]
    assert service["restart"] == "unless-stopped"
    assert service["mem_limit"]
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}


@pytest.mark.parametrize("name", ["postgres", "proxy", "redis", "scheduler", "web", "worker"])
def test_each_service_that_answers_is_watched(name):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", ["postgres", "proxy", "redis"])
def test_each_image_of_others_is_pinned_to_its_minor(name):
    assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?", SERVICES[name]["image"])


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_backups_are_made_every_night_apart_from_the_data():
    assert SERVICES["backup"]["command"][:2] == ["passerelles", "backup"]
    assert "--each-night" in SERVICES["backup"]["command"]
    assert "backups:/backups" in SERVICES["backup"]["volumes"]


def test_the_client_of_the_image_is_of_the_version_of_the_server():
    server = re.match(r"postgres:(\d+)", SERVICES["postgres"]["image"])[1]
    assert f"postgresql-client-{server} " in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_a_password_of_any_signs_reaches_the_base(monkeypatch):
    monkeypatch.setenv("POSTGRES_HOST", "postgres")
    monkeypatch.setenv("POSTGRES_PASSWORD", ANY_SIGN)
    monkeypatch.setenv("DATABASE_URL", "")
    config = environ.Env().db_url_config(reading.database_url())
    assert (config["HOST"], config["NAME"], config["PASSWORD"]) == ("postgres", "passerelles", ANY_SIGN)


def test_a_password_of_any_signs_reaches_redis(monkeypatch):
    monkeypatch.setenv("REDIS_HOST", "redis")
    monkeypatch.setenv("REDIS_PASSWORD", ANY_SIGN)
    monkeypatch.setenv("BROKER_URL", "")
    url = reading.broker_url()
    assert (urlsplit(url).hostname, unquote(urlsplit(url).password)) == ("redis", ANY_SIGN)
    assert kombu.Connection(url).password == ANY_SIGN


@needs("redis-server")
def test_redis_itself_takes_that_password(tmp_path):
    import redis

    port = free_port()
    words = [word.replace("${REDIS_PASSWORD}", ANY_SIGN) for word in SERVICES["redis"]["command"]]
    server = subprocess.Popen(
        [*words, "--port", str(port), "--dir", str(tmp_path)], stdout=subprocess.DEVNULL
    )
    try:
        client = redis.Redis(port=port, password=ANY_SIGN)
        for _ in range(100):
            try:
                assert client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.1)
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port).ping()
        client.close()
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.mark.parametrize("who", sorted(signs.Watched))
def test_a_container_that_shows_no_sign_of_life_is_said_unhealthy(who, tmp_path):
    service = SERVICES["scheduler" if who is signs.Watched.CLOCK else "worker"]
    words = service["healthcheck"]["test"][1:]
    env = environment(tmp_path)

    def ask():
        return subprocess.run(words, cwd=ROOT, env=env, capture_output=True).returncode

    assert ask() == 1
    signs.show(who, tmp_path)
    assert ask() == 0
    old = time.time() - signs.FRESH_SECONDS - 1
    os.utime(tmp_path / "signs" / who.value, (old, old))
    assert ask() == 1
