"""From SQLite to PostgreSQL and back: the same rows, figures, seals, trail and numbers to come; or nothing at all."""

from __future__ import annotations

import json

from backend.core.serving import alone
from tests.backend.operations.installations import done, passerelles

LIVES = """
from decimal import Decimal
from tests import factories as make
from backend.web.models import Draft
from pathways.models import Interview
from backend.audit.trail import record
from backend.core.actor import Actor
for rank in range(3):
    make.ExitFactory()
interview = make.InterviewFactory(synthesis="CANARI")
make.InterviewFactory().delete()
user = make.UserFactory()
Draft.objects.create(user=user, seat="m1", form="f", content="CANARI")
record(Actor.operator(), "essai", interview, rows=3, list=["b", "a"])
"""
SAID = """
import json
from backend.operations.moves.tables import last_number, our_tables
from pathways.models import Interview
from django.contrib.contenttypes.models import ContentType
tables = [table for table in our_tables() if table.name != "audit_entry"]
print(json.dumps({
    "marks": {table.name: table.mark("default") for table in tables},
    "numbers": {table.name: last_number(table, "default") for table in tables if table.count("default")},
    "text": Interview.objects.order_by("-pk").values_list("synthesis", flat=True).first(),
}))
"""
FIGURES = ("exit-statistics", "--start", "2026-01-01", "--end", "2026-12-31")
WRITE_MORE = """
from backend.audit.models import Entry
from backend.audit.trail import record
from backend.core.actor import Actor
from pathways.models import Interview
before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
again = Interview.objects.order_by("pk").first()
again.pk = None
again.save(force_insert=True)
print(again.pk, record(Actor.operator(), "essai").pk - before)
"""


def python(env, code):
    return done(env, "shell", "--no-imports", "-c", code).strip().splitlines()[-1:]


def said(env):
    return json.loads(python(env, SAID)[0]), done(env, *FIGURES)


def test_there_and_back_everything_is_the_same(small, a_postgresql_base, tmp_path):
    python(small, LIVES)
    before = said(small)
    assert before[0]["text"] == "CANARI"

    with alone(tmp_path / "data"):
        refused = passerelles(small, "move-to", a_postgresql_base)
    assert (refused.returncode, "tourne" in refused.stderr) == (1, True)
    moved = done(small, "move-to", a_postgresql_base)
    assert "les mêmes qu’ici" in moved
    there = {**small, "DATABASE_URL": a_postgresql_base}
    assert said(there) == before
    refused = passerelles(small, "move-to", a_postgresql_base)
    assert (refused.returncode, "contient déjà" in refused.stderr) == (1, True)
    number = before[0]["numbers"]["pathways_interview"]
    assert python(there, WRITE_MORE) == [f"{number + 1} 1"], (
        "no number serves twice, even that of a deleted row"
    )

    now = said(there)
    back = f"sqlite:///{tmp_path / 'data' / 'retour.sqlite3'}"
    done(there, "move-to", back)
    again = {**small, "DATABASE_URL": back}
    assert said(again) == now
    assert python(again, WRITE_MORE) == [f"{number + 2} 1"]
