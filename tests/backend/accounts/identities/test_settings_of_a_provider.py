"""How a provider is named, and tried before anybody needs it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from backend.settings.env import identity_provider
from tests.backend.accounts.identities.provider import (
    BACK,
    CLIENT_SECRET,
    named,
)

GIVEN = {"OIDC_ISSUER": "https://auth.example.org/api/v2", "OIDC_CLIENT_ID": "c", "OIDC_CLIENT_SECRET": "s"}


def test_the_settings_name_one_whole(monkeypatch):
    """SEC-29."""
    for name, value in GIVEN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OIDC_TWO_FACTORS", "eidas2, mfa")
    found = identity_provider()
    assert (found.issuer, found.name, found.two_factors) == (
        GIVEN["OIDC_ISSUER"],
        "ProConnect",
        frozenset({"eidas2", "mfa"}),
    )
    assert "'s'" not in repr(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"OIDC_CLIENT_SECRET": ""},
        {"OIDC_ISSUER": ""},
        {"OIDC_ISSUER": "http://auth.example.org"},
        {"OIDC_ISSUER": "https://moi@auth.example.org"},
        {"OIDC_ISSUER": "https://auth.example.org/?a=1"},
        {"OIDC_ISSUER": "auth.example.org"},
    ],
)
def test_half_named_or_in_clear_the_service_does_not_start(monkeypatch, wrong):
    """SEC-22."""
    for name, value in {**GIVEN, **wrong}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured):
        identity_provider()


def test_none_named_is_none(monkeypatch):
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)
    assert identity_provider() is None


def tried(capsys) -> str:
    call_command("check_identity")
    return capsys.readouterr().out


def test_the_command_says_what_to_declare(provider, settings, capsys):
    settings.ALLOWED_HOSTS = ["passerelles.example.org"]
    said = tried(capsys)
    assert "ProConnect répond" in said
    assert f"https://passerelles.example.org{BACK}" in said
    assert "toujours le nôtre" in said
    assert CLIENT_SECRET not in said
    named(settings, provider, "eidas2", "mfa")
    assert "le nôtre, sauf s’il dit eidas2 ou mfa." in tried(capsys)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        ({"told": {"issuer": "https://ailleurs.example.org"}}, "Il se nomme https://ailleurs.example.org"),
        ({"told": {"token_endpoint": "https://ailleurs.example.org/token"}}, "token_endpoint"),
        ({"answers": {"/keys": (200, {"keys": []})}}, "ne répond pas comme"),
        ({"answers": {"/keys": (200, b"<html>")}}, "ne répond pas comme"),
        ({"answers": {"/.well-known/openid-configuration": (404, {})}}, "Il se nomme None"),
        ({"answers": {"/.well-known/openid-configuration": (200, [])}}, "ne répond pas comme"),
    ],
)
def test_the_command_says_what_to_look_at(provider, capsys, lie, said):
    for name, value in lie.items():
        setattr(provider, name, value)
    with pytest.raises(SystemExit) as end:
        call_command("check_identity")
    assert end.value.code == 1
    assert said in capsys.readouterr().err


def test_the_command_without_provider(capsys):
    with pytest.raises(SystemExit):
        call_command("check_identity")
    assert "OIDC_ISSUER" in capsys.readouterr().err
