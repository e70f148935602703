"""Addresses of goals, actions and appointments."""

from django.urls import path

from pathways.screens.goals import postponing, views

urlpatterns = [
    path("personnes/<int:pk>/objectif/", views.goal_new, name="goal_new"),
    path("personnes/<int:pk>/action/", views.action_new, name="action_new"),
    path("personnes/<int:pk>/rendez-vous/", views.appointment_new, name="appointment_new"),
    path("objectifs/<int:pk>/", views.goal_edit, name="goal_edit"),
    path("actions/<int:pk>/", views.action_edit, name="action_edit"),
    path("actions/<int:pk>/reporter/", postponing.action, name="action_postpone"),
    path("rendez-vous/<int:pk>/", views.appointment_edit, name="appointment_edit"),
    path("rendez-vous/<int:pk>/reporter/", postponing.appointment, name="appointment_postpone"),
]
