"""Whoever tries keys: a browser at the address they are made for, and a manager."""

import pytest

from backend.core.actor import Role
from tests.backend.accounts.keys.keyring import browser
from tests.factories import MembershipFactory


@pytest.fixture
def client():
    return browser()


@pytest.fixture
def user():
    return MembershipFactory(role=Role.MANAGER).user
