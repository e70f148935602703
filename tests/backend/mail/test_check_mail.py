"""`passerelles check-mail` and the settings of mail, against a real little SMTP server."""

from __future__ import annotations

import io
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from backend.settings.env import MAIL_TIMEOUT, mail_settings

PASSWORD = "mot de passe imaginaire/@:"
WRITTEN = "mot%20de%20passe%20imaginaire%2F%40%3A"


def check(address="odile@example.org"):
    """The exit code, and everything that was said."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_mail", address, stdout=out, stderr=err)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, out.getvalue() + err.getvalue()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", (25, "", "", False, False)),
        ("smtp://mail.example.org:2525", (2525, "", "", False, False)),
        (f"smtp://compte:{WRITTEN}@mail.example.org", (25, "compte", PASSWORD, False, False)),
        ("smtp+tls://compte:secret@mail.example.org", (587, "compte", "secret", True, False)),
        (
            "smtp+tls://c%40example.org:secret@mail.example.org:25",
            (25, "c@example.org", "secret", True, False),
        ),
        ("smtp+ssl://compte:secret@mail.example.org", (465, "compte", "secret", False, True)),
        ("smtps://compte:secret@mail.example.org:4650", (4650, "compte", "secret", False, True)),
    ],
)
def test_every_part_of_the_url_is_honoured(monkeypatch, url, expected):
    monkeypatch.setenv("EMAIL_URL", url)
    read = mail_settings()
    names = ("EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    assert tuple(read.pop(name) for name in names) == expected
    assert read == {"EMAIL_HOST": "mail.example.org", "EMAIL_TIMEOUT": 10}


@pytest.mark.parametrize(
    "url", ["submission://mail.example.org", "smtp://", "smtp://h:0x", "smtp://h?tls=1", "mail.example.org"]
)
def test_what_is_not_understood_is_refused_without_repeating_it(monkeypatch, url):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL commence par smtp://"):
        mail_settings()


def test_a_password_that_smtp_cannot_carry_is_refused_before_anybody_waits(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://compte:invent%C3%A9@mail.example.org")
    with pytest.raises(ImproperlyConfigured, match="sans accent"):
        mail_settings()


def test_the_message_leaves_and_the_answer_is_repeated(server, use):
    use(f"smtp://compte:{WRITTEN}@SERVER")
    code, said = check()
    assert code == 0
    assert "250 2.0.0 queued as ABC123" in said
    assert "en clair, avec le compte compte, délai 10 s" in said
    assert server.accounts == [("compte", PASSWORD)]
    assert "mail FROM:<ne-pas-repondre@example.org>" in "".join(server.heard)
    assert len(server.messages) == 1
    assert PASSWORD not in said


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("refuses the account", "Le serveur refuse le compte ou le mot de passe : 535 no such password •••."),
        ("refuses the sender", "Le serveur a répondu non : 553 unknown sender."),
        ("refuses the address", "Le serveur a répondu non : 550 no such mailbox."),
        ("refuses the message", "Le serveur a répondu non : 554 spam."),
        ("hangs up", "a raccroché sans répondre"),
        ("plain", "Le serveur ne propose pas ce qu’EMAIL_URL demande"),
    ],
)
def test_a_refusal_is_repeated_without_any_secret(server, use, mood, words):
    server.mood = mood
    use(f"smtp://compte:{WRITTEN}@SERVER")
    code, said = check()
    assert code == 1
    assert words in said
    assert PASSWORD not in said


@pytest.mark.parametrize("scheme", ["smtp", "smtp+tls", "smtps"])
def test_a_server_that_says_nothing_is_left_after_the_delay(server, use, scheme):
    server.mood = "hangs"
    use(f"{scheme}://SERVER", EMAIL_TIMEOUT=1)
    began = time.monotonic()
    code, said = check()
    assert (code, time.monotonic() - began < MAIL_TIMEOUT) == (1, True)
    assert "n’a pas répondu en 1 s" in said


@pytest.mark.parametrize(
    ("scheme", "words"),
    [("smtp+tls", "Le serveur ne propose pas"), ("smtps", "le chiffrement n’a pas pu s’établir")],
)
def test_a_seal_that_the_server_does_not_have_is_said(use, scheme, words):
    use(f"{scheme}://SERVER")
    code, said = check()
    assert code == 1
    assert words in said


def test_nobody_listening_and_no_such_server_are_said(server, settings, use):
    use("smtp://SERVER", EMAIL_PORT=1)
    assert "Rien n’écoute sur 127.0.0.1, port 1" in check()[1]
    use("smtp://SERVER", EMAIL_HOST="nulle-part.invalid")
    assert "« nulle-part.invalid » ne mène à aucun serveur" in check()[1]


def test_without_a_mail_server_it_says_so(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    code, said = check()
    assert code == 1
    assert "Aucun serveur de courrier n’est réglé" in said


def test_an_address_that_is_none_is_bad_usage(capsys):
    with pytest.raises(SystemExit) as end:
        call_command("check_mail", "odile")
    assert end.value.code == 2
    assert "« odile » n’est pas une adresse électronique" in capsys.readouterr().err
