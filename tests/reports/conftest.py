"""What the report tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection

from backend.audit import triggers
from backend.core.actor import Actor
from pathways.selectors.rule_book import read_book
from reports.exits.compute.exits import classify
from reports.exits.compute.period import Period
from reports.exits.compute.reasons import reasons
from reports.exits.sources import exit_frames


@pytest.fixture
def classified() -> Callable[..., Any]:
    """Classified exits of 2025 seen by the operator, with their reason in words."""

    def of(period: Period | None = None, actor: Actor | None = None, today: date = date(2030, 1, 1)) -> Any:
        frames = exit_frames(actor or Actor.operator(), period or Period.of_year(2025))
        frame = classify(frames.exits, frames.contracts, frames.hours, book=read_book(), today=today)
        return frame.assign(reason=reasons(frame), day=[d.date() for d in frame["occurred_on"]])

    return of


@pytest.fixture
def in_2025() -> Period:
    """The year of the worked set."""
    return Period(date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def shared_base(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A base that other processes see, emptied at the end: the append-only trail too, for the tests only."""
    with django_db_blocker.unblock():
        yield
        with connection.schema_editor() as editor:
            triggers.drop(None, editor)
        _empty(set(connection.introspection.table_names()) - KEPT_TABLES)
        with connection.schema_editor() as editor:
            triggers.create(None, editor)


KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}


def _empty(tables: set[str]) -> None:
    names = [connection.ops.quote_name(table) for table in sorted(tables)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
            return
        with connection.constraint_checks_disabled():
            for name in names:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 (our own table names)
