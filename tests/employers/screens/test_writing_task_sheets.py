"""The team writes what it saw of the work, task by task, and gives the analysis back."""

from __future__ import annotations

from django.urls import reverse

from employers.enums import AnalysisStatus
from employers.models import TaskAnalysis, WorkTask
from tests.factories import CompetenceFactory, TaskAnalysisFactory, TaskRequirementFactory
from tests.pages import text_of

HTMX_TASKS = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tasks"}
A_TASK = {"name": "Peser les ingrédients", "weekly_hours": "6", "family": "production"}


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


def test_a_task_goes_only_once_what_leaves_with_it_was_read(team, task):
    task.requirements.all().delete()
    TaskRequirementFactory(task=task)
    task.analysis.status = AnalysisStatus.RETURNED
    task.analysis.save()
    url = reverse("web:task_remove", args=[task.pk])
    asked = text_of(team.get(url)).replace("\u00a0", " ")
    assert WorkTask.objects.filter(pk=task.pk).exists()
    assert "1 compétence demandée" in asked
    assert "L’employeur lit déjà cette analyse" in asked
    assert team.post(url).status_code == 302
    assert not WorkTask.objects.filter(pk=task.pk).exists()


def test_an_analysis_is_given_back(team, task):
    team.post(reverse("web:analysis_return", args=[task.analysis_id]))
    assert TaskAnalysis.objects.get(pk=task.analysis_id).status == AnalysisStatus.RETURNED


def test_an_empty_analysis_is_not_given_back(team, employer):
    empty = TaskAnalysisFactory(establishment__employer=employer)
    refused = team.post(reverse("web:analysis_return", args=[empty.pk]), follow=True)
    assert "pas encore de tâche" in text_of(refused)
