"""What tests of imports share: a folder of their own, a broker that only remembers, two structures."""

from __future__ import annotations

import pytest

from backend.core.actor import Role
from tests.factories import OrganisationFactory, actor_of


@pytest.fixture
def import_dir(tmp_path, settings):
    settings.IMPORT_DIR = tmp_path / "imports"
    return settings.IMPORT_DIR


@pytest.fixture
def here():
    return OrganisationFactory(kind="ACI", name="Chantier des Rives")


@pytest.fixture
def there():
    return OrganisationFactory(kind="ACI", name="Chantier du Lac Imaginaire")


@pytest.fixture
def manager(here):
    return actor_of(Role.MANAGER, here)
