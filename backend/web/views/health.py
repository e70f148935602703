"""Is the service alive, and is it ready? For the machine that watches it, without any detail."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from backend.core.pages.doors import public

LEAST_FREE_BYTES = 1_000_000_000


@public
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is touched."""
    return JsonResponse({"etat": "vivant"})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """Whether work can be done: without broker the service is degraded, but a follow-up is still recorded."""
    vital = all(check() for check in (_database_answers, _tables_are_up_to_date, _disk_has_room))
    if not vital:
        return JsonResponse({"etat": "indisponible"}, status=503)
    return JsonResponse({"etat": "pret" if _broker_answers() else "degrade"})


def _quietly(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


def _database_answers() -> bool:
    def ask() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())

    return _quietly(ask)


def _tables_are_up_to_date() -> bool:
    def compare() -> bool:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())

    return _quietly(compare)


def _disk_has_room() -> bool:
    return _quietly(lambda: shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE_BYTES)


def _broker_answers() -> bool:
    url = urlsplit(settings.CELERY_BROKER_URL)
    if url.scheme == "filesystem":
        return _quietly(settings.DATA_DIR.exists)
    port = url.port or {"redis": 6379, "rediss": 6379, "amqp": 5672, "amqps": 5671}.get(url.scheme, 0)

    def knock() -> bool:
        socket.create_connection((url.hostname or "", port), timeout=1).close()
        return True

    return _quietly(knock)
