"""Whatever the day, no derogation, suspension, prolongation, closing or diagnosis of the demonstration would be refused.

Each is judged as on the day it was recorded: what came after it is not known yet.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from pathways.enums import ContractKind
from pathways.rules.contracts.facts import pathway_start
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.derogations import answer_findings, derogation_findings
from pathways.rules.eligibility.findings import Diagnosis, diagnosis_findings
from pathways.rules.passes.prolongations import decider_of, prolongation_findings
from pathways.rules.passes.suspensions import closing_findings, suspension_findings
from tests.backend.demo.decided import decision, facts_of, grouped, prolongation, suspension, told
from tests.backend.demo.territories import small, territories


def places(territory):
    """The stays, and the kind of structure of each."""
    kinds = {each.id: each.kind for each in territory.structures}
    stays = {each.id: each for each in territory.stays}
    return stays, {each.id: kinds[each.structure] for each in territory.stays}


def births(territory):
    return {each.id: each.birth_date for each in territory.persons}


def answered(row, today):
    return list(
        answer_findings(
            status=row.status, asked_on=row.asked_on, decided_on=row.decided_on, reason=row.refusal or "", today=today
        )
    )  # fmt: skip


@small
@given(territories)
def test_no_derogation_would_be_refused(case):
    territory, today = case.draw()
    stays, kinds = places(territory)
    born, passes = births(territory), grouped(territory.passes, lambda each: each.person)
    signed = grouped(territory.contracts, lambda each: (each.person, each.structure))
    found = []
    for each in territory.derogations:
        stay = stays[each.stay]
        here = signed[stay.person, stay.structure]
        others = [decision(one) for one in territory.derogations if one.stay == each.stay and one is not each]
        last = max((one.start for one in passes[stay.person]), default=None)
        said = derogation_findings(
            decision(each),
            structure_kind=kinds[each.stay],
            contracts=[
                (one.start, one.end or one.planned_end) for one in here if one.kind is ContractKind.CDDI
            ],
            today=today,
            book=BUILT_IN,
            born_on=born[stay.person],
            pathway_since=pathway_start(last, [one.start for one in here], on=each.start),
            others=[one for one in others if one.motive == each.motive],
        )
        found.append((each, [*said, *answered(each, today)]))
    assert bool(found) is (case.seed is None)
    assert told(found) == []


@small
@given(territories)
def test_nothing_that_moves_a_pass_would_be_refused(case):
    territory, today = case.draw()
    stays, kinds = places(territory)
    born, passes = births(territory), {each.number: each for each in territory.passes}
    found = []
    for each in territory.suspensions:
        then = facts_then(passes[each.iae_pass], territory, each, on=each.start)
        said = suspension_findings(
            suspension(each), then, structure_kind=kinds[each.stay], today=each.start, book=BUILT_IN
        )
        found.append((each, list(said)))
        assert each.start <= today
    for each in territory.prolongations:
        iae = passes[each.iae_pass]
        then = facts_then(iae, territory, each, on=each.asked_on)
        assert each.start == then.end, "asked from the end the PASS had that day"
        assert decider_of(each.motive) == "PRESCRIPTEUR" or each.decided_on == each.asked_on
        said = prolongation_findings(
            prolongation(each), then, structure_kind=kinds[each.stay], book=BUILT_IN, born_on=born[iae.person]
        )
        found.append((each, [*said, *answered(each, today)]))
    for each in territory.passes:
        if each.closed:
            then = replace(facts_of(each, territory), closed_on=None)
            said = closing_findings(then, on=each.closed, note=each.note, today=today, book=BUILT_IN)
            found.append((each, list(said)))
    assert bool(found) is (case.seed is None)
    assert told(found) == []
    assert {stays[each.stay].person for each in territory.suspensions} <= {
        each.person for each in territory.passes
    }


def facts_then(iae, territory, row, *, on):
    """The PASS as it stood before this change: those recorded until that day, their answers known."""
    whole = facts_of(iae, territory, but=row)
    then = whole.moved(
        suspensions=[each for each in whole.suspensions if each.start < on],
        prolongations=[each for each in whole.prolongations if each.asked_on < on],
    )
    return replace(then, closed_on=None)


@small
@given(territories)
def test_no_diagnosis_would_be_refused(case):
    territory, today = case.draw()
    stays, kinds = places(territory)
    born = births(territory)
    found = [
        (
            each.stay,
            list(
                diagnosis_findings(
                    Diagnosis(each.made_by, each.made_on, each.criteria, each.documents),
                    structure_kind=kinds[each.stay],
                    today=today,
                    book=BUILT_IN,
                    born_on=born[stays[each.stay].person],
                )
            ),
        )
        for each in territory.diagnoses
    ]
    assert bool(found) is (case.seed is None)
    assert told(found) == []
