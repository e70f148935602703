"""The team composes a job of tasks, sees who could hold it, asks people, and writes their answers."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.values.dates import NBSP
from competences.enums import Level
from employers.enums import ConsentDecision, Fit, ProposalStatus
from employers.models import JobProposal, ProfileConsent
from employers.rules.fit import fit_in_words
from employers.screens.week import hours_in_words
from tests.factories import (
    AssessmentFactory,
    EmployerFactory,
    JobProposalFactory,
    ProfileConsentFactory,
    StayFactory,
    TaskAnalysisFactory,
    TaskRequirementFactory,
    WorkTaskFactory,
)
from tests.pages import text_of
from tests.queries import assert_same_queries


def test_a_job_is_composed_of_the_tasks_of_two_employers(team, structure, task):
    canteen = EmployerFactory(name="Cantine de Belval", organisation=structure)
    other = WorkTaskFactory(analysis=TaskAnalysisFactory(establishment__employer=canteen))
    sent = {"title": "Aide", "organisation": structure.pk, "tasks": [task.pk, other.pk]}
    composed = team.post(reverse("web:proposal_new"), sent)

    job = JobProposal.objects.get(title="Aide")
    assert composed.url == reverse("web:proposal", args=[job.pk])
    assert set(job.employers.all()) == {task.analysis.establishment.employer, canteen}


def test_ticking_a_task_draws_the_week(team, task):
    url = reverse("web:proposal_new")
    drawn = team.post(url, {"tasks": [task.pk]}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="week")
    assert "week-chart" in text_of(drawn)
    assert "<form" not in text_of(drawn)

    without_script = team.post(url, {"title": "Aide", "tasks": [task.pk], "preview": "1"})
    assert without_script.status_code == 200
    assert "week-chart" in text_of(without_script)
    assert 'value="Aide"' in text_of(without_script)
    assert not JobProposal.objects.exists()


def test_a_job_without_task_is_refused_with_its_title_kept(team, structure, task):
    refused = team.post(reverse("web:proposal_new"), {"title": "Aide", "organisation": structure.pk})
    assert refused.status_code == 422
    assert "Choisissez au moins une tâche" in text_of(refused)
    assert 'value="Aide"' in text_of(refused)


def test_coming_from_an_analysis_its_tasks_are_ticked(team, task):
    form = team.get(reverse("web:proposal_new"), {"analyse": task.analysis_id}).context["form"]
    assert form.chosen == [task]


def test_a_job_is_changed_and_closed(team, job, task):
    url = reverse("web:proposal_edit", args=[job.pk])
    sent = {"title": "Aide", "status": "CLOSE", "version": "1", "tasks": [task.pk]}
    assert team.post(url, sent).status_code == 302
    assert JobProposal.objects.get(pk=job.pk).status == ProposalStatus.CLOSED
    assert team.post(url, sent).status_code == 422


def test_proposals_are_listed_newest_first(team, structure, task, job):
    with time_machine.travel("2026-11-23T10:00:00+01:00", tick=False):
        newer = JobProposalFactory(title="Aide en boutique", organisation=structure, tasks=[task])
    page = team.get(reverse("web:proposals"))

    assert list(page.context["page"].object_list) == [newer, job]
    assert "Aide en boutique" in text_of(page)


def test_people_are_ranked_with_names_ties_and_reasons(team, job, able):
    able("Solange"), able("Karim"), able("Jo", Level.BEGINNING)
    page = team.get(reverse("web:proposal", args=[job.pk]))
    people = page.context["page"].people

    assert [person.rank for person in people] == ["1er rang ex æquo"] * 3 or people[2].rank == "3e rang"
    for words in ("Solange Fictive", "1er rang ex æquo", "Détenue : Peser au gramme", "tenue"):
        assert words in text_of(page)


def test_only_who_holds_most_of_the_job_is_counted_and_the_far_ones_are_folded(team, job, task, able):
    TaskRequirementFactory.create_batch(2, task=task, level=Level.ALONE)
    everything = able("Solange").beneficiary
    for required in task.requirements.all()[1:]:
        AssessmentFactory(beneficiary=everything, competence=required.competence, level=Level.ALONE)
    able("Karim")
    page = team.get(reverse("web:proposal", args=[job.pk]))
    shown = page.context["page"]

    assert [each.candidate.fit for each in shown.people] == [Fit.HOLDS_MOST, Fit.TO_TRAIN]
    assert shown.could_hold == 1
    for words in ("personne pourrait le tenir", "Tient l’essentiel", "À former", fit_in_words()):
        assert words in text_of(page)

    TaskRequirementFactory.create_batch(3, task=task, level=Level.ALONE)
    page = team.get(reverse("web:proposal", args=[job.pk]))
    shown = page.context["page"]
    assert "personne ne le tient encore, 2 noms à regarder" in text_of(page).replace(NBSP, " ")
    assert "0 personne" not in text_of(page).replace(NBSP, " ")
    assert [each.candidate.fit for each in shown.people] == [Fit.TO_TRAIN, Fit.FAR]
    assert (shown.could_hold, len(shown.people_first), len(shown.people_rest)) == (0, 1, 1)


def test_a_job_that_is_no_longer_open_says_nothing_of_who_could_hold_it(team, job, able):
    able("Solange")
    JobProposal.objects.update(status=ProposalStatus.FILLED)
    assert "pourrait le tenir ·" not in text_of(team.get(reverse("web:proposal", args=[job.pk])))


def test_looking_at_a_ranking_leaves_a_line(team, job, able):
    able("Solange")
    team.get(reverse("web:proposal", args=[job.pk]))
    assert Entry.objects.about(job).get(action="job.people_ranked").detail == {"people": 1}


def test_several_people_are_asked_at_once(team, job, able):
    people = [able("Solange").beneficiary, able("Karim").beneficiary]
    team.post(reverse("web:proposal_ask", args=[job.pk]), {"people": [person.pk for person in people]})

    assert set(ProfileConsent.objects.values_list("beneficiary_id", "decision")) == {
        (person.pk, ConsentDecision.ASKED) for person in people
    }


@pytest.mark.parametrize("listed", [True, False], ids=["someone listed", "the list emptied meanwhile"])
def test_asking_nobody_is_refused(team, job, able, listed):
    if listed:
        able("Solange")
    refused = team.post(reverse("web:proposal_ask", args=[job.pk]))
    assert refused.status_code == 422
    assert "Cochez au moins une personne" in text_of(refused)


def test_a_strangers_person_is_not_asked(team, job, able):
    able("Solange")
    refused = team.post(
        reverse("web:proposal_ask", args=[job.pk]), {"people": [StayFactory().beneficiary_id]}
    )
    assert refused.status_code == 422
    assert not ProfileConsent.objects.exists()


def test_a_page_of_many_people_asks_as_much(team, job, able):
    assert_same_queries(
        lambda: team.get(reverse("web:proposal", args=[job.pk])),
        lambda count: [
            ProfileConsentFactory(
                beneficiary=able(f"Jo{n}").beneficiary, employer=job.employers.get(), proposal=job
            )
            for n in range(count)
        ],
        sizes=(1, 3, 9),
    )


def test_the_answer_told_to_the_advisor_is_written(team, job, able, seat):
    consent = ProfileConsentFactory(
        beneficiary=able("Solange").beneficiary, employer=job.employers.get(), proposal=job
    )
    url = reverse("web:consent_answer", args=[consent.pk])
    assert team.post(url, {"granted": ""}).status_code == 422
    assert team.post(url, {"granted": "oui"}).url == reverse("web:proposal", args=[job.pk])

    consent.refresh_from_db()
    assert (consent.decision, consent.decided_with) == (ConsentDecision.GRANTED, seat.user)
    team.post(reverse("web:consent_withdraw", args=[consent.pk]))
    consent.refresh_from_db()
    assert consent.decision == ConsentDecision.WITHDRAWN


@pytest.mark.parametrize("seasons", [[7, 7, 7, 6.2], [0, 0, 0, 0], [12, 0, 4, 0]])
def test_the_hours_of_a_task_are_the_same_on_every_page(team, job, task, seasons):
    """The card of the analysis, the choice of tasks and the table of the job: one figure, one home."""
    type(task).objects.filter(pk=task.pk).update(weekly_hours=7, season_hours=seasons)
    said = hours_in_words(sum(seasons) / 4 or 7)

    (card,) = team.get(reverse("web:analysis", args=[task.analysis_id])).context["cards"]
    (line,) = team.get(reverse("web:proposal", args=[job.pk])).context["page"].lines
    form = team.get(reverse("web:proposal_new")).context["form"]
    (choice,) = [each for group in form.groups for each in group.tasks]
    assert {card.hours, line.hours, choice.hours} == {said}
