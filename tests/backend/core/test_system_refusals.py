"""What the machine refuses is said in French, everywhere, and a disk that is full is waited for like a busy base."""

from __future__ import annotations

import ast
import errno
import os

import pytest
from django.db import OperationalError, connection

from backend.core.busy import is_busy
from backend.core.values.system_refusals import why
from tests.house.tree import modules
from tests.needed import only_on


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EIO, errno.EXDEV, 0]
)
def test_no_refusal_repeats_the_system(number):
    said = why(OSError(number, os.strerror(number)))
    assert said
    assert os.strerror(number) not in said


def test_nobody_quotes_the_system_itself():
    quoting = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "strerror"
    }
    assert quoting == set(), "say why(error): backend/core/values/system_refusals.py"


@pytest.mark.django_db
def test_a_base_that_has_no_room_left_is_waited_for():
    """SEC-56."""
    only_on("sqlite", because="a full disk of PostgreSQL cannot be played from here; its code is in the list")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count")
        usual = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            with pytest.raises(OperationalError) as full:
                cursor.execute("CREATE TABLE filling AS SELECT hex(zeroblob(9000000)) AS room")
        finally:
            cursor.execute(f"PRAGMA max_page_count = {usual}")
    assert is_busy(full.value)
