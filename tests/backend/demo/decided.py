"""What a drawn territory says of rights, as the rules read it."""

from __future__ import annotations

from collections import defaultdict

from pathways.rules.derogations import Derogation
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension


def grouped(rows, key):
    """The rows that answer the same to a question, together."""
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def told(findings):
    """What was found, and of what."""
    return [f"{where}: {finding.message}" for where, found in findings for finding in found]


def decision(row):
    """One derogation, seen by the rules."""
    return Derogation(
        row.motive, row.start, row.end, row.decider, row.status, row.training_end, row.other_employer or ""
    )


def decisions(territory):
    """The derogations of each person in each structure."""
    stays = {each.id: each for each in territory.stays}
    found = defaultdict(list)
    for row in territory.derogations:
        found[stays[row.stay].person, stays[row.stay].structure].append(decision(row))
    return found


def suspension(row):
    """One suspension, seen by the rules."""
    return Suspension(row.start, row.end, row.motive)


def prolongation(row):
    """One request, seen by the rules."""
    return Prolongation(row.start, row.end, row.motive, row.asked_on, row.status)


def facts_of(iae, territory, *, but=None):
    """A PASS as its changes make it; without one of them, its end taken back."""
    stopped = [
        each for each in territory.suspensions if each.iae_pass == iae.number and not each.cancel_reason
    ]
    prolonged = [each for each in territory.prolongations if each.iae_pass == iae.number]
    whole = PassFacts(
        iae.start, iae.end, tuple(map(suspension, stopped)), tuple(map(prolongation, prolonged)), iae.closed
    )
    return whole.moved(
        suspensions=[suspension(each) for each in stopped if each is not but],
        prolongations=[prolongation(each) for each in prolonged if each is not but],
    )
