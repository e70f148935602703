"""Addresses of task analyses."""

from django.urls import path

from employers.screens.analyses import views

urlpatterns = [
    path("lieux/<int:pk>/analyse/", views.analysis_new, name="analysis_new"),
    path("analyses/<int:pk>/", views.analysis, name="analysis"),
    path("analyses/<int:pk>/tache/", views.task_new, name="task_new"),
    path("analyses/<int:pk>/restituer/", views.analysis_return, name="analysis_return"),
    path("taches/<int:pk>/", views.task_edit, name="task_edit"),
    path("taches/<int:pk>/retirer/", views.task_remove, name="task_remove"),
    path("competences/proposer/", views.competence_search, name="competence_search"),
]
