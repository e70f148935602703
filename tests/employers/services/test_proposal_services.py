"""Putting tasks together into a job, of one employer or shared."""

from __future__ import annotations

import pytest

from backend.core.errors import Conflict, DomainError, NotPermitted
from employers.enums import ProposalStatus
from employers.models import JobProposal
from employers.services import change_proposal, propose_job
from tests.factories import (
    EmployerFactory,
    TaskAnalysisFactory,
    WorkTaskFactory,
)


@pytest.fixture
def task_of_another_employer(bakery):
    def make():
        employer = EmployerFactory(organisation=bakery.structure)
        return WorkTaskFactory(analysis=TaskAnalysisFactory(establishment__employer=employer))

    return make


def test_a_job_shared_between_two_employers_knows_both(bakery, task_of_another_employer, trail_of):
    canteen = task_of_another_employer()
    job = propose_job(
        actor=bakery.advisor, organisation=bakery.structure, title=" Aide ", tasks=[bakery.task, canteen]
    )

    assert (job.title, job.status) == ("Aide", ProposalStatus.OPEN)
    assert set(job.tasks.all()) == {bakery.task, canteen}
    assert set(job.employers.all()) == {bakery.employer, canteen.analysis.establishment.employer}
    assert trail_of(job) == ["job.proposed"]


def test_a_job_without_task_is_refused_and_not_written(bakery):
    with pytest.raises(DomainError) as refusal:
        propose_job(actor=bakery.advisor, organisation=bakery.structure, title="Vide", tasks=[])
    assert (refusal.value.code, refusal.value.field) == ("no_task", "tasks")
    assert not JobProposal.objects.filter(title="Vide").exists()


def test_three_employers_share_a_job_and_a_fourth_is_too_many(bakery, task_of_another_employer):
    tasks = [bakery.task, task_of_another_employer(), task_of_another_employer()]
    assert propose_job(actor=bakery.advisor, organisation=bakery.structure, title="Trois", tasks=tasks).pk

    with pytest.raises(DomainError) as refusal:
        propose_job(
            actor=bakery.advisor,
            organisation=bakery.structure,
            title="Quatre",
            tasks=[*tasks, task_of_another_employer()],
        )
    assert refusal.value.code == "too_many_employers"


def test_recomposing_a_job_keeps_its_employers_in_step(bakery, task_of_another_employer, trail_of):
    canteen = task_of_another_employer()
    changed = change_proposal(actor=bakery.manager, proposal=bakery.proposal, version=1, tasks=[canteen])

    assert list(changed.employers.all()) == [canteen.analysis.establishment.employer]
    assert changed.version == 2
    assert trail_of(bakery.proposal) == ["job.changed"]


def test_a_job_changed_in_between_is_not_overwritten(bakery):
    change_proposal(actor=bakery.manager, proposal=bakery.proposal, version=1, title="Aide au fournil")

    with pytest.raises(Conflict):
        change_proposal(actor=bakery.advisor, proposal=bakery.proposal, version=1, title="Autre")
    assert JobProposal.objects.get(pk=bakery.proposal.pk).title == "Aide au fournil"


def test_a_job_is_closed(bakery):
    closed = change_proposal(
        actor=bakery.advisor, proposal=bakery.proposal, version=1, status=ProposalStatus.CLOSED
    )
    assert closed.status == ProposalStatus.CLOSED


def test_a_state_that_does_not_exist_is_refused_in_words(bakery):
    with pytest.raises(DomainError) as refusal:
        change_proposal(actor=bakery.advisor, proposal=bakery.proposal, version=1, status="AILLEURS")
    assert refusal.value.field == "status"


def test_the_task_of_another_group_is_out_of_reach(bakery):
    with pytest.raises(NotPermitted):
        propose_job(
            actor=bakery.advisor, organisation=bakery.structure, title="Pris", tasks=[WorkTaskFactory()]
        )
    assert not JobProposal.objects.filter(title="Pris").exists()


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "contact"])
def test_nobody_else_makes_or_changes_a_job(bakery, who):
    actor = getattr(bakery, who)

    with pytest.raises(NotPermitted):
        propose_job(actor=actor, organisation=bakery.structure, title="Pris", tasks=[bakery.task])
    with pytest.raises(NotPermitted):
        change_proposal(actor=actor, proposal=bakery.proposal, version=1, title="Pris")
