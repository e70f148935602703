"""A real mail server for each test of the mail, and the settings that lead to it."""

import pytest

from backend.settings.env import mail_settings
from tests.smtp import smtp_server


@pytest.fixture
def server(settings):
    """A server that listens on this machine; nothing leads to it before `use`."""
    with smtp_server() as smtp:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.DEFAULT_FROM_EMAIL = "Passerelles <ne-pas-repondre@example.org>"
        yield smtp


@pytest.fixture
def use(server, settings, monkeypatch):
    """Settings read from an EMAIL_URL that leads to the server."""

    def use_(url: str, **changes):
        monkeypatch.setenv("EMAIL_URL", url.replace("SERVER", f"127.0.0.1:{server.server_address[1]}"))
        for name, value in {**mail_settings(), **changes}.items():
            setattr(settings, name, value)

    return use_


@pytest.fixture
def smtp(server, use):
    """The server, with this installation's mail led to it, and a short patience."""
    use("smtp://SERVER", EMAIL_TIMEOUT=0.5)
    return server
