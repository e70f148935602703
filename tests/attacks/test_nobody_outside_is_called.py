"""SEC-29: the service contacts its own servers only; nobody gives it an address to visit."""

from __future__ import annotations

import ast

import pytest
from django.db import models
from django.forms import URLField

from tests.house.tree import modules, of_the_product, our_models

NETWORK = {
    "socket",
    "smtplib",
    "ssl",
    "http",
    "ftplib",
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "telnetlib",
    "xmlrpc",
    "kombu",
}
OWN_SERVERS = {
    "backend/mail/transport.py": "the mail server of the settings",
    "backend/accounts/identities/contact.py": "the identity provider of the settings, at its one origin",
    "backend/mail/trial.py": "the mail server of the settings",
    "backend/core/health/checks.py": "the broker of the settings",
    "backend/core/jobs.py": "the broker of the settings",
    "backend/core/installation/processes.py": "a port of this machine",
    "backend/demo/management/commands/demo.py": "a port of this machine",
}


def imported(tree: ast.Module) -> set[str]:
    """The roots of what a module imports, and `urllib.request` by its whole name."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names |= {each.name for each in node.names}
            case ast.ImportFrom(module=str(module), level=0):
                names |= {f"{module}.{each.name}" for each in node.names} | {module}
    return {"urllib.request" if name.startswith("urllib.request") else name.split(".")[0] for name in names}


def test_only_what_speaks_to_our_own_servers_opens_a_connection():
    found = {path for path, tree in modules() if imported(tree) & (NETWORK | {"urllib.request"})}
    assert found == set(OWN_SERVERS)


def test_nobody_types_an_address_to_visit():
    columns = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.URLField)
    ]
    assert columns == []
    from django.forms import BaseForm

    fields = [
        f"{form.__name__}.{name}"
        for form in of_the_product(BaseForm)
        for name, field in form.base_fields.items()
        if isinstance(field, URLField)
    ]
    assert fields == []


@pytest.mark.parametrize(
    "line",
    [
        "import requests",
        "from urllib.request import urlopen",
        "import urllib.request",
        "from http import client",
    ],
)
def test_a_connection_would_be_seen(line):
    assert imported(ast.parse(line)) & (NETWORK | {"urllib.request"})
