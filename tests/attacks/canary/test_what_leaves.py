"""SEC-39, SEC-38: the same canaries in what leaves: exports, what a structure takes away, a person's copy, a stolen base."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.apps import apps

from backend.core.actor import Role
from backend.core.errors import DomainError, NotPermitted
from backend.organisations import seats
from backend.organisations.models import Organisation
from pathways.services.privacy import copies
from reports.exports import EXPORT_KINDS
from tests.access.answers import nothing_kept
from tests.access.world import ROLES
from tests.attacks.canary.everywhere import watching
from tests.attacks.canary.marks import as_stored, in_text, is_sealed_column, personal_texts
from tests.attacks.canary.test_what_is_kept import planted, readable  # noqa: F401 - fixture
from tests.backend.exchange.leaving.taking import taken

pytestmark = pytest.mark.django_db
YEARS = {"start": "2025-01-01", "end": "2026-12-31"}


def actor_of_role(world, role):
    seat = world.seats[role]
    return seats.actor_again(seat.user, seat.seat_key)


def said_in(archive: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        return in_text([parts.read(name).decode(errors="replace") for name in parts.namelist()])


def of_others(planted, marks, allowed):  # noqa: F811
    return {planted[text][0].__name__ for text in marks - allowed if text in planted}


@pytest.mark.parametrize("role", ROLES)
def test_an_export_holds_nothing_its_owner_does_not_read(world, planted, role):  # noqa: F811
    actor = actor_of_role(world, role)
    with nothing_kept(), watching() as found:
        for name, kind in EXPORT_KINDS.items():
            if not kind.may(actor):
                continue
            sheets = kind.prepare(actor, kind.check(actor, YEARS)).sheets
            said = in_text([list(sheet.rows) for sheet in sheets])
            assert of_others(planted, said, readable(world, role, planted)) == set(), name
        found.look_around("an export")
    assert dict(found.leaks) == {}


@pytest.mark.parametrize("role", ROLES)
def test_what_a_structure_takes_away_holds_nothing_not_read(world, planted, role, settings, tmp_path):  # noqa: F811
    settings.DATA_DIR = settings.IMPORT_DIR = tmp_path
    actor, allowed, given = actor_of_role(world, role), readable(world, role, planted), set()
    with nothing_kept(), watching() as found:
        for place in Organisation.objects.all():
            try:
                given |= said_in(taken(actor, place))
            except (NotPermitted, DomainError):
                continue
        found.look_around("a structure taken away")
        on_disk = in_text([path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()])
    assert of_others(planted, given, allowed) == set()
    assert bool(given) is (role in {Role.MANAGER, Role.GROUP_HEAD}), (
        "who takes a structure away takes something"
    )
    assert (on_disk, dict(found.leaks)) == (set(), {})


def test_the_copy_of_a_person_holds_what_is_theirs_and_nobody_elses(world, planted, monkeypatch):  # noqa: F811
    monkeypatch.setattr(copies, "tagged_pdf", lambda page: page.encode())
    person = world.objects["person"]["own"]
    with nothing_kept():
        said = said_in(copies.archive_of(actor_of_role(world, Role.BENEFICIARY), person))
    others = {type(person): {each.pk for each in world.objects["person"].values()} - {person.pk}}
    assert len(said) > 20
    assert {text for text in said if planted[text][1] in others.get(planted[text][0], ())} == set()
    assert "PrivateNote" not in {planted[text][0].__name__ for text in said}


def test_a_stolen_base_tells_none_of_what_is_sealed(planted):  # noqa: F811
    """As a backup holds it, without the keys: every table, every column, every row."""
    stored = list(as_stored({each._meta.db_table for each in apps.get_models()}))
    sealed = {each for each in personal_texts() if is_sealed_column(each)}
    assert {column for column, _ in stored if column in sealed} == set()
    unseen = set(planted) - {text for _, text in stored}
    assert (len(sealed) > 20, len(unseen) > 100) == (True, True), (
        "what is sealed was planted, and is not read"
    )
