"""Addresses of what is opened outside a caseload."""

from django.urls import path

from pathways.screens.beyond import views

urlpatterns = [
    path("personnes/hors-de-mes-suivis/", views.openings, name="beyond"),
    path("personnes/hors-de-mes-suivis/ouvrir/", views.open_file, name="beyond_open"),
]
