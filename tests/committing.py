"""Tests that really commit, because threads or a browser look on: their tables are emptied after each one."""

from __future__ import annotations

import pytest
from django.apps import apps

# With the list of applications, emptying the tables follows foreign keys on PostgreSQL too.
committing = pytest.mark.django_db(
    transaction=True, available_apps=[app.name for app in apps.get_app_configs()]
)
