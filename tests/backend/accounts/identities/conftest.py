"""A provider that runs, and an account that its holder linked to it."""

import pytest
from django.test import Client

from backend.core.actor import Role
from tests.backend.accounts.identities.provider import INDEX, LINK, Provider, named, through
from tests.factories import MembershipFactory
from tests.signin import give_second_factor, sign_in


@pytest.fixture
def provider(settings):
    with Provider() as found:
        named(settings, found)
        yield found


@pytest.fixture
def user():
    user = MembershipFactory(role=Role.MANAGER).user
    give_second_factor(user)
    return user


@pytest.fixture
def linked(provider, user):
    """An account that its holder linked from the inside."""
    assert through(sign_in(Client(), user), provider, LINK).url == INDEX
    return user
