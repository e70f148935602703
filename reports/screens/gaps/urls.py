"""Addresses of the days without contract."""

from django.urls import path

from reports.screens.gaps import views

urlpatterns = [
    path("carence/", views.gaps, name="gaps"),
    path("carence/<int:year>/fichier/", views.gaps_file, name="gaps_file"),
]
