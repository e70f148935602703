"""What the rules need of the PASS IAE of people and of the derogations about them, read from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from backend.core.actor import Actor
from backend.organisations.enums import SIAE_KINDS
from pathways.enums import DerogationMotive
from pathways.models import Derogation, IaePass, PassProlongation, PassSuspension, Stay
from pathways.permissions import may_change_derogation, may_change_pass
from pathways.rules import derogations as rules
from pathways.rules.contracts.durations import Period
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension
from pathways.rules.passes.length import OtherPass

Place = tuple[int, int]
"""A person and a structure."""


def suspension_facts(row: PassSuspension) -> Suspension:
    """A suspension as the rules see it."""
    return Suspension(row.starts_on, row.ends_on, row.motive)


def prolongation_facts(row: PassProlongation) -> Prolongation:
    """A prolongation as the rules see it."""
    return Prolongation(row.starts_on, row.ends_on, row.motive, row.asked_on, row.status)


def derogation_facts(row: Derogation) -> rules.Derogation:
    """A derogation as the rules see it."""
    return rules.Derogation(
        row.motive,
        row.starts_on,
        row.ends_on,
        row.decider,
        row.status,
        row.training_ends_on,
        row.other_employer,
    )


def passes_with_changes(passes: Collection[IaePass]) -> dict[int, PassFacts]:
    """These PASS with all that stands of their changes, by their number in the base; three queries."""
    ids = [iae.pk for iae in passes]
    suspensions: dict[int, list[Suspension]] = defaultdict(list)
    for row in PassSuspension.objects.standing().filter(iae_pass_id__in=ids).order_by("starts_on", "pk"):
        suspensions[row.iae_pass_id].append(suspension_facts(row))
    prolongations: dict[int, list[Prolongation]] = defaultdict(list)
    for asked in PassProlongation.objects.standing().filter(iae_pass_id__in=ids).order_by("asked_on", "pk"):
        prolongations[asked.iae_pass_id].append(prolongation_facts(asked))
    people = {iae.beneficiary_id for iae in passes}
    starts: dict[int, list[date]] = defaultdict(list)
    every = IaePass.objects.filter(beneficiary_id__in=people).order_by("starts_on")
    for person, start in every.values_list("beneficiary_id", "starts_on"):
        starts[person].append(start)
    return {
        iae.pk: PassFacts(
            iae.starts_on,
            iae.ends_on,
            tuple(suspensions[iae.pk]),
            tuple(prolongations[iae.pk]),
            iae.closed_on,
            followed_on=next((day for day in starts[iae.beneficiary_id] if day > iae.starts_on), None),
        )
        for iae in passes
    }


def pass_facts(iae: IaePass) -> PassFacts:
    """One PASS with all that stands of its changes."""
    return passes_with_changes([iae])[iae.pk]


def other_passes(passes: Collection[IaePass]) -> list[OtherPass]:
    """The same PASS as those another must not overlap nor follow too soon (R19)."""
    return [
        OtherPass(each.start, each.last_day, each.waits_from) for each in passes_with_changes(passes).values()
    ]


def agreed_days(people: Collection[int]) -> dict[int, list[Period]]:
    """Days on which a prescripteur agreed that a new PASS begins, person by person; one query (R19)."""
    found: dict[int, list[Period]] = defaultdict(list)
    rows = Derogation.objects.standing().filter(beneficiary_id__in=list(people))
    for row in rows.order_by("starts_on"):
        facts = derogation_facts(row)
        if row.motive == DerogationMotive.NEW_PASS and facts.is_granted and facts.end is not None:
            found[row.beneficiary_id].append((facts.start, facts.end))
    return found


def derogations_of(people: Collection[int]) -> dict[Place, list[rules.Derogation]]:
    """Decisions that stand about these people, by person and structure; one query."""
    found: dict[Place, list[rules.Derogation]] = defaultdict(list)
    rows = Derogation.objects.standing().filter(beneficiary_id__in=list(people))
    for row in rows.order_by("starts_on", "pk"):
        found[row.beneficiary_id, row.organisation_id].append(derogation_facts(row))
    return found


def place_of(actor: Actor, person: int) -> Stay:
    """The last stay of the person in an insertion structure the actor answers for, where there is one."""
    stays = Stay.objects.covered_by(actor).filter(beneficiary_id=person, organisation__kind__in=SIAE_KINDS)
    found: Stay = stays.select_related("organisation").order_by("-started_on", "-pk")[0]
    return found


def takes_files(actor: Actor, row: Derogation | PassProlongation) -> bool:
    """Whether the actor adds a document to this decision: who changes it, or the PASS it is about, while it stands."""
    if row.cancelled_at is not None:
        return False
    if isinstance(row, PassProlongation):
        return may_change_pass(actor, row.iae_pass.beneficiary)
    return may_change_derogation(actor, row)
