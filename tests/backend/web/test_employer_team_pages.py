"""What the team does with employers, on screen: meet, look at the work, compose a job, ask, hire, follow."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from competences.enums import Level
from employers.enums import AnalysisStatus, ConsentDecision, ProposalStatus
from employers.models import (
    Employer,
    Establishment,
    JobProposal,
    Placement,
    PostHireFollowUp,
    ProfileConsent,
    TaskAnalysis,
    WorkTask,
)
from employers.selectors import referential
from pathways.models import Stay
from tests.factories import (
    AssessmentFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    EmployerFactory,
    EstablishmentFactory,
    JobProposalFactory,
    MembershipFactory,
    OccupationCompetenceFactory,
    OrganisationFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    ProfileConsentFactory,
    StayFactory,
    TaskAnalysisFactory,
    TaskRequirementFactory,
    WorkTaskFactory,
)
from tests.queries import assert_same_queries
from tests.signin import sign_in as sit

HTMX_TASKS = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tasks"}
A_TASK = {"name": "Peser les ingrédients", "weekly_hours": "6", "family": "production"}


@pytest.fixture(autouse=True)
def _today():
    referential._built.cache_clear()
    with time_machine.travel("2026-11-22T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def structure(db):
    return OrganisationFactory(name="Chantier des Rives")


@pytest.fixture
def seat(structure):
    return MembershipFactory(organisation=structure)


@pytest.fixture
def team(seat) -> Client:
    return sit(Client(), seat.user)


@pytest.fixture
def head(structure) -> Client:
    return sit(
        Client(),
        MembershipFactory(role=Role.GROUP_HEAD, organisation=None, group=structure.group).user,
    )


@pytest.fixture
def stranger(db) -> Client:
    return sit(Client(), MembershipFactory().user)


@pytest.fixture
def bakery(structure):
    return EmployerFactory(name="Brioches du Val", sector="Boulangerie", organisation=structure)


@pytest.fixture
def task(bakery):
    analysis = TaskAnalysisFactory(establishment=EstablishmentFactory(employer=bakery))
    return WorkTaskFactory(analysis=analysis, name="Peser les ingrédients")


@pytest.fixture
def job(structure, task):
    return JobProposalFactory(title="Aide au fournil", organisation=structure, tasks=[task])


@pytest.fixture
def asked(task):
    competence = CompetenceFactory(label="Peser au gramme", search_label="peser au gramme")
    OccupationCompetenceFactory(competence=competence)
    TaskRequirementFactory(task=task, competence=competence, level=Level.WITH_HELP)
    return competence


@pytest.fixture
def able(structure, seat, asked):
    def make(first_name, level=Level.ALONE):
        stay = StayFactory(
            organisation=structure,
            advisor=seat.user,
            beneficiary=BeneficiaryFactory(first_name=first_name, last_name="Fictive"),
        )
        AssessmentFactory(beneficiary=stay.beneficiary, competence=asked, level=level)
        return stay

    return make


def text_of(response) -> str:
    return response.content.decode()


# Employers


def test_the_list_finds_by_name_activity_or_commune(team, bakery, structure):
    EstablishmentFactory(employer=bakery, commune="Belval")
    EmployerFactory(name="Cantine des Tilleuls", organisation=structure)

    for wanted in ("brioches", "boulang", "belval", "val brio"):
        page = text_of(team.get(reverse("web:employers"), {"q": wanted}))
        assert "Brioches du Val" in page
        assert "Cantine des Tilleuls" not in page
    assert "Aucun employeur ne correspond" in text_of(team.get(reverse("web:employers"), {"q": "zzz"}))


def test_the_search_answers_in_place(team, bakery):
    page = text_of(team.get(reverse("web:employers"), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="employer-list"))
    assert "Brioches du Val" in page
    assert "<html" not in page


def test_the_list_counts_without_multiplying(team, bakery, task, job):
    EstablishmentFactory(employer=bakery, commune="Belval")
    WorkTaskFactory(analysis=task.analysis)
    page = team.get(reverse("web:employers"), {"q": "belval"})
    (row,) = page.context["page"].object_list

    assert (row.analyses, row.open_jobs, row.hires) == (1, 1, 0)


def test_the_list_asks_as_much_for_many_employers(team, structure):
    assert_same_queries(
        lambda: team.get(reverse("web:employers")),
        lambda count: [EmployerFactory(organisation=structure) for _ in range(count)],
        sizes=(1, 5, 20),
    )


def test_an_employer_is_met_then_a_workplace_then_an_analysis(team, structure):
    met = team.post(reverse("web:employer_new"), {"name": "Cantine de Belval", "organisation": structure.pk})
    employer = Employer.objects.get(name="Cantine de Belval")
    assert met.url == reverse("web:establishment_new", args=[employer.pk])

    team.post(met.url, {"name": "Cuisine centrale", "commune": "Belval"})
    place = Establishment.objects.get(employer=employer)
    opened = team.post(
        reverse("web:analysis_new", args=[place.pk]), {"title": "Un midi", "observed_on": "2026-11-20"}
    )
    analysis = TaskAnalysis.objects.get(establishment=place)
    assert opened.url == reverse("web:analysis", args=[analysis.pk])
    assert "Un midi" in text_of(team.get(reverse("web:employer", args=[employer.pk])))


def test_a_refused_employer_keeps_what_was_typed(team, structure):
    refused = team.post(
        reverse("web:employer_new"),
        {"name": "Cantine de Belval", "siret": "12345678901234", "organisation": structure.pk},
    )
    assert refused.status_code == 422
    assert "Cantine de Belval" in text_of(refused)
    assert not Employer.objects.filter(name="Cantine de Belval").exists()


def test_a_file_changed_in_between_is_told(team, bakery):
    form = {"name": "Brioches", "version": "1"}
    assert team.post(reverse("web:employer_edit", args=[bakery.pk]), form).status_code == 302
    again = team.post(reverse("web:employer_edit", args=[bakery.pk]), {**form, "name": "Autre"})

    assert again.status_code == 422
    assert Employer.objects.get(pk=bakery.pk).name == "Brioches"


# Analyses


def test_a_task_is_written_without_script(team, task):
    url = reverse("web:task_new", args=[task.analysis_id])
    assert team.get(url).status_code == 200
    written = team.post(url, {**A_TASK, "name": "Laver les moules"})

    assert written.status_code == 302
    added = WorkTask.objects.get(name="Laver les moules")
    assert added.season_hours == [6.0, 6.0, 6.0, 6.0]


def test_a_task_is_added_in_place(team, task):
    page = team.post(
        reverse("web:task_new", args=[task.analysis_id]), {**A_TASK, "name": "Laver les moules"}, **HTMX_TASKS
    )
    assert page.status_code == 200
    assert "Laver les moules" in text_of(page)
    assert "<html" not in text_of(page)


def test_a_refused_task_keeps_what_was_typed(team, task):
    url = reverse("web:task_new", args=[task.analysis_id])
    wrong = {**A_TASK, "name": "Laver les moules", "weekly_hours": "60"}

    for headers in ({}, HTMX_TASKS):
        refused = team.post(url, wrong, **headers)
        assert refused.status_code == 422
        assert "Laver les moules" in text_of(refused)
    assert task.analysis.tasks.count() == 1


def test_a_task_sent_twice_is_written_once(team, task):
    form = {**A_TASK, "name": "Laver les moules", "form_id": "form-une-fois"}
    for _ in range(2):
        assert (
            team.post(reverse("web:task_new", args=[task.analysis_id]), form, **HTMX_TASKS).status_code == 200
        )
    assert WorkTask.objects.filter(name="Laver les moules").count() == 1


def test_a_task_says_seasons_moments_marks_and_competences(team, task, asked):
    team.post(
        reverse("web:task_new", args=[task.analysis_id]),
        {
            **A_TASK,
            "name": "Doser",
            "season_2": "0",
            "season_3": "7.5",
            "dayparts": ["E", "M"],
            "marks": ["is_hard", "is_skill_building"],
            "competence_0": "PESER au gramme",
            "level_0": "3",
        },
    )
    added = WorkTask.objects.get(name="Doser")

    assert added.season_hours == [6.0, 6.0, 0.0, 7.5]
    assert (added.dayparts, added.is_hard, added.is_devalued, added.is_skill_building) == (
        ["E", "M"],
        True,
        False,
        True,
    )
    assert [(each.competence, each.level) for each in added.requirements.all()] == [(asked, 3)]


def test_words_that_mean_several_competences_are_offered(team, task):
    CompetenceFactory(label="Nettoyer un sol", search_label="nettoyer un sol")
    CompetenceFactory(label="Nettoyer un sol textile", search_label="nettoyer un sol textile")
    refused = team.post(
        reverse("web:task_new", args=[task.analysis_id]), {**A_TASK, "competence_0": "sol nettoyer"}
    )

    assert refused.status_code == 422
    assert '<option value="Nettoyer un sol textile">' in text_of(refused)


def test_words_that_mean_nothing_are_told(team, task):
    refused = team.post(
        reverse("web:task_new", args=[task.analysis_id]), {**A_TASK, "competence_0": "léviter"}
    )
    assert refused.status_code == 422
    assert "Aucune compétence ne porte ces mots" in text_of(refused)


def test_the_same_competence_twice_is_refused_where_it_is(team, task, asked):
    refused = team.post(
        reverse("web:task_new", args=[task.analysis_id]),
        {**A_TASK, "competence_0": "peser gramme", "competence_1": "Peser au gramme"},
    )
    assert refused.status_code == 422
    assert "déjà demandée plus haut" in text_of(refused)


def test_competences_are_proposed_while_typing(team, asked):
    CompetenceFactory(label="Peser lourd", search_label="peser lourd", is_retired=True)
    page = text_of(team.get(reverse("web:competence_search"), {"competence_0": "pes"}))

    assert "Peser au gramme" in page
    assert "Peser lourd" not in page


def test_correcting_a_task_shows_and_keeps_its_competences(team, task, asked):
    url = reverse("web:task_edit", args=[task.pk])
    form = team.get(url).context["form"]
    assert form.initial["competence_0"] == "Peser au gramme"

    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, "")}
    assert team.post(url, {**sent, "name": "Peser"}).status_code == 302
    task.refresh_from_db()
    assert task.name == "Peser"
    assert task.season_hours == [6.0, 6.0, 5.5, 6.0]
    assert [each.competence for each in task.requirements.all()] == [asked]


def test_a_task_of_a_proposed_job_stays(team, task, job):
    page = team.post(reverse("web:task_remove", args=[task.pk]), follow=True)
    assert "fait partie d’un poste proposé" in text_of(page)
    assert WorkTask.objects.filter(pk=task.pk).exists()


def test_an_analysis_is_given_back(team, task):
    team.post(reverse("web:analysis_return", args=[task.analysis_id]))
    assert TaskAnalysis.objects.get(pk=task.analysis_id).status == AnalysisStatus.RETURNED


def test_an_empty_analysis_is_not_given_back(team, bakery):
    empty = TaskAnalysisFactory(establishment=EstablishmentFactory(employer=bakery))
    refused = team.post(reverse("web:analysis_return", args=[empty.pk]))
    assert refused.status_code == 422
    assert "pas encore de tâche" in text_of(refused)


# Proposals


def test_a_job_is_composed_of_the_tasks_of_two_employers(team, structure, task):
    canteen = EmployerFactory(name="Cantine de Belval", organisation=structure)
    other = WorkTaskFactory(
        analysis=TaskAnalysisFactory(establishment=EstablishmentFactory(employer=canteen))
    )
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


def test_asking_nobody_is_refused(team, job, able):
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


# Hires


def test_a_hire_shows_what_it_closed_and_opened(team, job, able, bakery):
    stay = able("Solange")
    url = f"{reverse('web:hire', args=[stay.pk])}?proposition={job.pk}"
    assert team.get(url).context["form"].initial["employer"] == bakery.pk

    sent = {"employer": bakery.pk, "kind": "CDD", "months": "7", "started_on": "2026-11-20"}
    hired = team.post(url, sent)
    placement = Placement.objects.get()
    assert hired.url == reverse("web:placement", args=[placement.pk])
    page = text_of(team.get(hired.url))
    for words in ("Chantier des Rives", "6 mois et plus", "Premier appel", "pourvue"):
        assert words in page
    assert Stay.objects.get(pk=stay.pk).ended_on == date(2026, 11, 20)


def test_a_hire_that_makes_no_sense_keeps_what_was_typed(team, job, able, bakery):
    stay = able("Solange")
    refused = team.post(
        reverse("web:hire", args=[stay.pk]),
        {"employer": bakery.pk, "kind": "CDD", "started_on": "2026-11-20"},
    )
    assert refused.status_code == 422
    assert "Indiquez la durée du contrat" in text_of(refused)
    assert Stay.objects.get(pk=stay.pk).ended_on is None


@pytest.fixture
def follow_up(able, bakery):
    placement = PlacementFactory(beneficiary=able("Solange").beneficiary, employer=bakery)
    return PostHireFollowUpFactory(placement=placement)


def test_the_unreachable_are_recorded(team, follow_up):
    url = reverse("web:post_hire", args=[follow_up.pk])
    assert team.get(url).status_code == 200
    assert team.post(url, {"on": "2026-11-22"}).status_code == 422
    team.post(url, {"situation": "INJOIGNABLE", "on": "2026-11-22", "note": "Deux appels."})

    assert PostHireFollowUp.objects.get(pk=follow_up.pk).situation == "INJOIGNABLE"
    done = team.get(url, follow=True)
    assert "Deux appels." in text_of(done)


# Doors


def paths(bakery, task, job, stay, consent, follow_up) -> dict[str, str]:
    return {
        "employer": reverse("web:employer", args=[bakery.pk]),
        "analysis": reverse("web:analysis", args=[task.analysis_id]),
        "proposal": reverse("web:proposal", args=[job.pk]),
        "placement": reverse("web:placement", args=[follow_up.placement_id]),
        "employer_edit": reverse("web:employer_edit", args=[bakery.pk]),
        "establishment_new": reverse("web:establishment_new", args=[bakery.pk]),
        "analysis_new": reverse("web:analysis_new", args=[task.analysis.establishment_id]),
        "task_new": reverse("web:task_new", args=[task.analysis_id]),
        "task_edit": reverse("web:task_edit", args=[task.pk]),
        "proposal_edit": reverse("web:proposal_edit", args=[job.pk]),
        "consent_answer": reverse("web:consent_answer", args=[consent.pk]),
        "hire": reverse("web:hire", args=[stay.pk]),
        "post_hire": reverse("web:post_hire", args=[follow_up.pk]),
    }


@pytest.fixture
def doors(bakery, task, job, able, follow_up):
    stay = able("Karim")
    consent = ProfileConsentFactory(beneficiary=stay.beneficiary, employer=bakery, proposal=job)
    return paths(bakery, task, job, stay, consent, follow_up)


def test_the_team_opens_every_door(team, doors):
    assert {name: team.get(url).status_code for name, url in doors.items()} == dict.fromkeys(doors, 200)


def test_the_neighbour_finds_nothing(stranger, doors):
    assert {name: stranger.get(url).status_code for name, url in doors.items()} == dict.fromkeys(doors, 404)
    for name in ("analysis_return", "proposal_ask", "consent_withdraw", "task_remove"):
        assert stranger.post(reverse(f"web:{name}", args=[1])).status_code == 404


def test_the_head_of_the_group_reads_and_writes_nothing(head, doors):
    readable = {"employer", "analysis", "proposal", "placement"}
    found = {name for name, url in doors.items() if head.get(url).status_code == 200}

    assert found == readable
    assert "Solange" not in text_of(head.get(doors["proposal"]))
    assert head.get(reverse("web:employers")).status_code == 200
    assert head.get(reverse("web:employer_new")).status_code == 404
