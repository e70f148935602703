"""Tables that left, on real rows: the register gives them back, and masks the next ones beside them."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from backend.audit.models import Entry
from backend.core.actor import Role
from backend.core.errors import Conflict, DomainError, NotPermitted, OutOfReach
from reports.exits.published import has_moved_since, held, lines_of
from reports.models import PublishedTable
from reports.services import publish_table, published_tables
from tests.factories import (
    BelongingFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    actor_of,
)
from tests.worlds.worked_set import leave

pytestmark = pytest.mark.django_db
DURABLE, OTHER = "3", "7"
ELSE = ("10", "2", "8")
"""A transition, a positive exit, no news: a breakdown where everyone ended alike is hidden whatever its size."""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def here():
    return OrganisationFactory(kind="AI", name="Vallées Services")


@pytest.fixture
def manager(here):
    return actor_of(Role.MANAGER, here)


def many(place, *, durable: int, other: int) -> None:
    for motive, times in ((DURABLE, durable), (OTHER, other), *((each, 12) for each in ELSE)):
        for _ in range(times):
            leave(place, motive=motive)


def publish(actor, **said) -> PublishedTable:
    return publish_table(actor=actor, **{"year": 2025, "breakdown": "TYPE", **said})


def count(table, column, line="total"):
    return held(table).counts[line, column]


def test_a_table_leaves_masked_kept_as_it_was_told_with_its_line_in_the_trail(manager, here):
    many(here, durable=20, other=25)
    table = publish(manager)
    assert (table.organisation, table.group, table.rank, table.threshold) == (here, None, 1, 11)
    assert (count(table, "durable"), count(table, "withdrawn")) == (20, 0)
    assert not [value for value in held(table).counts.values() if value is not None and 0 < value < 11]
    line = Entry.objects.get(action="table.published")
    assert (line.subject_id, line.detail["year"]) == (str(table.pk), 2025)


def test_the_same_table_is_given_back_as_it_left_whatever_was_corrected_since(manager, here):
    """SEC-37."""
    many(here, durable=20, other=25)
    first = publish(manager)
    assert not has_moved_since(first)
    leave(here, motive=DURABLE)
    assert publish(manager) == first
    assert count(first, "durable") == 20
    assert has_moved_since(PublishedTable.objects.get(pk=first.pk))
    assert Entry.objects.filter(action="table.published").count() == 1


def test_a_group_published_after_one_of_its_structures_does_not_give_the_other(here):
    """SEC-37: what the head of a group publishes is masked beside what a manager published."""
    other = OrganisationFactory(kind="AI")
    group = GroupFactory()
    for place in (here, other):
        BelongingFactory(organisation=place, group=group)
    head = MembershipFactory(group_head=True, group=group).as_actor()
    many(here, durable=20, other=25)
    many(other, durable=4, other=25)
    publish(actor_of(Role.MANAGER, here))
    whole = publish(head)
    assert whole.group == group
    assert count(whole, "durable") is None
    assert count(whole, "all_exits") == 20 + 4 + 2 * (25 + 3 * 12)
    PublishedTable.objects.all().delete()
    assert count(publish(head), "durable") == 24


def test_the_network_reads_what_it_published_and_structures_do_not(here):
    many(here, durable=20, other=25)
    network = actor_of(Role.NETWORK_HEAD)
    whole = publish(network)
    assert list(PublishedTable.objects.visible_to(network)) == [whole]
    assert not PublishedTable.objects.visible_to(actor_of(Role.MANAGER, here)).exists()
    with pytest.raises(DomainError, match="sans en nommer"):
        publish(network, organisation=here)
    with pytest.raises(DomainError, match="répartition"):
        publish(network, breakdown="STRUCTURE")


def test_lines_by_structure_keep_the_name_they_had(manager, here):
    many(here, durable=20, other=25)
    table = publish(manager, breakdown="STRUCTURE")
    here.name = "Autre nom"
    here.save()
    assert [line.label for line in lines_of(table)] == ["Vallées Services", "Ensemble"]
    assert lines_of(table)[0].rates["durable"] == pytest.approx(20 / 81)


def test_what_cannot_be_published_is_refused_in_words(manager, here):
    with pytest.raises(DomainError, match="Aucune sortie"):
        publish(manager)
    with pytest.raises(DomainError, match="années terminées"):
        publish(manager, year=2026)
    leave(here, motive=DURABLE)
    with pytest.raises(DomainError, match="moins de 11"):
        publish(manager)
    assert not PublishedTable.objects.exists()
    with pytest.raises(OutOfReach):
        publish(manager, organisation=OrganisationFactory())
    with pytest.raises(NotPermitted):
        publish(actor_of(Role.ADVISOR, here))


def test_two_tables_of_a_year_never_leave_without_knowing_of_each_other(manager, here, monkeypatch):
    """SEC-37: one that left between the counting and the writing makes the other start again."""
    many(here, durable=20, other=25)
    masked = published_tables._masked

    def meanwhile(lines, former):
        monkeypatch.setattr(published_tables, "_masked", masked)
        publish(actor_of(Role.NETWORK_HEAD))
        return masked(lines, former)

    monkeypatch.setattr(published_tables, "_masked", meanwhile)
    with pytest.raises(Conflict):
        publish(manager)
    assert publish(manager).rank == 2
