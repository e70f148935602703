"""The trail is a chain: what was written is bound to what came before, so that nobody rewrites it unseen.

Lines are written by every page and must never wait for one another: they are bound a few minutes later, in runs, each run
to the one before. No key is needed to verify, so a copy can be verified anywhere; what protects the end of the chain is
the head, written each day outside the base (`heads.py`). See decision 0057.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from enum import StrEnum

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from backend.audit.models import Cut, Entry, Link
from backend.audit.triggers import YOUNGEST_CUT_DAYS
from backend.core.busy import is_busy, short_wait
from backend.core.tables.batches import batches

LINES_A_LINK = 2_000
"""One link is read, hashed and written in a few hundredths of a second: no writer waits behind it."""
START = "0" * 64
_BEFORE_ALL = -(1 << 62)
_NUMBER, _MARK = 8, 24


class Break(StrEnum):
    """What may be wrong with the chain, from the gravest."""

    LINK = "link"
    CUT = "cut"
    HEAD = "head"
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing found wrong; `line` is the number of the line of the trail, or of the link."""

    what: Break
    line: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read: lines bound and looked at, links, lines written since the last link, and what is wrong."""

    lines: int
    links: int
    waiting: int
    faults: tuple[Fault, ...]


def mark_of(entry: Entry) -> bytes:
    """Twenty-four bytes: the number of the line, then sixteen of the SHA-256 of all that it says."""
    said = json.dumps(
        [
            entry.pk,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.user_id,
            entry.seat,
            entry.role,
            entry.organisation_id,
            entry.action,
            entry.subject_kind,
            entry.subject_id,
            entry.beneficiary_id,
            entry.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return _number_of(entry) + hashlib.sha256(said.encode()).digest()[: _MARK - _NUMBER]


def digest_of(previous: str, marks: bytes) -> str:
    """What binds a run to the one before it, in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(previous) + marks).hexdigest()


def bind() -> int:
    """Bind the lines written since the last link; how many. Nothing when somebody else is at it, or the base is busy."""
    bound = 0
    try:
        until = _last_settled_line()
        for lines in batches(_lines(after=_last_bound(), until=until), LINES_A_LINK):
            _add_link(lines)
            bound += len(lines)
    except IntegrityError:
        pass  # another clock bound the same run first
    except OperationalError as error:
        if not is_busy(error):
            raise
    return bound


def head() -> Link | None:
    """The last link: it holds for all that came before, what left the trail included."""
    return Link.objects.last()


@dataclass(frozen=True, slots=True)
class Head:
    """A head known from outside: the day it was noted, and its digest."""

    day: date
    digest: str


def verify(heads: Iterable[Head] = ()) -> Verdict:
    """Read the whole chain again, in slices; each of `heads`, unless older than what is kept, must be one of its links.

    It starts where the trail was last cut: at the link remembered there, after the last line that left.
    """
    faults: list[Fault] = []
    cut = Cut.objects.last()
    expected, after, lines, links = START, _BEFORE_ALL, 0, 0
    if cut is not None:
        expected, after = cut.head, cut.last_id
        faults += _faults_of(cut)
    wanted = {head.digest for head in heads if cut is None or head.day > timezone.localdate(cut.kept_from_at)}
    wanted.discard(expected)
    for link in Link.objects.filter(last_id__gt=after).iterator(chunk_size=20):
        marks = bytes(link.marks)
        if link.previous != expected or digest_of(link.previous, marks) != link.digest:
            faults.append(Fault(Break.LINK, link.pk))
        faults += _compare(marks, _lines(after=after, until=link.last_id))
        expected, after = link.digest, link.last_id
        lines, links = lines + len(marks) // _MARK, links + 1
        wanted.discard(link.digest)
    faults += [Fault(Break.HEAD, 0) for _ in wanted]
    return Verdict(lines, links, Entry.objects.filter(pk__gt=after).count(), tuple(faults))


def _faults_of(cut: Cut) -> Iterator[Fault]:
    """A cut that the trail does not tell, or that took away what was young, is no cut of ours."""
    told = Entry.objects.filter(subject_kind=Link._meta.label_lower, action="trail.cut")
    young = cut.made_at - cut.kept_from_at < timedelta(days=YOUNGEST_CUT_DAYS)
    if young or cut.head not in [line.detail.get("head") for line in told]:
        yield Fault(Break.CUT, cut.last_id)


def _number_of(line: Entry) -> bytes:
    return int(line.pk).to_bytes(_NUMBER, "big", signed=True)


def _last_bound() -> int:
    bound = Link.objects.aggregate(last=Max("last_id"))["last"]
    cut = Cut.objects.last()
    return bound or (cut.last_id if cut else _BEFORE_ALL)


def _last_settled_line() -> int:
    """The highest number under which no line can still come.

    On SQLite one writer at a time draws its numbers. On PostgreSQL a line may be drawn and not yet committed: holding
    the table for an instant, without writer, makes it sure.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), short_wait(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")
            return _last_line()
    return _last_line()


def _last_line() -> int:
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def _lines(*, after: int, until: int) -> Iterator[Entry]:
    return Entry.objects.filter(pk__gt=after, pk__lte=until).order_by("pk").iterator(chunk_size=LINES_A_LINK)


def _add_link(lines: list[Entry]) -> None:
    previous, cut = head(), Cut.objects.last()
    before = previous.digest if previous else cut.head if cut else START
    marks = b"".join(mark_of(line) for line in lines)
    with transaction.atomic():
        Link.objects.create(
            first_id=lines[0].pk,
            last_id=lines[-1].pk,
            marks=marks,
            previous=before,
            digest=digest_of(before, marks),
        )


def _compare(marks: bytes, lines: Iterable[Entry]) -> Iterator[Fault]:
    """Each line in front of the mark that bears its number."""
    cut = (marks[start : start + _MARK] for start in range(0, len(marks), _MARK))
    known = {mark[:_NUMBER]: mark for mark in cut}
    for line in lines:
        bound = known.pop(_number_of(line), None)
        if bound is None:
            yield Fault(Break.ADDED, line.pk)
        elif bound != mark_of(line):
            yield Fault(Break.CHANGED, line.pk)
    yield from (Fault(Break.MISSING, int.from_bytes(number, "big", signed=True)) for number in known)
