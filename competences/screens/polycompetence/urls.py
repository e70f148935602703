"""Addresses of polycompétence: of a person, of a team, of the structures of a group."""

from django.urls import path

from competences.screens.polycompetence import views

urlpatterns = [
    path("personnes/<int:pk>/polycompetence/", views.person_skills, name="polycompetence"),
    path("equipe/polycompetence/", views.team_skills, name="skills_team"),
    path("structures/polycompetence/", views.skills_figures, name="skills_figures"),
]
