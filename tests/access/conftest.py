"""One world for a whole module of the matrix."""

import pytest
import time_machine
from django.db import transaction

from tests.access.world import build_world
from tests.factories import TODAY


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once, on the day of the factories; rolled back at the end."""
    with django_db_blocker.unblock(), time_machine.travel(f"{TODAY}T10:00:00+01:00"):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield build_world()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
