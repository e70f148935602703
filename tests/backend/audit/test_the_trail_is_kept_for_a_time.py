"""SEC-48: the trail is not kept longer than said; what is too old leaves, what stays is still a chain that can be verified."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from backend.audit import chain, heads, keeping, triggers
from backend.audit.chain import Break
from backend.audit.models import Cut, Entry, Link
from backend.audit.tasks import cut, publish_head
from backend.audit.trail import record
from backend.core.actor import Actor
from pathways.models import RuleSetting

pytestmark = pytest.mark.django_db
DAYS = [date(2024, 9, 1), date(2025, 1, 14), date(2025, 1, 15), date(2025, 3, 1), date(2025, 9, 1)]
TODAY = date(2026, 1, 15)
"""Twelve months before: a line of 15 January 2025 stays, one of the 14th leaves."""


@pytest.fixture(autouse=True)
def _elsewhere(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(chain, "LINES_A_LINK", 2)


def written_on(day):
    """Two lines bound together, and the head of that evening."""
    with time_machine.travel(f"{day}T18:00:00+01:00", tick=False):
        lines = [record(Actor.operator(), f"essai.{day:%m%d}", number=number) for number in range(2)]
        chain.bind()
        publish_head()
    return lines


@pytest.fixture
def lines():
    return [line for day in DAYS for line in written_on(day)]


def night_of(day):
    with time_machine.travel(f"{day}T04:30:00+01:00", tick=False):
        cut()
        chain.bind()


def faults():
    known = heads.known(heads.file().read_text())
    return [fault.what for fault in chain.verify(known).faults]


def left():
    return list(Entry.objects.exclude(action="trail.cut").order_by("pk").values_list("pk", flat=True))


def test_what_is_older_leaves_and_the_rest_is_still_a_chain(lines):
    night_of(TODAY)
    assert left() == [line.pk for line in lines[4:]]
    assert Cut.objects.get().last_id == lines[3].pk
    assert faults() == []


def test_the_day_before_it_stays(lines):
    night_of(TODAY - timedelta(days=1))
    assert left() == [line.pk for line in lines[2:]]


def test_a_run_with_one_young_line_stays_whole():
    with time_machine.travel("2025-01-14T18:00:00+01:00", tick=False):
        old = record(Actor.operator(), "essai.vieux")
    with time_machine.travel("2025-01-15T08:00:00+01:00", tick=False):
        young = record(Actor.operator(), "essai.jeune")
        chain.bind()
    night_of(TODAY)
    assert left() == [old.pk, young.pk]
    assert not Cut.objects.exists()


def test_the_time_is_a_dated_rule_and_never_over_three_years(lines):
    rule = RuleSetting(key="trail_kept_months", value="24", valid_from=date(2025, 1, 1), basis="Choix d’ici")
    rule.save()
    night_of(TODAY)
    assert left() == [line.pk for line in lines]
    night_of(date(2026, 9, 2))
    assert left() == [line.pk for line in lines[2:]]


@pytest.mark.parametrize("months", ["5", "37", "0", "douze"])
def test_a_time_out_of_bounds_is_refused(months, capsys):
    with pytest.raises(SystemExit):
        call_command(
            "set_rule", "trail_kept_months", months, "--from", "2026-01-01", "--basis", "Choix d’ici"
        )  # fmt: skip
    assert not RuleSetting.objects.exists()


def test_night_after_night_the_chain_holds(lines):
    for night in (TODAY, TODAY, date(2026, 3, 2), date(2026, 9, 2), date(2027, 3, 2)):
        night_of(night)
        assert faults() == []
    assert Entry.objects.filter(action="trail.cut").exists()
    assert left() == []
    written_on(date(2027, 4, 1))
    assert faults() == []


def test_stopped_in_the_middle_it_goes_on(lines, monkeypatch):
    take, taken = keeping._take_out_a_run, []

    def once():
        if taken:
            raise RuntimeError("tué")
        taken.append(1)
        return take()

    monkeypatch.setattr(keeping, "_take_out_a_run", once)
    with pytest.raises(RuntimeError):
        night_of(TODAY)
    chain.bind()
    assert left() == [line.pk for line in lines[2:]]
    assert faults() == []
    monkeypatch.setattr(keeping, "_take_out_a_run", take)
    night_of(TODAY)
    assert left() == [line.pk for line in lines[4:]]
    assert (Cut.objects.count(), faults()) == (1, [])


def test_what_stays_is_still_protected(lines):
    night_of(TODAY)
    for statement in (
        "DELETE FROM audit_entry",
        "DELETE FROM audit_link",
        "DELETE FROM audit_cut",
        "UPDATE audit_cut SET last_id = 9",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert left() == [line.pk for line in lines[4:]]


def test_the_base_refuses_a_cut_of_what_is_young(lines):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Cut.objects.create(
            last_id=lines[-1].pk,
            head="a" * 64,
            kept_from_at=timezone.now() - timedelta(days=triggers.YOUNGEST_CUT_DAYS - 1),
        )
    Cut.objects.create(last_id=lines[-1].pk, head="a" * 64, kept_from_at=datetime(2025, 1, 1, tzinfo=UTC))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk__gte=lines[2].pk).delete()


class TestACutMadeByHand:
    """Whoever owns the base takes the triggers away and writes a cut of their own."""

    @pytest.fixture(autouse=True)
    def owner(self, lines):
        def run(sql):
            with connection.cursor() as cursor:
                cursor.execute(sql)

        triggers.drop(None, SimpleNamespace(connection=connection, execute=run))

    def forge(self, lines, *, kept_from, told=True):
        link = Link.objects.all()[3]
        Cut.objects.create(last_id=link.last_id, head=link.digest, kept_from_at=kept_from)
        if told:
            record(Actor.operator(), "trail.cut", link, head=link.digest)
        Link.objects.filter(pk__lte=link.pk).delete()
        Entry.objects.filter(pk__lte=link.last_id).delete()
        chain.bind()

    def test_it_is_seen_when_the_trail_does_not_tell_it(self, lines):
        self.forge(lines, kept_from=datetime(2025, 1, 15, tzinfo=UTC), told=False)
        assert Break.CUT in faults()

    def test_it_is_seen_when_it_says_to_have_taken_what_was_young(self, lines):
        self.forge(lines, kept_from=timezone.now())
        assert Break.CUT in faults()

    def test_it_is_seen_by_the_heads_when_it_lies_about_the_day(self, lines):
        self.forge(lines, kept_from=datetime(2025, 1, 15, tzinfo=UTC))
        assert faults() == []  # the last head before it is the one it says
        known = [*heads.known(heads.file().read_text()), chain.Head(date(2025, 2, 20), "b" * 64)]
        assert [fault.what for fault in chain.verify(known).faults] == [Break.HEAD]


class TestTheCommands:
    def test_counted_beforehand_then_done_and_verified(self, lines, capsys):
        with time_machine.travel(f"{TODAY}T04:30:00+01:00", tick=False):
            call_command("apply_retention", "--dry-run")
            assert "Lignes du journal trop anciennes, retirées : 4" in capsys.readouterr().out
            assert len(left()) == len(lines)
            call_command("apply_retention")
            assert "Lignes du journal trop anciennes, retirées : 4" in capsys.readouterr().out
            chain.bind()
            call_command("verify_audit")
        assert "0 anomalie(s)." in capsys.readouterr().out
        assert "coupe 2026-01-15" in heads.file().read_text()

    def test_a_cut_that_nothing_explains_is_named(self, lines, capsys):
        Cut.objects.create(last_id=lines[3].pk, head="a" * 64, kept_from_at=datetime(2025, 1, 15, tzinfo=UTC))
        with pytest.raises(SystemExit):
            call_command("verify_audit")
        assert "coupé à la main" in capsys.readouterr().err
