"""The trail cannot be rewritten; if somebody who owns the base rewrites it, it is seen and the line is named."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models.query import QuerySet
from django.utils import timezone

from backend.audit import chain, heads, triggers
from backend.audit.chain import Break, Fault, Head
from backend.audit.models import Cut, Entry, Link
from backend.audit.tasks import bind, publish_head
from backend.audit.trail import record
from backend.core.actor import Actor

pytestmark = pytest.mark.django_db
FORGED = {
    "at": timezone.make_aware(timezone.datetime(2020, 1, 1)),
    "user_id": 4242,
    "seat": "autre",
    "role": "MANAGER",
    "organisation_id": 99,
    "action": "forged.action",
    "subject_kind": "forged.kind",
    "subject_id": "77",
    "beneficiary_id": 12,
    "detail": {"rows": 40},
}


@pytest.fixture(autouse=True)
def small_links(monkeypatch):
    monkeypatch.setattr(chain, "LINES_A_LINK", 2)


@pytest.fixture
def lines():
    """Seven lines, bound two by two."""
    written = [record(Actor.operator(), f"essai.{number}", rows=number) for number in range(7)]
    assert chain.bind() == len(written)
    return written


@pytest.fixture
def owner(lines):
    """Whoever owns the base takes the triggers away, then writes what they like."""

    def run(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    triggers.drop(None, SimpleNamespace(connection=connection, execute=run))
    return run


def noted():
    """The head of the chain, as it is noted outside the base today."""
    return Head(timezone.localdate(), chain.head().digest)


def faults(*, known=()):
    return list(chain.verify(known).faults)


def test_sec_46_what_was_never_touched_is_whole(lines):
    verdict = chain.verify([noted()])
    assert (verdict.lines, verdict.links, verdict.waiting, verdict.faults) == (7, 4, 0, ())


def test_every_column_of_a_line_is_bound():
    assert set(FORGED) | {"id"} == {field.name for field in Entry._meta.concrete_fields}


@pytest.mark.parametrize("column", sorted(FORGED))
def test_sec_46_a_changed_column_is_found_and_its_line_named(owner, lines, column):
    QuerySet(Entry).filter(pk=lines[3].pk).update(**{column: FORGED[column]})
    assert faults() == [Fault(Break.CHANGED, lines[3].pk)]


@pytest.mark.parametrize("place", [0, 1, 3, 6])
def test_sec_46_a_line_taken_away_is_named(owner, lines, place):
    QuerySet(Entry).filter(pk=lines[place].pk).delete()
    assert faults() == [Fault(Break.MISSING, lines[place].pk)]


def test_sec_46_a_line_slipped_in_is_named(owner, lines):
    taken = Entry.objects.get(pk=lines[3].pk)
    QuerySet(Entry).filter(pk=taken.pk).delete()
    taken.action = "forged.action"
    taken.save(force_insert=True)
    assert faults() == [Fault(Break.CHANGED, taken.pk)]
    early = Entry(pk=lines[0].pk - 1, role="OPERATOR", action="before.all")
    early.save(force_insert=True)
    assert Fault(Break.ADDED, early.pk) in faults()


def test_sec_46_a_link_made_again_is_seen(owner, lines):
    second = Link.objects.all()[1]
    marks = bytearray(second.marks)
    marks[20] ^= 1
    QuerySet(Link).filter(pk=second.pk).update(marks=bytes(marks))
    assert Fault(Break.LINK, second.pk) in faults()


def test_sec_46_a_chain_made_again_whole_is_seen_by_the_head_kept_outside(owner, lines):
    kept = noted()
    QuerySet(Link).all().delete()
    QuerySet(Entry).filter(pk=lines[3].pk).update(action="forged.action")
    chain.bind()
    assert faults() == []
    assert faults(known=[kept]) == [Fault(Break.HEAD, 0)]


def test_sec_46_the_last_link_taken_away_is_seen_by_the_head_kept_outside(owner, lines):
    kept = noted()
    QuerySet(Link).filter(pk=chain.head().pk).delete()
    QuerySet(Entry).filter(pk=lines[6].pk).delete()
    assert faults() == []
    assert faults(known=[kept]) == [Fault(Break.HEAD, 0)]


@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize("gesture", ["UPDATE {} SET id = id", "DELETE FROM {}", "replace", "TRUNCATE {}"])
def test_sec_46_the_base_refuses_every_way_of_rewriting(lines, table, gesture):
    sqlite = connection.vendor == "sqlite"
    if gesture == "replace":
        gesture = (
            "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1"
            if sqlite
            else "INSERT INTO {0} SELECT * FROM {0} LIMIT 1 ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id"
        )
    elif sqlite and gesture.startswith("TRUNCATE"):
        gesture = "DELETE FROM {} WHERE true"  # it knows no other way of emptying a table
    Cut.objects.create(
        last_id=lines[0].pk - 1,
        head="a" * 64,
        kept_from_at=timezone.make_aware(timezone.datetime(2020, 1, 1)),
    )
    before = list(Entry.objects.values()), list(Link.objects.values_list("digest"))
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(gesture.format(table))
    assert (list(Entry.objects.values()), list(Link.objects.values_list("digest"))) == before


def test_lines_written_after_are_bound_at_the_next_turn_and_once(lines):
    record(Actor.operator(), "essai.apres")
    assert chain.verify().waiting == 1
    bind()
    bind()
    assert (chain.verify().waiting, chain.verify().lines, faults()) == (0, 8, [])


def test_two_clocks_never_bind_the_same_lines(lines):
    record(Actor.operator(), "essai.apres")
    last, new = chain.head(), Entry.objects.latest("pk")
    Link.objects.create(first_id=new.pk, last_id=new.pk, marks=b"", previous=last.digest, digest="f" * 64)
    # The other clock wrote its link since this one looked.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "_last_bound", lambda: last.last_id)
        assert chain.bind() == 0
    assert Link.objects.count() == 5


class TestTheHeadKeptOutside:
    @pytest.fixture(autouse=True)
    def folder(self, settings, tmp_path):
        settings.DATA_DIR = tmp_path

    def test_each_day_adds_a_line_that_says_no_name(self, lines):
        publish_head()
        publish_head()
        assert heads.known(heads.file().read_text()) == [noted()] * 2
        assert heads.file().stat().st_mode & 0o777 == 0o600

    def test_nothing_is_said_while_nothing_is_bound(self):
        publish_head()
        assert not heads.file().exists()

    def test_the_command_says_that_all_is_whole(self, lines, capsys):
        publish_head()
        call_command("verify_audit")
        assert (
            "7 ligne(s) vérifiées en 4 maillon(s), 0 pas encore nouée(s), 0 anomalie(s)."
            in capsys.readouterr().out
        )

    def test_the_command_names_the_line_and_ends_with_one(self, owner, lines, capsys):
        QuerySet(Entry).filter(pk=lines[3].pk).update(action="forged.action")
        with pytest.raises(SystemExit) as ended:
            call_command("verify_audit")
        assert ended.value.code == 1
        assert f"La ligne {lines[3].pk} a été modifiée." in capsys.readouterr().err

    def test_heads_kept_elsewhere_are_asked_for(self, lines, tmp_path, capsys):
        kept = tmp_path / "ailleurs.txt"
        kept.write_text(f"2026-01-01 12 {'a' * 64}\n")
        with pytest.raises(SystemExit):
            call_command("verify_audit", "--heads", str(kept))
        assert "n’est plus dans la chaîne" in capsys.readouterr().err

    def test_a_file_that_cannot_be_read_is_said(self, lines, tmp_path, capsys):
        with pytest.raises(SystemExit):
            call_command("verify_audit", "--heads", str(tmp_path / "absent.txt"))
        assert "ne se lit pas" in capsys.readouterr().err
